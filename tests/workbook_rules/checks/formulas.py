"""What formulas may be: short, computed, steady, older than Excel 2010's successors, over our own words."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final

from workbook_rules.areas import calls, code_of, without_texts
from workbook_rules.checks.marks import own_words
from workbook_rules.reader import ReadWorkbook

LONGEST: Final = 200
_REMEMBERED: Final = 4096
_FUNCTIONS: Final = tomllib.loads(files("workbook_rules").joinpath("functions.toml").read_text(encoding="utf-8"))
_VOLATILE: Final = frozenset(_FUNCTIONS["volatile"])
_KNOWN: Final = frozenset(_FUNCTIONS["of_2010"]) | _VOLATILE
_CRITERIA: Final[dict[str, slice]] = {
    "COUNTIF": slice(1, None, 2),
    "COUNTIFS": slice(1, None, 2),
    "SUMIF": slice(1, 2),
    "AVERAGEIF": slice(1, 2),
    "SUMIFS": slice(2, None, 2),
    "AVERAGEIFS": slice(2, None, 2),
    "MATCH": slice(0, 1),
}
"""Functions that read a text as a pattern, and which of their arguments."""
_FUNCTION = re.compile(r"(?<![\w.])([A-Za-z_][\w.]*)\(")
_STRUCTURED = re.compile(r"\[")
_SPILL = re.compile(r"[A-Z]\$?\d+#")
_COMPARED = re.compile(r'"[<>]=?-?\d+(?:\.\d+)?"')
_CODE = re.compile(r"[A-ZĐ0-9][A-ZĐa-z0-9./-]{0,15}")
_ERROR = re.compile(r"#(REF!|NAME\?|VALUE!|DIV/0!|N/A|NULL!|NUM!)")


def cached(book: ReadWorkbook) -> Iterator[str]:
    """Every formula carries the value that it has."""
    return (sheet.at(place) for sheet, place, cell, _ in book.formulas() if cell.value is None)


def short(book: ReadWorkbook) -> Iterator[str]:
    """No formula is longer than 200 characters, its ``=`` counted."""
    return (sheet.at(place) for sheet, place, _, formula in book.formulas() if len(formula) + 1 > LONGEST)


def steady(book: ReadWorkbook) -> Iterator[str]:
    """No function gives another value each time that the workbook is opened."""
    for sheet, place, _, formula in book.formulas():
        if _functions(formula) & _VOLATILE:
            yield sheet.at(place)


def old_functions(book: ReadWorkbook) -> Iterator[str]:
    """No function is newer than Excel 2010, no formula spills over other cells."""
    dynamic = {
        (sheet.title, cell.get("r"))
        for sheet in book.sheets
        for cell in sheet.root.iter("c")
        if cell.get("cm") is not None
    }
    for sheet, place, _, formula in book.formulas():
        is_known = _functions(formula) <= _KNOWN
        where = sheet.at(place)
        if not is_known or _SPILL.search(code_of(formula)) or tuple(where.rsplit("!", 1)) in dynamic:
            yield where


@lru_cache(_REMEMBERED)
def _functions(formula: str) -> frozenset[str]:
    return frozenset(name.upper() for name in _FUNCTION.findall(code_of(formula)))


def extensions(book: ReadWorkbook) -> Iterator[str]:
    """No sheet holds an extension of Excel 2010 (x14) or later: sparklines, newer bars, newer rules."""
    for sheet in book.sheets:
        if next(sheet.root.iter("ext"), None) is not None:
            yield sheet.title
    yield from (part for part in book.parts if re.match(r"xl/(slicers|timelines|richData|metadata)", part))


def plain_references(book: ReadWorkbook) -> Iterator[str]:
    """Formulas name cells, not a table's columns, which LibreOffice reads otherwise, and no other workbook."""
    return (
        sheet.at(place) for sheet, place, _, formula in book.formulas() if _STRUCTURED.search(without_texts(formula))
    )


def criteria(book: ReadWorkbook) -> Iterator[str]:
    """What is counted or looked for is a number, a code or a word of ours: people's text may hold ``*`` or ``>``."""
    for sheet, place, _, formula in book.formulas():
        for name, arguments in calls(formula, frozenset(_CRITERIA)):
            if not all(_is_own(book, sheet.title, given) for given in arguments[_CRITERIA[name]]):
                yield sheet.at(place)


def _is_own(book: ReadWorkbook, here: str, given: str) -> bool:
    text = given.strip()
    if text.startswith('"'):
        return bool(_COMPARED.fullmatch(text)) or _is_word(text[1:-1])
    cell = book.cell(text, here)
    if cell is None:
        return bool(re.fullmatch(r"-?\d+(\.\d+)?", text))
    return not cell.text or _is_word(cell.text)


def _is_word(text: str) -> bool:
    return text in own_words() or bool(_CODE.fullmatch(text))


def no_errors(book: ReadWorkbook) -> Iterator[str]:
    """No cell holds an error, no formula and no name has lost what it referred to."""
    for sheet in book.sheets:
        for place, cell in sheet.cells.items():
            if cell.kind == "e" or (cell.formula and "#" in cell.formula and _ERROR.search(code_of(cell.formula))):
                yield sheet.at(place)
    yield from (f"name {name}" for name, _, told in book.names if _ERROR.search(told))
