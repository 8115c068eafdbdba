"""What a rule is: one class with all its renderings. Its kinds stand in ``pipeline.rules``.

Known to every rule are the rows of all submissions of a sheet (:class:`Rows`), one row of a workbook
(:class:`~pipeline.vocabulary.live.LiveRow`), and one cell for which a value is proposed (:class:`Entry`).
"""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd
import pandera.pandas as pa

from pipeline.vietnamese import format_number
from pipeline.vocabulary.fields import Field, coded_column
from pipeline.vocabulary.live import Live, LiveCase, LiveRow, NoPlaceError
from pipeline.wording import topic

if TYPE_CHECKING:
    from pipeline.vocabulary.sheets import SheetSchema

Mask = pd.Series
"""A boolean column: where a rule is kept, or where a case holds."""


@dataclass(frozen=True)
class Known:
    """What is known beside the submissions that are judged, as frames.

    ``options``: list, year, value. ``duties``: division, form, period. ``staff``: staff_code, name, division,
    valid_from, valid_to. ``policies``: version, approved_on. ``agency_objectives``: year, code, measure,
    unit.
    ``objectives`` and ``tasks``: the accepted BM-01 against which a report of ``period`` by ``division`` is judged.
    ``last_year``: division, year, code. ``declarations`` and ``scope_changes``: the last accepted register. Days are
    ``datetime64[us]``.
    """

    options: pd.DataFrame
    duties: pd.DataFrame
    staff: pd.DataFrame
    policies: pd.DataFrame
    agency_objectives: pd.DataFrame
    objectives: pd.DataFrame
    tasks: pd.DataFrame
    last_year: pd.DataFrame
    declarations: pd.DataFrame
    scope_changes: pd.DataFrame


@dataclass(frozen=True)
class Rows:
    """The rows of one sheet over all submissions, with what is joined; ``tables`` are the frames of all sheets."""

    frame: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    known: Known

    def __getitem__(self, column: str) -> pd.Series:
        return self.frame[column]

    def pairs(self, *columns: str) -> pd.MultiIndex:
        """The columns side by side, to be looked up together."""
        return pairs(self.frame, *columns)

    def among(self, columns: Sequence[str], table: pd.DataFrame, keys: Sequence[str]) -> Mask:
        """Whether the row's columns stand together in a table."""
        return pd.Series(self.pairs(*columns).isin(pairs(table, *keys)), index=self.frame.index)

    def has_rows_in(self, sheet: str) -> Mask:
        """Whether the submission has at least one used row in a sheet."""
        return self["submission_id"].isin(self.tables[sheet]["submission_id"])


Join = Callable[[Rows], Mapping[str, pd.Series]]
"""Columns that rules lean on beyond their own row, to be joined before pandera is asked (design 4)."""


def pairs(frame: pd.DataFrame, *columns: str) -> pd.MultiIndex:
    """The columns of a frame side by side."""
    return pd.MultiIndex.from_frame(frame[list(columns)])


@dataclass(frozen=True)
class Bound:
    """A value may not lie below (``is_low``) or above ``value``; nor on it, when ``is_open``."""

    value: Any
    is_low: bool
    is_open: bool = False


@dataclass(frozen=True)
class Entry:
    """One field of one row for which a value is proposed; the row with its joined columns, as plain values."""

    schema: "SheetSchema"
    field: Field
    row: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    known: Known

    @property
    def name(self) -> str:
        """The field's name."""
        return self.field.name

    @property
    def typed(self) -> Any:  # noqa: ANN401 - text, number or day
        """What stands in the cell; None when it is blank or unreadable."""
        return self.value(self.name)

    @cached_property
    def year(self) -> str:
        """The form's year; "" when it has none, or one that is refused: nothing is proposed from that."""
        year, options = str(self.value("year") or ""), self.known.options
        return year if year in set(options.loc[options["list"] == "years", "value"]) else ""

    @property
    def sheet(self) -> pd.DataFrame:
        """The rows of this submission on the field's sheet."""
        return self.table(self.schema.name)

    def table(self, name: str) -> pd.DataFrame:
        """The rows of this submission on a sheet."""
        rows = self.tables[name]
        own: pd.DataFrame = rows[rows["submission_id"] == self.row["submission_id"]]
        return own

    @property
    def other_rows(self) -> pd.DataFrame:
        """The other rows of this submission on the field's sheet."""
        rows: pd.DataFrame = self.sheet[self.sheet["excel_row"] != self.row["excel_row"]]
        return rows

    def value(self, column: str) -> Any:  # noqa: ANN401 - text, number or day
        """What stands in another column of the row; None when it is blank or there is no such column."""
        value = self.row.get(column)
        return None if value is None or pd.isna(value) else value

    def of(self, name: str) -> "Entry":
        """The same row's cell of another field."""
        return dataclasses.replace(self, field=self.schema.field(name))

    def holding(self, value: object) -> "Entry":
        """The same row, had this value been typed."""
        return dataclasses.replace(self, row={**self.row, self.name: value})

    def bounds(self) -> list[Bound]:
        """Every bound that a limit or a rule sets to the field, whether the rule points at it or at one beside it."""
        lowest = [Bound(float(limit.lowest), is_low=True) for limit in self.field.limits if hasattr(limit, "lowest")]
        bounds = [*lowest, *(bound for rule in self.schema.rules for bound in rule.bounds(self))]
        return [bound for bound in bounds if bound.value is not None and not pd.isna(bound.value)]

    def nearest(self, start: Any) -> Any:  # noqa: ANN401 - a number or a day, as the field holds
        """The value nearest to ``start`` that all bounds allow; None where they leave no room."""
        return nearest(start, self.bounds())

    def is_in_bounds(self, value: Any) -> bool:  # noqa: ANN401 - a number or a day, as the field holds
        """Whether all bounds allow the value."""
        return bool(self.nearest(value) == value)


def nearest(start: Any, bounds: Sequence[Bound]) -> Any:  # noqa: ANN401 - a number or a day, as the bounds are
    """The value nearest to ``start`` that all bounds allow; None where they leave no room."""
    low = max((bound.value for bound in bounds if bound.is_low), default=None)
    high = min((bound.value for bound in bounds if not bound.is_low), default=None)
    if low is not None and high is not None and low > high:
        return None
    value = start if low is None else max(start, low)
    value = value if high is None else min(value, high)
    if any(bound.is_open and bound.value == value for bound in bounds):
        return _stepped_inside(value, low, high)
    return value


def _stepped_inside(value: float, low: float | None, high: float | None) -> float | None:
    """A number beside an open bound: a whole step further in, or half of the way where there is less room."""
    if low is not None and high is not None:
        if low == high:
            return None
        return value + (1 if value == low else -1) if high - low > 1 else (low + high) / 2
    return value + 1 if value == low else value - 1


def typed_figure(value: float) -> str:
    """A number as it is to be typed: without the dots between thousands, which beside % could be decimal points."""
    return format_number(value).replace(".", "")


class Case(ABC):
    """When a rule speaks."""

    @property
    @abstractmethod
    def column(self) -> str:
        """The column that decides."""

    @property
    def needs(self) -> tuple[Join, ...]:
        """What must be joined first."""
        return ()

    @abstractmethod
    def holds(self, rows: Rows) -> Mask:
        """The rows in which it is the case."""

    @abstractmethod
    def holds_in(self, entry: Entry) -> bool:
        """Whether it is the case in one row."""

    @abstractmethod
    def live(self, row: LiveRow) -> LiveCase:
        """Where it surely is the case, and where it surely is not.

        Raises:
            NoPlaceError: it is decided by something that the workbook does not carry.
        """

    def is_open(self, rows: Rows) -> Mask:
        """The rows in which the cell that decides is blank, neither value nor coded answer: nothing follows from it."""
        return rows[self.column].isna() & rows[self.decided_by].isna()

    @property
    def decided_by(self) -> str:
        """The field that decides."""
        return self.column.removesuffix(coded_column(""))

    @property
    def matching(self) -> tuple[str, ...]:
        """The words of the deciding field in which it is the case; none where more than one field decides."""
        return ()


@dataclass(frozen=True)
class Rule(ABC):
    """A rule across columns. ``code`` is the finding where it is broken, ``field`` the cell at which that points.

    The parameters of a subclass are facts for the finding's words: one that names a column gives that column's value,
    and its label as ``<parameter>_label``.
    """

    code: str
    field: str

    is_of_value: ClassVar[bool] = False
    """It judges one cell, though against a list or a unit that stands elsewhere."""
    is_of_reading: ClassVar[bool] = False
    """It says that a number may not be what it seems; until the sender answers, no other rule may lean on it."""
    is_last_resort: ClassVar[bool] = False
    """What it proposes comes after what other rules propose."""

    @abstractmethod
    def kept(self, rows: Rows) -> Mask:
        """Where the rule is kept. Never raises on missing values: what is blank is another rule's business."""

    @abstractmethod
    def live(self, row: LiveRow) -> Live:
        """What a formula in the form can say of it.

        Raises:
            NoPlaceError: the workbook lacks a place that the rule looks at, or no formula can hold it.
        """

    @property
    def kind(self) -> str:
        """The name of its class."""
        return type(self).__name__

    @property
    def why_not_live(self) -> str:
        """Why no formula can hold it, in the words of the documentation; "" where one can."""
        return str(topic("live")["not_live"].get(self.kind, ""))

    @property
    def place(self) -> tuple[str, str | None] | None:
        """The sheet at whose header the finding points, if it is about a whole sheet; the field, unless the first."""
        return None

    @property
    def needs(self) -> tuple[Join, ...]:
        """What must be joined to the rows first, in this order."""
        return ()

    def bounds(self, entry: Entry) -> Iterable[Bound]:
        """The bounds that it sets to a field of the row."""
        del entry
        return ()

    def proposal(self, entry: Entry) -> str | None:
        """A value that it points to for a field of the row; "" when none would do, None when it has nothing to say."""
        del entry
        return None

    def allows(self, entry: Entry) -> bool:
        """Whether it would be kept if the choice ``entry`` had the value that its row holds."""
        del entry
        return True

    def wants_blank(self, entry: Entry) -> bool:
        """Whether it wants nothing to stand in a field of the row."""
        del entry
        return False

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What the form gave it beside the code, by name."""
        return {each.name: getattr(self, each.name) for each in dataclasses.fields(self) if each.name != "code"}

    @property
    def facts(self) -> Mapping[str, str]:
        """Joined columns whose values the finding's words may name, by the name that they have there."""
        return {}

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        """The sheets that it looks at beside its own, each with the fields that must be there."""
        return {}

    def leans_on(self, fields: Iterable[Field]) -> Iterator[str]:
        """The fields of its row that it looks at, of those of the sheet."""
        names = {value for name, value in self.parameters.items() if isinstance(value, str) and name not in _ELSEWHERE}
        cases = {case.decided_by for case in self.parameters.values() if isinstance(case, Case)}
        return (field.name for field in fields if field.name in names | cases)


_ELSEWHERE = frozenset({"sheet", "main", "key", "by"})
"""The parameters that name what stands on another sheet."""


class NotLive(Rule):
    """A rule that no formula can hold; the reason stands in ``wording/live.toml``."""

    def live(self, row: LiveRow) -> Live:
        """Nothing.

        Raises:
            NoPlaceError: always.
        """
        raise NoPlaceError(self.kind, row.sheet)


def checked_column(rule: Rule) -> pa.Column:
    """The derived boolean column in which pandera judges a rule; the check carries the rule itself.

    A frame-level check would report every column of a failing row and costs 30 times as much (design 4, measured).
    """
    check = pa.Check(_holds, name=rule.kind, error=rule.code)
    return pa.Column(bool, check, name=column_of(rule), metadata={"rule": rule})


def column_of(rule: Rule) -> str:
    """The name of a rule's boolean column."""
    return f"{rule.kind}:{rule.field}:{rule.code}"


def _holds(values: pd.Series) -> pd.Series:
    return values
