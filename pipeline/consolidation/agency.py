"""The agency's own objectives, pooled over the divisions that chose them from numerators and denominators."""

import datetime as dt
from enum import StrEnum

import pandas as pd

from pipeline.achievement import commitment_words, computed_status, pooled_share
from pipeline.consolidation.frames import AgencyObjectives, AgencyParts
from pipeline.consolidation.status import Remark
from pipeline.consolidation.view import View
from pipeline.settings import AgencyObjective, Period, PeriodKind
from pipeline.sheets.objectives import Objectives, committed
from pipeline.sheets.results import Results
from pipeline.vocabulary.choices import Comparator, Measure, Status
from pipeline.vocabulary.fields import coded_column


class In(StrEnum):
    """Whether a division gave all its figures of one of the agency's objectives."""

    GIVEN = "given"
    WAITING = "waiting"


class Pooling(StrEnum):
    """How the divisions' figures become the agency's."""

    SHARE = "share"
    SUM = "sum"
    LISTED = "listed"


def objectives_of_year(view: View) -> tuple[AgencyObjective, ...]:
    """The agency's objectives in force on at least one day of the view's year."""
    year = view.period.year
    return tuple(
        objective
        for objective in view.settings.agency_objectives
        if (objective.valid_from or dt.date.min).year <= year <= (objective.valid_to or dt.date.max).year
    )


def agency_parts(objective_results: pd.DataFrame, view: View) -> pd.DataFrame:
    """The divisions' objectives that serve one of the agency's; ``is_pooled`` says which figures are added up.

    Rates are pooled; *số lũy kế* are added when their unit is the agency's; everything else is only listed (domain.md).
    """
    of_year = {objective.code: objective for objective in objectives_of_year(view)}
    parts = objective_results[objective_results[Objectives.agency_objective].isin(of_year)]
    served = parts[Objectives.agency_objective]
    measures = served.map({code: objective.measure for code, objective in of_year.items()})
    units = served.map({code: objective.unit or "" for code, objective in of_year.items()})
    alike = parts["measure"] == measures
    shares = alike & (measures == Measure.RATE) & parts["numerator"].notna() & parts["denominator"].notna()
    sums = alike & (measures == Measure.CUMULATIVE) & (parts["unit"].fillna("") == units) & parts["actual"].notna()
    parts = parts.assign(is_pooled=shares | sums, division_is=_is_in(parts))
    return parts.sort_values(Objectives.agency_objective, kind="stable")[AgencyParts.columns()].reset_index(drop=True)


def _is_in(parts: pd.DataFrame) -> pd.Series:
    """On a division's first row of each objective of the agency :class:`In`, else blank."""
    key = [parts[Objectives.agency_objective], parts["division"]]
    given = parts["report_id"].notna() & (parts["status"] != Status.NO_DATA)
    words = given.groupby(key).transform("all").map({True: str(In.GIVEN), False: str(In.WAITING)}).astype("str")
    return words.mask(pd.concat(key, axis=1).duplicated(), "")


def agency_objectives(parts: pd.DataFrame, view: View) -> pd.DataFrame:
    """One row an objective of the agency, from the parts that divisions have in it."""
    unjudged = (None, None, None)
    pooled = AgencyObjectives.of((*_pooled(each, parts), *unjudged) for each in objectives_of_year(view))
    status = _status(pooled, view.period)
    is_open = pooled["divisions_in"] < pooled["divisions"]
    # What only grows may yet reach its floor: short of it says nothing before the last figure is in.
    may_grow = (pooled["pooling"] == Pooling.SUM) & pooled["comparator"].isin(Comparator.floors())
    status = status.mask(is_open & may_grow & (status == Status.NOT_MET))
    remark = (is_open & status.notna()).map({True: str(Remark.PROVISIONAL), False: ""}).astype("str")
    return pooled.assign(commitment=commitment_words(pooled), status=status, remark=remark)


def _pooled(objective: AgencyObjective, parts: pd.DataFrame) -> tuple[object, ...]:
    chosen = parts[parts[Objectives.agency_objective] == objective.code]
    added = chosen[chosen["is_pooled"]]
    numerator = denominator = value = float("nan")
    match objective.measure:
        case Measure.RATE:
            pooling = Pooling.SHARE
            numerator, denominator = added["numerator"].sum(), added["denominator"].sum()
            value = pooled_share(added["numerator"], added["denominator"])
        case Measure.CUMULATIVE:
            pooling = Pooling.SUM
            value = added["actual"].sum(min_count=1)
        case _:
            pooling = Pooling.LISTED
    bounds = (objective.target, objective.target_upper)
    promise = (objective.code, objective.text, objective.measure, objective.comparator, *bounds, objective.unit)
    divisions = [int((chosen["division_is"] != "").sum()), int((chosen["division_is"] == In.GIVEN).sum())]
    return (*promise, str(pooling), len(chosen), len(added), *divisions, numerator, denominator, value)


def _status(pooled: pd.DataFrame, period: Period) -> pd.Series:
    """Held like a division's objective that falls due at the year's end; the year's report is final."""
    year_end = pd.Timestamp(dt.date(period.year, 12, 31))
    figures_on = year_end if period.kind is PeriodKind.WHOLE_YEAR else pd.Timestamp(dt.date(period.year, 1, 1))
    nothing = pd.Series(None, index=pooled.index, dtype="str")
    promised = (Objectives.measure, Objectives.comparator, Objectives.target, Objectives.target_upper)
    rows = pd.DataFrame(
        {
            **{committed(name): pooled[name] for name in promised},
            committed(Objectives.milestone): float("nan"),
            committed(Objectives.due_on): year_end,
            committed(Objectives.baseline): float("nan"),
            committed(Objectives.range_beaten): nothing,
            "period_kind": str(period.kind),
            Results.numerator: pooled["numerator"],
            Results.denominator: pooled["denominator"],
            Results.actual: pooled["value"],
            coded_column(Results.actual): nothing,
            Results.self_assessment: nothing,
            Results.full_year_estimate: float("nan"),
            Results.data_as_of: figures_on,
        }
    )
    return computed_status(rows).where(pooled["pooled"] > 0)
