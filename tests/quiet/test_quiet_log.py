"""The log stands where the message says, is made only when needed, and never speaks on the terminal itself."""

import logging
import tempfile
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.cli.logs import LogFile, log_to_file, trace_place


def _fails(monkeypatch: pytest.MonkeyPatch, workspace: Path) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pipeline.workspace.open_workspace", broken)
    assert main(["status", "--workspace", str(workspace)]) == 70


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tam"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_workspace_without_an_archive_gets_one_for_the_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "qms.toml").write_text("")
    _fails(monkeypatch, tmp_path)
    log = tmp_path / "archive" / "qms.log"
    assert f"Chi tiết ở {log};" in capsys.readouterr().err
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_an_archive_that_is_no_folder_leaves_the_trace_beside_the_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "qms.toml").write_text("")
    (tmp_path / "archive").write_text("")
    _fails(monkeypatch, tmp_path)
    log = tmp_path / "outbox" / "nhat_ky" / "qms.log"
    assert f"Chi tiết ở {log};" in capsys.readouterr().err
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_where_there_is_no_workspace_nothing_is_made_and_the_trace_lies_with_the_system(
    tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _fails(monkeypatch, tmp_path / "khong_co")
    (log,) = elsewhere.rglob("qms.log")
    assert f"Chi tiết ở {log};" in capsys.readouterr().err
    assert not (tmp_path / "khong_co").exists()


def test_where_no_disk_takes_it_the_message_says_so(
    tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere.rmdir()
    elsewhere.write_text("")
    _fails(monkeypatch, tmp_path / "khong_co")
    message = capsys.readouterr().err
    assert "Chi tiết ở (không đĩa nào ghi được);" in message
    assert len(message.splitlines()) == 1


def test_a_command_with_nothing_to_tell_makes_no_log(tmp_path: Path) -> None:
    (tmp_path / "qms.toml").write_text("")
    assert main(["explain", "M503", "--workspace", str(tmp_path)]) == 0
    assert not (tmp_path / "archive").exists()


def test_a_log_that_another_program_holds_goes_on_growing_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "qms.toml").write_text("")
    log_to_file(tmp_path)
    logger = logging.getLogger("pipeline.quiet")
    (handler,) = logging.getLogger("pipeline").handlers
    assert isinstance(handler, LogFile)
    monkeypatch.setattr(handler, "most_bytes", 10)

    def held(*_: object) -> None:
        raise PermissionError(13, "held")

    monkeypatch.setattr(Path, "replace", held)
    for number in range(3):
        logger.warning("record %s", number)
    assert capsys.readouterr().err == ""
    assert Path(trace_place()).read_text(encoding="utf-8").count("record") == 3


def test_a_long_log_begins_anew_and_three_older_ones_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "qms.toml").write_text("")
    log_to_file(tmp_path)
    (handler,) = logging.getLogger("pipeline").handlers
    monkeypatch.setattr(handler, "most_bytes", 10)
    for number in range(6):
        logging.getLogger("pipeline.quiet").warning("record %s", number)
    logs = sorted((tmp_path / "archive").glob("qms.log*"))
    assert [path.name for path in logs] == ["qms.log", "qms.log.1", "qms.log.2", "qms.log.3"]
    assert [path.read_text(encoding="utf-8")[-2] for path in logs] == ["5", "4", "3", "2"]
