"""What a reader sees of a workbook, whichever program saved it: values, formulas, links and the titles of charts."""

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

_PRECISION: Final = 1e-9
"""Another program may write a number's last digit otherwise."""
_QUOTED: Final = re.compile(r"'([^']+)'!")


@dataclass(frozen=True)
class Content:
    """One cell: the value that is shown, the formula that gives it, and where its link leads; blank for none."""

    value: object = None
    formula: str = ""
    link: str = ""

    def is_like(self, other: "Content") -> bool:
        """Whether a reader sees the same."""
        return (self.formula, self.link) == (other.formula, other.link) and _alike(self.value, other.value)


@dataclass(frozen=True)
class Contents:
    """A workbook: its day of making, by sheet its cells by address, and by sheet the titles of its charts, sorted."""

    created_on: dt.date | None
    cells: Mapping[str, Mapping[str, Content]]
    charts: Mapping[str, tuple[str, ...]]

    def differences(self, other: "Contents") -> Iterator[tuple[str, str]]:
        """Where a reader sees another thing: sheet and cell; the cell is blank for a whole sheet or its charts."""
        for title in dict.fromkeys([*self.cells, *other.cells]):
            if title not in self.cells or title not in other.cells or self.charts[title] != other.charts[title]:
                yield title, ""
            ours, theirs = self.cells.get(title, {}), other.cells.get(title, {})
            for address in dict.fromkeys([*ours, *theirs]):
                if not ours.get(address, Content()).is_like(theirs.get(address, Content())):
                    yield title, address


def contents_of(workbook: bytes) -> Contents:
    """What stands in it. For worker processes: openpyxl lays out in memory whatever the bytes say.

    Raises:
        Exception: openpyxl cannot read it; it says in many ways that it cannot.
    """
    formulas, values = (load_workbook(io.BytesIO(workbook), data_only=is_shown) for is_shown in (False, True))
    return Contents(
        created_on=formulas.properties.created.date() if formulas.properties.created else None,
        cells={sheet.title: dict(_cells(sheet, values[sheet.title])) for sheet in formulas.worksheets},
        charts={sheet.title: tuple(sorted(map(_title, _charts(sheet)))) for sheet in formulas.worksheets},
    )


def _cells(formulas: Worksheet, values: Worksheet) -> Iterator[tuple[str, Content]]:
    visible = {cell.coordinate: cell.value for row in values.iter_rows() for cell in row}
    for cell in (cell for row in formulas.iter_rows() for cell in row):
        formula = _plain(str(cell.value)) if cell.data_type == "f" else ""
        content = Content(visible.get(cell.coordinate), formula, _link(cell.hyperlink))
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
