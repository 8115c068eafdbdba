"""No night is silent: how a run ended is on record, a failed one leaves a page, the next good one tells the gap."""

import datetime as dt
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from pipeline.cli import main
from pipeline.night import last_run
from pipeline.workspace import Workspace

DAY, DAY_AFTER = "2019-05-06", "2019-05-07"
"""The year's plan is overdue and the half year is not due: one workbook is published."""
Clock = Iterator[dt.datetime]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, for this test alone."""
    folder = tmp_path / "tam"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def office(furnished: Path, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with an empty inbox; the machine's clock goes on by a minute with each look."""
    assert elsewhere.is_dir()
    workspace = Workspace(Path(shutil.copytree(furnished, tmp_path / "so")))
    clock = iter(dt.datetime(2026, 12, 1, 0, 5) + dt.timedelta(minutes=minute) for minute in range(1000))
    monkeypatch.setattr(last_run, "now_in_vietnam", lambda: next(clock))
    return workspace


def _run(workspace: Workspace, at: str = "00:05") -> int:
    return main(["run", "--workspace", str(workspace.root), "--as-of", f"{DAY}T{at}", "--json"])


def _record(workspace: Workspace) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((workspace.outbox / "nhat_ky/lan_chay_cuoi.json").read_text(encoding="utf-8"))
    return read


def _page(workspace: Workspace) -> str:
    (page,) = (workspace.outbox / "nhat_ky").glob("*_SU_CO.md")
    return page.read_text(encoding="utf-8")


def _day(workspace: Workspace) -> str:
    return (workspace.outbox / f"nhat_ky/{DAY}.md").read_text(encoding="utf-8")


def _break(workspace: Workspace) -> str:
    good = workspace.settings_file.read_text(encoding="utf-8")
    workspace.settings_file.write_text("[[agency", encoding="utf-8")
    return good


def _break_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pipeline.nightly.arrive", broken)


def test_a_good_run_is_on_record_and_leaves_no_page(office: Workspace) -> None:
    assert _run(office) == 0
    record = _record(office)
    assert record.pop("program")
    assert record == {
        "state": "done",
        "begun": "2026-12-01T00:05:00",
        "ended": "2026-12-01T00:06:00",
        "as_of": f"{DAY}T00:05:00",
        "exit_code": 0,
        "code": "",
        "reason": "",
        "failing_since": None,
        "failed_runs": 0,
        "faults": 0,
        "outages": [],
    }
    assert list((office.outbox / "nhat_ky").glob("*_SU_CO.md")) == []
    assert [book.name for book in (office.outbox / "tong_hop").iterdir()] == ["2019-KH.xlsx"]
    assert "gián đoạn" not in _day(office)


def test_failed_runs_leave_one_page_with_the_reason_and_their_number(office: Workspace) -> None:
    assert _run(office) == 0
    day = _day(office)
    _break(office)
    assert [_run(office, at) for at in ("00:20", "00:35")] == [3, 3]
    record = _record(office)
    assert (record["state"], record["code"], record["exit_code"]) == ("operator_error", "E802", 3)
    assert (record["failing_since"], record["failed_runs"]) == ("2026-12-01T00:07:00", 2)
    page = _page(office)
    assert "# SỰ CỐ ngày 01/12/2026" in page
    assert "Từ 00:07 ngày 01/12/2026 đến 00:10 ngày 01/12/2026 có 2 lượt chạy liên tiếp không hoàn thành." in page
    assert "\n\nE802: Không đọc được qms.toml: " in page
    assert f'qms run --workspace "{office.root}"' in page
    assert _day(office) == day


def test_the_next_good_run_takes_the_page_away_and_its_day_tells_the_gap_all_day(office: Workspace) -> None:
    good = _break(office)
    assert [_run(office, at) for at in ("00:05", "00:20")] == [3, 3]
    office.settings_file.write_text(good, encoding="utf-8")
    assert _run(office, "00:35") == 0
    assert list((office.outbox / "nhat_ky").glob("*_SU_CO.md")) == []
    outage = "- Từ 00:05 ngày 01/12/2026 đến 00:09 ngày 01/12/2026 có 2 lượt chạy không hoàn thành"
    day = _day(office)
    assert "## Thời gian gián đoạn" in day
    assert outage in day
    assert "Lý do của lượt cuối: E802: " in day
    assert _run(office, "00:50") == 0
    assert _day(office) == day
    assert _record(office)["failing_since"] is None
    assert main(["run", "--workspace", str(office.root), "--as-of", f"{DAY_AFTER}T00:05", "--json"]) == 0
    assert outage not in (office.outbox / f"nhat_ky/{DAY_AFTER}.md").read_text(encoding="utf-8")


def test_a_fault_of_ours_names_where_its_trace_lies(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        _break_our_own(patch)
        assert _run(office) == 70
    assert (_record(office)["state"], _record(office)["exit_code"]) == ("fault", 70)
    log = office.archive / "qms.log"
    assert f"(ZeroDivisionError). Dữ liệu đã nhận không bị mất. Chi tiết ở {log}" in _page(office)
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_a_run_that_was_killed_is_told_by_the_next(office: Workspace) -> None:
    script = (
        "import os, pipeline.nightly as nightly; from pipeline.cli import main\n"
        "nightly.arrive = lambda *_: os._exit(9)\n"
        f"main(['run', '--workspace', {str(office.root)!r}, '--as-of', '{DAY}T00:05'])\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    killed = _record(office)
    assert (killed["state"], killed["ended"]) == ("running", None)
    assert _run(office, "00:20") == 0
    began = f"{dt.datetime.fromisoformat(killed['begun']):%H:%M ngày %d/%m/%Y}"
    assert f"Từ {began} đến " in _day(office)
    assert f"có 1 lượt chạy không hoàn thành, các Phòng có thể chưa nhận được phản hồi. Lý do của lượt cuối: Lượt chạy bắt đầu lúc {began} bị ngắt" in _day(office)  # fmt: skip  # noqa: E501 - as it is read


def test_the_record_of_a_run_at_work_is_not_taken_for_one_that_was_killed(
    office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(office) == 0
    before = _record(office)
    with FileLock(office.archive / "last_run.lock"), FileLock(office.archive / "run.lock"):
        assert _run(office, "00:20") == 3
    assert "E806: " in capsys.readouterr().err
    assert _record(office) == before


def test_an_outbox_that_cannot_be_written_hides_no_fault_and_the_record_lies_in_the_archive(
    office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    office.outbox.rmdir() if not any(office.outbox.iterdir()) else office.outbox.rename(office.root / "cu")
    office.outbox.write_text("kín")
    assert _run(office) == 3
    assert capsys.readouterr().err.startswith("E805: ")
    assert json.loads((office.archive / "lan_chay_cuoi.json").read_text(encoding="utf-8"))["code"] == "E805"
    assert len(list(office.archive.glob("*_SU_CO.md"))) == 1
    office.outbox.unlink()
    assert _run(office, "00:20") == 0
    assert list(office.archive.glob("*_SU_CO.md")) == list(office.archive.glob("lan_chay_cuoi.json")) == []
    assert "Lý do của lượt cuối: E805: " in _day(office)


def test_a_workspace_that_is_not_there_is_remembered_until_it_is_back(office: Workspace, elsewhere: Path) -> None:
    away = office.root.rename(office.root.with_name("o_mang"))
    assert _run(office) == 3
    assert not office.root.exists()
    (page,) = elsewhere.rglob("*_SU_CO.md")
    assert "E801: " in page.read_text(encoding="utf-8")
    away.rename(office.root)
    assert _run(office, "00:20") == 0
    assert [path for path in elsewhere.rglob("*") if path.is_file()] == []
    assert "Lý do của lượt cuối: E801: " in _day(office)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"state": "running"}', '{"begun": 3}', "\ufeff"])
def test_a_record_that_is_none_of_ours_is_none(content: str, office: Workspace) -> None:
    record = office.outbox / "nhat_ky/lan_chay_cuoi.json"
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text(content, encoding="utf-8")
    assert _run(office) == 0
    assert _record(office)["state"] == "done"
