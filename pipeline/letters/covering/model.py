"""What the covering report is made of: sections of sentences, tables and one chart; words only, no typography."""

from dataclasses import dataclass
from typing import Final, TypeAlias

ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII")
"""The numbers of the sections."""


@dataclass(frozen=True)
class TableText:
    """A ruled table: widths in millimetres; ``figures`` are the columns set to the right; a last row may be a total."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    has_total: bool = False


@dataclass(frozen=True)
class Series:
    """One series of a chart: what it counts, its colour (RRGGBB), one count a category."""

    name: str
    colour: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class ChartText:
    """Stacked lying bars over categories."""

    title: str
    alternative: str
    axis: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


Block: TypeAlias = str | TableText | ChartText


@dataclass(frozen=True)
class Section:
    """One numbered section."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class ReportText:
    """Every text of the report, in the order of the page."""

    superior: tuple[str, ...]
    agency: tuple[str, ...]
    place_and_date: str
    subject: str
    opening: str
    sections: tuple[Section, ...]
    closing: str
    signature: tuple[str, str, str]
    title: str
    author: str
