"""The one answer to many versions of a form that came in one night and were replaced within it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.cells import FONT
from pipeline.excel.fitting import height_of, lines_of
from pipeline.excel.saving import steady_bytes
from pipeline.feedback.header import HEAD_FILL, Header, write_header
from pipeline.feedback.places import put_text
from pipeline.feedback.sheet_looks import BOX, set_paper
from pipeline.spreadsheet import cell_name, column_name
from pipeline.wording import say

_WIDTHS: Final = {"number": 6.0, "path": 90.0, "arrived_at": 20.0, "verdict": 30.0, "errors": 9.0, "warnings": 9.0}
_COLUMNS: Final = tuple(_WIDTHS)
_LEFT: Final = frozenset({"path", "verdict"})


@dataclass(frozen=True)
class ReplacedVersion:
    """One of the versions: its path, when it arrived, its verdict in words, and how many errors and warnings it has."""

    path: str
    arrived_at: str
    verdict: str
    errors: int
    warnings: int


@dataclass(frozen=True)
class SharedSheet:
    """The words of the answer, ready to be read. ``last`` is the version that came after all of ``versions``."""

    form: str
    versions: Sequence[ReplacedVersion]
    last: ReplacedVersion
    judged_at: str

    @property
    def heading(self) -> str:
        """The title of the sheet."""
        return say("feedback.heading")

    @property
    def notices(self) -> tuple[str, ...]:
        """None: nothing must be done with these versions."""
        return ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands above the table: that all of these were replaced, by which, and what to do."""
        return (
            say("feedback.shared.verdict", count=len(self.versions), last=self.last.path),
            say("feedback.lines.form", form=self.form),
            say("feedback.shared.last", verdict=self.last.verdict, judged_at=self.judged_at),
            say("feedback.shared.todo"),
        )


def shared_answer(sheet: SharedSheet) -> bytes:
    """A workbook with one sheet: a line a version."""
    workbook = Workbook()
    worksheet = workbook.worksheets[0]
    worksheet.title = say("feedback.shared.title")
    header = Header(sheet, (), has_count=False)
    for column, key in enumerate(_COLUMNS, 1):
        worksheet.column_dimensions[column_name(column)].width = _WIDTHS[key] + 0.71
    write_header(worksheet, header, len(_COLUMNS), sum(_WIDTHS.values()))
    heads = {key: say(f"feedback.shared.columns.{key}") for key in _COLUMNS}
    _row(worksheet, header.table_row, heads, is_head=True)
    for number, version in enumerate(sheet.versions, 1):
        told = {"number": number, **vars(version)}
        _row(worksheet, header.table_row + number, {key: str(told[key]) for key in _COLUMNS})
    last_row = header.table_row + len(sheet.versions)
    worksheet.auto_filter.ref = f"A{header.table_row}:{cell_name(last_row, len(_COLUMNS))}"
    worksheet.freeze_panes = f"A{header.table_row + 1}"
    set_paper(worksheet, header.table_row)
    return steady_bytes(workbook)


def _row(worksheet: Worksheet, row: int, words: dict[str, str], *, is_head: bool = False) -> None:
    for column, key in enumerate(_COLUMNS, 1):
        cell = worksheet.cell(row, column)
        put_text(cell, words[key])
        cell.font = Font(name=FONT, size=11, bold=is_head)
        horizontal = "left" if key in _LEFT and not is_head else "center"
        cell.alignment = Alignment(horizontal=horizontal, vertical="top", wrap_text=True)
        cell.border = BOX
        if is_head:
            cell.fill = HEAD_FILL
    worksheet.row_dimensions[row].height = height_of(max(lines_of(words[key], _WIDTHS[key]) for key in _COLUMNS))
