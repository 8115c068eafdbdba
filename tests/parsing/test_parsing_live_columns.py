"""What our own templates compute beside a table never counts as filled, whatever became of the row of tags."""

from collections.abc import Callable, Mapping

import pytest
from parsing_workbooks import moved, parsed, rows, whole, with_cells
from rules_bases import BASES

from pipeline.intake.file_kinds import RawWorkbook
from pipeline.parsing.decoration import CHECK_TAG
from pipeline.spreadsheet import CellValue, Position

TITLES = {"BM-01": "Mục tiêu", "BM-02": "Kết quả", "BM-03": "Phổ biến CSCL", "BM-04": "Công bố"}
TAGS, FIRST, LAST = 4, 6, 65
TOLD, WORDS = ".¦Ghi chú: còn trống¦Thời hạn: còn trống", "Ghi chú: còn trống; Thời hạn: còn trống"
Change = Callable[[RawWorkbook, str], RawWorkbook]
EVERY_FORM = pytest.mark.parametrize("name", TITLES)


def check_columns(name: str) -> list[int]:
    """The columns of live checks; the last is the one that staff see."""
    sheet = next(sheet for sheet in whole(name).sheets if sheet.title == TITLES[name])
    return sorted(column for (row, column), cell in sheet.cells.items() if row == TAGS and cell.value == CHECK_TAG)


def told(name: str, filled: int) -> Mapping[Position, CellValue | None]:
    """The live columns as Excel computes them: words in the first rows, an empty text in all others."""
    *hidden, shown = check_columns(name)
    words = dict.fromkeys(hidden, TOLD) | {shown: WORDS}
    return {
        (row, column): text if row < FIRST + filled else ""
        for row in range(FIRST, LAST + 1)
        for column, text in words.items()
    }


def signed(name: str) -> tuple[RawWorkbook, int]:
    """The form signed right below its filled rows, in rows that Excel then checks too; and how many it checks."""
    title, count = TITLES[name], len(BASES[name].rows[str(sheet_name(name))])
    unused = moved(whole(name), title, lambda at: None if at[0] >= FIRST + count and at[1] not in range(60, 80) else at)
    top = FIRST + count
    block: dict[Position, CellValue | None] = {
        (top, 2): "NGƯỜI LẬP BIỂU",
        (top, 4): "TRƯỞNG PHÒNG",
        (top + 1, 2): "(Ký, ghi rõ họ tên)",
        (top + 5, 2): "Trần Thị Mai",
        (top + 5, 4): "Nguyễn Văn Hòa",
    }
    return with_cells(unused, title, {**block, **told(name, count + 6)}), count


def sheet_name(name: str) -> str:
    return next(iter(BASES[name].rows))


def untouched(workbook: RawWorkbook, _name: str) -> RawWorkbook:
    return workbook


def without_tags(workbook: RawWorkbook, name: str) -> RawWorkbook:
    return moved(workbook, TITLES[name], lambda at: None if at[0] == TAGS else at)


def without_tag_row(workbook: RawWorkbook, name: str) -> RawWorkbook:
    return moved(workbook, TITLES[name], lambda at: None if at[0] == TAGS else (at[0] - (at[0] > TAGS), at[1]))


@EVERY_FORM
def test_a_template_has_live_columns_beside_its_table(name: str) -> None:
    assert len(check_columns(name)) >= 2


@EVERY_FORM
@pytest.mark.parametrize("change", [untouched, without_tags, without_tag_row])
def test_a_signature_below_rows_with_live_texts_is_no_row(name: str, change: Change) -> None:
    workbook, count = signed(name)
    assert rows(change(workbook, name), name)[sheet_name(name)] == rows(whole(name), name)[sheet_name(name)]
    assert len(rows(change(workbook, name), name)[sheet_name(name)]) == count


@EVERY_FORM
@pytest.mark.parametrize("change", [untouched, without_tags, without_tag_row])
def test_live_texts_make_no_row_used(name: str, change: Change) -> None:
    checked = with_cells(whole(name), TITLES[name], told(name, LAST - FIRST + 1))
    assert rows(change(checked, name), name) == rows(whole(name), name)
    assert {finding.code for finding in parsed(change(checked, name), name).findings} <= {"T217"}
