"""The plain colours that cells are filled with, read and changed; what else a cell looks like stays."""

import copy
from collections.abc import Iterable, Mapping

from pipeline.patching.cells import Grid
from pipeline.patching.markup import Element, appended, child, children, detached
from pipeline.patching.refusal import PatchError, number, position
from pipeline.patching.sheet_part import SheetPart
from pipeline.patching.styles import Styles


def fills_of(sheet: SheetPart, styles: Styles, cells: Iterable[str]) -> dict[str, str]:
    """The colour of each of the cells that has a plain one, as eight digits of alpha, red, green, blue."""
    grid, looks, fills = Grid(sheet), styles.items("cellXfs"), styles.items("fills")
    colours = {}
    for address in cells:
        cell = grid.present(*position(address))
        look = _at(looks, cell.get("s", "0")) if cell is not None else None
        fill = _at(fills, look.get("fillId", "0")) if look is not None else None
        colour = _plain(fill) if fill is not None else ""
        if colour:
            colours[address] = colour
    return colours


def fill_cells(sheet: SheetPart, styles: Styles, colours: Mapping[str, str | None]) -> None:
    """Fill each cell with its plain colour, or with none.

    Raises:
        PatchError: a cell has a look that is not there.
    """
    grid = Grid(sheet)
    for address, colour in colours.items():
        cell = grid.cell(*position(address))
        look = _at(styles.items("cellXfs"), cell.get("s", "0"))
        if look is None:
            raise PatchError(address, "has a look that is not there")
        filled = copy.deepcopy(look)
        filled.set("fillId", str(styles.place("fills", _fill(look, colour))))
        filled.set("applyFill", "1")
        cell.set("s", str(styles.place("cellXfs", filled)))


def _at(items: list[Element], index: str) -> Element | None:
    place = number(index, "look")
    return items[place] if place < len(items) else None


def _plain(fill: Element) -> str:
    """The colour of a solid fill; empty for any other fill and for colours of the theme."""
    pattern = child(fill, "patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    return next((inner.get("rgb", "") for inner in children(pattern, "fgColor")), "")


def _fill(beside: Element, colour: str | None) -> Element:
    fill = detached(beside, "fill")
    pattern = appended(fill, "patternFill")
    pattern.set("patternType", "solid" if colour else "none")
    if colour:
        appended(pattern, "fgColor").set("rgb", colour)
    return fill
