"""A letter laid out as .docx in the form of Nghị định 30/2020, Phụ lục I."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from docx import Document
from docx.document import Document as Docx
from docx.table import _Cell

from pipeline.letters.looks import (
    BOTH,
    CENTRE,
    LEFT,
    Look,
    fill,
    keep_rows_whole,
    prepare,
    rule,
    table,
    write,
)
from pipeline.letters.saving import steady_bytes
from pipeline.letters.text import Item, LetterText, Mending
from pipeline.wording import say

_HEAD: Final = (65.0, 95.0)
"""Left: who writes; right: the country's name and the motto."""
_AGENCY_RULE, _MOTTO_RULE = 22.0, 58.0
"""Millimetres: a third to a half of the agency's line; the whole of the motto's."""
_FOOT: Final = (80.0, 80.0)
_DEBTS: Final = (13.0, 43.0, 25.0, 26.0, 53.0)

_BODY: Final = Look(BOTH, before=3, after=3, first_line=10)
_PATH: Final = Look(LEFT, after=3, left=15)
_CELL: Final = Look(LEFT, before=2, after=2)
_LETTERED: Final = "abcdefghij"


def letter_bytes(text: LetterText, as_of: dt.datetime) -> bytes:
    """The letter as .docx: the same words and day give the same bytes."""
    document = Document()
    prepare(document)
    set_properties(document, text.title, text.author, as_of)
    add_head(document, text.superior, text.agency, (say("letters.number"), text.subject), text.place_and_date)
    write(document.add_paragraph(), text.addressee, Look(CENTRE, before=14, after=8))
    for words in text.opening:
        write(document.add_paragraph(), words, _BODY)
    _debts(document, text)
    for mending in text.mendings:
        _mending(document, mending)
    write(document.add_paragraph(), text.ask, _BODY.but(before=6, with_next=True))
    for number, item in enumerate(text.asked, 1):
        _item(document, replace(item, words=f"{number}. {item.words}"))
    # The signature never stands alone on a page; an address of mail in justified lines would tear them apart.
    write(document.add_paragraph(), text.closing, _BODY.but(align=LEFT, with_next=True))
    add_foot(document, text.recipients, text.signature)
    return steady_bytes(document)


def set_properties(document: Docx, title: str, author: str, at: dt.datetime) -> None:
    """What the file says of itself; its times are those of its content, not of the clock."""
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = at
    properties.comments, properties.language = "", "vi-VN"


def add_head(
    document: Docx, superior: Sequence[str], agency: Sequence[str], number: tuple[str, str], place_and_date: str
) -> None:
    """Who writes, the country's name and motto, number (with what stands below it), place and day."""
    head = table(document, _HEAD, 2, ruled=False)
    writer, country, numbered, day = (head.cell(row, column) for row in (0, 1) for column in (0, 1))
    _lines(writer, superior, Look(CENTRE, size=12))
    _lines(writer, agency, Look(CENTRE, size=12, bold=True))
    rule(writer.add_paragraph(), _AGENCY_RULE, _HEAD[0])
    _lines(country, [say("letters.country")], Look(CENTRE, size=12, bold=True))
    _lines(country, [say("letters.motto")], Look(CENTRE, bold=True))
    rule(country.add_paragraph(), _MOTTO_RULE, _HEAD[1])
    _lines(numbered, [number[0]], Look(CENTRE, before=6))
    _lines(numbered, [line for line in number[1:] if line], Look(CENTRE, size=12, before=6))
    _lines(day, [place_and_date], Look(CENTRE, italic=True, before=6))
    keep_rows_whole(head, repeat_header=False)


def _lines(cell: _Cell, lines: Sequence[str], look: Look) -> None:
    """Further paragraphs of a cell; its first one, which every cell is born with, is used first."""
    for line in lines:
        first = cell.paragraphs[0]
        is_fresh = len(cell.paragraphs) == 1 and not first.runs
        write(first if is_fresh else cell.add_paragraph(), line, look)


def _debts(document: Docx, text: LetterText) -> None:
    debts = table(document, _DEBTS, 1 + len(text.rows), ruled=True)
    for cell, heading in zip(debts.rows[0].cells, text.columns, strict=True):
        fill(cell, heading, _CELL.but(align=CENTRE, bold=True, with_next=True), middle=True)
    for row, words in zip(debts.rows[1:], text.rows, strict=True):
        for column, (cell, said) in enumerate(zip(row.cells, words, strict=True)):
            fill(cell, said, _CELL.but(align=CENTRE) if column in {0, 3} else _CELL)
    keep_rows_whole(debts, repeat_header=True)


def _mending(document: Docx, mending: Mending) -> None:
    write(document.add_paragraph(), mending.heading, _BODY.but(align=LEFT, before=6, bold=True, with_next=True))
    for letter, words in zip(_LETTERED, mending.mends, strict=False):
        write(document.add_paragraph(), f"{letter}) {words}", _BODY)
    if mending.copy is not None:
        _item(document, mending.copy)


def _item(document: Docx, item: Item) -> None:
    write(document.add_paragraph(), item.words, _BODY.but(with_next=bool(item.paths)))
    for path in item.paths:
        write(document.add_paragraph(), path, _PATH)


def add_foot(document: Docx, recipients: Sequence[str], signature: tuple[str, str, str]) -> None:
    """Who receives it, and the signature with room for it."""
    write(document.add_paragraph(), "", Look(size=6, with_next=True))
    foot = table(document, _FOOT, 1, ruled=False)
    receiving, signed = foot.rows[0].cells
    _lines(receiving, [say("letters.recipients.heading")], Look(size=12, bold=True, italic=True))
    _lines(receiving, [f"- {line}" for line in recipients], Look(size=11))
    by_order, title, name = signature
    _lines(signed, [by_order, title], Look(CENTRE, bold=True))
    _lines(signed, [name], Look(CENTRE, bold=True, before=50))
    keep_rows_whole(foot, repeat_header=False)
