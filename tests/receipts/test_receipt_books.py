"""What a book of receipts says of each file: whose it is, what it means now, what counts. Frames in, frames out."""

import pandas as pd
import pytest
from receipts_ledger import OWED, books, lines, plain, sightings, submissions

from pipeline.consolidation.receipts import Counting, Lines, Noted, receipt_books, same_night_notes
from pipeline.findings import Finding

RETURNED = {"verdict": "returned"}
NAMELESS = {"form": None, "division": None, "period": None}


@pytest.mark.parametrize(
    ("told", "effects"),
    [
        ([{}], ["counts"]),
        ([{"verdict": "accepted_with_warnings"}], ["counts"]),
        ([{}, {}], ["replaced", "counts"]),
        ([RETURNED], ["returned"]),
        ([RETURNED, {}], ["returned_then_replaced", "counts"]),
        ([{}, RETURNED], ["counts", "returned"]),
        ([{"withdrawn": True}], ["withdrawn"]),
        ([{"withdrawn": True}, {}], ["withdrawn", "counts"]),
        ([{**RETURNED, "withdrawn": True}], ["returned"]),
        ([{"verdict": "unreadable", **NAMELESS}], ["unreadable"]),
        ([{"verdict": "not_a_form", **NAMELESS}], ["not_a_form"]),
        ([{"verdict": "internal_fault"}], ["internal_fault"]),
    ],
)
def test_a_file_says_what_it_means_now(told: list[dict[str, object]], effects: list[str]) -> None:
    assert [effect for (effect,) in lines(books(submissions(*told))["VP"], "effect")] == effects


def test_the_version_that_counts_stands_beside_those_that_it_replaced() -> None:
    told = books(submissions({}, RETURNED, {}))["VP"]
    assert lines(told, "version", "effect", "counting") == [
        (1, "replaced", 3), (2, "returned_then_replaced", 3), (3, "counts", 3),
    ]  # fmt: skip


def test_known_bytes_under_another_name_have_a_line_of_their_own_and_count_nothing() -> None:
    seen = sightings({"sha256": f"{1:064x}", "path": "VP/tep 1 (1).xlsx"})
    told = books(submissions({}), seen)["VP"]
    assert lines(told, "path", "effect", "verdict", "first_path", "first_at") == [
        ("VP/tep 1.xlsx", "counts", "accepted", None, None),
        ("VP/tep 1 (1).xlsx", "recognised", None, "VP/tep 1.xlsx", pd.Timestamp("2019-06-05T16:00")),
    ]


def test_bytes_that_were_judged_twice_are_recognised_once() -> None:
    same = {"sha256": f"{1:064x}"}
    seen = sightings({**same, "path": "VP/lai nua.xlsx"})
    told = books(submissions({**same, **RETURNED, "folder": "KHTC"}, same), seen)["VP"]
    assert lines(told, "path", "effect")[2:] == [("VP/lai nua.xlsx", "recognised")]


def test_a_file_in_another_divisions_folder_has_a_line_in_both_books() -> None:
    told = books(submissions({**RETURNED, "folder": "KHTC", "path": "KHTC/a.xlsx"}))
    assert {holder: lines(book, "path", "named", "folder") for holder, book in told.items()} == {
        "KHTC": [("KHTC/a.xlsx", "VP", None)],
        "VP": [("KHTC/a.xlsx", None, "KHTC")],
    }


def test_a_copy_in_another_divisions_folder_has_a_line_in_both_books() -> None:
    seen = sightings({"sha256": f"{1:064x}", "path": "KHTC/a.xlsx", "folder": "KHTC"})
    told = books(submissions({}), seen)
    assert lines(told["KHTC"], "path", "effect", "named") == [("KHTC/a.xlsx", "recognised", "VP")]
    assert [path for (path,) in lines(told["VP"], "path")] == ["VP/tep 1.xlsx", "KHTC/a.xlsx"]


def test_a_file_that_names_nobody_stands_in_the_book_of_its_folder() -> None:
    told = books(submissions({**NAMELESS, "verdict": "unreadable"}))
    assert {holder: lines(book, "named", "folder") for holder, book in told.items()} == {"VP": [(None, None)]}


def test_a_file_of_nobody_stands_in_a_book_of_its_own() -> None:
    told = books(submissions({**NAMELESS, "verdict": "not_a_form", "folder": "", "path": "la.xlsx"}))
    assert {holder: lines(book, "path") for holder, book in told.items()} == {"_chua_ro_phong": [("la.xlsx",)]}
    assert plain(told["_chua_ro_phong"].obligations) == []


@pytest.mark.parametrize(
    ("times", "in_time"),
    [
        (("2019-06-09T23:50", "2019-06-09T23:59", "2019-06-09T23:55"), False),
        (("2019-06-09T23:50", "2019-06-10T00:05", "2019-06-09T23:55"), True),
        (("2019-06-09T23:50", "2019-06-10T00:05", "2019-06-10T00:01"), False),
        (("2019-06-10T00:00", "2019-06-10T00:05", "2019-06-10T00:01"), False),
        ((None, "2019-06-10T00:05", "2019-06-09T23:55"), True),
    ],
)
def test_a_stamp_that_decided_for_the_sender_is_told(times: tuple[str | None, str, str], *, in_time: bool) -> None:
    not_before, not_after, arrived_at = times
    told = books(submissions({"not_before": not_before, "not_after": not_after, "arrived_at": arrived_at}))["VP"]
    assert lines(told, "in_time_by_stamp") == [(in_time,)]


def test_what_counts_is_told_for_every_form_of_a_year_in_which_something_came() -> None:
    told = books(submissions({}, RETURNED))["VP"].obligations
    assert plain(told.drop(columns=["due_on", "is_exempt", "decision"])) == [
        ("BM-01", "2019-KH", None, None, None, None, None),
        ("BM-02", "2019-6T", 2, "returned", "returned", 1, "VP/tep 1.xlsx"),
    ]


def test_a_form_that_is_not_owed_is_told_as_well() -> None:
    told = books(submissions({"division": "KHTC", "folder": "KHTC", **RETURNED}))["KHTC"].obligations
    assert plain(told[["form", "period", "last"]]) == [("BM-01", "2019-KH", None), ("BM-02", "2019-6T", 1)]


def test_two_files_of_one_night_are_marked_and_told_once() -> None:
    told = books(submissions({}, {}, {"judged_as_of": "2019-06-07T00:05"}))["VP"]
    assert lines(told, "version", "is_together") == [(1, True), (2, True), (3, False)]
    assert plain(told.notes[["form", "period", "code"]]) == [("BM-02", "2019-6T", "S701")]


def test_standing_findings_are_told_to_their_division_alone() -> None:
    received = submissions({}, {"division": "KHTC", "folder": "KHTC", "form": "BM-01", "period": "2019-KH"})
    told = books(received, standing=((1, Finding("R610", facts={"objective": "MT02"})),))
    assert plain(told["VP"].notes[["code", "problem"]]) == [
        ("R610", "Mục tiêu MT02 đã đăng ký nhưng báo cáo không có kết quả.")
    ]
    assert told["KHTC"].notes.empty


def test_lines_what_counts_and_notes_have_the_columns_and_types_of_their_classes() -> None:
    received = submissions(RETURNED, {}, {"path": "VP/c.xlsx"})
    seen = sightings({"sha256": f"{1:064x}", "path": "VP/again.xlsx"})
    all_books = receipt_books(received, seen, OWED, same_night_notes(received))
    frames = {Lines: all_books.held.drop(columns="holder"), Counting: all_books.obligations, Noted: all_books.notes}
    for shape, frame in frames.items():
        assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == dict(shape.dtypes), shape
