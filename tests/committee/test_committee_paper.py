"""On paper: the print set of the committee, where pages begin, what the charts and the notes say of it."""

import io
import re
from typing import Any

import pytest
from committee_content import Story
from openpyxl import Workbook, load_workbook
from small_agency import PLAN, consolidated, objective, plan
from test_committee_crowded import _committee
from workbook_rules.checks import pages
from workbook_rules.reader import read_workbook

from pipeline.committee import build_workbook
from pipeline.excel.paging import Block, Paper

TEN_PAGES = 10


def _sheets_of_paper(workbook: bytes) -> dict[str, int]:
    """How many sheets of paper each sheet of the print set takes."""
    book = read_workbook(workbook)
    of_set = filter(pages.is_of_print_set, book.sheets)
    return {sheet.title: 1 + len(pages.starts(sheet)) for sheet in of_set}


def test_the_print_set_of_ten_divisions_has_at_most_ten_pages(workbook: bytes) -> None:
    """l1, l2: size on paper is held by the rule PRINT_SIZE over every workbook that a test builds."""
    papers = _sheets_of_paper(workbook)
    assert [int(title.split()[0]) for title in papers] == [1, 2, 4, 5, 6, 7, 8]
    assert sum(papers.values()) <= TEN_PAGES


def test_after_three_years_the_print_set_has_at_most_ten_pages() -> None:
    """l1: with actions of earlier years still open."""
    assert sum(_sheets_of_paper(build_workbook(_committee(12), {})).values()) <= TEN_PAGES


def test_what_paper_leaves_out_is_said_on_it_and_which_sheets_are_for_it_in_the_notes(opened: Workbook) -> None:
    """l1, l10: the way to originals ends where the workbook is mailed, and the notes say so."""
    assert opened["5 Kế hoạch"]["C3"].value == (
        "Bản in có 8 trong 98 dòng, việc cần xem xét xếp trước; đủ ở bản trên màn hình."
    )
    # wb6: a list of which paper holds no row is among the tables for the screen.
    assert not any("có 0 trong" in str(sheet["C3"].value) for sheet in opened)
    notes = {row[0]: row[1] for row in opened["12 Ghi chú"].iter_rows(values_only=True) if row[0]}
    assert ": 1, 2, 4, 5, 6, 7, 8. " in str(notes["In ra giấy"])
    assert "bản gửi qua thư" in str(notes["Mở bản gốc"])
    feet = {sheet.title: sheet.oddFooter.left.text for sheet in opened}
    assert (feet["4 Không đạt"], feet["9 Xu hướng"]) == ("Bộ in của Ban Chỉ đạo", "Trang để xem trên màn hình")


def test_a_plan_has_figures_of_plans_in_place_of_results() -> None:
    """l8: no tile is out of nothing before there are results."""
    story_rows = [objective("MT01", agency_objective="MC1"), objective("MT02")]
    committee = consolidated(_with_plan(story_rows), PLAN)
    sheet = load_workbook(io.BytesIO(build_workbook(committee, {})), data_only=True)["1 Tổng quan"]
    cells = {cell.value: (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value}
    labels = ("Mục tiêu phục vụ mục tiêu chung của Sở", "Nhiệm vụ của kế hoạch", "Chỉ tiêu bị hạ so với trước")
    figures = [sheet.cell(cells[label][0] + 1, cells[label][1]).value for label in labels]
    assert figures == [1, 0, 0]
    assert "Mục tiêu đạt / đến kỳ đánh giá" not in cells


def _with_plan(rows: list[dict[str, Any]]) -> Story:
    story = Story()
    plan(story, "VP", *rows)
    return story


def test_charts_have_figures_on_bars_names_beside_them_and_whole_steps(workbook: bytes) -> None:
    """l5: names of divisions stand in the second column of the counts, codes in the first."""
    book = read_workbook(workbook)
    chart = book.sheets[0].charts[0].root
    categories = {one.text for one in chart.iter("f") if one.text and re.search(r"!\$B\$\d+:\$B", one.text)}
    assert categories
    assert all(series.find("dLbls") is not None for series in chart.iter("ser"))
    (values,) = chart.iter("valAx")
    unit, most = values.find("majorUnit"), values.find("scaling/max")
    assert unit is not None
    assert most is not None
    assert float(unit.get("val", "0")).is_integer()
    assert float(most.get("val", "0")) % float(unit.get("val", "1")) == 0


def test_on_sheet_4_what_is_done_about_it_has_room(opened: Workbook) -> None:
    """l4: the texts of people stand in broad columns, also in the tables below."""
    sheet = opened["4 Không đạt"]
    for table in sheet.tables.values():
        for cell in sheet[table.ref][0]:
            if str(cell.value) in {"Nguyên nhân", "Hành động khắc phục", "Hành động đã nêu", "Kết quả khắc phục"}:
                assert sheet.column_dimensions[cell.column_letter].width >= 24, cell.value


ROWS_A_PAGE = Paper({}, 1, 150.0)
"""Ten rows of 15 points."""


@pytest.mark.parametrize(
    ("blocks", "title_row", "starts"),
    [
        ([Block(4, 5, 9)], 5, ()),
        ([Block(4, 5, 25)], 5, (11, 20)),
        ([Block(4, 5, 6), Block(8, 9, 12)], 9, (8,)),
        ([Block(4, 5, 30), Block(32, 33, 35)], 5, (11, 20, 29)),
    ],
    ids=["one page", "a long table", "a heading at the foot", "a short table below a long one"],
)
def test_pages_begin_where_no_header_stands_over_another_table(
    blocks: list[Block], title_row: int, starts: tuple[int, ...]
) -> None:
    """h4, l9."""
    layout = ROWS_A_PAGE.layout(blocks)
    assert (layout.title_row, layout.starts, layout.faults) == (title_row, starts, 0)


def test_of_two_long_tables_the_second_has_its_header_on_every_page() -> None:
    """h4: a page without a header is better than one under the header of another table."""
    layout = ROWS_A_PAGE.layout([Block(4, 5, 30), Block(32, 33, 60)])
    assert (layout.title_row, layout.faults) == (33, 2)
