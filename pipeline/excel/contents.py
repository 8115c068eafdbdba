"""What a reader sees of a workbook, whichever program saved it: cells, charts, and what is kept out of sight."""

import datetime as dt
import io
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.contrast import faint_cells

_PRECISION: Final = 1e-9
"""Another program may write a number's last digit otherwise."""
_LOWEST, _NARROWEST = 8.0, 1.0
"""A row of fewer points, a column of fewer digits shows nothing that is written in it."""
_QUOTES: Final = re.compile(r'["\\]')
_QUOTED: Final = re.compile(r"'([^']+)'!")


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
    cut to a line, and cells whose text nobody reads; a blank stands for the sheet itself.
    """

    created_on: dt.date | None
    cells: Mapping[str, Mapping[str, Content]]
    charts: Mapping[str, tuple[str, ...]]
    unseen: Mapping[str, frozenset[str]]

    def differences(self, other: "Contents") -> Iterator[tuple[str, str]]:
        """Where a reader sees another thing than in ``other``: sheet and cell, or rows and columns out of sight.

        The cell is blank for a whole sheet or its charts. Each place comes once.
        """
        for title in dict.fromkeys([*self.cells, *other.cells]):
            missing = title not in self.cells or title not in other.cells
            if missing or self.charts[title] != other.charts[title] or "" in self.hides(title, other):
                yield title, ""
            hidden = self.hides(title, other)
            yield from ((title, place) for place in sorted(hidden) if place)
            ours, theirs = self.cells.get(title, {}), other.cells.get(title, {})
            for address in dict.fromkeys([*ours, *theirs]):
                if address not in hidden and not ours.get(address, Content()).is_like(theirs.get(address, Content())):
                    yield title, address

    def hides(self, title: str, other: "Contents") -> frozenset[str]:
        """What of a sheet is out of sight here and not in ``other``."""
        return self.unseen.get(title, frozenset()) - other.unseen.get(title, frozenset())


def contents_of(workbook: bytes) -> Contents:
    """What stands in it. For worker processes: openpyxl lays out in memory whatever the bytes say.

    Raises:
        Exception: openpyxl cannot read it; it says in many ways that it cannot.
    """
    formulas, values = (load_workbook(io.BytesIO(workbook), data_only=is_shown) for is_shown in (False, True))
    return Contents(
        created_on=formulas.properties.created.date() if formulas.properties.created else None,
        cells={sheet.title: dict(_cells(sheet, values[sheet.title])) for sheet in formulas.worksheets},
        charts={sheet.title: tuple(sorted(map(_chart, _charts(sheet)))) for sheet in formulas.worksheets},
        unseen={sheet.title: frozenset(_unseen(sheet)) for sheet in formulas.worksheets},
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
    for name, of_column in sheet.column_dimensions.items():
        if of_column.hidden or of_column.width < _NARROWEST:
            yield f"{name}:{name}"
    yield from faint_cells(sheet)


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
