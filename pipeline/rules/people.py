"""The staff list, and who has been told of the quality policy."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from pipeline.formulas.expressions import blank, every, filled, negated
from pipeline.rules.cases import Derived
from pipeline.rules.choosing import nearest_text, only
from pipeline.rules.register import listed_by_owner
from pipeline.sheets.directory import Staff
from pipeline.sheets.policy import Policy
from pipeline.vietnamese import fold, same_text
from pipeline.vocabulary.choices import YesNo
from pipeline.vocabulary.entries import Bound, Entry
from pipeline.vocabulary.live import Live, LiveCase, LiveRow
from pipeline.vocabulary.rows import Join, Mask, Rows, pairs
from pipeline.vocabulary.rules import NotLive, Rule

APPROVED_ON, VERSION_THAT_DAY = "approved_on", "version_that_day"
_FOREVER = pd.Timestamp(dt.date(2199, 12, 31))


def is_listed(rows: Rows, name: str) -> Mask:
    """Whether the form's ``division`` or ``year`` is one of the settings'; if not, nothing that leans on it is said."""
    options = rows.knowledge.options
    return rows[name].isin(options.loc[options["list"] == f"{name}s", "value"])


def _staff_of_year(rows: Rows) -> pd.DataFrame:
    """Staff entries that overlap the year of each row, keyed by submission."""
    first_day = pd.to_datetime(rows["year"] + "-01-01", format="%Y-%m-%d", errors="coerce")
    last_day = pd.to_datetime(rows["year"] + "-12-31", format="%Y-%m-%d", errors="coerce")
    spans = pd.DataFrame({"submission_id": rows["submission_id"], "first": first_day, "last": last_day})
    everyone = spans.drop_duplicates("submission_id").merge(rows.knowledge.staff, how="cross")
    until = everyone[Staff.valid_to].fillna(_FOREVER)
    return everyone[(everyone[Staff.valid_from] <= everyone["last"]) & (until >= everyone["first"])]


def _staff_for(entry: Entry) -> pd.DataFrame:
    """The staff of the year, those of the form's division first."""
    everyone = entry.knowledge.staff
    if entry.year.isdecimal():
        until = everyone[Staff.valid_to].fillna(_FOREVER)
        there = (everyone[Staff.valid_from] <= pd.Timestamp(int(entry.year), 12, 31)) & (
            until >= pd.Timestamp(int(entry.year), 1, 1)
        )
        everyone = everyone[there]
    elsewhere: pd.Series = everyone["division"] != entry.value("division")
    return everyone.sort_values("division", key=lambda _: elsewhere, kind="stable")


@dataclass(frozen=True)
class OnStaffList(NotLive):
    """The person is on the agency's staff list during the year."""

    def kept(self, rows: Rows) -> Mask:
        listed = _staff_of_year(rows)
        names = _as_listed(rows[self.field], listed[Staff.name])
        there = pd.MultiIndex.from_arrays([rows["submission_id"], names]).isin(
            pairs(listed, "submission_id", Staff.name)
        )
        return rows[self.field].isna() | there | ~is_listed(rows, "year")

    def proposal(self, entry: Entry) -> str | None:
        """Whoever was meant of the year's staff, by sound and letters."""
        return (nearest_text(entry.typed, _staff_for(entry)[Staff.name]) or None) if entry.name == self.field else None


def _as_listed(names: pd.Series, listed: pd.Series) -> pd.Series:
    """Each name in the list's spelling, where it stands there."""
    alike: dict[str, list[str]] = {}
    for name in listed.unique():
        alike.setdefault(fold(name), []).append(name)
    spelt = {
        typed: next((name for name in alike.get(fold(typed), ()) if same_text(name, typed)), typed)
        for typed in names.dropna().unique()
    }
    return names.map(spelt)


@dataclass(frozen=True)
class OnListOrBlank(NotLive):
    """A staff code that is filled belongs to the division at some time of the year."""

    is_of_value: ClassVar[bool] = True

    def kept(self, rows: Rows) -> Mask:
        keys = ("submission_id", "division", Staff.staff_code)
        there = rows.among(("submission_id", "division", self.field), _staff_of_year(rows), keys)
        return rows[self.field].isna() | there | ~(is_listed(rows, "year") & is_listed(rows, "division"))

    def proposal(self, entry: Entry) -> str | None:
        """The staff code of whoever the row names."""
        if entry.name != self.field:
            return None
        named = (rule.field for rule in entry.schema.rules if isinstance(rule, HasStaffCode))
        name = str(entry.value(next(named, "")) or "")
        staff = _staff_for(entry)
        own = staff[staff["division"] == entry.value("division")]
        used = set(entry.other_rows[entry.name].dropna())
        people = zip(own[Staff.staff_code], own[Staff.name], strict=True)
        return only(code for code, listed in people if same_text(listed, name) and code not in used) or None


@dataclass(frozen=True)
class HasStaffCode(Rule):
    """The person has a staff code, in the column ``code``; without one they are not on the list."""

    code_in: str

    def kept(self, rows: Rows) -> Mask:
        return rows[self.code_in].notna()

    def live(self, row: LiveRow) -> Live:
        """The cell of the code is not blank."""
        return Live(blank(row.cell(self.code_in)))


@dataclass(frozen=True)
class ListsEveryone(NotLive):
    """Nobody expected on the form's due date is missing on the sheet ``main``; said at the header of its codes.

    A form without any row there is told that alone.
    """

    main: str

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        return {self.main: (Policy.staff_code,)}

    @property
    def place(self) -> tuple[str, str | None]:
        return self.main, Policy.staff_code

    @property
    def needs(self) -> tuple[Join, ...]:
        return (self._missing,)

    @property
    def facts(self) -> dict[str, str]:
        return {"people": "missing", "count": "missing_count"}

    def _missing(self, rows: Rows) -> dict[str, pd.Series]:
        expected = rows.knowledge.staff.merge(rows.frame[["submission_id", "division", "form_due_on"]], on="division")
        day, until = expected["form_due_on"], expected[Staff.valid_to]
        expected = expected[(expected[Staff.valid_from] <= day) & (until.isna() | (until >= day))]
        key = ("submission_id", Staff.staff_code)
        missing = expected[~pairs(expected, *key).isin(pairs(rows.tables[self.main], *key))]
        return listed_by_owner(rows, missing["submission_id"], missing[Staff.name], "missing")

    def kept(self, rows: Rows) -> Mask:
        return (rows["missing_count"] == 0) | ~rows.has_rows_in(self.main)


@dataclass(frozen=True)
class Understood(Rule):
    """The person who was told of the policy has understood it; who was away is counted, and asked of nobody."""

    def kept(self, rows: Rows) -> Mask:
        return (rows[self.field] != YesNo.NO) | self._away(rows)

    def _away(self, rows: Rows) -> Mask:
        return rows[Policy.absence].notna() & rows[Policy.communicated_on].isna()

    def live(self, row: LiveRow) -> Live:
        """The word *không* of a person who was not away."""
        away = every(filled(row.cell(Policy.absence)), blank(row.cell(Policy.communicated_on)))
        answer_is_no = row.is_among(self.field, (YesNo.NO,))
        is_other = row.is_other(self.field, (YesNo.NO,))
        other = every(filled(row.cell(self.field)), negated(answer_is_no), negated(is_other))
        return Live(every(answer_is_no, negated(away)), (other,))


class Present(Derived):
    """The person is not away."""

    name = "is_present"

    def computed(self, rows: Rows) -> Mask:
        return rows[Policy.absence].isna()

    @property
    def looks_at(self) -> tuple[str, ...]:
        return (Policy.absence,)

    def live(self, row: LiveRow) -> LiveCase:
        """The cell of the absence is blank."""
        cell = row.cell(Policy.absence)
        return LiveCase(blank(cell), filled(cell))


def policy_of_the_day(rows: Rows) -> dict[str, pd.Series]:
    """When the named version was approved, and the version in force on the day of communication."""
    approvals = rows.knowledge.policies.sort_values(APPROVED_ON)
    approved_on = rows[Policy.policy_version].map(approvals.set_index("version")[APPROVED_ON])
    position = approvals[APPROVED_ON].searchsorted(rows[Policy.communicated_on], side="right")
    versions = ["", *approvals["version"]]
    in_force = pd.Series([versions[place] for place in position], index=rows.frame.index, dtype="str")
    return {
        APPROVED_ON: pd.to_datetime(approved_on).astype("datetime64[us]"),
        VERSION_THAT_DAY: in_force.where(rows[Policy.communicated_on].notna()),
    }


@dataclass(frozen=True)
class AfterApproval(NotLive):
    """Not before the approval of the named version of the policy."""

    @property
    def needs(self) -> tuple[Join, ...]:
        return (policy_of_the_day,)

    def kept(self, rows: Rows) -> Mask:
        return ~(rows[self.field] < rows[APPROVED_ON])

    def bounds(self, entry: Entry) -> Iterator[Bound]:
        """The day of approval."""
        if entry.name == self.field:
            yield Bound(entry.value(APPROVED_ON), is_low=True)


@dataclass(frozen=True)
class VersionInForce(NotLive):
    """The version in force on the day of communication; a day before its approval is another rule's business."""

    @property
    def needs(self) -> tuple[Join, ...]:
        return (policy_of_the_day,)

    def kept(self, rows: Rows) -> Mask:
        that_day = rows[VERSION_THAT_DAY]
        early = rows[Policy.communicated_on] < rows[APPROVED_ON]
        return rows[APPROVED_ON].isna() | that_day.isna() | early | (rows[self.field] == that_day)

    def proposal(self, entry: Entry) -> str | None:
        """The version of that day."""
        return (str(entry.value(VERSION_THAT_DAY) or "") or None) if entry.name == self.field else None
