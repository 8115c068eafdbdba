"""Offices move things about: the rows stay the same, and a finding points at where they now stand."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from parsing_workbooks import decomposed, moved, parsed, renamed, rows, whole, with_cells, with_sheet

from pipeline.forms import BY_NUMBER, FORMS
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.parsing import recognise
from pipeline.parsing.recognition import IDENTITY_SHEET
from pipeline.spreadsheet import CellValue, Position, RawCell, RawSheet

GOALS, PLAN, COVER = "Mục tiêu", "Kế hoạch", "Thông tin chung"
TAGS, HEADER = 4, 5


def rows_above(at: Position) -> Position:
    return at[0] + 3, at[1]


def rows_above_the_header(at: Position) -> Position:
    return (at[0] + 2, at[1]) if at[0] >= TAGS else at


def a_row_between_tags_and_header(at: Position) -> Position:
    return (at[0] + 1, at[1]) if at[0] > TAGS else at


def columns_swapped(at: Position) -> Position:
    return at[0], {1: 12, 12: 1, 3: 7, 7: 3}.get(at[1], at[1])


def a_column_inserted(at: Position) -> Position:
    return (at[0], at[1] + 1) if at[1] >= 3 else at


def without_tags(at: Position) -> Position | None:
    return None if at[0] == TAGS else at


def without_tag_row(at: Position) -> Position | None:
    if at[0] == TAGS:
        return None
    return (at[0] - 1, at[1]) if at[0] > TAGS else at


def without_labels(at: Position) -> Position | None:
    return None if at[0] == HEADER else at


def without_half_of_the_tags(at: Position) -> Position | None:
    return None if at[0] == TAGS and at[1] % 3 == 0 else at


def without_cover_tags(at: Position) -> Position | None:
    return None if at[1] == 1 else at


def without_sheets(workbook: RawWorkbook, *titles: str) -> RawWorkbook:
    return replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if sheet.title not in titles))


def a_private_sheet(workbook: RawWorkbook) -> RawWorkbook:
    """A clerk's own list in front of all others, with some of our words in it."""
    words = ("Mã mục tiêu", "Nội dung mục tiêu", "Người chịu trách nhiệm", "Ghi chú")
    cells = {(1, column): RawCell(word) for column, word in enumerate(words, 1)} | {(2, 1): RawCell("nháp")}
    return replace(workbook, sheets=(RawSheet("Nháp", cells, last_row=2), *workbook.sheets))


def a_copied_sheet(workbook: RawWorkbook) -> RawWorkbook:
    """A backup of a sheet in front of it, as Excel names it."""
    goals = next(sheet for sheet in workbook.sheets if sheet.title == GOALS)
    emptied = {at: cell for at, cell in goals.cells.items() if at[0] <= HEADER}
    return replace(workbook, sheets=(replace(goals, title=f"{GOALS} (2)", cells=emptied), *workbook.sheets))


CHANGED: Mapping[str, RawWorkbook] = {
    "rows above all": moved(whole(), GOALS, rows_above),
    "rows above the cover": moved(whole(), COVER, rows_above),
    "rows above the header": moved(whole(), GOALS, rows_above_the_header),
    "a row between tags and header": moved(whole(), GOALS, a_row_between_tags_and_header),
    "columns swapped with their headers": moved(whole(), GOALS, columns_swapped),
    "a column inserted": moved(whole(), GOALS, a_column_inserted),
    "a column before the cover": moved(whole(), COVER, lambda at: (at[0], at[1] + 1)),
    "tags lost": moved(whole(), GOALS, without_tags),
    "the row of tags deleted": moved(whole(), GOALS, without_tag_row),
    "some tags lost": moved(whole(), GOALS, without_half_of_the_tags),
    "tags lost, columns swapped": moved(moved(whole(), GOALS, without_tags), GOALS, columns_swapped),
    "labels lost": moved(whole(), GOALS, without_labels),
    "the cover's tags lost": moved(whole(), COVER, without_cover_tags),
    "sheets renamed": renamed(whole(), {GOALS: "MT 2019", PLAN: "Sheet2", COVER: "Bìa"}),
    "sheet titles swapped": renamed(whole(), {GOALS: PLAN, PLAN: GOALS}),
    "sheets in another order": replace(whole(), sheets=tuple(reversed(whole().sheets))),
    "guide and lists deleted": without_sheets(whole(), "Hướng dẫn", "Danh mục"),
    "the hidden sheet deleted": without_sheets(whole(), IDENTITY_SHEET),
    "a private sheet added": a_private_sheet(whole()),
    "a sheet copied": a_copied_sheet(whole()),
    "saved on a Macintosh": decomposed(whole()),
    "empty rows between the filled ones": moved(whole(), GOALS, lambda at: (at[0] * 2 - 6, at[1]) if at[0] > 6 else at),
    "a total beside the table": with_cells(whole(), GOALS, {(6, 40): 3, (7, 40): "x"}),
    "a footnote under the codes": with_cells(whole(), GOALS, {(70, 1): "Ghi chú: mã đã in sẵn"}),
}


BY_HEADER = {
    "tags lost": GOALS,
    "the row of tags deleted": GOALS,
    "some tags lost": GOALS,
    "tags lost, columns swapped": GOALS,
    "the cover's tags lost": COVER,
}
"""Where columns are found by their headers, the sheet is told so in a note; elsewhere nothing is found."""


@pytest.mark.parametrize("name", CHANGED)
def test_moving_things_about_changes_neither_rows_nor_findings(name: str) -> None:
    assert rows(CHANGED[name]) == rows(whole())
    told = [(finding.code, finding.sheet) for finding in parsed(CHANGED[name]).findings]
    assert told == ([("T217", BY_HEADER[name])] if name in BY_HEADER else [])


def test_what_was_found_by_its_header_is_told_with_its_cell() -> None:
    (finding,) = parsed(CHANGED["some tags lost"]).findings
    assert dict(finding.facts) == {
        "columns": "“Nội dung mục tiêu” (C5); “So sánh” (F5); “Đơn vị tính” (I5); “Nguồn số liệu” (L5); "
        "“Thời hạn” (O5); “Mục tiêu chung của Sở” (R5)"
    }


@pytest.mark.parametrize("workbook", CHANGED.values(), ids=CHANGED)
def test_the_form_is_recognised_by_what_is_inside(workbook: RawWorkbook) -> None:
    assert recognise(workbook, FORMS)[0] is BY_NUMBER["BM-01"]


SIGNED: Mapping[str, Mapping[Position, CellValue | None]] = {
    "two titles and two names": {
        (69, 3): "NGƯỜI LẬP BIỂU",
        (69, 11): "TRƯỞNG PHÒNG",
        (70, 3): "(Ký, ghi rõ họ tên)",
        (70, 11): "(Ký, ghi rõ họ tên)",
        (75, 3): "Trần Thị Mai",
        (75, 11): "Nguyễn Văn Hòa",
    },
    "place and day first": {
        (67, 11): "Sóc Trăng, ngày 20 tháng 01 năm 2019",
        (68, 11): "KT. CHÁNH VĂN PHÒNG",
        (69, 11): "PHÓ CHÁNH VĂN PHÒNG",
        (73, 11): "Lê Văn Tám",
    },
    "a day left to be filled": {(67, 11): "Sóc Trăng, ngày … tháng … năm 2019", (72, 11): "Lê Văn Tám"},
    "recipients in the first column": {
        (67, 1): "Nơi nhận:",
        (67, 11): "TRƯỞNG PHÒNG",
        (68, 1): "- Ban Chỉ đạo ISO (qua Thư ký ISO);",
        (69, 1): "- Lưu: VP.",
        (72, 11): "Nguyễn Văn Hòa",
    },
}


@pytest.mark.parametrize("block", SIGNED.values(), ids=SIGNED)
def test_a_signature_block_under_the_table_is_no_row(block: Mapping[Position, CellValue | None]) -> None:
    signed = with_cells(whole(), GOALS, block)
    assert rows(signed) == rows(whole())
    assert parsed(signed).findings == ()


def test_a_signature_block_right_under_the_last_filled_row_is_no_row() -> None:
    unused = moved(whole(), GOALS, lambda at: at if at[0] <= 8 else None)
    signed = with_cells(unused, GOALS, {(9, 11): "TRƯỞNG PHÒNG", (10, 11): "Nguyễn Văn Hòa"})
    assert rows(signed) == rows(whole())


def test_a_filled_row_under_something_like_a_signature_is_still_read() -> None:
    last = {(66, column): cell.value for (row, column), cell in goals().cells.items() if row == 8}
    below = with_cells(whole(), GOALS, {(65, 1): None, (65, 3): "TRƯỞNG PHÒNG", **last})
    assert len(rows(below)["objectives"]) == 5


def test_a_row_that_only_names_someone_is_still_a_row() -> None:
    named = with_cells(whole("BM-03"), "Phổ biến CSCL", {(9, 2): "Phạm Thị Mới", (9, 3): "Trưởng phòng"})
    assert [row["full_name"] for row in rows(named, "BM-03")["policy"]][3:] == ["Phạm Thị Mới"]


def goals() -> RawSheet:
    return next(sheet for sheet in whole().sheets if sheet.title == GOALS)


def test_a_row_is_used_when_anything_but_its_printed_code_is_filled() -> None:
    noted = with_cells(whole(), GOALS, {(30, 19): "để sau"})
    assert rows(noted)["objectives"][3]["code"] == "MT25"
    assert rows(noted)["objectives"][3]["note"] == "để sau"


def test_a_printed_code_alone_is_no_row() -> None:
    assert len(rows(whole())["objectives"]) == 3


def test_a_row_without_its_code_is_a_row() -> None:
    uncoded = with_cells(whole(), GOALS, {(8, 1): None})
    assert [row["code"] for row in rows(uncoded)["objectives"]] == ["MT01", "MT02", None]


@pytest.mark.parametrize(
    ("workbook", "place"),
    [
        (whole(), "Mục tiêu!G8"),
        (CHANGED["rows above the header"], "Mục tiêu!G10"),
        (CHANGED["columns swapped with their headers"], "Mục tiêu!C8"),
        (CHANGED["a column inserted"], "Mục tiêu!H8"),
        (CHANGED["tags lost, columns swapped"], "Mục tiêu!C8"),
        (CHANGED["sheets renamed"], "MT 2019!G8"),
    ],
)
def test_a_finding_points_at_where_the_cell_now_stands(workbook: RawWorkbook, place: str) -> None:
    title = place.split("!", maxsplit=1)[0]
    spoilt = with_sheet(
        workbook, title, lambda sheet: replace(sheet, cells={**sheet.cells, at(place): RawCell("nhiều")})
    )
    (finding,) = (found for found in parsed(spoilt).findings if found.code != "T217")
    assert (finding.code, f"{finding.sheet}!{finding.cell}") == ("V301", place)


def at(place: str) -> Position:
    cell = place.split("!")[1]
    return int(cell[1:]), ord(cell[0]) - ord("A") + 1


def test_a_column_that_is_gone_is_told_once_and_the_others_are_read() -> None:
    without = moved(whole(), GOALS, lambda at: None if at[1] == 12 else at)
    (finding,) = parsed(without).findings
    assert (finding.code, finding.sheet, finding.label) == ("T206", GOALS, "Nguồn số liệu")
    assert rows(without)["objectives"][0]["target"] == 95


def test_a_sheet_that_is_gone_is_told_once_and_the_others_are_read() -> None:
    without = without_sheets(whole(), PLAN)
    (finding,) = parsed(without).findings
    assert (finding.code, finding.facts) == ("T205", {"missing": PLAN})
    assert rows(without)["objectives"] == rows(whole())["objectives"]


def test_a_workbook_without_our_sheets_is_no_form() -> None:
    assert recognise(without_sheets(whole(), GOALS, PLAN, IDENTITY_SHEET), FORMS) == (None, None)


def test_the_hidden_sheet_says_for_whom_the_form_was_issued() -> None:
    _, identity = recognise(whole(), FORMS)
    assert identity is not None
    assert (identity.form_id, identity.division, identity.year, identity.period) == ("objectives", "VP", "2019", "KH")


def test_without_the_hidden_sheet_nothing_is_said_of_the_issue() -> None:
    assert recognise(CHANGED["the hidden sheet deleted"], FORMS) == (BY_NUMBER["BM-01"], None)


@pytest.mark.parametrize("number", BY_NUMBER)
def test_every_form_is_recognised_without_its_hidden_sheet(number: str) -> None:
    assert recognise(without_sheets(whole(number), IDENTITY_SHEET), FORMS) == (BY_NUMBER[number], None)
