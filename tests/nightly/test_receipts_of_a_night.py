"""The books of receipts that the nights leave: the demo's, and those of nights that go wrong."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.ledger.contents import read_submissions
from pipeline.nightly import RunReport, run_night
from pipeline.outbox import Outbox
from pipeline.workspace import Workspace, open_ledger

AFTER = dt.datetime(2019, 6, 10, 0, 20)
Replayed = tuple[Workspace, list[RunReport]]
Busy = tuple[Workspace, RunReport]


def _book(workspace: Workspace, holder: str) -> Path:
    return workspace.outbox / "phan_hoi" / holder / "So_tiep_nhan.xlsx"


def _lines(workspace: Workspace, holder: str, *titles: str) -> list[tuple[object, ...]]:
    """Some columns of the first sheet of a book."""
    rows = list(load_workbook(_book(workspace, holder))["Sổ tiếp nhận"].iter_rows(min_row=5, values_only=True))
    places = [rows[0].index(title) for title in titles]
    return [tuple(row[place] for place in places) for row in rows[1:]]


def test_every_division_that_sent_something_has_its_book(replayed: Replayed) -> None:
    books = (replayed[0].outbox / "phan_hoi").glob("*/So_tiep_nhan.xlsx")
    assert sorted(book.parent.name for book in books) == [
        "BTXH", "GDNN", "KHTC", "LDS", "LDTL", "NCC", "PCTNXH", "TCT", "TEBDG", "TTR", "VLATLD", "VP",
    ]  # fmt: skip


def test_a_book_tells_the_whole_story_of_a_division(replayed: Replayed) -> None:
    assert _lines(replayed[0], "GDNN", "Tên tệp đã nộp", "Kết luận", "Hiện nay", "Ghi chú") == [
        ("GDNN/MTCL GDNN.xlsx", "Trả lại", "Trả lại, đã có bản thay", "Bản đang có hiệu lực: lần nộp 2."),
        ("GDNN/MTCL GDNN (sua lan 2).xlsx", "Hợp lệ", "Đang có hiệu lực", None),
        ("GDNN/BM-03_2019-KH_GDNN.xlsx", "Hợp lệ", "Đang có hiệu lực", None),
        ("GDNN/BM-02_2019-6T_GDNN.xlsx", "Hợp lệ", "Đang có hiệu lực", None),
    ]


def test_a_night_writes_only_the_books_that_say_something_new(replayed: Replayed) -> None:
    last, before = replayed[1][-1], replayed[1][-2]
    assert before.receipts == ("outbox/phan_hoi/PCTNXH/So_tiep_nhan.xlsx",)
    assert last.receipts == ("outbox/phan_hoi/KHTC/So_tiep_nhan.xlsx",)


def test_a_night_writes_the_books_of_all_that_it_concerns_and_no_other(busy: Busy) -> None:
    assert busy[1].receipts == tuple(
        f"outbox/phan_hoi/{holder}/So_tiep_nhan.xlsx" for holder in ("BTXH", "KHTC", "VLATLD", "VP")
    )


def test_the_same_bytes_again_are_recognised_in_the_book(busy: Busy) -> None:
    name, now, remark = _lines(busy[0], "VP", "Tên tệp đã nộp", "Hiện nay", "Ghi chú")[-1]
    assert (name, now) == ("VP/BM-01 moi.xlsx", "Đã nhận trước đó, không tính lần hai")
    assert str(remark).startswith("Trùng với VP/BM-01 VP 2019.xlsx, đã nhận lúc ")


@pytest.mark.parametrize("holder", ["VLATLD", "KHTC"])
def test_a_form_in_another_divisions_folder_stands_in_both_books(busy: Busy, holder: str) -> None:
    assert _lines(busy[0], holder, "Tên tệp đã nộp", "Kết luận")[-1] == ("KHTC/nham.xlsx", "Trả lại")


def test_two_files_of_one_night_are_told_with_the_one_that_is_current(busy: Busy) -> None:
    with open_ledger(busy[0]) as ledger:
        judged = read_submissions(ledger)
    later = judged[judged["division"] == "BTXH"].iloc[-1]
    rows = list(load_workbook(_book(busy[0], "BTXH"))["Đang có hiệu lực"].iter_rows(values_only=True))
    notes = [row for row in rows if "S701" in row]
    assert len(notes) == 1
    assert f"Hệ thống lấy tệp nộp sau cùng ({later['path']})." in str(notes[0][0])


def test_a_book_that_was_deleted_comes_again(copy_of_demo: Workspace) -> None:
    book = _book(copy_of_demo, "VP")
    content = book.read_bytes()
    book.unlink()
    run_night(copy_of_demo, AFTER)
    assert book.read_bytes() == content


@pytest.mark.usefixtures("nothing_is_drawn")
def test_a_book_that_is_open_elsewhere_gets_a_sibling_until_it_is_closed(
    copy_of_demo: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(copy_of_demo.inbox / "VP" / "BM-01 VP 2019.xlsx", copy_of_demo.inbox / "VP" / "BM-01 moi.xlsx")
    book = _book(copy_of_demo, "VP")
    before = book.read_bytes()
    replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if Path(target) == book:
            raise PermissionError
        return replace(self, target)

    with monkeypatch.context() as windows:
        windows.setattr(Path, "replace", locked)
        report = run_night(copy_of_demo, AFTER)
    sibling = book.with_name("So_tiep_nhan_20190610-0020.xlsx")
    assert report.receipts == (f"outbox/phan_hoi/VP/{sibling.name}",)
    assert book.read_bytes() == before

    run_night(copy_of_demo, AFTER + dt.timedelta(minutes=15))
    assert not sibling.exists()
    assert _lines(copy_of_demo, "VP", "Tên tệp đã nộp")[-1] == ("VP/BM-01 moi.xlsx",)


def test_what_has_not_changed_is_not_written_even_when_its_settings_have(copy_of_demo: Workspace) -> None:
    outbox = Outbox(copy_of_demo.outbox, copy_of_demo.archive, AFTER)
    book = _book(copy_of_demo, "VP")
    written = book.stat().st_mtime_ns
    relative = book.relative_to(copy_of_demo.outbox).as_posix()
    published = outbox.publish(relative, book.read_bytes(), "khác")
    assert (published.was_open_elsewhere, book.stat().st_mtime_ns) == (False, written)
    assert outbox.is_current(relative, "khác")
