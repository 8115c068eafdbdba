"""The looks of the sheet *Việc cần sửa*: its lines, the formats that follow its content, its paper."""

from collections.abc import Sequence
from typing import Final

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.cells import FONT
from pipeline.feedback.marks import COLOURS
from pipeline.findings import Severity
from pipeline.wording import say

_SIDE: Final = Side(style="thin", color="FF8EA0B5")
BOX: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
FOLLOWING: Final = Border(left=_SIDE, right=_SIDE)
"""Around words that are those of the row above."""
_PAPER: Final = "FFFFFFFF"
_STATUSES: Final = {"mended": "FFC6EFCE", "changed": "FFDDEBF7"}
_A4: Final = 9
_MARGIN: Final = 15 / 25.4


def say_once(worksheet: Worksheet, columns: Sequence[str], first_row: int, last_row: int) -> None:
    """Show the words of these columns, of which the first names the repair, once a repair.

    They stand in every row, so that each can be filtered and copied; a row that follows one of the same repair shows
    none. SUBTOTAL(103) counts visible cells only: where the filter hides the row above, the words show again.
    """
    repair, (row, above) = columns[0], (first_row, first_row - 1)
    same = f"${repair}{row}=${repair}{above},{repair}{row}={repair}{above},SUBTOTAL(103,${repair}{above})=1"
    area = " ".join(f"{column}{first_row}:{column}{last_row}" for column in columns)
    look = DifferentialStyle(font=Font(color=_PAPER))
    rule = Rule("expression", dxf=look, formula=[f"AND({same})"])
    worksheet.conditional_formatting.add(area, rule)


def colour_statuses(worksheet: Worksheet, column: str, first_row: int, last_row: int) -> None:
    """Colour what is done."""
    for key, colour in _STATUSES.items():
        formula = f'{column}{first_row}="{say(f"feedback.status.{key}")}"'
        look = DifferentialStyle(fill=PatternFill("solid", bgColor=colour))
        rule = Rule("expression", dxf=look, formula=[formula])
        worksheet.conditional_formatting.add(f"{column}{first_row}:{column}{last_row}", rule)


def set_paper(worksheet: Worksheet, header_row: int) -> None:
    """A4 landscape, one page wide; the heads of the columns on every page, the page's number below."""
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = _A4
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.sheet_properties.tabColor = COLOURS[Severity.ERROR]
    worksheet.print_title_rows = f"{header_row}:{header_row}"
    margins = worksheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = _MARGIN
    margins.header = margins.footer = _MARGIN / 2
    footer = worksheet.oddFooter
    if footer is not None:
        footer.center.text = say("feedback.print.footer")
        footer.center.font = f"{FONT},Regular"
    worksheet.sheet_view.showGridLines = False
