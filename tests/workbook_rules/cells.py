"""The cells of a sheet's part: their stored values, formulas and looks. The same part is read once, only to be read."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from pipeline.spreadsheet import Position, cell_position

_NUMBERS = frozenset({"n", ""})
_REMEMBERED_BOOKS, _SHEETS = 4, 12


class Cell(NamedTuple):
    """One cell. ``value`` is the stored one: a number, a text, or None; ``kind`` tells text, number, error, truth."""

    kind: str
    value: str | float | None
    formula: str | None
    style: int

    @property
    def is_number(self) -> bool:
        """Whether it holds a number."""
        return isinstance(self.value, float)

    @property
    def text(self) -> str:
        """Its text; empty where it holds none."""
        return self.value if isinstance(self.value, str) else ""


Placed = tuple[Position, Cell]


@lru_cache(_REMEMBERED_BOOKS)
def texts_of(root: Element) -> tuple[str, ...]:
    """The shared strings of a workbook, by their numbers."""
    return tuple(_text(one) for one in root.iterfind("si"))


def _text(element: Element) -> str:
    """The text of a string, rich or plain, without its phonetic reading."""
    if len(element) == 1 and element[0].tag == "t":
        return element[0].text or ""
    runs = (element, *element.iterfind("r"))
    return "".join(part.text or "" for run in runs for part in run.iterfind("t"))


@lru_cache(_REMEMBERED_BOOKS * _SHEETS)
def cells_of(root: Element, strings: tuple[str, ...]) -> Mapping[Position, Cell]:
    """The cells of a part by their places; the same bytes are the same element (:func:`package.parsed`)."""
    cells: dict[Position, Cell] = {}
    shared: dict[str, str] = {}
    rows = root.find("sheetData")
    for element in (element for row in (() if rows is None else rows) for element in row if element.tag == "c"):
        formula = element.find("f")
        written = None if formula is None else formula.text or shared.get(formula.get("si", ""), "")
        if formula is not None and formula.get("t") == "shared" and formula.text:
            shared[formula.get("si", "")] = formula.text
        kind = element.get("t", "n")
        value = _value(element, kind, strings)
        cells[position_of(element.get("r", ""))] = Cell(kind, value, written, int(element.get("s", "0")))
    return cells


@cache
def position_of(name: str) -> Position:
    """Row and column of an address; sheets of all workbooks have the same ones.

    Raises:
        ValueError: the text is no address.
    """
    return cell_position(name)


def _value(element: Element, kind: str, strings: tuple[str, ...]) -> str | float | None:
    if kind == "inlineStr":
        inline = element.find("is")
        return "" if inline is None else _text(inline)
    stored = element.find("v")
    if stored is None:
        return None
    told = stored.text or ""
    if kind == "s":
        return strings[int(told)]
    if kind in _NUMBERS:
        # openpyxl saves a formula whose value it does not know as an empty number.
        return float(told) if told else None
    return told
