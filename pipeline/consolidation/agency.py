"""The agency's own objectives, pooled over the divisions that chose them from numerators and denominators."""

import datetime as dt
from enum import StrEnum

import pandas as pd

from pipeline.achievement import commitment_words, computed_status, pooled_share
from pipeline.consolidation.selection import View
from pipeline.settings import AgencyObjective, Period, PeriodKind
from pipeline.vocabulary.choices import Measure


class Pooling(StrEnum):
    """How the divisions' figures become the agency's."""

    SHARE = "share"
    SUM = "sum"
    LISTED = "listed"


_PARTS = [
    "agency_objective",
    "division",
    "code",
    "statement",
    "measure",
    "unit",
    "numerator",
    "denominator",
    "actual",
    "word",
    "value",
    "by_estimate",
    "status",
    "report_id",
    "report_row",
]


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
    asked = {objective.code: objective for objective in objectives_of_year(view)}
    parts = objective_results[objective_results["agency_objective"].isin(asked)]
    measures = parts["agency_objective"].map({code: objective.measure for code, objective in asked.items()})
    units = parts["agency_objective"].map({code: objective.unit or "" for code, objective in asked.items()})
    alike = parts["measure"] == measures
    shares = alike & (measures == Measure.RATE) & parts["numerator"].notna() & parts["denominator"].notna()
    sums = alike & (measures == Measure.CUMULATIVE) & (parts["unit"].fillna("") == units) & parts["actual"].notna()
    parts = parts[_PARTS].assign(is_pooled=shares | sums)
    return parts.sort_values("agency_objective", kind="stable").reset_index(drop=True)


def agency_objectives(parts: pd.DataFrame, view: View) -> pd.DataFrame:
    """One row an objective of the agency, from the parts that divisions have in it.

    Columns: code, text, measure, unit, commitment, pooling, objectives (how many of the divisions' serve it), pooled
    (how many of these are added up), numerator, denominator, value (percent or sum; missing where nothing is pooled),
    status (missing where not judged).
    """
    made = [_pooled(objective, parts) for objective in objectives_of_year(view)]
    pooled = pd.DataFrame(made, columns=list(_DTYPES)).astype(_DTYPES)
    return pooled.assign(commitment=commitment_words(pooled), status=_judged(pooled, view.period))


_DTYPES = {
    **dict.fromkeys(("code", "text", "measure", "comparator"), "str"),
    **dict.fromkeys(("target", "target_upper"), "float64"),
    **dict.fromkeys(("unit", "pooling"), "str"),
    **dict.fromkeys(("objectives", "pooled"), "int64"),
    **dict.fromkeys(("numerator", "denominator", "value"), "float64"),
}


def _pooled(objective: AgencyObjective, parts: pd.DataFrame) -> tuple[object, ...]:
    chosen = parts[parts["agency_objective"] == objective.code]
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
    told = (objective.code, objective.text, objective.measure, objective.comparator, *bounds, objective.unit)
    return (*told, str(pooling), len(chosen), len(added), numerator, denominator, value)


def _judged(pooled: pd.DataFrame, period: Period) -> pd.Series:
    """Held like a division's objective that falls due at the year's end; the year's report is final."""
    year_end = pd.Timestamp(dt.date(period.year, 12, 31))
    figures_on = year_end if period.kind is PeriodKind.WHOLE_YEAR else pd.Timestamp(dt.date(period.year, 1, 1))
    asked = {f"objective_{name}": pooled[name] for name in ("measure", "comparator", "target", "target_upper")}
    rows = pd.DataFrame(asked).assign(
        period_kind=str(period.kind),
        numerator=pooled["numerator"],
        denominator=pooled["denominator"],
        actual=pooled["value"],
        full_year_estimate=float("nan"),
        actual_coded=pd.Series(None, index=pooled.index, dtype="str"),
        objective_milestone=float("nan"),
        objective_due_on=year_end,
        data_as_of=figures_on,
    )
    return computed_status(rows).where(pooled["pooled"] > 0)
