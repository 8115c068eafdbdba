"""A worksheet as its part says it: what calamine does not tell, and whether every reader reads the same cells.

ECMA-376 Part 1, 18.3: rows and cells come in order, once; a cell holds f, v, is in this order. calamine 0.9 takes the
last of what comes twice, an index that is none for 0, and of a number in pieces the first piece; openpyxl otherwise.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

from pipeline.intake.formats import LAST_COLUMN, LAST_ROW, SheetFormats
from pipeline.ooxml import Repair, WouldRepairError
from pipeline.ooxml.parts import Attributes, PartScan
from pipeline.ooxml.shared import CELL_TYPES, MAIN_SPACES, StylesScan, TextShape, is_value, whole_number
from pipeline.spreadsheet import cell_position, column_name

Span = tuple[int, int]
"""First byte, and the one behind the last, in a part."""

_IN_ONE_PIECE = frozenset({"n", "s", "b", "e"})
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


_ROWS, _CELLS, _CHILDREN_OF_CELL = 2, 3, 4
"""How many elements are open around a row, a cell, what is in a cell."""


class SheetScan(PartScan):
    """A worksheet: formats, fonts, errors and formulas of its filled cells; refuses what readers take differently.

    Attributes:
        sheet: what it keeps.
        new_errors: where in the part errors stand that calamine does not know.
    """

    spaces = MAIN_SPACES
    watched = frozenset({"worksheet", "sheetData", "mergeCells", "mergeCell"})

    def __init__(self, sheet: SheetFormats, styles: StylesScan, strings: int) -> None:
        """Take formats from ``styles``; ``strings`` is how many shared texts there are."""
        super().__init__()
        self.sheet = sheet
        self.new_errors: list[Span] = []
        self._styles = styles
        self._strings = strings
        self._row = self._column = 0
        self._has_data = self._is_in_data = self._is_in_value = False
        self._tag_bytes = 0
        self._cell = _Cell("n", 0)
        self._text = TextShape()

    def attach(self, parser: expat.XMLParserType) -> None:
        """Hear of prefixes and CDATA sections, too."""
        super().attach(parser)
        parser.StartNamespaceDeclHandler = self._measure
        parser.StartCdataSectionHandler = self._refuse_cdata

    def _measure(self, prefix: str | None, space: str | None) -> None:
        """Learn how long the tag of a value is: <v>, or <x:v>."""
        if space in self.spaces:
            length = len("<v>") + (len(prefix.encode()) + 1 if prefix else 0)
            self._tag_bytes = min(self._tag_bytes or length, length)

    def _refuse_cdata(self) -> None:
        """Refuse a stored value that calamine would not hear."""
        if self._is_in_value:
            raise WouldRepairError(Repair.VALUE, "CDATA")

    def start(self, name: str, attributes: Attributes) -> None:
        """Enter a row, a cell, or what is in a cell."""
        depth = len(self.path)
        if not self._is_in_data:
            self._begin_on_sheet(name, attributes)
        elif depth == _CELLS and name == "c":
            self._begin_cell(attributes)
        elif depth == _CHILDREN_OF_CELL and name in _CHILDREN:
            self._begin_child(name)
        elif depth == _ROWS and name == "row":
            self._begin_row(attributes.get("r"))
        elif depth > _CHILDREN_OF_CELL and not self._is_in_value and self.path[-1] != "f":
            self._text.begin(self.path[-1], name)  # an inline text holds what a shared one does (18.3.1.53)
        else:
            raise WouldRepairError(Repair.ELEMENT, name)

    def foreign(self, name: str) -> None:
        """Pass over what other programs add outside the cells."""
        super().foreign(name)
        if self._is_in_data:
            raise WouldRepairError(Repair.ELEMENT, name)

    def text(self, content: str) -> None:
        """Hear the stored value."""
        if self._is_in_value:
            self._cell.value += content

    def end(self, name: str) -> None:  # noqa: ARG002 - the depth tells what ends
        """Leave the stored value, the cell, the table of cells."""
        if self._is_in_value:
            self._is_in_value = False
            if self._cell.value:
                self._hold_value(self._cell, self.parser.CurrentByteIndex)
        elif self._is_in_data:
            depth = len(self.path)
            if depth == _CELLS:
                self._keep(self._cell)
            self._is_in_data = depth >= _ROWS

    def _begin_on_sheet(self, name: str, attributes: Attributes) -> None:
        if name == "sheetData":
            if len(self.path) != 1 or self._has_data:
                raise WouldRepairError(Repair.ELEMENT, name)
            self._has_data = self._is_in_data = True
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").upper().partition(":")
            with suppress(ValueError):  # what is no area says nothing
                self.sheet.join(cell_position(first), cell_position(last))

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

    def _begin_cell(self, attributes: Attributes) -> None:
        kind, style = attributes.get("t", "n"), attributes.get("s", "")
        if kind not in CELL_TYPES or not (style == "" or (style.isascii() and style.isdecimal())):
            raise WouldRepairError(Repair.VALUE, f"{kind[:20]} {style[:20]}")
        self._place(attributes.get("r"))
        self._cell = _Cell(kind, whole_number(style))

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
        match name:
            case "v":
                cell.has_value, cell.value_at = True, self.parser.CurrentByteIndex
                self._is_in_value = True
            case "f":
                cell.has_formula = True
            case "is":
                cell.is_filled = True
                self._text = TextShape()

    def _hold_value(self, cell: _Cell, end: int) -> None:
        cell.is_filled = True
        is_formed = is_value(cell.kind, cell.value)
        if cell.kind == "s" and not (is_formed and int(cell.value) < self._strings):
            raise WouldRepairError(Repair.SHARED_STRING, cell.value[:20])
        is_in_pieces = end - cell.value_at != self._tag_bytes + len(cell.value)
        if not is_formed or (cell.kind in _IN_ONE_PIECE and is_in_pieces):
            raise WouldRepairError(Repair.VALUE, cell.value[:20])
        if cell.kind == "e" and cell.value not in _CLASSIC_ERRORS:
            self.new_errors.append((end - len(cell.value), end))

    def _keep(self, cell: _Cell) -> None:
        position = self._row, self._column
        # A formula that gives "" is stored with an empty value and type "str": it is calculated.
        is_calculated = cell.is_filled or (cell.kind == "str" and cell.has_value)
        if cell.has_formula:
            self.sheet.formula(position)
        if not is_calculated:
            if cell.has_formula:
                self.sheet.uncalculated(position)
            return
        match cell.kind:
            case "n" | "d":
                self.sheet.number(position, self._styles.number_format(cell.style))
            case "e":
                self.sheet.error(position, cell.value)
            case "s" | "str" | "inlineStr":
                self.sheet.text(position, self._styles.font_name(cell.style))
            case _:
                self.sheet.reach(*position)
