"""The one answer to many versions of a form that came in one night and were replaced within it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.cells import FONT
from pipeline.excel.fitting import height_of, lines_of
from pipeline.excel.saving import steady_bytes
from pipeline.feedback.sheet_looks import HEAD_FILL, Header, lay_out, write_cell
from pipeline.wording import say

_WIDTHS: Final = {"number": 6.0, "path": 90.0, "arrived_at": 20.0, "verdict": 30.0, "errors": 9.0, "warnings": 9.0}
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
    def header(self) -> Header:
        """What stands above the table: that all of these were replaced, by which, and what to do."""
        return Header(
            say("feedback.heading"),
            say("feedback.shared.verdict", count=len(self.versions), last=self.last.path),
            (
                say("feedback.lines.form", form=self.form),
                say("feedback.shared.last", verdict=self.last.verdict, judged_at=self.judged_at),
                say("feedback.shared.todo"),
            ),
        )


def shared_answer(sheet: SharedSheet) -> bytes:
    """A workbook with one sheet: a line a version."""
    workbook = Workbook()
    worksheet = workbook.worksheets[0]
    worksheet.title = say("feedback.shared.title")
    row = sheet.header.table_row
    lay_out(worksheet, sheet.header, _WIDTHS, row + len(sheet.versions))
    _row(worksheet, row, {key: say(f"feedback.shared.columns.{key}") for key in _WIDTHS}, is_head=True)
    for number, version in enumerate(sheet.versions, 1):
        words = {key: str(value) for key, value in {"number": number, **vars(version)}.items()}
        _row(worksheet, row + number, words)
    return steady_bytes(workbook)


def _row(worksheet: Worksheet, row: int, words: Mapping[str, str], *, is_head: bool = False) -> None:
    for column, key in enumerate(_WIDTHS, 1):
        horizontal = "left" if key in _LEFT and not is_head else "center"
        look = Alignment(horizontal=horizontal, vertical="top", wrap_text=True)
        cell = worksheet.cell(row, column)
        write_cell(cell, words[key], Font(name=FONT, size=11, bold=is_head), look)
        if is_head:
            cell.fill = HEAD_FILL
    worksheet.row_dimensions[row].height = height_of(max(lines_of(words[key], _WIDTHS[key]) for key in _WIDTHS))
