"""The covering report laid out as .docx in the form of Nghị định 30/2020, Phụ lục I."""

import datetime as dt
from itertools import count
from typing import Final

from docx import Document
from docx.document import Document as Docx

from pipeline.letters.covering.model import ROMAN, Block, ChartText, ReportText, Section, TableText
from pipeline.letters.covering.native_chart import add_chart
from pipeline.letters.document import add_foot, add_head, set_properties
from pipeline.letters.looks import BOTH, CENTRE, LEFT, RIGHT, Look, fill, keep_rows_whole, prepare, rule, table, write
from pipeline.letters.saving import steady_bytes
from pipeline.wording import say, topic

_PAGE: Final = 160.0
_SUBJECT_RULE: Final = 50.0
_BODY: Final = Look(BOTH, before=3, after=3, first_line=10)
_HEADING: Final = Look(LEFT, before=6, after=3, bold=True, first_line=10, with_next=True)
_CAPTION: Final = Look(CENTRE, size=12, before=4, after=3, italic=True, with_next=True)
_CELL: Final = Look(LEFT, size=10.5, before=0.5, after=0.5)


def report_bytes(text: ReportText, day: dt.date) -> bytes:
    """The report as .docx: the same words and day give the same bytes."""
    document = Document()
    prepare(document)
    set_properties(document, text.title, text.author, dt.datetime.combine(day, dt.time()))
    add_head(document, text.superior, text.agency, (say("report.number"), ""), text.place_and_date)
    _heading(document, text)
    write(document.add_paragraph(), text.opening, _BODY)
    charts = count(1)
    for number, section in zip(ROMAN, text.sections, strict=False):
        _section(document, number, section, charts)
    # The signature never stands alone on a page.
    write(document.add_paragraph(), text.closing, _BODY.but(before=6, with_next=True))
    add_foot(document, topic("report")["recipients"]["lines"], text.signature)
    return steady_bytes(document)


def _heading(document: Docx, text: ReportText) -> None:
    write(document.add_paragraph(), say("report.heading"), Look(CENTRE, size=14, bold=True, before=12))
    write(document.add_paragraph(), text.subject, Look(CENTRE, size=14, bold=True))
    rule(document.add_paragraph(), _SUBJECT_RULE, _PAGE)
    write(document.add_paragraph(), say("report.addressee.line"), Look(CENTRE, before=8, after=4))


def _section(document: Docx, number: str, section: Section, charts: "count[int]") -> None:
    write(document.add_paragraph(), say("report.item", number=number, words=section.heading), _HEADING)
    for block in section.blocks:
        _block(document, block, charts)


def _block(document: Docx, block: Block, charts: "count[int]") -> None:
    match block:
        case str():
            write(document.add_paragraph(), block, _BODY)
        case TableText():
            _table(document, block)
        case ChartText():
            add_chart(
                document, write(document.add_paragraph(), "", Look(CENTRE, before=8, after=6)), block, next(charts)
            )


def _table(document: Docx, told: TableText) -> None:
    write(document.add_paragraph(), told.title, _CAPTION)
    ruled = table(document, told.widths, 1 + len(told.rows), ruled=True)
    for cell, heading in zip(ruled.rows[0].cells, told.columns, strict=True):
        fill(cell, heading, _CELL.but(align=CENTRE, bold=True, with_next=True), middle=True)
    for place, (row, words) in enumerate(zip(ruled.rows[1:], told.rows, strict=True), 1):
        is_total = told.has_total and place == len(told.rows)
        for column, (cell, said) in enumerate(zip(row.cells, words, strict=True)):
            fill(cell, said, _CELL.but(align=RIGHT if column in told.figures else LEFT, bold=is_total))
    keep_rows_whole(ruled, repeat_header=True)
