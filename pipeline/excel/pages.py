"""How a sheet comes out on paper: A4, margins and page number of NĐ 30/2020/NĐ-CP, one page wide."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.excel.cells import FONT, Area, Sheet
from pipeline.excel.entry import LONGEST_MESSAGE, utf16_length
from pipeline.excel.paging import Block, Layout, Paper

_A4: Final = 9
_MM: Final = 1 / 25.4
# NĐ 30/2020, Phụ lục I: top and bottom 20 to 25 mm, left 30 to 35, right 15 to 20; the smaller ones leave room.
_TOP, _BOTTOM, _LEFT, _RIGHT = 20 * _MM, 20 * _MM, 30 * _MM, 15 * _MM
# A landscape sheet is bound at its top edge: the left needs no room for binding, the table does.
_LEFT_LANDSCAPE: Final = 15 * _MM
_HEADER: Final = 10 * _MM
_LONG, _SHORT = 297 * _MM, 210 * _MM
_PIXELS, _POINTS = 96, 72
"""How many an inch has on a screen, on paper."""
_COLUMN: Final = 8.43
"""The width in digits of a column without one of its own."""
_MOST_BREAKS: Final = 1_000
"""Excel takes 1,026 breaks; the pages behind them break by themselves."""
_SIZE: Final = 10
_QUIET: Final = 8


@dataclass(frozen=True)
class Page:
    """A sheet's paper. ``header_row`` (counted from 1) repeats on every page; ``one_page`` fits the height as well.

    ``pages_wide`` spreads a broad table over several sheets of paper, its first column on each of them.
    Without ``printed`` all that shows is printed, also rows that are added later.
    ``blocks`` are the tables of a sheet that has several: they decide what repeats and where pages begin.
    ``seal`` stands small in the middle of the foot.
    A page without a header carries no number: NĐ 30/2020 numbers from the second page on.
    """

    landscape: bool = False
    header_left: str = ""
    header_right: str = ""
    footer_left: str = ""
    seal: str = ""
    header_row: int | None = None
    one_page: bool = False
    pages_wide: int = 1
    printed: Area | None = None
    blocks: Sequence[Block] = ()


def set_page(sheet: Sheet, page: Page) -> None:
    """Set a sheet up for printing."""
    worksheet = sheet.worksheet
    worksheet.set_paper(_A4)
    if page.landscape:
        worksheet.set_landscape()
    left = _LEFT_LANDSCAPE if page.landscape else _LEFT
    worksheet.set_margins(left=left, right=_RIGHT, top=_TOP, bottom=_BOTTOM)
    worksheet.fit_to_pages(page.pages_wide, 1 if page.one_page else 0)
    if page.pages_wide > 1:
        worksheet.repeat_columns(0, 0)
    worksheet.center_horizontally()
    if page.printed is not None:
        worksheet.print_area(*page.printed.from_zero)
    if page.header_row is not None:
        worksheet.repeat_rows(page.header_row - 1, page.header_row - 1)
    layout = _layout(sheet, page)
    if layout.title_row:
        worksheet.repeat_rows(layout.title_row - 1, layout.title_row - 1)
    worksheet.set_h_pagebreaks([row - 1 for row in layout.starts[:_MOST_BREAKS]])
    if page.header_left or page.header_right:
        worksheet.set_header(_header(page), {"margin": _HEADER})
    if page.footer_left:
        centre = f"&C{sealed(page.seal)}" if page.seal else ""
        footer = f"&L{_styled(page.footer_left)}{centre}&R{_style()}&A"
        worksheet.set_footer(footer, {"margin": _HEADER})


def within(sheet: Sheet, page: Page, pages: int) -> Page:
    """The same page, its printed rows ending where so many sheets of paper are full."""
    if page.printed is None:
        return page
    ends = [*(row - 1 for row in _layout(sheet, page).starts), page.printed.last_row]
    return replace(page, printed=page.printed._replace(last_row=ends[:pages][-1]))


def _layout(sheet: Sheet, page: Page) -> Layout:
    """Which header repeats and where pages begin (``paging``): of a table that is cut short, what is printed counts."""
    printed = page.printed
    blocks = [block for block in page.blocks if printed is not None and block.header_row < printed.last_row]
    if printed is None or not blocks:
        return Layout(0, (), 0)
    cut = [block._replace(last_row=min(block.last_row, printed.last_row)) for block in blocks]
    # A percent more than computed: programs round the scale in their own way.
    capacity = (_SHORT - _TOP - _BOTTOM) * _POINTS / ((scale(sheet, printed) + 1) / 100)
    return Paper(sheet.heights, printed.first_row, capacity).layout(cut)


def scale(sheet: Sheet, printed: Area) -> int:
    """The percentage at which these columns fit the width of a landscape page, as Excel and LibreOffice shrink it."""
    columns = range(printed.first_column, printed.last_column + 1)
    pixels = sum(int(sheet.widths.get(column, _COLUMN) * 7 + 0.5) + 5 for column in columns)
    return min(100, int(100 * (_LONG - _LEFT_LANDSCAPE - _RIGHT) * _PIXELS / pixels))


def sealed(words: str) -> str:
    """The words of a seal as a foot has them: small and grey."""
    return f'&{_QUIET}&"{FONT},Regular"&K595959{words}'


def _header(page: Page) -> str:
    left, right = _styled(page.header_left), _styled(page.header_right)
    header = f"&L{left}&C{_style()}&P&R{right}"
    if utf16_length(header) <= LONGEST_MESSAGE:
        return header
    # Excel holds 255 signs in all: the title goes, the agency and the number stay.
    return f"&L{left}&C{_style()}&P"


def _styled(text: str) -> str:
    return _style() + text.replace("&", "&&")


def _style() -> str:
    # The size first: a text that begins with a digit would lengthen it.
    return f'&{_SIZE}&"{FONT},Regular"'
