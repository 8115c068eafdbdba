"""A letter and the covering report laid out as .docx in the form of Nghị định 30/2020, Phụ lục I.

The same words and day give the same bytes, whatever the clock says.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from docx import Document
from docx.document import Document as Docx
from docx.table import Table, _Cell

from pipeline.letters.chart import add_chart
from pipeline.letters.looks import (
    BOTH,
    CENTRE,
    LEFT,
    RIGHT,
    Look,
    add_picture,
    fill,
    keep_rows_whole,
    prepare,
    rule,
    table,
    write,
)
from pipeline.letters.report import ROMAN, ReportText
from pipeline.letters.report_results import Block, ChartText, TableText
from pipeline.letters.text import Item, LetterText, Mending
from pipeline.letters.words import Paper
from pipeline.seals import Seal
from pipeline.seals.qr import MILLIMETRES, picture
from pipeline.wording import say, topic

_PAGE: Final = 160.0
_HEAD: Final = (65.0, 95.0)
"""Left: who writes; right: the country's name and the motto."""
_AGENCY_RULE, _MOTTO_RULE = 22.0, 58.0
"""Millimetres: a third to a half of the agency's line; the whole of the motto's."""
_FOOT: Final = (80.0, 80.0)
_SUBJECT_RULE: Final = 50.0
_DEBTS: Final = (13.0, 43.0, 25.0, 26.0, 53.0)

_BODY: Final = Look(BOTH, before=3, after=3, first_line=10)
_PATH: Final = Look(LEFT, after=3, left=15)
_CELL: Final = Look(LEFT, before=2, after=2)
_HEADING: Final = Look(LEFT, before=6, after=3, bold=True, first_line=10, with_next=True)
_CAPTION: Final = Look(CENTRE, size=12, before=4, after=3, italic=True, with_next=True)
_SMALL_CELL: Final = Look(LEFT, size=11, before=0.5, after=0.5)
_QUIET: Final = Look(RIGHT, size=8, colour="595959")
_WITH_CLOSING: Final = 2
_LETTERED: Final = "abcdefghij"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_THUMBNAIL: Final = "/thumbnail"


def letter_bytes(text: LetterText, as_of: dt.datetime, seal: Seal | None) -> bytes:
    """The letter as .docx; ``seal``: None before the first run."""
    document = _begun(text, as_of, (text.number, text.subject))
    _add(document, text.addressee, Look(CENTRE, before=14, after=8))
    for words in text.opening:
        _add(document, words, _BODY)
    _debts(document, text)
    for mending in text.mendings:
        _mending(document, mending)
    _add(document, text.ask, _BODY.but(before=6, with_next=True))
    for number, item in enumerate(text.requests, 1):
        _item(document, replace(item, words=f"{number}. {item.words}"))
    # The signature never stands alone on a page; an address of mail in justified lines would tear them apart.
    _add(document, text.closing, _BODY.but(align=LEFT, with_next=True))
    _foot(document, "letters", text)
    _sealed(document, seal)
    return steady_bytes(document)


def report_bytes(text: ReportText, day: dt.date, seal: Seal | None) -> bytes:
    """The report as .docx; ``seal``: that of the workbook it goes with."""
    document = _begun(text, dt.datetime.combine(day, dt.time()), (text.number, ""))
    _add(document, say("report.heading"), Look(CENTRE, size=14, bold=True, before=12))
    _add(document, text.subject, Look(CENTRE, size=14, bold=True))
    rule(document.add_paragraph(), _SUBJECT_RULE, _PAGE)
    _add(document, say("report.addressee.line"), Look(CENTRE, before=8, after=4))
    _add(document, text.opening, _BODY)
    charts = count(1)
    for number, section in zip(ROMAN, text.sections, strict=False):
        _add(document, say("report.item", number=number, words=section.heading), _HEADING)
        for block in section.blocks:
            _block(document, block, charts)
    _kept_together(document)
    # The signature never stands alone on a page.
    _add(document, text.closing, _BODY.but(before=6, with_next=True))
    receiving = _foot(document, "report", text)
    _sealed(document, seal)
    if seal is not None:
        add_picture(receiving.add_paragraph(), picture(seal), MILLIMETRES, say("seal.picture", at=seal.clock))
    return steady_bytes(document)


def _kept_together(document: Docx) -> None:
    """The last paragraphs stand on the page of the closing: no page holds one sentence and the signature alone."""
    for paragraph in document.paragraphs[-_WITH_CLOSING:]:
        paragraph.paragraph_format.keep_with_next = True


def _add(document: Docx, words: str, look: Look) -> None:
    write(document.add_paragraph(), words, look)


def _begun(text: Paper, at: dt.datetime, number: tuple[str, str]) -> Docx:
    """A document with its head: who writes, country and motto, number (with what stands below it), place and day."""
    document = Document()
    prepare(document)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = text.title, text.author, text.author
    # Times of the content, not of the clock.
    properties.created = properties.modified = at
    properties.comments, properties.language = "", "vi-VN"
    head = table(document, _HEAD, 2, ruled=False)
    writer, country, numbered, day = (head.cell(row, column) for row in (0, 1) for column in (0, 1))
    _lines(writer, text.superior, Look(CENTRE, size=12))
    _lines(writer, text.agency, Look(CENTRE, size=12, bold=True))
    rule(writer.add_paragraph(), _AGENCY_RULE, _HEAD[0])
    _lines(country, [say("letters.country")], Look(CENTRE, size=12, bold=True))
    _lines(country, [say("letters.motto")], Look(CENTRE, bold=True))
    rule(country.add_paragraph(), _MOTTO_RULE, _HEAD[1])
    _lines(numbered, [number[0]], Look(CENTRE, before=6))
    _lines(numbered, [line for line in number[1:] if line], Look(CENTRE, size=12, before=6))
    _lines(day, [text.place_and_date], Look(CENTRE, italic=True, before=6))
    keep_rows_whole(head, repeat_header=False)
    return document


def _lines(cell: _Cell, lines: Sequence[str], look: Look) -> None:
    """Further paragraphs of a cell; its first one, which every cell is born with, is used first."""
    for line in lines:
        first = cell.paragraphs[0]
        is_fresh = len(cell.paragraphs) == 1 and not first.runs
        write(first if is_fresh else cell.add_paragraph(), line, look)


def _table(document: Docx, widths: Sequence[float], columns: Sequence[str], rows: int, look: Look) -> Table:
    """A ruled table with its header."""
    ruled = table(document, widths, 1 + rows, ruled=True)
    for cell, heading in zip(ruled.rows[0].cells, columns, strict=True):
        fill(cell, heading, look.but(align=CENTRE, bold=True, with_next=True), middle=True)
    return ruled


def _debts(document: Docx, text: LetterText) -> None:
    debts = _table(document, _DEBTS, [*topic("letters")["columns"].values()], len(text.rows), _CELL)
    for row, texts in zip(debts.rows[1:], text.rows, strict=True):
        for column, (cell, words) in enumerate(zip(row.cells, texts, strict=True)):
            fill(cell, words, _CELL.but(align=CENTRE) if column in {0, 3} else _CELL)
    keep_rows_whole(debts, repeat_header=True)


def _mending(document: Docx, mending: Mending) -> None:
    _add(document, mending.heading, _BODY.but(align=LEFT, before=6, bold=True, with_next=True))
    for letter, words in zip(_LETTERED, mending.mends, strict=False):
        _add(document, f"{letter}) {words}", _BODY)
    if mending.copy is not None:
        _item(document, mending.copy)


def _item(document: Docx, item: Item) -> None:
    _add(document, item.words, _BODY.but(with_next=bool(item.paths)))
    for path in item.paths:
        _add(document, path, _PATH)


def _block(document: Docx, block: Block, charts: "count[int]") -> None:
    match block:
        case str():
            _add(document, block, _BODY.but(with_next=block.endswith(":")))
        case TableText():
            _report_table(document, block)
        case ChartText():
            paragraph = write(document.add_paragraph(), "", Look(CENTRE, before=8, after=6))
            add_chart(document, paragraph, block, next(charts))


def _report_table(document: Docx, text: TableText) -> None:
    _add(document, text.title, _CAPTION)
    ruled = _table(document, text.widths, text.columns, len(text.rows), _SMALL_CELL)
    for place, (row, texts) in enumerate(zip(ruled.rows[1:], text.rows, strict=True), 1):
        is_total = text.has_total and place == len(text.rows)
        for column, (cell, words) in enumerate(zip(row.cells, texts, strict=True)):
            align, leads_on = RIGHT if column in text.figures else LEFT, text.has_total and place == len(text.rows) - 1
            fill(cell, words, _SMALL_CELL.but(align=align, bold=is_total, with_next=leads_on))
    keep_rows_whole(ruled, repeat_header=True)


def _sealed(document: Docx, seal: Seal | None) -> None:
    """The words of the seal at the foot of every page, small and grey."""
    if seal is not None:
        section = document.sections[0]
        for foot in (section.first_page_footer, section.footer):
            write(foot.paragraphs[0], seal.words, _QUIET)


def _foot(document: Docx, subject: str, text: Paper) -> _Cell:
    """Who receives it, and the signature with room for it; gives the cell of those who receive it."""
    _add(document, "", Look(size=6, with_next=True))
    foot = table(document, _FOOT, 1, ruled=False)
    receiving, signed = foot.rows[0].cells
    _lines(receiving, [say("letters.recipients.heading")], Look(size=12, bold=True, italic=True))
    _lines(receiving, [f"- {line}" for line in (*topic(subject)["recipients"]["lines"], text.filed)], Look(size=11))
    signs = text.signature
    _lines(signed, [line for line in (signs.by_order_of, signs.title) if line], Look(CENTRE, bold=True))
    _lines(signed, [signs.name], Look(CENTRE, bold=True, before=50))
    keep_rows_whole(foot, repeat_header=False)
    return receiving


def steady_bytes(document: Docx) -> bytes:
    """The saved document without the moment of saving, and without the preview picture of docx's own template."""
    package = document.part.package
    for key in [key for key, relation in package.rels.items() if relation.reltype.endswith(_THUMBNAIL)]:
        del package.rels[key]
    saved, steady = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as dated, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as undated:
        for name in dated.namelist():
            undated.writestr(zipfile.ZipInfo(name, _EARLIEST), dated.read(name), zipfile.ZIP_DEFLATED)
    return steady.getvalue()
