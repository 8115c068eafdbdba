"""What a rule is: one class with all its renderings. Its kinds stand in ``pipeline.rules``.

A rule sees the rows of all submissions of a sheet (``Rows``), one row of a workbook (``LiveRow``), and one cell for
which a value is proposed (``Entry``).
"""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import pandera.pandas as pa

from pipeline.findings.codes import Code
from pipeline.vocabulary.entries import Bound, Entry
from pipeline.vocabulary.fields import Field, coded_column
from pipeline.vocabulary.live import Live, LiveCase, LiveRow, NoPlaceError
from pipeline.vocabulary.rows import Join, Mask, Rows
from pipeline.wording import topic


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
    def looks_at(self) -> tuple[str, ...]:
        """The fields of the row that it leans on through what is computed of them."""
        return ()

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

    code: Code
    field: str

    is_of_value: ClassVar[bool] = False
    """It judges one cell, though against what stands elsewhere; where it is broken, no other rule leans on the cell."""
    is_last_resort: ClassVar[bool] = False
    """What it proposes comes after what other rules propose."""

    @abstractmethod
    def kept(self, rows: Rows) -> Mask:
        """Where the rule is kept. Never raises on missing values: what is blank is another rule's business."""

    def doubts(self, rows: Rows) -> Mask:
        """The rows whose cell is in doubt where it judges one value: no other rule may lean on that cell."""
        return ~self.kept(rows).fillna(value=True).astype(bool)

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
        """What must be joined to the rows first, in this order: what its cases lean on."""
        return tuple(join for case in self.cases for join in case.needs)

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
    def cases(self) -> tuple[Case, ...]:
        """The cases in which it speaks."""
        return tuple(value for value in self.parameters.values() if isinstance(value, Case))

    @property
    def facts(self) -> Mapping[str, str]:
        """Joined columns whose values the finding's words may name, by the name that they have there."""
        return {}

    def beside(self, row: Mapping[str, Any]) -> str:
        """The other field of a row on which the finding there hangs; "" where there is none."""
        del row
        return next((case.decided_by for case in self.cases), "")

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        """The sheets that it looks at beside its own, each with the fields that must be there."""
        return {}

    @property
    def looks_at(self) -> tuple[str, ...]:
        """The fields of its row that it leans on through what is joined, beside those that its parameters name."""
        return ()

    def leans_on(self, fields: Iterable[Field]) -> Iterator[str]:
        """The fields of its row that it looks at, of those of the sheet."""
        names = {value for name, value in self.parameters.items() if isinstance(value, str) and name not in _ELSEWHERE}
        cases = {name for case in self.cases for name in (case.decided_by, *case.looks_at)}
        return (field.name for field in fields if field.name in {*names, *cases, *self.looks_at})


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
