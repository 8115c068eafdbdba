"""A report beside the BM-01 that it answers: what was promised, what the figures say, which case a row is in."""

import pandas as pd

from pipeline.achievement import commitment_words, may_be_rate
from pipeline.achievement import judged as judged_rows
from pipeline.formulas.expressions import NEVER, blank, every, filled, is_one, negated, some
from pipeline.rules.cases import Derived
from pipeline.rules.days import latest_day
from pipeline.rules.plans import PERIOD_CODE
from pipeline.rules.reasons import reasons
from pipeline.settings import PeriodKind
from pipeline.sheets.cover import PERIOD_WORDS
from pipeline.sheets.objectives import COMMITMENT, Objectives, Tasks, committed
from pipeline.sheets.results import Progress, Results
from pipeline.vietnamese import format_number
from pipeline.vocabulary.choices import CODED, Coded, Measure, Status, TaskStatus, YesNo
from pipeline.vocabulary.fields import coded_column, decimals_column
from pipeline.vocabulary.live import LiveCase, LiveRow, NoPlaceError
from pipeline.vocabulary.rows import Mask, Rows

FIGURES = (
    Results.code,
    Results.numerator,
    Results.denominator,
    Results.actual,
    Results.data_as_of,
    Results.full_year_estimate,
)
"""What a result is judged by."""
COMPUTED_STATUS, IS_FINAL, COMPUTED_SHARE = "computed_status", "is_final", "computed_share"
WHY = "why"
_BY_ESTIMATE = "by_estimate"
_PROMISED = (*COMMITMENT, Objectives.statement)


def promised(rows: Rows) -> dict[str, pd.Series]:
    """What the accepted BM-01 has of each result's objective; missing where there is none."""
    key = ["division", "period", Objectives.code]
    plan = rows.knowledge.objectives[[*key, *_PROMISED]].rename(
        columns={name: committed(name) for name in _PROMISED} | {"period": PERIOD_CODE}
    )
    own = ["division", PERIOD_CODE, Results.code]
    joined = rows.frame[own].merge(plan, on=own, how="left").set_axis(rows.frame.index)
    return {name: joined[name] for name in map(committed, _PROMISED)}


def judged(rows: Rows) -> dict[str, pd.Series]:
    """What the figures say of each result (forms.md, computed status), why, and the share in words."""
    frame = rows.frame
    plain = frame[[*map(committed, _PROMISED)]].set_axis(_PROMISED, axis="columns")
    held = judged_rows(frame)
    return {
        **{name: held[name] for name in (COMPUTED_STATUS, IS_FINAL, _BY_ESTIMATE)},
        COMPUTED_SHARE: _share_words(rows),
        WHY: reasons(held, commitment_words(plain)),
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

    @property
    def looks_at(self) -> tuple[str, ...]:
        return (Results.code,)

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

    @property
    def looks_at(self) -> tuple[str, ...]:
        return (Results.code, Results.actual)

    def computed(self, rows: Rows) -> Mask:
        return (rows[committed(Objectives.measure)] == Measure.RATE) & _has_figure(rows)

    def live(self, row: LiveRow) -> LiveCase:
        """From the same two cells."""
        rate = MayBeRate().live(row)
        return LiveCase(every(rate.holds, _live_figure(row)), some(rate.fails, is_one(row.cell(Results.actual), CODED)))


class EstimateExpected(Derived):
    """In the year's report the objective falls due only after the day of the figures, which leave it open."""

    name = "estimate_expected"
    leans_on = (promised, judged)

    @property
    def looks_at(self) -> tuple[str, ...]:
        return (*FIGURES, Results.self_assessment)

    def computed(self, rows: Rows) -> Mask:
        return rows[_BY_ESTIMATE] & _has_figure(rows)

    def live(self, row: LiveRow) -> LiveCase:
        """From the same cells."""
        due, day = row.cell(committed(Objectives.due_on)), row.cell(Results.data_as_of)
        year, both, open_yet = whole_year(row), every(f"ISNUMBER({due})", f"ISNUMBER({day})"), row.cell(_BY_ESTIMATE)
        sure = f'{row.cell("judged_value")}<>"?"'
        return LiveCase(
            every(open_yet, sure, _live_figure(row)),
            some(
                year.fails,
                every(both, f"{due}<=INT({day})"),
                is_one(row.cell(Results.actual), CODED),
                every(year.holds, both, sure, negated(open_yet)),
            ),
        )


class OnlyGrows(Derived):
    """The objective's figure only grows within the year."""

    name = "only_grows"
    leans_on = (promised,)

    @property
    def looks_at(self) -> tuple[str, ...]:
        return (Results.code,)

    def computed(self, rows: Rows) -> Mask:
        return rows[committed(Objectives.measure)] == Measure.CUMULATIVE

    def live(self, row: LiveRow) -> LiveCase:
        """From the objective's measure, where the form carries it."""
        measure = row.cell(committed(Objectives.measure))
        grows = is_one(measure, (Measure.CUMULATIVE,))
        return LiveCase(grows, every(filled(measure), negated(grows)))


class Unmet(Derived):
    """The figures or the division itself say *Không đạt*."""

    name = "unmet"
    leans_on = (promised, judged)

    @property
    def looks_at(self) -> tuple[str, ...]:
        return (*FIGURES, Results.self_assessment)

    def computed(self, rows: Rows) -> Mask:
        missed = list(Status.not_met())
        return rows[COMPUTED_STATUS].isin(missed) | rows[Results.self_assessment].isin(missed)

    def live(self, row: LiveRow) -> LiveCase:
        """From the self-assessment, and the computed status where the form carries it."""
        missed = Status.not_met()
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

    @property
    def looks_at(self) -> tuple[str, ...]:
        return (Progress.task_code, Progress.status, Progress.planned_finish_on)

    def computed(self, rows: Rows) -> Mask:
        own = ["division", PERIOD_CODE, Progress.task_code]
        plan = rows.knowledge.tasks.rename(columns={"period": PERIOD_CODE})[[*own, Tasks.finish_on]]
        finish_on = rows.frame[own].merge(plan, on=own, how="left")[Tasks.finish_on].set_axis(rows.frame.index)
        latest = latest_day(rows, "results", Results.data_as_of)
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
