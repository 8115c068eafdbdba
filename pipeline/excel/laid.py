"""What lies over the cells of a sheet or leads to them: rules, prompts, pictures, shapes, charts, names, locks, views.

openpyxl reads neither shapes nor what newer programs append to a sheet: for these the parts themselves are looked into.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final, NamedTuple

from openpyxl import Workbook as Opened
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.contrast import code_of
from pipeline.patching.markup import Element, child, elements, local
from pipeline.patching.parts import Parts
from pipeline.patching.relations import of_kind
from pipeline.patching.workbook import WORKSHEET, Workbook

_LEAST_ZOOM: Final = 40
"""Percent below which nobody reads a sheet."""
_APPENDED: Final = frozenset({"picture", "legacyDrawing", "legacyDrawingHF", "controls", "oleObjects"})
_ADDRESS: Final = re.compile(r"(?:'[^']+'|[^'!]+)!")


class Kind(StrEnum):
    """What lies there."""

    RULE = "rule"
    PROMPT = "prompt"
    NAME = "name"
    TABLE = "table"
    CHART = "chart"
    PICTURE = "picture"
    APPENDED = "appended"
    LOCK = "lock"
    VIEW = "view"
    ORDER = "order"


class Laid(NamedTuple):
    """One such thing on a sheet.

    ``place``: cells, the name of a table or an area; blank for the sheet as a whole. ``detail`` is for the reader,
    ``exact`` for the comparison alone.
    """

    sheet: str
    place: str
    kind: Kind
    detail: str = ""
    exact: str = ""


def laid_on(opened: Opened, workbook: bytes) -> Iterator[Laid]:
    """Everything of that kind in a workbook, as openpyxl opened it and as its bytes are.

    Raises:
        PatchError: the bytes are no sound package.
    """
    for sheet in opened.worksheets:
        yield from _rules(sheet)
        yield from _prompts(sheet)
        yield from (Laid(sheet.title, table.name, Kind.TABLE, table.ref) for table in sheet.tables.values())
        yield from _views(sheet)
        if sheet.protection.sheet:
            yield Laid(sheet.title, "", Kind.LOCK)
    yield from _names(opened)
    parts = Parts(workbook)
    for tab in Workbook(parts).tabs:
        if tab.kind == WORKSHEET:
            yield from _appended(tab.title, parts.tree(tab.part))
            for drawing in of_kind(parts, tab.part, "drawing"):
                yield from _drawn(tab.title, parts, drawing.part)


def _rules(sheet: Worksheet) -> Iterator[Laid]:
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            formulas = [each.replace("$", "").replace(" ", "") for each in rule.formula]
            look = _look(rule.dxf) if rule.dxf else ()
            exact = " ".join([rule.type, str(rule.operator), *formulas, *look])
            yield Laid(sheet.title, str(area.sqref), Kind.RULE, "; ".join([*formulas, *look]), exact)


def _look(look: Any) -> Iterator[str]:  # noqa: ANN401 - openpyxl's own
    """The colours of text and ground and the format of numbers that a rule gives."""
    colours = look.font and look.font.color, look.fill and (look.fill.bgColor or look.fill.fgColor)
    yield from (f"#{code}" for code in map(code_of, colours) if code)
    if look.numFmt is not None:
        yield str(look.numFmt.formatCode)


def _prompts(sheet: Worksheet) -> Iterator[Laid]:
    for each in sheet.data_validations.dataValidation:
        words = " ".join(filter(None, (each.promptTitle, each.prompt)))
        yield Laid(sheet.title, str(each.sqref), Kind.PROMPT, words, f"{each.type} {each.formula1}")


def _views(sheet: Worksheet) -> Iterator[Laid]:
    """Noughts or values that are not displayed, a size that nobody reads, rows that frozen panes keep away."""
    view, pane = sheet.sheet_view, sheet.sheet_view.pane
    is_small = view.zoomScale is not None and view.zoomScale < _LEAST_ZOOM
    is_away = pane is not None and (view.topLeftCell or "A1") != "A1"
    if view.showZeros is False or view.showFormulas or is_small or is_away or sheet.sheet_format.zeroHeight:
        yield Laid(sheet.title, "", Kind.VIEW)


def _names(opened: Opened) -> Iterator[Laid]:
    """Names of areas, on the sheet that they lead to, with where they lead; a sheet's own name hides one of all."""
    scopes = [("", opened.defined_names), *((sheet.title, sheet.defined_names) for sheet in opened.worksheets)]
    first = opened.sheetnames[0]
    for scope, names in scopes:
        for name, each in names.items():
            target = str(each.attr_text).replace("$", "")
            sheets = [title for title in opened.sheetnames if title in target]
            yield Laid(next(iter(sheets), first), name, Kind.NAME, _ADDRESS.sub("", target), scope)


def _appended(title: str, root: Element) -> Iterator[Laid]:
    for each in elements(root):
        if local(each) in _APPENDED:
            yield Laid(title, "", Kind.APPENDED, exact=local(each))
        elif local(each) == "extLst":
            inner = (local(part) for extension in elements(each) for part in elements(extension))
            yield from (Laid(title, "", Kind.APPENDED, exact=name) for name in inner)


def _drawn(title: str, parts: Parts, drawing: str) -> Iterator[Laid]:
    """Charts, pictures and shapes with the cells over which they lie; what is drawn inside of a chart counts, too."""
    for anchor in elements(parts.tree(drawing)):
        kinds = {local(each) for each in elements(anchor)}
        kind = Kind.CHART if "graphicFrame" in kinds else Kind.PICTURE
        yield Laid(title, _cells(anchor), kind)
    for chart in of_kind(parts, drawing, "chart"):
        if of_kind(parts, chart.part, "chartUserShapes"):
            yield Laid(title, "", Kind.PICTURE)


def _cells(anchor: Element) -> str:
    corners = (child(anchor, name) for name in ("from", "to"))
    return ":".join(_cell(corner) for corner in corners if corner is not None)


def _cell(corner: Element) -> str:
    column, row = (
        int(part.text or 0) if part is not None else 0 for part in (child(corner, "col"), child(corner, "row"))
    )
    return f"{get_column_letter(column + 1)}{row + 1}"
