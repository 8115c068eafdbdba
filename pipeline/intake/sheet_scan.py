"""A worksheet as its part says it: what calamine does not tell, and whether every reader reads the same cells.

ECMA-376 Part 1, 18.3: rows and cells come in order, once; a cell holds f, v, is in this order. calamine 0.9 takes the
last of what comes twice, an index that is none for 0, and of a number in pieces the first piece; openpyxl otherwise.
"""

import math
import re
import sys
from dataclasses import dataclass, replace

from pipeline.intake.file_kinds import Limits
from pipeline.intake.formats_kept import FormatsKept, Room, SheetFormats, Span
from pipeline.intake.part_scans import (
    LAST_COLUMN,
    LAST_ROW,
    MAIN_SPACES,
    Area,
    Attributes,
    PartScan,
    StylesScan,
    TextShape,
    whole_number,
)
from pipeline.intake.repairs import Repair, WouldRepairError
from pipeline.spreadsheet import Position, cell_position, column_name

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_INDEX = re.compile(r"[0-9]{1,9}")
_BOOLEAN = re.compile(r"[01]")
_ERROR = re.compile(r"#[A-Z0-9/_]+[!?]?|Err:[0-9]{3}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+Z?)?|[0-9]{2}:[0-9:.]+Z?|PT[0-9HMS.,]+")
_FORMS = {"n": _NUMBER, "s": _INDEX, "b": _BOOLEAN, "e": _ERROR, "d": _MOMENT, "str": None, "inlineStr": None}
"""How the value of each type of cell is written (18.18.11); a text is written as it likes."""
_IN_ONE_PIECE = frozenset({"n", "s", "b", "e"})
_NUMBER_TYPES = ("n", "d")
_TEXT_TYPES = ("s", "str", "inlineStr")
_CLASSIC_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
"""What calamine knows; newer programs store #SPILL!, #CALC!, #FIELD!, #BLOCKED!, #PYTHON! and more."""
_ROW_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_COLUMN_NAMES = tuple(map(column_name, range(257)))
"""Most cells follow one another, and need not be taken apart."""
_CHILDREN = {"f": 1, "v": 2, "is": 3}
"""What a cell holds, in its order."""


@dataclass(slots=True)
class _Cell:
    """The cell that is heard, so far; ``rank`` is that of its last child."""

    kind: str
    style: int
    value: str = ""
    value_at: int = 0
    rank: int = 0
    has_formula: bool = False
    has_value: bool = False
    is_filled: bool = False


_SHEET, _DATA, _ROW, _CELL, _VALUE, _REST = range(6)
"""In what a scan is; the rest is a formula or an inline text, as deep as it goes. No enum: it is asked at every tag."""


class SheetScan(PartScan):
    """A worksheet: formats, fonts, errors and formulas of its filled cells; refuses what readers take differently."""

    spaces = MAIN_SPACES
    watched = frozenset({"worksheet", "sheetData", "mergeCells", "mergeCell"})

    def __init__(self, styles: StylesScan, limits: Limits, strings: int) -> None:
        """Take formats from ``styles``; ``strings`` is how many shared texts there are."""
        self._styles = styles
        self._kept = FormatsKept(Room(replace(limits, max_cells=sys.maxsize)))
        self._new_errors: list[Span] = []
        self._strings = strings
        self._row = self._column = 0
        self._inside = _SHEET
        self._depth = 0
        self._has_data = False
        self._rest: list[str] = []
        self._tag_bytes = 0
        self._cell = _Cell("n", 0)
        self._text = TextShape()

    def found(self) -> SheetFormats:
        """Return what was kept, after the part has ended."""
        return replace(self._kept.found(), new_errors=tuple(self._new_errors))

    def bind(self, prefix: str | None) -> None:
        """Learn how long the tag of a value is: <v>, or <x:v>."""
        length = len("<v>") + (len(prefix.encode()) + 1 if prefix else 0)
        self._tag_bytes = min(self._tag_bytes or length, length)

    def start(self, name: str, attributes: Attributes) -> None:
        """Enter a row, a cell, or what is in a cell."""
        inside = self._inside
        if inside == _ROW and name == "c":
            self._begin_cell(attributes)
        elif inside == _CELL and name in _CHILDREN:
            self._begin_child(name)
        elif inside == _SHEET:
            self._begin_on_sheet(name, attributes)
        elif inside == _DATA and name == "row":
            self._begin_row(attributes.get("r"))
        elif inside == _REST:
            self._begin_in_rest(name)
        else:
            raise WouldRepairError(Repair.ELEMENT, name)

    def foreign(self, name: str) -> None:
        """Pass over what other programs add outside the cells."""
        super().foreign(name)
        if self._inside != _SHEET:
            raise WouldRepairError(Repair.ELEMENT, name)
        self._depth += 1

    def text(self, content: str) -> None:
        """Hear the stored value."""
        if self._inside == _VALUE:
            self._cell.value += content

    def unlike_text(self) -> None:
        """Refuse a stored value that calamine would not hear."""
        if self._inside == _VALUE:
            raise WouldRepairError(Repair.VALUE, "CDATA")

    def end(self, name: str) -> None:  # noqa: ARG002 - the parser names what it closes
        """Leave the stored value, the cell, the row."""
        inside = self._inside
        if inside == _VALUE:
            self._end_value()
        elif inside == _CELL:
            self._keep((self._row, self._column), self._cell)
            self._inside = _ROW
        elif inside == _SHEET:
            self._depth -= 1
        elif inside == _REST:
            self._rest.pop()
            self._inside = _REST if self._rest else _CELL
        else:  # a row, or all of them
            self._inside = inside - 1

    def _begin_on_sheet(self, name: str, attributes: Attributes) -> None:
        if name == "sheetData":
            if self._depth != 1 or self._has_data:
                raise WouldRepairError(Repair.ELEMENT, name)
            self._has_data, self._inside = True, _DATA
            return
        if name == "mergeCell":
            for first, last in _area(attributes.get("ref", "")):
                self._kept.join(first, last)
        self._depth += 1

    def _begin_row(self, number: str | None) -> None:
        """Go to a row; without a number it is the next one (18.3.1.73: r is optional)."""
        if number is None:
            row = self._row + 1
        elif _ROW_NUMBER.fullmatch(number):
            row = int(number)
        else:
            raise WouldRepairError(Repair.REFERENCE, number[:20])
        if row <= self._row:
            raise WouldRepairError(Repair.ORDER, f"row {row}")
        self._row, self._column = row, 0
        self._inside = _ROW

    def _begin_cell(self, attributes: Attributes) -> None:
        kind, style = attributes.get("t", "n"), attributes.get("s", "")
        if kind not in _FORMS or not (style == "" or (style.isascii() and style.isdecimal())):
            raise WouldRepairError(Repair.VALUE, f"{kind[:20]} {style[:20]}")
        self._place(attributes.get("r"))
        self._cell = _Cell(kind, whole_number(style))
        self._inside = _CELL

    def _place(self, reference: str | None) -> None:
        """Go to a cell; without a reference it is the next one of its row (18.3.1.4: r is optional)."""
        row, column = self._row, self._column + 1
        name = _COLUMN_NAMES[column] if column < len(_COLUMN_NAMES) else ""
        if reference is not None and reference != f"{name}{row}":
            try:
                row, column = cell_position(reference.upper())
            except ValueError:
                raise WouldRepairError(Repair.REFERENCE, reference[:20]) from None
        if row > LAST_ROW or column > LAST_COLUMN:
            raise WouldRepairError(Repair.REFERENCE, f"cell in row {row}, column {column}")
        if row != self._row or column <= self._column:
            raise WouldRepairError(Repair.ORDER, f"cell in row {row}, column {column}")
        self._column = column

    def _begin_child(self, name: str) -> None:
        cell, rank = self._cell, _CHILDREN[name]
        if rank <= cell.rank or (name == "is" and cell.kind != "inlineStr"):
            raise WouldRepairError(Repair.ELEMENT, name)
        cell.rank = rank
        if name == "v":
            cell.has_value, cell.value_at = True, self.parser.CurrentByteIndex
            self._inside = _VALUE
            return
        self._rest = [name]
        self._text = TextShape()
        self._inside = _REST
        cell.has_formula |= name == "f"
        cell.is_filled |= name == "is"

    def _end_value(self) -> None:
        cell, end = self._cell, self.parser.CurrentByteIndex
        self._inside = _CELL
        if not cell.value:
            return
        cell.is_filled = True
        form = _FORMS[cell.kind]
        if form is not None and not form.fullmatch(cell.value):
            raise WouldRepairError(Repair.SHARED_STRING if cell.kind == "s" else Repair.VALUE, cell.value[:20])
        if cell.kind == "s" and int(cell.value) >= self._strings:
            raise WouldRepairError(Repair.SHARED_STRING, cell.value)
        if cell.kind == "n" and math.isinf(float(cell.value)):
            raise WouldRepairError(Repair.VALUE, cell.value[:20])
        if cell.kind in _IN_ONE_PIECE and end - cell.value_at != self._tag_bytes + len(cell.value):
            raise WouldRepairError(Repair.VALUE, cell.value[:20])
        if cell.kind == "e" and cell.value not in _CLASSIC_ERRORS:
            self._new_errors.append((end - len(cell.value), end))

    def _begin_in_rest(self, name: str) -> None:
        """Nothing stands in a formula; in an inline text what stands in a shared one (18.3.1.53)."""
        if self._rest[-1] == "f":
            raise WouldRepairError(Repair.ELEMENT, name)
        self._text.begin(self._rest[-1], name)
        self._rest.append(name)

    def _keep(self, position: Position, cell: _Cell) -> None:
        # A formula that gives "" is stored with an empty value and type "str": it is calculated.
        is_calculated = cell.is_filled or (cell.kind == "str" and cell.has_value)
        if not (is_calculated or cell.has_formula):
            return
        if cell.has_formula:
            self._kept.formula(position)
        if not is_calculated:
            self._kept.uncalculated(position)
        elif cell.kind == "e":
            self._kept.error(position, cell.value)
        elif cell.kind in _NUMBER_TYPES:
            self._kept.number(position, self._styles.number_format(cell.style))
        elif cell.kind in _TEXT_TYPES:
            self._kept.text(position, self._styles.font_name(cell.style))
        else:
            self._kept.reach(*position)


def _area(reference: str) -> list[Area]:
    """Read A1:B3; what is none says nothing."""
    first, _, last = reference.upper().partition(":")
    try:
        return [(cell_position(first), cell_position(last))]
    except ValueError:
        return []
