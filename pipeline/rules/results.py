"""The results of a report beside the BM-01 that it answers: known codes, shares, words, the self-assessment."""

from dataclasses import dataclass
from math import ceil, floor
from typing import ClassVar

from pipeline.formulas.expressions import blank, every, filled, is_one, negated, some
from pipeline.rules.choosing import meant_or_left
from pipeline.rules.plans import PERIOD_CODE
from pipeline.rules.report_cases import COMPUTED_SHARE, COMPUTED_STATUS, FIGURES, IS_FINAL, judged, promised
from pipeline.sheets.objectives import Objectives, committed
from pipeline.sheets.results import Results
from pipeline.vietnamese import decimals_of
from pipeline.vocabulary.choices import Measure, Status, YesNo
from pipeline.vocabulary.entries import Entry, typed_figure
from pipeline.vocabulary.fields import coded_column, decimals_column
from pipeline.vocabulary.live import Live, LiveRow
from pipeline.vocabulary.rows import Join, Mask, Rows
from pipeline.vocabulary.rules import Case, NotLive, Rule

_NOISE = 1e-9
_LIVE_NOISE = "0.000000001"


@dataclass(frozen=True)
class KnownInPlan(NotLive):
    """The code stands in the BM-01 in force, where there is one: ``among`` its ``objectives`` or its ``tasks``."""

    among: str
    is_of_value: ClassVar[bool] = True

    @property
    def needs(self) -> tuple[Join, ...]:
        return (promised,) if self.among == "objectives" else ()

    def kept(self, rows: Rows) -> Mask:
        plan = rows.knowledge.frame(self.among)
        owner, keys = ("division", PERIOD_CODE), ("division", "period")
        there = rows.among((*owner, self.field), plan, (*keys, self.field))
        return rows[self.field].isna() | there | ~rows.among(owner, plan, keys)

    def proposal(self, entry: Entry) -> str | None:
        """The code of the BM-01 in force that was meant; for a blank cell the one that the report does not have yet."""
        if entry.name != self.field:
            return None
        plan = entry.knowledge.frame(self.among)
        own = plan[(plan["division"] == entry.value("division")) & (plan["period"] == entry.value(PERIOD_CODE))]
        used = set(entry.other_rows[entry.name].dropna())
        return meant_or_left(entry.typed, (code for code in own[entry.name] if code not in used)) or None


@dataclass(frozen=True)
class EqualsShare(Rule):
    """In the case ``when`` the share equals 100 x numerator/denominator to half of its last typed decimal."""

    numerator: str
    denominator: str
    when: Case

    @property
    def needs(self) -> tuple[Join, ...]:
        return (*super().needs, judged)

    def kept(self, rows: Rows) -> Mask:
        value, parts, whole = rows[self.field], rows[self.numerator], rows[self.denominator]
        share = 100 * parts / whole.where(whole > 0)
        slack = 0.5 * 10.0 ** -rows[decimals_column(self.field)] + _NOISE
        unknown = value.isna() | parts.isna() | whole.isna()
        return unknown | ((value - share).abs() <= slack) | ~self.when.holds(rows)

    def live(self, row: LiveRow) -> Live:
        """Another share. Zeros that were typed (95,50) are gone from a number: it is held to the digits that it has."""
        case, figure = self.when.live(row), row.figure(self.field)
        above, below = row.cell(self.numerator), row.cell(self.denominator)
        differs = f"ABS({figure}-100*{above}/{below})>{_live_slack(figure)}"
        names = (self.field, self.numerator, self.denominator)
        broken = f"IF({every(*map(row.is_read, names))},IF({below}>0,{differs},TRUE),FALSE)"
        doubt = every(broken, negated(case.fails))
        return Live(every(broken, case.holds), (*map(row.unread, names), doubt))

    def proposal(self, entry: Entry) -> str | None:
        """For a rate: the share of the two parts, or the part that is missing beside the other one and the share."""
        if not self.when.holds_in(entry) or entry.value(committed(Objectives.measure)) not in {None, Measure.RATE}:
            return None
        share, part, whole = (entry.value(name) for name in (self.field, self.numerator, self.denominator))
        if entry.name == self.field:
            return None if part is None or whole is None else str(entry.value(COMPUTED_SHARE))
        if share is None or entry.name not in {self.numerator, self.denominator}:
            return None
        if entry.name == self.numerator:
            return None if not whole else _one_whole(share * whole / 100, 0.5 * whole * _last_decimal(share) / 100)
        if not part or not share:
            return None
        return _one_whole(100 * part / share, 0.5 * 100 * part / share**2 * _last_decimal(share))


def _live_slack(figure: str) -> str:
    """Half of the last decimal that a number has: it loses each place at which rounding changes it."""
    return f"0.5*10^-SUMPRODUCT(--(ROUND({figure},{{0,1,2,3,4,5,6,7,8,9}})<>{figure}))+{_LIVE_NOISE}"


def _last_decimal(share: float) -> float:
    return 10.0 ** -decimals_of(share)


def _one_whole(exact: float, slack: float) -> str | None:
    """The whole number that a share, true to half of its last decimal, leaves; None where it leaves none or several."""
    least, most = ceil(exact - slack - _NOISE), floor(exact + slack + _NOISE)
    return typed_figure(float(least)) if least == most else None


@dataclass(frozen=True)
class FitsMeasure(Rule):
    """A yes/no objective is answered by a word, any other not by yes or no."""

    measure: str
    is_of_value: ClassVar[bool] = True
    is_last_resort: ClassVar[bool] = True

    @property
    def looks_at(self) -> tuple[str, ...]:
        return (Results.code,)

    @property
    def needs(self) -> tuple[Join, ...]:
        return (promised,)

    def kept(self, rows: Rows) -> Mask:
        measure, word = rows[self.measure], rows[coded_column(self.field)]
        yes_no = measure == Measure.YES_NO
        return measure.isna() | ~((yes_no & rows[self.field].notna()) | (~yes_no & word.isin([YesNo.YES, YesNo.NO])))

    def live(self, row: LiveRow) -> Live:
        """A number for a yes/no objective, or yes or no for another."""
        measure, cell = row.cell(self.measure), row.cell(self.field)
        yes_no = is_one(measure, (Measure.YES_NO,))
        figure = every(yes_no, row.is_read(self.field))
        word = every(filled(measure), negated(yes_no), is_one(cell, (YesNo.YES, YesNo.NO)))
        return Live(some(figure, word), (row.unread(self.field),))


@dataclass(frozen=True)
class NotClaimedMet(Rule):
    """Nobody claims *Đạt* where the figures say *Không đạt*, be it by an estimate."""

    @property
    def looks_at(self) -> tuple[str, ...]:
        return FIGURES

    @property
    def needs(self) -> tuple[Join, ...]:
        return (promised, judged)

    def kept(self, rows: Rows) -> Mask:
        claimed, missed = list(Status.met()), list(Status.not_met())
        return ~(rows[self.field].isin(claimed) & rows[COMPUTED_STATUS].isin(missed))

    def live(self, row: LiveRow) -> Live:
        """*Đạt* beside a computed *Không đạt*."""
        computed, claimed = row.cell(COMPUTED_STATUS), row.is_among(self.field, Status.met())
        unknown = some(row.unrecognised(self.field), every(claimed, blank(computed)))
        return Live(every(claimed, is_one(computed, Status.not_met())), (unknown,))

    def proposal(self, entry: Entry) -> str | None:
        """What the figures say."""
        return (str(entry.value(COMPUTED_STATUS) or "") or None) if entry.name == self.field else None


@dataclass(frozen=True)
class AsComputed(NotClaimedMet):
    """The self-assessment is the computed status, in fact or by an estimate.

    *Chưa đến kỳ* is also fine for a target met before it is due. Nobody is argued out of *Không đạt* by an estimate.
    """

    def kept(self, rows: Rows) -> Mask:
        value, computed = rows[self.field], rows[COMPUTED_STATUS]
        early = (computed == Status.MET) & (value == Status.NOT_DUE) & ~rows[IS_FINAL]
        alike = [value.isin(list(own)) & computed.isin(list(than)) for own, than in _ALIKE]
        same = (value == computed) | alike[0] | alike[1]
        return value.isna() | computed.isna() | same | early | ~super().kept(rows)

    def live(self, row: LiveRow) -> Live:
        """Another status than the computed one."""
        cell, computed = row.cell(self.field), row.cell(COMPUTED_STATUS)
        early = every(
            is_one(computed, (Status.MET,)), row.is_among(self.field, (Status.NOT_DUE,)), negated(row.cell(IS_FINAL))
        )
        alike = some(*(every(row.is_among(self.field, own), is_one(computed, than)) for own, than in _ALIKE))
        differs = f"TRIM({cell})<>TRIM({computed})"
        claimed = super().live(row).broken
        broken = every(
            is_one(cell, tuple(Status)), filled(computed), differs, negated(alike), negated(early), negated(claimed)
        )
        return Live(broken, (row.unrecognised(self.field), every(filled(cell), blank(computed))))

    def proposal(self, entry: Entry) -> str | None:
        """Nothing of its own: the worse contradiction proposes the same."""
        del entry
        return None


_ALIKE = (
    (Status.met(), Status.met()),
    (Status.not_met(), (*Status.not_met(), Status.MET_BY_ESTIMATE)),
)
"""Self-assessments, and the computed statuses that do not contradict them."""
