"""The recount over the demo of two years: every figure of its six periods, and how commitments moved between them."""

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from recompute import compare_workbook, published
from recompute_compare import table_rows
from recompute_inputs import read_inputs, read_sources
from recompute_overview import Recomputed, recompute
from recompute_sheets import compare
from recompute_shifts import CHANGED, DROPPED, LOWERED, shifts

from pipeline.nightly import RunReport
from pipeline.workspace import Workspace

Replayed = tuple[Workspace, list[RunReport]]
LAST = "2019-CN"
PERIODS = ("2018-KH", "2018-6T", "2018-CN", "2019-KH", "2019-6T", "2019-CN")
FOLLOWED = (LOWERED, CHANGED, DROPPED)
"""What ended by a document is told by reports, not by the plans."""


@pytest.fixture(scope="session")
def books(two_years: Replayed) -> dict[str, Workbook]:
    """The workbooks by period, without the copies that were kept when they were presented."""
    return {name: book for name, book in published(two_years[0].root).items() if "_da_trinh_" not in name}


@pytest.mark.parametrize("period", PERIODS)
def test_every_figure_of_two_years_equals_its_recomputation(
    two_years: Replayed, books: dict[str, Workbook], period: str
) -> None:
    """Estimates, actions that end, a merger, a policy issued again, last year beside this one.

    What came in a later year is not yet told in the first, though the ledger holds it.
    """
    created = books[period].properties.created
    assert created is not None
    done = compare_workbook(two_years[0].root, books, period, created.date())
    sys.stdout.write(f"two years {period}: {done.figures} figures compared\n")
    assert done.differences == []
    assert done.figures > 1_000


@pytest.fixture(scope="session")
def last(two_years: Replayed, books: dict[str, Workbook]) -> Recomputed:
    """What the input files give of the last period."""
    sources = read_sources(books[LAST], [book for name, book in books.items() if name != LAST])
    return recompute(read_inputs(two_years[0].root, sources, dt.date(2019, 11, 12)), LAST)


@pytest.mark.parametrize(
    ("sheet", "table", "header"),
    [
        ("2 Tình hình nộp", "nop_ky_truoc", "Số ngày trễ"),
        ("4 Không đạt", "khac_phuc", "Ngày làm xong"),
        ("4 Không đạt", "khong_con_ap_dung", "Giá trị mục tiêu"),
        ("4 Không đạt", "khong_dat", "Số ngày quá hạn"),
        ("9 Xu hướng", "xu_huong", "Kết quả 2018-CN"),
    ],
)
def test_a_wrong_figure_of_a_second_year_is_found_in_its_cell(
    last: Recomputed, books: dict[str, Workbook], sheet: str, table: str, header: str
) -> None:
    cell = next(table_rows(books[LAST][sheet], table))[header]
    right = cell.value
    cell.value = right + (dt.timedelta(1) if isinstance(right, dt.datetime) else 1)
    try:
        found = compare(books[LAST], last).differences
    finally:
        cell.value = right
    assert [each.partition(" (")[0] for each in found] == [f"{sheet}!{cell.coordinate}"]


def test_a_wrong_day_in_what_needs_a_decision_is_found(last: Recomputed, books: dict[str, Workbook]) -> None:
    """Page 1 named a deadline to come beside the days of an action that was due long ago."""
    cell = books[LAST]["1 Tổng quan"]["I17"]
    right = str(cell.value)
    cell.value = right.replace("31/7/2019", "31/01/2020")
    try:
        found = compare(books[LAST], last).differences
    finally:
        cell.value = right
    assert [each.partition(")")[0] for each in found] == ["1 Tổng quan!I17 (worst case"]


@pytest.mark.parametrize("period", ["2019-KH", "2019-CN"])
def test_what_was_lowered_changed_or_dropped_is_counted_from_the_forms(
    two_years: Replayed, books: dict[str, Workbook], period: str
) -> None:
    """These counts were written down as 0."""
    sources = read_sources(books[period], [book for name, book in books.items() if name != period])
    inputs = read_inputs(two_years[0].root, sources, dt.date(2019, 11, 12))
    moved = sorted(shifts(inputs, period))
    told = ([str(row[name].value) for name in ("Mã Phòng", "Mã mục tiêu", "Thay đổi")] for row in _shown(books[period]))
    assert moved == sorted(tuple(each) for each in told if each[2] in FOLLOWED)
    counts = Counter(what for _, _, what in moved)
    assert (counts[LOWERED], counts[CHANGED], counts[DROPPED]) == (1, 2, 0)


def _shown(book: Workbook) -> Iterator[dict[str, Cell]]:
    return table_rows(book["9 Xu hướng"], "thay_doi_cam_ket")


def test_a_dropped_objective_is_counted_from_the_forms(two_years: Replayed, books: dict[str, Workbook]) -> None:
    """A later BM-01 that goes on with one objective less than it does."""
    sources = read_sources(books["2019-KH"], [books["2018-CN"]])
    inputs = read_inputs(two_years[0].root, sources, dt.date(2019, 11, 12))
    plan = next(sent for sent in inputs.submissions if (sent.form, sent.period) == ("BM-01", "2019-KH"))
    followed = [row for row in plan.tables["code"] if row.get("continues")]
    assert followed
    left = {**plan.tables, "code": [row for row in plan.tables["code"] if row is not followed[0]]}
    cut = [replace(sent, tables=left) if sent is plan else sent for sent in inputs.submissions]
    moved = shifts(replace(inputs, submissions=cut), "2019-KH")
    assert [(division, what) for division, _, what in moved if what == DROPPED] == [(plan.division, DROPPED)]
