"""The workbook while it is being written: its sheets, what they are written from, and what all of them share."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.drawing import Canvas, Placed
from pipeline.committee.places import Addresses
from pipeline.consolidation import Committee
from pipeline.excel.cells import Area, Book, Sheet
from pipeline.excel.pages import Page, set_page
from pipeline.forms import BY_NUMBER
from pipeline.settings import Period
from pipeline.vietnamese import format_number, format_percent
from pipeline.vocabulary.choices import Measure, YesNo
from pipeline.wording import say, topic

SHEETS: Final = (
    "overview",
    "submissions",
    "results",
    "unmet",
    "plan",
    "agency",
    "policy",
    "declaration",
    "trends",
    "controls",
    "sources",
    "notes",
)
"""The sheets in the order of their tabs."""
HEADER_ROW: Final = 5
"""Where the header of a data sheet's first table stands."""


@dataclass(frozen=True, eq=False)
class Draft:
    """One workbook being written. ``links``: SHA-256 to the relative path of the archived original."""

    book: Book
    committee: Committee
    sheets: Mapping[str, Sheet]
    links: Mapping[str, str]

    @cached_property
    def originals(self) -> Mapping[str, str]:
        """N-code to the relative path of the original."""
        codes = self.committee.sources[["source", "sha256"]]
        known = codes[codes["sha256"].isin(list(self.links))]
        return {code: self.links[sha256] for code, sha256 in known.itertuples(index=False)}

    @cached_property
    def addresses(self) -> Addresses:
        """The places in their files that rows were read from."""
        files = self.committee.sources
        return Addresses(frozenset(files.loc[files["of_earlier"], "source"]))

    def canvas(self, name: str) -> Canvas:
        """One sheet, ready to be drawn on."""
        return Canvas(self.book, self.sheets[name], self.originals)

    def begin(self, name: str, widths: list[float]) -> Canvas:
        """A sheet with its title, the question it answers, the way back to sheet 1, and its column widths."""
        canvas = self.canvas(name)
        for column, width in enumerate(widths, 1):
            canvas.sheet.width(column, width)
        canvas.sheet.height(1, 24)
        canvas.line(1, f"{sheet_title(name)}: {self.period_words}", looks.TITLE)
        canvas.line(2, say(f"committee.question.{name}"), looks.QUESTION)
        canvas.go_to(3, 1, f"'{sheet_title('overview')}'!A1", say("committee.back"), looks.BACK)
        return canvas

    def finish(self, canvas: Canvas, last_row: int, columns: int, header_row: int | None = None) -> None:
        """Set the sheet up for paper; ``header_row`` repeats on every page."""
        page = Page(
            landscape=True,
            header_left=self.agency,
            header_right=say("committee.period_title", period=self.period_words),
            footer_left=canvas.sheet.title,
            header_row=header_row,
            printed=Area(1, 1, last_row, columns),
        )
        set_page(canvas.sheet, page)
        canvas.sheet.worksheet.hide_gridlines(2)

    @property
    def agency(self) -> str:
        """The agency as it was named on the period's due date."""
        return self.committee.settings.agency_on(self.committee.settings.due_on(self.committee.period)).name

    @property
    def period_words(self) -> str:
        """The period in words."""
        return period_words(self.committee.period)


def percent(share: float) -> str:
    """A fraction as it is said: "81,3 %"; blank where there is none."""
    return "" if pd.isna(share) else say("committee.percent", number=format_percent(share))


def period_words(period: Period) -> str:
    """A period as it is read: "kỳ 6 tháng năm 2019"."""
    return say(f"committee.period.{period.kind}", year=period.year)


def sheet_title(name: str) -> str:
    """A sheet's title on its tab."""
    return say(f"committee.sheet.{name}")


def label(name: str) -> str:
    """The header of a column that the forms do not have."""
    return say(f"committee.label.{name}")


def form_label(sheet: str, field: str) -> str:
    """What staff read above a field: the committee reads the same (design 2.3)."""
    schemas = {schema.name: schema for form in BY_NUMBER.values() for schema in form.sheets}
    return schemas[sheet].field(field).label


def cover_label(field: str) -> str:
    """What staff read above a field of every form's cover."""
    return next(iter(BY_NUMBER.values())).cover.field(field).label


def form_sheet_title(sheet: str) -> str:
    """The title of a form's sheet."""
    return next(str(s.title) for form in BY_NUMBER.values() for s in form.sheets if s.name == sheet)


def commitment_sign(measure: object, comparator: object, target: float, upper: float, unit: object) -> str:
    """A commitment in signs: "≥ 95 %", "2 – 3 điểm %"; *có* for a yes-no objective, blank when unknown."""
    if measure == Measure.YES_NO:
        return str(YesNo.YES)
    if pd.isna(target) or not isinstance(comparator, str):
        return ""
    counted = f" {unit}" if isinstance(unit, str) else ""
    if not pd.isna(upper):
        return f"{format_number(target)} – {format_number(upper)}{counted}"
    return f"{topic('committee')['comparator'][comparator]} {format_number(target)}{counted}"


def commitment_signs(frame: pd.DataFrame, suffix: str = "") -> pd.Series:
    """Each row's commitment in signs, from its columns with this suffix."""
    columns = [f"{name}{suffix}" for name in ("measure", "comparator", "target", "target_upper", "unit")]
    signs = [commitment_sign(*row) for row in frame[columns].itertuples(index=False)]
    return pd.Series(signs, index=frame.index, dtype="str")


Tables = dict[str, Placed]
"""The tables that stand already, by the frame that they hold."""
