"""What a sender wrote into the column *Giải trình* of *Việc cần sửa*, which travels in the form's own workbook."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from pipeline.spreadsheet import RawSheet, RawWorkbook
from pipeline.vietnamese import normalise
from pipeline.wording import say

_CODE: Final = re.compile(r"\(([A-Z]\d{3})\)")
_COLUMNS: Final = ("repair", "sheet", "cell", "problem", "explanation")
_LONGEST: Final = 1_000


class Explanation(NamedTuple):
    """What was written beside a finding: its code and cell, what it said then, and the sender's words."""

    code: str
    sheet: str
    cell: str
    problem: str
    words: str


def is_findings_sheet(sheet: RawSheet) -> bool:
    """Whether a sheet is the one of an earlier answer, by its title and its heading."""
    heading = sheet.cells.get((1, 1))
    headings = {say("feedback.heading"), say("feedback.pre_check.heading")}
    return sheet.title.startswith(say("feedback.title")) and heading is not None and heading.value in headings


def explanations_of(workbook: RawWorkbook) -> tuple[Explanation, ...]:
    """Every explanation of the workbook; none where it bears no sheet of an earlier answer."""
    return tuple(one for sheet in workbook.sheets if is_findings_sheet(sheet) for one in _of_sheet(sheet))


def _of_sheet(sheet: RawSheet) -> Iterator[Explanation]:
    header = _header(sheet)
    if header is None:
        return
    top, columns = header
    for row in sorted({row for row, column in sheet.cells if row > top and column == columns["explanation"]}):
        texts = {key: _text(sheet, row, column) for key, column in columns.items()}
        code = _CODE.search(texts["repair"])
        if code and texts["explanation"]:
            words = texts["explanation"][:_LONGEST]
            yield Explanation(code[1], texts["sheet"], texts["cell"], texts["problem"], words)


def _header(sheet: RawSheet) -> tuple[int, Mapping[str, int]] | None:
    """The row of the heads, and the columns that are read, wherever they were moved."""
    heads = {say(f"feedback.columns.{key}"): key for key in _COLUMNS}
    by_row: dict[int, dict[str, int]] = {}
    for (row, column), cell in sheet.cells.items():
        key = heads.get(normalise(cell.value)) if isinstance(cell.value, str) else None
        if key:
            by_row.setdefault(row, {})[key] = column
    return next(((row, columns) for row, columns in sorted(by_row.items()) if len(columns) == len(_COLUMNS)), None)


def _text(sheet: RawSheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    return normalise(str(cell.value)) if cell is not None and not cell.is_error and cell.value is not None else ""
