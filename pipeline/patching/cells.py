"""The cells of a worksheet: a value in place of what a cell holds, in the cell's own look."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.patching.markup import Element, appended, child, children, detached, flag, put_text, unset
from pipeline.patching.refusal import PatchError, address, is_cell, number, position
from pipeline.patching.sheet_part import SheetPart
from pipeline.patching.shifting import shifted

_ERRORS: Final = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"})
_LONGEST_TEXT: Final = 32_767
_WHOLE: Final = frozenset({"array", "dataTable"})
"""The kinds of formulas that fill an area as a whole."""

Place = tuple[int, int]


@dataclass(frozen=True)
class CellError:
    """An error as the value of a cell: ``#N/A``."""

    code: str


Value = str | bool | int | float | CellError | None
"""What a cell can hold; None for nothing. Days and times are numbers, as Excel counts them."""


def put_values(sheet: SheetPart, values: Mapping[str, Value]) -> frozenset[str]:
    """Put values into cells, making those that are not there; gives the cells that had formulas.

    What is left of a shared formula whose first cell gets a value is written out.

    Raises:
        PatchError: a value that no cell holds; a cell within an area that one formula fills.
    """
    by_place = {position(cell): value for cell, value in values.items()}
    for value in by_place.values():
        _hold(value)
    grid = Grid(sheet)
    had_formula = grid.release(by_place.keys())
    for place in sorted(by_place):
        _put(grid.cell(*place), by_place[place])
    grid.fit(dict.fromkeys(row for row, _ in by_place))
    grid.widen(by_place.keys())
    return frozenset(address(*place) for place in had_formula)


def fit_rows(sheet: SheetPart, heights: Mapping[int, float]) -> None:
    """Give rows heights in points that are not marked as the user's own; those that somebody gave them stay.

    Raises:
        PatchError: a row stands there twice.
    """
    Grid(sheet).fit(heights)


def _hold(value: Value) -> None:
    is_fine = True
    match value:
        case float():
            is_fine = math.isfinite(value)
        case str():
            is_fine = len(value) <= _LONGEST_TEXT
        case CellError(code):
            is_fine = code in _ERRORS
    if not is_fine:
        raise PatchError("value", f"{str(value)[:80]!r} fits in no cell")


def _put(cell: Element, value: Value) -> None:
    for inner in list(cell):
        cell.remove(inner)
    for key in ("t", "cm", "vm"):
        unset(cell, key)
    match value:
        case None:
            pass
        case bool():
            cell.set("t", "b")
            appended(cell, "v", str(int(value)))
        case int() | float():
            appended(cell, "v", repr(value))
        case str():
            cell.set("t", "inlineStr")
            put_text(appended(appended(cell, "is"), "t"), value)
        case CellError(code):
            cell.set("t", "e")
            appended(cell, "v", code)


class Grid:
    """The cells of a sheet by place; a row or a cell that does not say where it is follows the one before."""

    def __init__(self, sheet: SheetPart) -> None:
        self._rows_element = sheet.cells()
        self._root = sheet.root
        self._rows: dict[int, Element] = {}
        self._cells: dict[int, dict[int, Element]] = {}
        row_number = 0
        for row in children(self._rows_element, "row"):
            row_number = number(row.get("r"), "row") if row.get("r") else row_number + 1
            if row_number in self._rows:
                raise PatchError(str(row_number), "a row that stands there twice")
            self._rows[row_number] = row

    def cell(self, row: int, column: int) -> Element:
        """The cell of a place, made where there is none, in the look of its row or column."""
        cells = self._of_row(row)
        if column not in cells:
            parent = self._row(row)
            cell = detached(parent, "c")
            cell.set("r", address(row, column))
            look = parent.get("s") if flag(parent.get("customFormat")) else self._look_of_column(column)
            if look is not None:
                cell.set("s", look)
            following = min((other for other in cells if other > column), default=None)
            for place, other in cells.items():
                other.set("r", address(row, place))
            if following is None:
                parent.append(cell)
            else:
                cells[following].addprevious(cell)
            unset(parent, "spans")
            cells[column] = cell
        return cells[column]

    def present(self, row: int, column: int) -> Element | None:
        """The cell of a place; None where there is none."""
        return self._of_row(row).get(column)

    def release(self, places: Collection[Place]) -> set[Place]:
        """Free cells of their formulas, for values to come; gives those that had one."""
        shared: dict[str, list[tuple[Place, Element]]] = {}
        had_formula = set()
        for row in self._rows:
            for column, cell in self._of_row(row).items():
                formula = child(cell, "f")
                if formula is None:
                    continue
                if (row, column) in places:
                    had_formula.add((row, column))
                if formula.get("t") == "shared":
                    shared.setdefault(formula.get("si", ""), []).append(((row, column), formula))
                elif formula.get("t") in _WHOLE:
                    _hold_whole(formula, (row, column), places)
        for group in shared.values():
            _write_out(group, places)
        return had_formula

    def fit(self, heights: Mapping[int, float | None]) -> None:
        """Give rows heights, or None to forget those that were fitted; what somebody gave them stays."""
        for number_of_row, height in heights.items():
            row = self._row(number_of_row)
            if flag(row.get("customHeight")):
                continue
            unset(row, "ht")
            if height is not None:
                row.set("ht", f"{height:g}")

    def widen(self, places: Collection[Place]) -> None:
        """Let the dimension of the sheet hold the places."""
        dimension = child(self._root, "dimension")
        corners = (dimension.get("ref") or "").split(":") if dimension is not None else []
        if dimension is None or not all(map(is_cell, corners)):
            return
        every = [*map(position, corners), *places]
        rows, columns = [row for row, _ in every], [column for _, column in every]
        first, last = address(min(rows), min(columns)), address(max(rows), max(columns))
        dimension.set("ref", first if first == last else f"{first}:{last}")

    def _of_row(self, row: int) -> dict[int, Element]:
        if row not in self._cells:
            self._cells[row], column = {}, 0
            for cell in children(self._rows.get(row), "c"):
                text = cell.get("r")
                at, column = position(text) if text else (row, column + 1)
                if at != row or column in self._cells[row]:
                    raise PatchError(address(row, column), f"{text} stands in row {row}, or there twice")
                self._cells[row][column] = cell
        return self._cells[row]

    def _row(self, row: int) -> Element:
        if row not in self._rows:
            element = detached(self._rows_element, "row")
            element.set("r", str(row))
            following = min((other for other in self._rows if other > row), default=None)
            for place, other in self._rows.items():
                other.set("r", str(place))
            if following is None:
                self._rows_element.append(element)
            else:
                self._rows[following].addprevious(element)
            self._rows[row] = element
        return self._rows[row]

    def _look_of_column(self, column: int) -> str | None:
        for each in children(child(self._root, "cols"), "col"):
            if number(each.get("min"), "col") <= column <= number(each.get("max"), "col"):
                return each.get("style")
        return None


def _hold_whole(formula: Element, place: Place, places: Collection[Place]) -> None:
    """Hold that no value goes into an area of several cells that one formula fills; Excel refuses that too."""
    corners = [position(cell) for cell in (formula.get("ref") or address(*place)).split(":")]
    (top, left), (bottom, right) = corners[0], corners[-1]
    if (top, left) == (bottom, right):
        return
    for row, column in places:
        if top <= row <= bottom and left <= column <= right:
            raise PatchError(address(row, column), f"belongs to the formula of {formula.get('ref')}")


def _write_out(group: list[tuple[Place, Element]], places: Collection[Place]) -> None:
    """Write out the members of a shared formula, if its first cell, which has the text, is to get a value."""
    masters = [(place, formula.text) for place, formula in group if formula.text]
    if not masters or masters[0][0] not in places:
        return
    (row, column), text = masters[0]
    for place, formula in group:
        if place not in places and not formula.text:
            formula.text = shifted(text, place[0] - row, place[1] - column)
        if place not in places:
            for key in ("t", "si", "ref"):
                unset(formula, key)
