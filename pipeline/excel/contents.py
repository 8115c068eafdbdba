"""What a reader sees of a workbook, whichever program saved it: cells, charts, and what is kept out of sight."""

import datetime as dt
import io
import math
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.contrast import faint_cells
from pipeline.excel.laid import Kind, Laid, laid_on

_PRECISION: Final = 1e-9
"""Another program may write a number's last digit otherwise."""
_LOWEST, _NARROWEST = 8.0, 1.0
"""A row of fewer points, a column of fewer digits shows nothing that is written in it."""
_LEAST_SHARE: Final = 0.5
"""A column of less than this share of its own width cuts what is written in it."""
_QUOTES: Final = re.compile(r'["\\]')
_QUOTED: Final = re.compile(r"'([^']+)'!")

Sides = tuple[Laid | None, Laid | None]


@dataclass(frozen=True)
class Content:
    """One cell: the value that is shown, the formula that gives it, where its link leads; blank for none.

    ``format`` is how a value is displayed, its sign included; ``note`` what is pinned to the cell.
    """

    value: object = None
    formula: str = ""
    link: str = ""
    format: str = ""
    note: str = ""

    def is_like(self, other: "Content") -> bool:
        """Whether a reader sees the same."""
        same = all(getattr(self, name) == getattr(other, name) for name in ("formula", "link", "format", "note"))
        return same and _alike(self.value, other.value)


@dataclass(frozen=True)
class Contents:
    """A workbook: its day of making; by sheet its cells by address, its charts, and what of it nobody sees.

    A chart is its title and where its figures stand; what is unseen are rows and columns (``5:5``, ``C:C``), hidden or
    cut to a line, and cells whose text nobody reads; a blank stands for the sheet itself. ``widths`` are those of the
    columns in digits, ``laid`` what lies over the cells or leads to them.
    """

    created_on: dt.date | None
    cells: Mapping[str, Mapping[str, Content]]
    charts: Mapping[str, tuple[str, ...]]
    unseen: Mapping[str, frozenset[str]]
    widths: Mapping[str, Mapping[str, float]]
    laid: frozenset[Laid]

    def differences(self, other: "Contents") -> Iterator[tuple[str, str]]:
        """Where a reader sees another thing than in ``other``: sheet and cell, or rows and columns out of sight.

        The cell is blank for a whole sheet or its charts. Each place comes once.
        """
        for title in dict.fromkeys([*self.cells, *other.cells]):
            missing = title not in self.cells or title not in other.cells
            named = set() if missing else {*self.hides(title, other), *self.lays(title, other)}
            if missing or self.charts[title] != other.charts[title] or "" in named:
                yield title, ""
            yield from ((title, place) for place in sorted(named) if place)
            ours, theirs = self.cells.get(title, {}), other.cells.get(title, {})
            for address in dict.fromkeys([*ours, *theirs]):
                if address not in named and not ours.get(address, Content()).is_like(theirs.get(address, Content())):
                    yield title, address

    def hides(self, title: str, other: "Contents") -> frozenset[str]:
        """What of a sheet is out of sight here and not in ``other``."""
        ours, theirs = self.widths.get(title, {}), other.widths.get(title, {})
        narrow = (place for place, width in ours.items() if width < _LEAST_SHARE * theirs.get(place, 0))
        return self.unseen.get(title, frozenset()).union(narrow) - other.unseen.get(title, frozenset())

    def lays(self, title: str, other: "Contents") -> Mapping[str, Sides]:
        """What lies over the cells of a sheet or leads to them otherwise than in ``other``, by its place: here, there.

        What a program appends to a sheet may get lost, and harms only where it is new.
        """
        here, there = ({each for each in side if each.sheet == title} for side in (self.laid, other.laid))
        lost = {each for each in there - here if each.kind is not Kind.APPENDED}
        places = sorted({each.place for each in (here - there) | lost})
        ours, theirs = ({each.place: each for each in sorted(side)} for side in (here - there, lost))
        laid = {place: (ours.get(place), theirs.get(place)) for place in places}
        return {**laid, **self._out_of_order(title, other)}

    def _out_of_order(self, title: str, other: "Contents") -> Mapping[str, Sides]:
        """The first sheet that does not stand in its place among those that both have."""
        shared = [name for name in self.cells if name in other.cells]
        expected = [name for name in other.cells if name in self.cells]
        place = next((place for place, name in enumerate(shared) if name != expected[place]), None)
        if place is None or expected[place] != title:
            return {}
        places = (shared.index(title) + 1, place + 1)
        ours, theirs = (Laid(title, "", Kind.ORDER, str(number)) for number in places)
        return {"": (ours, theirs)}


def contents_of(workbook: bytes) -> Contents:
    """What stands in it. For worker processes: openpyxl lays out in memory whatever the bytes say.

    Raises:
        Exception: openpyxl cannot read it; it says in many ways that it cannot.
    """
    with warnings.catch_warnings():
        # That openpyxl leaves out what newer programs appended: it is named from the parts.
        warnings.simplefilter("ignore", UserWarning)
        formulas = load_workbook(io.BytesIO(workbook), rich_text=True)
        values = load_workbook(io.BytesIO(workbook), data_only=True)
    return Contents(
        created_on=formulas.properties.created.date() if formulas.properties.created else None,
        cells={sheet.title: dict(_cells(sheet, values[sheet.title])) for sheet in formulas.worksheets},
        charts={sheet.title: tuple(sorted(map(_chart, _charts(sheet)))) for sheet in formulas.worksheets},
        unseen={sheet.title: frozenset(_unseen(sheet)) for sheet in formulas.worksheets},
        widths={sheet.title: dict(_widths(sheet)) for sheet in formulas.worksheets},
        laid=frozenset(laid_on(formulas, workbook)),
    )


def _cells(formulas: Worksheet, values: Worksheet) -> Iterator[tuple[str, Content]]:
    visible = {cell.coordinate: cell.value for row in values.iter_rows() for cell in row}
    for cell in (cell for row in formulas.iter_rows() for cell in row):
        formula = _plain(str(cell.value)) if cell.data_type == "f" else ""
        value, note = visible.get(cell.coordinate), cell.comment.text if cell.comment else ""
        # Each program quotes the signs of a format in its own way.
        shape = "" if value is None else _QUOTES.sub("", cell.number_format).casefold()
        content = Content(value, formula, _link(cell.hyperlink), shape, note)
        if content != Content():
            yield cell.coordinate, content


def _plain(formula: str) -> str:
    """Without what programs write each in their own way: blanks, case, quotes that are not needed."""
    return _QUOTED.sub(r"\1!", formula).replace(" ", "").replace("$", "").upper()


def _link(hyperlink: Any) -> str:  # noqa: ANN401 - openpyxl's own
    """The file without the way to it, which each program writes otherwise, and the place in it or in this workbook."""
    if hyperlink is None:
        return ""
    file, _, place = unquote(hyperlink.target or "").partition("#")
    inside = _plain(unquote(hyperlink.location or place))
    return "#".join(filter(None, (PurePosixPath(file).name, inside)))


def _charts(sheet: Worksheet) -> list[Any]:
    charts: list[Any] = sheet._charts  # type: ignore[attr-defined]  # noqa: SLF001 - openpyxl has no other way to charts
    return charts


def _unseen(sheet: Worksheet) -> Iterator[str]:
    if sheet.sheet_state != "visible":
        yield ""
    for row, of_row in sheet.row_dimensions.items():
        if of_row.hidden or (of_row.height is not None and of_row.height < _LOWEST):
            yield f"{row}:{row}"
    yield from (place for place, width in _widths(sheet) if width < _NARROWEST)
    yield from faint_cells(sheet)


def _widths(sheet: Worksheet) -> Iterator[tuple[str, float]]:
    """The columns that have a width of their own; nothing of a hidden one is seen."""
    for name, of_columns in sheet.column_dimensions.items():
        first = of_columns.min or column_index_from_string(name)
        for number in range(first, min(of_columns.max or first, sheet.max_column) + 1):
            column = get_column_letter(number)
            yield f"{column}:{column}", 0.0 if of_columns.hidden else of_columns.width


def _chart(chart: Any) -> str:  # noqa: ANN401 - openpyxl's own
    """The title, and where the figures of each series stand."""
    values = (series.val.numRef for series in chart.series if series.val is not None)
    places = [_plain(reference.f) for reference in values if reference is not None]
    return " ".join([_title(chart), *places])


def _title(chart: Any) -> str:  # noqa: ANN401 - openpyxl's own
    rich = chart.title.tx.rich if chart.title and chart.title.tx else None
    paragraphs = rich.p if rich else ()
    return "".join(run.t for paragraph in paragraphs for run in paragraph.r or ())


def _alike(value: object, other: object) -> bool:
    if isinstance(value, (int, float)) and isinstance(other, (int, float)) and type(value) is not bool:
        return math.isclose(value, other, rel_tol=_PRECISION, abs_tol=_PRECISION)
    if isinstance(value, str) and isinstance(other, str):
        return value.replace("\r\n", "\n") == other.replace("\r\n", "\n")
    return value == other
