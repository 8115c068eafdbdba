"""The typography of official letters in docx: A4, Times New Roman, rules under a line, tables (NĐ 30/2020)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT: Final = "Times New Roman"
SIZE: Final = 13
"""Points; the decree leaves 13 or 14."""
LEFT, CENTRE, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


@dataclass(frozen=True)
class Look:
    """How a paragraph looks: sizes and spaces in points, indents in millimetres, the colour as RRGGBB."""

    align: WD_ALIGN_PARAGRAPH = LEFT
    size: float = SIZE
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    first_line: float = 0
    left: float = 0
    with_next: bool = False
    colour: str = ""

    def but(self, **changes: object) -> "Look":
        """The same look with some things changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def prepare(document: Document) -> None:
    """Page, margins, font, and the page number centred at the top from page 2."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    language = _added(normal.element.get_or_add_rPr(), "w:lang", val="vi-VN", eastAsia="vi-VN")
    language.set(qn("w:bidi"), "ar-SA")
    number = section.header.paragraphs[0]
    number.style = normal
    number.alignment = CENTRE
    _field(number, "PAGE")


def write(paragraph: Paragraph, text: str, look: Look) -> Paragraph:
    """Put text with its look into a paragraph; gives the paragraph."""
    run = paragraph.add_run(text)
    run.font.size = Pt(look.size)
    run.font.bold, run.font.italic = look.bold, look.italic
    if look.colour:
        run.font.color.rgb = RGBColor.from_string(look.colour)
    form = paragraph.paragraph_format
    form.alignment = look.align
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    form.first_line_indent, form.left_indent = Mm(look.first_line), Mm(look.left)
    form.keep_with_next = look.with_next
    form.widow_control = True
    return paragraph


def rule(paragraph: Paragraph, width: float, column: float) -> None:
    """Make an empty paragraph a thin rule, ``width`` long and centred in a ``column``, both in millimetres."""
    # First, because the order inside the properties is the schema's and docx keeps it for its own words only.
    borders = _added(paragraph._p.get_or_add_pPr(), "w:pBdr")  # noqa: SLF001 - docx has no word for borders
    _added(borders, "w:top", val="single", sz="6", space="1", color="000000")
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((column - width) / 2)
    form.space_before, form.space_after = Pt(2), Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(2)


def table(document: Document, widths: Sequence[float], rows: int, *, ruled: bool) -> Table:
    """A table of fixed column widths in millimetres; without rules it only sets things side by side."""
    grid: Table = document.add_table(rows, len(widths))
    grid.style = document.styles["Table Grid" if ruled else "Normal Table"]
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    if not ruled:
        _no_padding(grid)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return grid


def keep_rows_whole(grid: Table, *, repeat_header: bool) -> None:
    """No row is split over two pages; the header comes again on each page."""
    for row in grid.rows:
        _added(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001 - docx has no word for it
    if repeat_header:
        _added(grid.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001 - nor for it


def fill(cell: _Cell, text: str, look: Look, *, middle: bool = False) -> None:
    """Text as the only paragraph of a cell."""
    write(cell.paragraphs[0], text, look)
    alignment = WD_CELL_VERTICAL_ALIGNMENT
    cell.vertical_alignment = alignment.CENTER if middle else alignment.TOP


def add_picture(paragraph: Paragraph, png: bytes, side: float, alt: str) -> None:
    """A square picture of ``side`` millimetres; ``alt`` is what it says to who cannot see it."""
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(side))
    shape._inline.docPr.set("descr", alt)  # noqa: SLF001 - docx has no word for it


def _no_padding(grid: Table) -> None:
    properties = grid._tbl.tblPr  # noqa: SLF001 - docx has no word for padding
    padding = _added(properties, "w:tblCellMar")
    for side in ("w:left", "w:right"):
        _added(padding, side, w="0", type="dxa")
    # The schema wants the padding before what docx's own template ends with.
    for last in properties.findall(qn("w:tblLook")):
        properties.append(last)


def _field(paragraph: Paragraph, name: str) -> None:
    """A field such as PAGE, which the reader's program fills in."""
    field = _added(paragraph._p, "w:fldSimple", instr=name)  # noqa: SLF001 - docx has no word for fields
    number = paragraph.add_run("2")
    number.font.size = Pt(SIZE)
    field.append(number._r)  # noqa: SLF001


def _added(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    element = cast("BaseOxmlElement", OxmlElement(tag))
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element
