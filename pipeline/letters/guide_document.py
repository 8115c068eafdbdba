"""The staff guide as .docx: the few marks of its Markdown laid out with the typography of the letters."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from docx import Document
from docx.document import Document as Docx
from docx.text.paragraph import Paragraph

from pipeline.letters.document import steady_bytes
from pipeline.letters.looks import BOTH, CENTRE, LEFT, Look, keep_rows_whole, prepare, table, write

_PAGE: Final = 160.0
_LEAST: Final = 17.0
"""Millimetres: the text between the margins; the narrowest column."""
_LINES: Final = re.compile(r"(?P<mark>#{1,3} |- |\d+\. )?(?P<words>.*)")
_MARKED: Final = re.compile(r"(\*\*.+?\*\*|\*(?!\)).+?\*|`.+?`)")
_RULED: Final = re.compile(r"\|[-|]+\|")
_HEADINGS: Final = {
    "# ": Look(CENTRE, size=15, bold=True, after=10, with_next=True),
    "## ": Look(LEFT, size=14, bold=True, before=12, after=4, with_next=True),
    "### ": Look(LEFT, bold=True, before=8, after=3, with_next=True),
}
_BODY: Final = Look(BOTH, size=12, before=2, after=3)
_LISTED: Final = Look(LEFT, size=12, after=2, left=4.5, first_line=-3.5)
_CELL: Final = Look(LEFT, size=10.5, before=1, after=1)


def guide_bytes(text: str, title: str, author: str, day: dt.date) -> bytes:
    """The guide's Markdown as a Word file; the same text and day give the same bytes."""
    document = Document()
    prepare(document)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = dt.datetime.combine(day, dt.time())
    properties.comments, properties.language = "", "vi-VN"
    lines = [line for line in text.splitlines() if line.strip()]
    for is_table, group in groupby(lines, key=lambda line: line.startswith("|")):
        if is_table:
            _table(document, [_cells(line) for line in group if not _RULED.fullmatch(line)])
        else:
            for line in group:
                _line(document, line)
    return steady_bytes(document)


def _line(document: Docx, line: str) -> None:
    matched = _LINES.fullmatch(line)
    mark, words = (matched["mark"] or "", matched["words"]) if matched else ("", line)
    if mark in _HEADINGS:
        _marked(document.add_paragraph(), words, _HEADINGS[mark])
    elif mark:
        bullet = "–\N{NO-BREAK SPACE}" if mark == "- " else mark
        _marked(document.add_paragraph(), f"{bullet}{words}", _LISTED)
    else:
        _marked(document.add_paragraph(), words, _BODY)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _table(document: Docx, rows: Sequence[Sequence[str]]) -> None:
    ruled = table(document, _widths(rows), len(rows), ruled=True)
    for place, (row, texts) in enumerate(zip(ruled.rows, rows, strict=True)):
        look = _CELL if place else _CELL.but(align=CENTRE, bold=True, with_next=True)
        for cell, words in zip(row.cells, texts, strict=True):
            _marked(cell.paragraphs[0], words, look)
    keep_rows_whole(ruled, repeat_header=True)
    write(document.add_paragraph(), "", Look(size=4))


def _widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Millimetres of each column: by its longest text, less and less, so that a long one leaves room for the others."""
    longest = [max(map(len, column)) ** 0.8 for column in zip(*rows, strict=True)]
    room = _PAGE - _LEAST * len(longest)
    return [_LEAST + room * each / sum(longest) for each in longest]


def _marked(paragraph: Paragraph, text: str, look: Look) -> None:
    """Bold, italic and names of files as marked in the text."""
    for words, is_bold, is_italic in _runs(text):
        write(paragraph, words, look.but(bold=look.bold or is_bold, italic=is_italic))


def _runs(text: str) -> Iterator[tuple[str, bool, bool]]:
    for part in filter(None, _MARKED.split(text)):
        is_marked = _MARKED.fullmatch(part) is not None
        is_bold = is_marked and part.startswith("**")
        is_italic = is_marked and part.startswith("*") and not is_bold
        bare = part[2:-2] if is_bold else part[1:-1] if is_marked else part
        yield bare.replace("\\*", "*").replace("`", ""), is_bold, is_italic
