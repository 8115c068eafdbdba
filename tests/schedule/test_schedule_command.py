"""``qms schedule``: prints, writes, one JSON document."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.desk.starting import make_workspace

KINDS = ("windows", "cron")


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schedule") / "so"
    make_workspace(folder, 2026)
    return folder


@pytest.fixture
def workspace(new_workspace: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(new_workspace, tmp_path / "Sở & ban"))


def _output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["schedule", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("kind", KINDS)
def test_it_prints_the_text_and_the_steps(kind: str, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = _output(capsys, "--workspace", str(workspace), "--for", kind)
    document = json.loads(_output(capsys, "--workspace", str(workspace), "--for", kind, "--json"))
    assert (document["for"], document["written"]) == (kind, [])
    for file in document["files"]:
        assert f"── {file['name']} ──\n{file['text']}" in text
    assert text.endswith("\n".join([*document["steps"], ""]))
    assert document["steps"][1].startswith("1. Ghi ")
    assert sys.executable in document["files"][0]["text"]


def test_without_a_choice_it_is_the_scheduler_of_this_machine(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert json.loads(_output(capsys, "--workspace", str(workspace), "--json"))["for"] in KINDS


def test_the_task_is_written_and_the_line_of_schtasks_names_it(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lịch chạy.xml"
    text = _output(capsys, "--workspace", str(workspace), "--for", "windows", "--output", str(file))
    assert file.read_bytes().startswith(b"\xff\xfe")
    assert f'schtasks /Create /TN "QMS" /XML "{file}"' in text
    assert "<Task" not in text


def test_the_times_come_from_the_settings(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = workspace / "qms.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"00:05"', '"23:30"'), encoding="utf-8")
    assert "30 23 * * * " in _output(capsys, "--workspace", str(workspace), "--for", "cron")


def test_a_file_that_cannot_be_written_is_an_operator_mistake(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "chan").write_text("")
    place = str(tmp_path / "chan" / "lich.xml")
    assert main(["schedule", "--workspace", str(workspace), "--for", "windows", "--output", place]) == 3
    assert capsys.readouterr().err.startswith("E805: ")


def test_a_scheduler_that_is_not_offered_is_wrong_usage(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", "--workspace", str(workspace), "--for", "systemd"]) == 2
    assert "--for" in capsys.readouterr().err
