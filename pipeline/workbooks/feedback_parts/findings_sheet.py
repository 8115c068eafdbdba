"""The sheet *Việc cần sửa*: the verdict, and one row a finding with all that it takes to mend it."""

from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.findings import Finding, Severity, explain
from pipeline.spreadsheet import cell_name, column_name
from pipeline.wording import say
from pipeline.workbooks.cells import FONT
from pipeline.workbooks.feedback_parts.answer import FeedbackSheet
from pipeline.workbooks.feedback_parts.marks import (
    CELL_COLUMN,
    COLOUR_COLUMN,
    COLOUR_TAG,
    COLOURS,
    Marks,
)
from pipeline.workbooks.feedback_parts.places import cell_of, put_text, reference
from pipeline.workbooks.fitting import height_of, lines_of

_WIDTHS: Final = {
    "number": 5.0,
    "severity": 10.0,
    "sheet": 15.0,
    "cell": 7.0,
    "label": 18.0,
    "found": 22.0,
    "problem": 36.0,
    "expected": 30.0,
    "example": 20.0,
    "fix": 38.0,
    "code": 7.0,
}
_COLUMNS: Final = tuple(_WIDTHS)
_LAST: Final = len(_COLUMNS)
_CENTRED: Final = frozenset({"number", "severity", "cell", "code"})
_SIDE: Final = Side(style="thin", color="FF8EA0B5")
_BOX: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEADER_FILL: Final = PatternFill("solid", fgColor="FFDDEBF7")
_NOTICE: Final = "FF9C0006"
_NOTICE_FILL: Final = PatternFill("solid", fgColor="FFFFEB9C")
_SOME: Final = 20
_A4: Final = 9
_MARGIN: Final = 15 / 25.4


def write_findings(workbook: Workbook, sheet: FeedbackSheet, marks: Marks, formulas: Sequence[str] = ()) -> None:
    """Put the sheet of findings first. ``marks`` are the colours before marking, ``formulas`` the addresses settled."""
    worksheet = workbook.create_sheet(say("feedback.title"), 0)
    for column, key in enumerate(_COLUMNS, 1):
        worksheet.column_dimensions[column_name(column)].width = _WIDTHS[key] + 0.71
    header_row = _head(worksheet, sheet, [*sheet.lines, *_formula_line(formulas)])
    _header(worksheet, header_row)
    for number, finding in enumerate(sheet.ordered, 1):
        _finding(worksheet, header_row + number, number, finding)
        _place(worksheet, header_row + number, finding, workbook)
        put_text(worksheet.cell(header_row + number, COLOUR_COLUMN), marks.get((finding.sheet, finding.cell), ""))
    last_row = header_row + max(1, len(sheet.findings))
    worksheet.auto_filter.ref = f"A{header_row}:{cell_name(last_row, _LAST)}"
    worksheet.freeze_panes = f"A{header_row + 1}"
    _paper(worksheet, header_row)
    _show_alone(workbook, worksheet)


def _formula_line(formulas: Sequence[str]) -> list[str]:
    if not formulas:
        return []
    cells = ", ".join(formulas[:_SOME])
    rest = len(formulas) - _SOME
    if rest > 0:
        cells = say("feedback.lines.more_formulas", cells=cells, count=rest)
    return [say("feedback.lines.formulas", cells=cells)]


def _head(worksheet: Worksheet, sheet: FeedbackSheet, lines: Sequence[str]) -> int:
    """The heading, the notices and the lines under it; gives the row of the table's header."""
    said = (sheet.heading, *sheet.notices, *lines)
    notices = range(2, 2 + len(sheet.notices))
    for row, words in enumerate(said, 1):
        worksheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_LAST)
        cell = worksheet.cell(row, 1)
        put_text(cell, words)
        size, bold = 14 if row == 1 or row in notices else 12, row <= notices.stop
        cell.font = Font(name=FONT, size=size, bold=bold, color=_NOTICE if row in notices else None)
        if row in notices:
            cell.fill = _NOTICE_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        lines_needed = lines_of(words, sum(_WIDTHS.values()), size=size, bold=bold)
        worksheet.row_dimensions[row].height = height_of(lines_needed, size=size)
    return len(said) + 2


def _header(worksheet: Worksheet, row: int) -> None:
    for column, key in enumerate(_COLUMNS, 1):
        cell = worksheet.cell(row, column)
        put_text(cell, say(f"feedback.columns.{key}"))
        cell.font = Font(name=FONT, size=11, bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.fill, cell.border = _HEADER_FILL, _BOX
    worksheet.row_dimensions[row].height = 24
    put_text(worksheet.cell(row, COLOUR_COLUMN), COLOUR_TAG)
    worksheet.column_dimensions[column_name(COLOUR_COLUMN)].hidden = True


def _finding(worksheet: Worksheet, row: int, number: int, finding: Finding) -> None:
    words = _words(number, finding)
    for column, key in enumerate(_COLUMNS, 1):
        cell = worksheet.cell(row, column)
        put_text(cell, words[key])
        cell.number_format = "@"
        cell.font = Font(name=FONT, size=11, bold=key == "severity")
        cell.alignment = Alignment(horizontal="center" if key in _CENTRED else "left", vertical="top", wrap_text=True)
        cell.border = _BOX
    worksheet.cell(row, _COLUMNS.index("severity") + 1).fill = PatternFill("solid", fgColor=COLOURS[finding.severity])
    lines = max(lines_of(words[key], _WIDTHS[key], bold=key == "severity") for key in _COLUMNS)
    worksheet.row_dimensions[row].height = height_of(lines)


def _words(number: int, finding: Finding) -> dict[str, str]:
    words = explain(finding)
    return {
        "number": str(number),
        "severity": say(f"feedback.severity.{finding.severity}"),
        "sheet": finding.sheet,
        "cell": finding.cell,
        "label": finding.label,
        "found": words.found,
        "problem": words.problem,
        "expected": words.expected,
        "example": words.example,
        "fix": words.fix,
        "code": finding.code,
    }


def _place(worksheet: Worksheet, row: int, finding: Finding, workbook: Workbook) -> None:
    """Make the address a link, where this workbook has the cell."""
    found = cell_of(workbook, finding)
    if found is None:
        return
    cell = worksheet.cell(row, CELL_COLUMN)
    target = reference(found.parent.title, found.coordinate)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, display=finding.cell)
    cell.font = Font(name=FONT, size=11, underline="single", color="FF0563C1")


def _paper(worksheet: Worksheet, header_row: int) -> None:
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = _A4
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.sheet_properties.tabColor = COLOURS[Severity.ERROR]
    worksheet.print_title_rows = f"{header_row}:{header_row}"
    worksheet.page_margins.left = worksheet.page_margins.right = _MARGIN
    footer = worksheet.oddFooter
    if footer is not None:
        footer.center.text = say("feedback.print.footer")
        footer.center.font = f"{FONT},Regular"
    worksheet.sheet_view.showGridLines = False


def _show_alone(workbook: Workbook, worksheet: Worksheet) -> None:
    """Open on this sheet only: sheets left selected together would all take what is typed into one."""
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = other is worksheet
    workbook.active = 0
