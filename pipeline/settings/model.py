"""What an agency sets: names, dates, people, duties. Frozen; what can change carries its dates (design 1)."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, Field, model_validator

from pipeline.settings.communication import POLICY, Reissue, reissues
from pipeline.settings.periods import Period, PeriodKind
from pipeline.settings.signatories import PaperKind, Signatory, of_signature, one_at_a_time, signatory_of
from pipeline.settings.succession import line_of
from pipeline.settings.tables import Dated, Frozen, choice, in_force, refused


def _without_zone(time: dt.time) -> dt.time:
    """A number is read as seconds in UTC, and could not be held against a time of the wall clock."""
    if time.tzinfo is not None:
        raise refused("zoned_time")
    return time


TimeOfDay = Annotated[dt.time, AfterValidator(_without_zone)]
FormNumber = Annotated[str, Field(pattern=r"^BM-\d\d$")]
DivisionCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,11}$")]


class AgencyName(Dated):
    """The agency's name, superior body and the symbol in the numbers of its papers, as they stood for a time."""

    name: str
    superior: str
    place: str
    symbol: str = ""


class Standard(Dated):
    """The standard's designation, such as TCVN ISO 9001:2015."""

    designation: str


class LegalBasis(Dated):
    """One legal document that the workbook cites."""

    text: str


class PolicyPoint(Frozen):
    """One point of the quality policy."""

    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,8}$")]
    text: str


class PolicyVersion(Frozen):
    """One approved version of the quality policy (CSCL); in force from its approval to the next one's."""

    version: str
    approved_on: dt.date
    points: tuple[PolicyPoint, ...] = Field(min_length=1)


class AgencyObjective(Dated):
    """An objective of the whole agency; only these are pooled over divisions."""

    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,8}$")]
    text: str
    measure: Annotated[str, choice("measure")]
    comparator: Annotated[str, choice("comparator")]
    target: float | None = None
    target_upper: float | None = None
    unit: str | None = None


DueDates = dict[PeriodKind, dict[FormNumber, dt.date]]
"""Due dates of one year by kind of period and form: strictly before them (design 5); absent means not asked for."""


class Thresholds(Frozen):
    """When a warning is given, how long a re-issued policy may take, how long after its due date a period is read.

    The law sets none (QĐ 19/2014 Đ.4.3; TCVN ISO 9001:2015, 5.2.2). ``alike_percent``: what difference is *như cũ*.
    """

    declaration_days: int = Field(default=30, ge=1)
    policy_days: int = Field(default=30, ge=1, le=366)
    reading_days: int = Field(default=30, ge=0, le=366)
    alike_percent: float = Field(default=0, ge=0, le=50)

    @property
    def alike(self) -> float:
        """``alike_percent`` as a fraction."""
        return self.alike_percent / 100


class Limits(Frozen):
    """How much of the machine one file may use; how long a new file must lie unchanged before it is taken.

    What is larger than ``max_megabytes`` is kept and not read; what is larger than ``max_custody_megabytes`` is not
    even copied.
    """

    max_custody_megabytes: int = Field(default=200, ge=1)
    max_megabytes: int = Field(default=20, ge=1)
    max_inflated_megabytes: int = Field(default=200, ge=1)
    max_entries: int = Field(default=2000, ge=10)
    seconds: int = Field(default=4, ge=1)
    memory_megabytes: int = Field(default=384, ge=256)
    workers: int = Field(default=2, ge=1, le=64)
    settle_seconds: float = Field(default=2.0, ge=0, le=60)


class Schedule(Frozen):
    """When the machine starts a run: every night, and every so many minutes from ``begins`` to ``ends``, Mon to Fri.

    Times of the day without seconds. In qms.toml the two ends are called ``from`` and ``to``.
    """

    nightly: TimeOfDay = dt.time(0, 5)
    every_minutes: int = Field(default=15, ge=1, le=720)
    begins: TimeOfDay = Field(default=dt.time(7), validation_alias=AliasChoices("from", "begins"))
    ends: TimeOfDay = Field(default=dt.time(17), validation_alias=AliasChoices("to", "ends"))

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Schedule":
        if self.begins > self.ends:
            raise refused("ends_before_it_begins")
        return self


class Contact(Frozen):
    """Whom a reader of the workbook can ask; ``unit``: the symbol of the unit that drafts letters."""

    secretary: str = ""
    telephone: str = ""
    email: str = ""
    unit: str = ""


NO_DIVISION = "_chua_ro_phong"
"""Where a division's code would stand: the sender of a file that names none and lay in no division's folder."""


class Division(Dated):
    """A division (Phòng), the leadership or the ISO working group, and the forms that it owes."""

    code: DivisionCode
    name: str
    kind: Annotated[str, choice("kind")]
    head: str = ""
    head_title: str = ""
    symbol: str = ""
    contact: str = ""
    in_scope: bool = True
    owes: tuple[FormNumber, ...] = ()
    successor: str | None = None


class StaffMember(Dated):
    """One person in one division for a time; a person who moves has a second entry."""

    staff_code: str
    name: str
    division: str
    position: str
    category: Annotated[str, choice("category")]


class Settings(Frozen):
    """Everything institutional, as one value that travels with the run and is archived by hash."""

    agency: tuple[AgencyName, ...] = Field(min_length=1)
    standards: tuple[Standard, ...] = Field(min_length=1)
    legal_bases: tuple[LegalBasis, ...] = ()
    years: dict[int, DueDates] = Field(min_length=1)
    policy_versions: tuple[PolicyVersion, ...] = Field(min_length=1)
    agency_objectives: tuple[AgencyObjective, ...] = ()
    thresholds: Thresholds = Thresholds()
    limits: Limits = Limits()
    schedule: Schedule = Schedule()
    contact: Contact = Contact()
    signatories: tuple[Signatory, ...] = ()
    divisions: tuple[Division, ...] = ()
    staff: tuple[StaffMember, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _once_called_signature(cls, content: Any) -> Any:  # noqa: ANN401 - whatever was written
        if not isinstance(content, dict) or not isinstance(content.get("signature"), dict):
            return content
        others = {name: value for name, value in content.items() if name != "signature"}
        return {"signatories": of_signature(content["signature"]), **others}

    @model_validator(mode="after")
    def _one_signs_at_a_time(self) -> "Settings":
        one_at_a_time(self.signatories)
        return self

    @model_validator(mode="after")
    def _policy_versions_in_order(self) -> "Settings":
        approvals = [version.approved_on for version in self.policy_versions]
        if approvals != sorted(set(approvals)):
            raise refused("approvals_out_of_order")
        return self

    @property
    def periods(self) -> tuple[Period, ...]:
        """Every period for which at least one form has a due date, in order."""
        return tuple(
            Period(year, kind) for year in sorted(self.years) for kind in PeriodKind if self.years[year].get(kind)
        )

    def due_dates(self, period: Period) -> dict[str, dt.date]:
        """Form number to due date for one period, BM-03 of a re-issued policy included; empty when it is not set."""
        anew = [(POLICY, each.due_on) for each in self.reissues if each.period == period]
        return dict(anew) | self.years.get(period.year, {}).get(period.kind, {})

    @property
    def reissues(self) -> tuple[Reissue, ...]:
        """The versions of the policy that came after their year's BM-03, with a BM-03 of their own."""
        approvals = [(each.version, each.approved_on) for each in self.policy_versions]
        return reissues(self.years, approvals, self.thresholds.policy_days)

    def due_on(self, period: Period) -> dt.date:
        """The last due date of a period.

        Raises:
            KeyError: the period is not set.
        """
        dates = self.due_dates(period)
        if not dates:
            raise KeyError(str(period))
        return max(dates.values())

    def agency_on(self, day: dt.date) -> AgencyName:
        """The agency as it was named that day; before the first entry, the first."""
        return (in_force(self.agency, day) or self.agency)[0]

    def signatory_on(self, kind: PaperKind, day: dt.date) -> Signatory:
        """Who signs a paper of the kind that day."""
        return signatory_of(self.signatories, kind, day)

    def standard_on(self, day: dt.date) -> str:
        """The designation of the standard that day; before the first entry, the first."""
        return (in_force(self.standards, day) or self.standards)[0].designation

    def policy_on(self, day: dt.date) -> PolicyVersion:
        """The version of the quality policy in force that day; before the first approval, the first."""
        approved = [version for version in self.policy_versions if version.approved_on <= day]
        return approved[-1] if approved else self.policy_versions[0]

    def policies_of_year(self, year: int) -> Sequence[PolicyVersion]:
        """The versions in force on at least one day of the year."""
        first = self.policy_on(dt.date(year, 1, 1))
        later = [v for v in self.policy_versions if v.approved_on.year == year and v is not first]
        return [first, *later]

    def division_of_folder(self, name: str) -> str:
        """The code of the division whose folder of the inbox bears this name, in capitals or not; blank for none."""
        folded = name.casefold()
        return next((each.code for each in self.divisions if each.code.casefold() == folded), "")

    def successors_of(self, code: str) -> tuple[str, ...]:
        """Who took over from a division, in their order; empty when it has no successor."""
        return line_of(code, lambda each: getattr(self.division(each), "successor", None))

    def division(self, code: str) -> Division | None:
        """The division of that code, or None."""
        return next((division for division in self.divisions if division.code == code), None)
