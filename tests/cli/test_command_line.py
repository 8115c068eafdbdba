"""The command line: Vietnamese for people, JSON alone for programs, exit codes as promised (design 8)."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline.cli import main
from pipeline.cli.app import COMMANDS, qms

ENGLISH = ("Usage", "Options", "Commands", "Show this", "Error", "Missing", "Invalid", "No such")


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_vietnamese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "Cách dùng: qms" in said
    assert [word for word in ENGLISH if word in said] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_workspace_and_json_and_shows_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = qms.get_command(click.Context(qms), name)
    assert command is not None
    options = {option for parameter in command.params for option in parameter.opts}
    assert {"--workspace", "--json"} <= options
    main([name, "--help"])
    assert "Ví dụ:" in capsys.readouterr().out


def test_help_imports_nothing_heavy() -> None:
    heavy = "pandas pandera openpyxl xlsxwriter pydantic rich python_calamine pebble"
    script = (
        "import sys; from pipeline.cli import main; code = main(['--help']); "
        f"sys.exit(code or ' '.join(name for name in {heavy.split()!r} if name in sys.modules) or None)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nhầm"], "không có lệnh “nhầm”"),
        (["run", "--nhầm"], "không có tùy chọn --nhầm"),
        (["check"], "thiếu"),
        (["run", "--workers", "0"], "--workers"),
        (["completion", "cmd"], "không hợp lệ"),
    ],
)
def test_wrong_usage_is_one_vietnamese_line_and_exit_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert [word for word in ENGLISH if word in told.err] == []


def test_explain_gives_the_entry_of_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "m503", "--json"]) == 0
    entry = json.loads(capsys.readouterr().out)
    assert entry["code"] == "M503"
    assert entry["severity"] == "error"
    assert set(entry) == {"code", "severity", "title", "problem", "expected", "proposal", "illustration", "fix"}


def test_explain_of_an_unknown_code_is_an_operator_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "X000"]) == 3
    assert capsys.readouterr().err.startswith("E812: ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert "_QMS_COMPLETE" in capsys.readouterr().out


def test_a_fault_of_ours_is_one_line_and_exit_70(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pipeline.desk.starting.make_workspace", broken)
    assert main(["init", str(tmp_path / "so")]) == 70
    told = capsys.readouterr()
    assert len(told.err.splitlines()) == 1
    assert "ZeroDivisionError" in told.err
    assert "Traceback" not in told.err


@pytest.fixture(scope="module")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``qms init`` makes for 2026; the tests run copies of it."""
    folder = tmp_path_factory.mktemp("initialised") / "so"
    assert main(["init", str(folder), "--year", "2026"]) == 0
    return folder


@pytest.fixture
def folder(initialised: Path, tmp_path: Path) -> Path:
    """A workspace of its own for each test."""
    return shutil.copytree(initialised, tmp_path / "so")


def test_init_makes_a_workspace_that_can_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--workspace", str(folder), "--as-of", "2026-01-05T00:05", "--json"]) == 0
    capsys.readouterr()
    assert {path.name for path in folder.iterdir()} == {
        "qms.toml", "danh_muc.xlsx", "inbox", "outbox", "archive", "templates_xlsx",
    }  # fmt: skip
    assert len(list((folder / "templates_xlsx").glob("*.xlsx"))) == 5


def test_init_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "so").mkdir()
    (tmp_path / "so" / "thu.txt").write_text("của tôi")
    assert main(["init", str(tmp_path / "so")]) == 3
    assert capsys.readouterr().err.startswith("E810: ")
    assert [path.name for path in (tmp_path / "so").iterdir()] == ["thu.txt"]


def test_a_run_before_the_last_one_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--workspace", str(folder), "--as-of", "2026-02-01T00:05"]) == 0
    assert main(["run", "--workspace", str(folder), "--as-of", "2026-01-31T00:05"]) == 3
    assert "E804" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_usage_line_has_no_english_word(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--help"]) == 0
    usage = capsys.readouterr().out.splitlines()[0]
    assert usage.startswith("Cách dùng: qms")
    assert not {"OPTIONS", "ARGS", "COMMAND", "FILE", "TEXT"} & set(re.findall("[A-Z]+", usage))
