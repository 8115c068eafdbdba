"""A report beside the BM-01 that it answers: which case an objective or task is in, and what the figures say."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from pipeline.achievement import commitment_words, computed_status, is_final, may_be_rate
from pipeline.formulas.expressions import NEVER, blank, every, filled, is_one, negated, some
from pipeline.rules.cases import Derived
from pipeline.rules.choosing import first
from pipeline.rules.plans import PERIOD_CODE
from pipeline.settings import PeriodKind
from pipeline.sheets.cover import PERIOD_WORDS
from pipeline.sheets.objectives import COMMITMENT, Objectives, committed
from pipeline.sheets.results import Progress, Results
from pipeline.vietnamese import decimals_of, format_number
from pipeline.vocabulary.choices import CODED, Coded, Measure, Status, TaskStatus, YesNo
from pipeline.vocabulary.fields import coded_column, decimals_column
from pipeline.vocabulary.live import Live, LiveCase, LiveRow, NoPlaceError
from pipeline.vocabulary.rules import Case, Entry, Join, Mask, NotLive, Rows, Rule, typed_figure

COMPUTED_STATUS, IS_FINAL, COMPUTED_SHARE = "computed_status", "is_final", "computed_share"
_PROMISED = (*COMMITMENT, Objectives.statement)
_PARTS_OF_A_WHOLE = 100
_NOISE = 1e-9
_LIVE_NOISE = "0.000000001"


def promised(rows: Rows) -> dict[str, pd.Series]:
    """What the accepted BM-01 has of each result's objective; missing where there is none."""
    key = ["division", "period", Objectives.code]
    plan = rows.known.objectives[[*key, *_PROMISED]].rename(
        columns={name: committed(name) for name in _PROMISED} | {"period": PERIOD_CODE}
    )
    own = ["division", PERIOD_CODE, Results.code]
    joined = rows.frame[own].merge(plan, on=own, how="left").set_axis(rows.frame.index)
    return {name: joined[name] for name in map(committed, _PROMISED)}


def judged(rows: Rows) -> dict[str, pd.Series]:
    """What the figures say of each result (forms.md, computed status), the commitment and the share in words."""
    frame = rows.frame
    plain = frame[[*map(committed, _PROMISED)]].set_axis(_PROMISED, axis="columns")
    return {
        COMPUTED_STATUS: computed_status(frame),
        COMPUTED_SHARE: _share_words(rows),
        "commitment_words": commitment_words(plain),
        IS_FINAL: is_final(frame),
    }


def _share_words(rows: Rows) -> pd.Series:
    whole = rows[Results.denominator]
    share = 100 * rows[Results.numerator] / whole.where(whole > 0)
    decimals = rows[decimals_column(Results.actual)].clip(upper=2).fillna(1).astype(int)
    figures = zip(share, decimals, strict=True)
    words = [
        format_number(round(value, digits)) if pd.notna(value) else str(Coded.NO_CASE) for value, digits in figures
    ]
    return pd.Series(words, index=rows.frame.index, dtype="str")


def _is_whole_year(rows: Rows) -> Mask:
    return rows["period_kind"] == PeriodKind.WHOLE_YEAR


def _has_figure(rows: Rows) -> Mask:
    return ~rows[coded_column(Results.actual)].isin(CODED)


def whole_year(row: LiveRow) -> LiveCase:
    """The report is that of the whole year."""
    cell, kinds = row.where.cover("period"), (PeriodKind.WHOLE_YEAR, PeriodKind.SIX_MONTHS)
    holds, fails = (is_one(cell, (PERIOD_WORDS[kind], str(kind))) for kind in kinds)
    return LiveCase(holds, fails)


def _live_figure(row: LiveRow) -> str:
    """No word stands there that has a status of its own."""
    actual = row.cell(Results.actual)
    return some(f"ISNUMBER({actual})", blank(actual), is_one(actual, (YesNo.YES, YesNo.NO)))


class MayBeRate(Derived):
    """Numerator and denominator make the figure: for *tỷ lệ*, and where no objective is known."""

    name = "may_be_rate"
    leans_on = (promised,)

    def computed(self, rows: Rows) -> Mask:
        return may_be_rate(rows.frame)

    def live(self, row: LiveRow) -> LiveCase:
        """From the objective's measure, where the form carries it."""
        measure = row.cell(committed(Objectives.measure))
        rate = is_one(measure, (Measure.RATE,))
        return LiveCase(rate, every(filled(measure), negated(rate)))


class RateWithFigures(Derived):
    """The objective is a rate and no word stands in place of its figure."""

    name = "rate_with_figures"
    leans_on = (promised,)

    def computed(self, rows: Rows) -> Mask:
        return (rows[committed(Objectives.measure)] == Measure.RATE) & _has_figure(rows)

    def live(self, row: LiveRow) -> LiveCase:
        """From the same two cells."""
        rate = MayBeRate().live(row)
        return LiveCase(every(rate.holds, _live_figure(row)), some(rate.fails, is_one(row.cell(Results.actual), CODED)))


class EstimateExpected(Derived):
    """In the year's report the objective falls due only after the day of the figures."""

    name = "estimate_expected"
    leans_on = (promised,)

    def computed(self, rows: Rows) -> Mask:
        later = rows[committed(Objectives.due_on)] > rows[Results.data_as_of]
        return _is_whole_year(rows) & later & _has_figure(rows)

    def live(self, row: LiveRow) -> LiveCase:
        """From the same cells."""
        due, day = row.cell(committed(Objectives.due_on)), row.cell(Results.data_as_of)
        year, both = whole_year(row), every(f"ISNUMBER({due})", f"ISNUMBER({day})")
        return LiveCase(
            every(year.holds, both, f"{due}>INT({day})", _live_figure(row)),
            some(year.fails, every(both, f"{due}<=INT({day})"), is_one(row.cell(Results.actual), CODED)),
        )


class Unmet(Derived):
    """The figures or the division itself say *Không đạt*."""

    name = "unmet"
    leans_on = (promised, judged)

    def computed(self, rows: Rows) -> Mask:
        return (rows[COMPUTED_STATUS] == Status.NOT_MET) | (rows[Results.self_assessment] == Status.NOT_MET)

    def live(self, row: LiveRow) -> LiveCase:
        """From the self-assessment, and the computed status where the form carries it."""
        missed = (Status.NOT_MET,)
        holds, other = row.is_among(Results.self_assessment, missed), row.is_other(Results.self_assessment, missed)
        try:
            computed = row.cell(COMPUTED_STATUS)
        except NoPlaceError:
            return LiveCase(holds, NEVER)
        is_computed = is_one(computed, missed)
        return LiveCase(some(holds, is_computed), every(other, filled(computed), negated(is_computed)))


class ObstacleExpected(Derived):
    """A task is cancelled, or unfinished on the latest day of figures though planned to be finished earlier."""

    name = "obstacle_expected"

    def computed(self, rows: Rows) -> Mask:
        own = ["division", PERIOD_CODE, Progress.task_code]
        plan = rows.known.tasks.rename(columns={"period": PERIOD_CODE})[[*own, "finish_on"]]
        finish_on = rows.frame[own].merge(plan, on=own, how="left")["finish_on"].set_axis(rows.frame.index)
        latest = rows["submission_id"].map(rows.tables["results"].groupby("submission_id")[Results.data_as_of].max())
        status = rows[Progress.status]
        unfinished = status.isin([TaskStatus.UNDER_WAY, TaskStatus.NOT_STARTED])
        late = finish_on.fillna(rows[Progress.planned_finish_on]) < latest
        return (unfinished & late) | (status == TaskStatus.CANCELLED)

    def live(self, row: LiveRow) -> LiveCase:
        """From the task's status and the day in the form."""
        planned, days = row.cell(Progress.planned_finish_on), row.column(Results.data_as_of, "results")
        unfinished = row.is_among(Progress.status, (TaskStatus.UNDER_WAY, TaskStatus.NOT_STARTED))
        both = every(f"ISNUMBER({planned})", f"COUNT({days})>0", f"SUMPRODUCT(--ISTEXT({days}))=0")
        late = every(unfinished, both, f"INT({planned})<INT(MAX({days}))")
        in_time = every(unfinished, both, f"INT({planned})>=INT(MAX({days}))")
        cancelled = row.is_among(Progress.status, (TaskStatus.CANCELLED,))
        return LiveCase(some(cancelled, late), some(row.is_among(Progress.status, (TaskStatus.DONE,)), in_time))


@dataclass(frozen=True)
class KnownInPlan(NotLive):
    """The code stands in the BM-01 in force, where there is one: ``among`` its ``objectives`` or its ``tasks``."""

    among: str

    @property
    def needs(self) -> tuple[Join, ...]:
        return (promised,) if self.among == "objectives" else ()

    def kept(self, rows: Rows) -> Mask:
        plan: pd.DataFrame = getattr(rows.known, self.among)
        owner, keys = ("division", PERIOD_CODE), ("division", "period")
        there = rows.among((*owner, self.field), plan, (*keys, self.field))
        return rows[self.field].isna() | there | ~rows.among(owner, plan, keys)

    def proposal(self, entry: Entry) -> str | None:
        """A code of the BM-01 in force that the report does not have yet; without a BM-01 the form's example."""
        if entry.name != self.field:
            return None
        plan: pd.DataFrame = getattr(entry.known, self.among)
        own = plan[(plan["division"] == entry.value("division")) & (plan["period"] == entry.value(PERIOD_CODE))]
        if own.empty:
            return None
        used = set(entry.sheet[entry.name].dropna())
        return first(code for code in own[entry.name] if code not in used)


@dataclass(frozen=True)
class EqualsShare(Rule):
    """In the case ``when`` the share equals 100 x numerator/denominator to half of its last typed decimal."""

    numerator: str
    denominator: str
    when: Case

    @property
    def needs(self) -> tuple[Join, ...]:
        return (*self.when.needs, judged)

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
            whole = whole or _round_whole(share)
            return _fitting(round(share * whole / 100), whole, share, exact=share * whole / 100)
        if part is None or not share:
            return typed_figure(_round_whole(share))
        return _fitting(part, round(100 * part / share), share, exact=100 * part / share)


def _live_slack(figure: str) -> str:
    """Half of the last decimal that a number has: it loses each place at which rounding changes it."""
    return f"0.5*10^-SUMPRODUCT(--(ROUND({figure},{{0,1,2,3,4,5,6,7,8,9}})<>{figure}))+{_LIVE_NOISE}"


def _fitting(part: float, whole: float, share: float, *, exact: float) -> str:
    """The part that is looked for, whole; "" where no whole number gives the share to half of its last decimal."""
    slack = 0.5 * 10.0 ** -decimals_of(share) + 1e-6
    fits = whole > 0 and abs(100 * part / whole - share) <= slack
    return typed_figure(float(round(exact))) if fits else ""


def _round_whole(share: float) -> float:
    """A denominator over which a share has a whole numerator: 100 for 96 %, 1,000 for 96,3 %."""
    return float(_PARTS_OF_A_WHOLE * 10 ** decimals_of(share))


@dataclass(frozen=True)
class FitsMeasure(Rule):
    """A yes/no objective is answered by a word, any other not by yes or no."""

    measure: str
    is_last_resort: ClassVar[bool] = True

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

    def proposal(self, entry: Entry) -> str | None:
        """*Có*, or for a figure what was promised, which is of the right size and unit."""
        if entry.name != self.field:
            return None
        if entry.value(self.measure) == Measure.YES_NO:
            return str(YesNo.YES)
        target = entry.value(committed(Objectives.target))
        return None if target is None else typed_figure(target)


@dataclass(frozen=True)
class NotClaimedMet(Rule):
    """Nobody claims *Đạt* where the figures say *Không đạt*."""

    @property
    def needs(self) -> tuple[Join, ...]:
        return (promised, judged)

    def kept(self, rows: Rows) -> Mask:
        return ~((rows[self.field] == Status.MET) & (rows[COMPUTED_STATUS] == Status.NOT_MET))

    def live(self, row: LiveRow) -> Live:
        """*Đạt* beside a computed *Không đạt*."""
        computed, claimed = row.cell(COMPUTED_STATUS), row.is_among(self.field, (Status.MET,))
        unknown = some(row.unrecognised(self.field), every(claimed, blank(computed)))
        return Live(every(claimed, is_one(computed, (Status.NOT_MET,))), (unknown,))

    def proposal(self, entry: Entry) -> str | None:
        """What the figures say."""
        return (str(entry.value(COMPUTED_STATUS) or "") or None) if entry.name == self.field else None


@dataclass(frozen=True)
class AsComputed(NotClaimedMet):
    """The self-assessment is the computed status; *Chưa đến kỳ* is also fine for a target met before it is due."""

    def kept(self, rows: Rows) -> Mask:
        value, computed = rows[self.field], rows[COMPUTED_STATUS]
        early = (computed == Status.MET) & (value == Status.NOT_DUE) & ~rows[IS_FINAL]
        return value.isna() | computed.isna() | (value == computed) | early | ~super().kept(rows)

    def live(self, row: LiveRow) -> Live:
        """Another status than the computed one."""
        cell, computed = row.cell(self.field), row.cell(COMPUTED_STATUS)
        early = every(
            is_one(computed, (Status.MET,)), row.is_among(self.field, (Status.NOT_DUE,)), negated(row.cell(IS_FINAL))
        )
        differs = f"TRIM({cell})<>TRIM({computed})"
        claimed = super().live(row).broken
        broken = every(is_one(cell, tuple(Status)), filled(computed), differs, negated(early), negated(claimed))
        return Live(broken, (row.unrecognised(self.field), every(filled(cell), blank(computed))))

    def proposal(self, entry: Entry) -> str | None:
        """Nothing of its own: the worse contradiction proposes the same."""
        del entry
        return None
