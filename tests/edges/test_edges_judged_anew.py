"""A fault of ours, a lost original and a file put back: nothing that came is forgotten, nothing is judged twice."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from edges_nights import NIGHTS, calm_night, dropped, matters, night, page, to_do, verdicts
from openpyxl import load_workbook

from pipeline.judging import reading
from pipeline.nightly import run_night
from pipeline.workspace import Workspace

INTERVALS = "SELECT not_before, not_after, arrived_at FROM arrival ORDER BY arrival_id"


def _intervals(workspace: Workspace) -> list[tuple[str, ...]]:
    with sqlite3.connect(workspace.ledger_file) as connection:
        return connection.execute(INTERVALS).fetchall()


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Let a mistake of ours keep every form from being parsed, or no more."""
    parse, is_failing = reading.parse_form, [False]

    def parsed(*given: object) -> object:
        if is_failing[0]:
            raise RuntimeError
        return parse(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "parse_form", parsed)

    def set_failing(value: bool) -> None:  # noqa: FBT001 - a switch
        is_failing[0] = value

    return set_failing


def test_a_fault_of_ours_is_judged_again_by_itself(
    workspace: Workspace, spoilt: bytes, fail: Callable[[bool], None]
) -> None:
    path = dropped(workspace, "KHTC/a.xlsx", spoilt)
    fail(True)  # noqa: FBT003
    (fault,) = night(workspace, 0).feedback
    for number in (1, 2):
        calm_night(workspace, number)
    path.unlink()
    fail(False)  # noqa: FBT003
    report = night(workspace, 3)
    assert verdicts(workspace) == [("KHTC/a.xlsx", "internal_fault", ["Z901"]), ("KHTC/a.xlsx", "returned", ["C401"])]
    assert report.feedback == (fault.replace(".xlsx", "_lan2.xlsx"),)
    first, again = _intervals(workspace)
    assert first == again
    calm_night(workspace, 4)


def test_who_was_told_of_a_fault_of_ours_is_told_that_it_is_accepted_now(
    workspace: Workspace, plan: bytes, fail: Callable[[bool], None]
) -> None:
    dropped(workspace, "KHTC/a.xlsx", plan)
    fail(True)  # noqa: FBT003
    night(workspace, 0)
    fail(False)  # noqa: FBT003
    report = run_night(workspace, NIGHTS[0].replace(hour=8))
    assert [verdict for _, verdict, _ in verdicts(workspace)] == ["internal_fault", "accepted"]
    assert [Path(answer).name[-10:] for answer in report.feedback] == ["_lan2.xlsx"]
    assert "internal_fault" not in matters(workspace, 0)
    calm_night(workspace, 1)


def test_a_fault_that_stays_is_tried_once_a_day_and_leaves_no_trace(
    workspace: Workspace, plan: bytes, fail: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(workspace, "KHTC/a.xlsx", plan)
    fail(True)  # noqa: FBT003
    night(workspace, 0)
    calm_night(workspace, 1)
    monkeypatch.setattr("pipeline.night.deciding._tried", lambda *given: pytest.fail(str(given)))
    assert run_night(workspace, NIGHTS[1].replace(hour=8)).arrived == 0
    assert len(_intervals(workspace)) == 1


def _lost_before_judging(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> bytes:
    """Original gone, or of other bytes, between arrival and verdict; gives what it was."""
    kept = []

    def losing(run: object) -> object:
        (original,) = (workspace.archive / "originals").iterdir()
        kept.append(original.read_bytes())
        if content is None:
            original.unlink()
        else:
            original.write_bytes(content)
        return decide(run)  # type: ignore[arg-type]

    from pipeline import nightly  # noqa: PLC0415 - what is patched

    decide = nightly.judge_pending
    with monkeypatch.context() as patched:
        patched.setattr(nightly, "judge_pending", losing)
        report = night(workspace, 0)
    assert report.not_judged == ("KHTC/a.xlsx",)
    assert to_do(workspace, 0) == [("not_judged", {"path": "KHTC/a.xlsx", "sender": "KHTC"})]
    return kept[0]


@pytest.mark.parametrize("content", [None, b"other"], ids=["gone", "changed"])
def test_an_original_lost_before_its_verdict_is_taken_anew_from_the_inbox(
    content: bytes | None, workspace: Workspace, plan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(workspace, "KHTC/a.xlsx", plan)
    _lost_before_judging(workspace, monkeypatch, content)
    report = night(workspace, 1)
    assert (report.not_judged, report.seen_again) == ((), ())
    assert [verdict for _, verdict, _ in verdicts(workspace)] == ["accepted"]
    calm_night(workspace, 2)


def test_a_lost_original_is_asked_for_again_until_it_comes(
    workspace: Workspace, plan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dropped(workspace, "KHTC/a.xlsx", plan)
    _lost_before_judging(workspace, monkeypatch, None)
    path.unlink()
    assert night(workspace, 1).not_judged == ("KHTC/a.xlsx",)
    assert matters(workspace, 1) == ["not_judged"]
    dropped(workspace, "KHTC/lai.xlsx", plan)
    assert night(workspace, 2).seen_again == ("KHTC/lai.xlsx",)
    assert [verdict for _, verdict, _ in verdicts(workspace)] == ["accepted"]
    assert len(_intervals(workspace)) == 1
    calm_night(workspace, 3)


def test_the_sender_of_a_lost_original_is_asked_in_the_book_of_receipts(
    workspace: Workspace, plan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dropped(workspace, "KHTC/a.xlsx", plan)
    _lost_before_judging(workspace, monkeypatch, None)
    ((name, effect, remark),) = _receipts(workspace)
    assert (name, effect) == ("KHTC/a.xlsx", "Chưa kiểm tra được: cần nộp lại")
    assert remark.startswith("Bản lưu của tệp bị mất hoặc hỏng trước khi kiểm tra. Nộp lại đúng tệp này")
    path.unlink()
    calm_night(workspace, 1)
    dropped(workspace, "KHTC/a.xlsx", plan)
    night(workspace, 2)
    assert _receipts(workspace) == [("KHTC/a.xlsx", "Đang được tính", None)]


def _receipts(workspace: Workspace) -> list[tuple[object, ...]]:
    """Name, effect and remark of each line of KHTC's book."""
    sheet = load_workbook(workspace.outbox / "phan_hoi" / "KHTC" / "So_tiep_nhan.xlsx", data_only=True).worksheets[0]
    first, last = str(sheet.tables["so_tiep_nhan"].ref).split(":")
    header, *rows = [[cell.value for cell in row] for row in sheet[first:last]]
    return [tuple(row[header.index(name)] for name in ("Tên tệp đã nộp", "Hiện nay", "Ghi chú")) for row in rows]


def test_an_original_that_comes_back_is_simply_judged(
    workspace: Workspace, plan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dropped(workspace, "KHTC/a.xlsx", plan)
    kept = _lost_before_judging(workspace, monkeypatch, b"other")
    path.unlink()
    (original,) = (workspace.archive / "originals").iterdir()
    original.write_bytes(kept)
    assert night(workspace, 1).not_judged == ()
    assert [verdict for _, verdict, _ in verdicts(workspace)] == ["accepted"]


def test_misplaced_bytes_put_into_the_right_folder_and_the_root_are_judged_once(
    workspace: Workspace, plan: bytes
) -> None:
    path = dropped(workspace, "VP/a.xlsx", plan)
    night(workspace, 0)
    path.unlink()
    dropped(workspace, "KHTC/a.xlsx", plan)
    dropped(workspace, "a.xlsx", plan)
    report = night(workspace, 1)
    assert (report.arrived, len(report.seen_again)) == (1, 1)
    assert [(verdict, codes) for _, verdict, codes in verdicts(workspace)] == [("returned", ["F108"]), ("accepted", [])]
    calm_night(workspace, 2)


def test_a_file_put_back_to_what_it_was_is_told_each_time(workspace: Workspace, plan: bytes, revised: bytes) -> None:
    path = dropped(workspace, "KHTC/a.xlsx", plan)
    night(workspace, 0)
    path.write_bytes(revised)
    night(workspace, 1)
    for number, content in ((2, plan), (3, revised), (4, plan)):
        path.write_bytes(content)
        report = night(workspace, number)
        assert (report.arrived, report.seen_again) == (0, ("KHTC/a.xlsx",))
        assert "đã trở lại đúng nội dung nhận lúc" in page(workspace, number)
    calm_night(workspace, 5)
