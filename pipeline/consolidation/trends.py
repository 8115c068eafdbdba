"""Every objective and the headline over periods and years, followed through ``continues``, from the ledger alone."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from pipeline.consolidation.arrows import arrow_between
from pipeline.consolidation.headline import SUBMITTED
from pipeline.consolidation.owed import is_owed
from pipeline.consolidation.selection import View, period_order
from pipeline.consolidation.status import REACHED
from pipeline.obligations import duties, obligation_states
from pipeline.settings import PeriodKind
from pipeline.vocabulary.choices import Measure, Status

SHOWN: Final = 8
"""How many periods stand side by side: four years of reports. All others stand in the list of earlier results."""
_LEAF = ["thread", "code"]
_CELLS = ("value", "word", "status", "objective_unit")
_COMMITTED = ("measure", "comparator", "target", "target_upper", "unit")


def reported_periods(judged: pd.DataFrame, view: View) -> list[str]:
    """The periods with reports up to the view's, and the view's own unless it is a plan's; in the order of time."""
    known = {*judged.loc[judged["report_id"].notna(), "period"]}
    own = set() if view.period.kind is PeriodKind.PLAN else {str(view.period)}
    every = pd.Series(sorted(known | own), dtype="str")
    return list(every.iloc[period_order(every).argsort(kind="stable")])


def trends(judged: pd.DataFrame, view: View) -> pd.DataFrame:
    """One row an objective that was ever registered or reported on, by division, those that go on first.

    Columns: division, code (its latest), thread, statement, ``_COMMITTED`` (its latest), since (the year in which it
    began), until (the year of its last plan or report), before and year_before (an ``Arrow`` each: the latest report
    against the one before it, and against the same period of the year before), and for each of the last ``SHOWN``
    periods with reports, the latest being 0: value_0, word_0, status_0…
    """
    rows = judged.assign(year=judged["period"].str[:4], order=period_order(judged["period"])).sort_values("order")
    last_year = rows.groupby("thread")["year"].transform("max")
    leaves = rows[rows["year"] == last_year].drop_duplicates(_LEAF, keep="last").reset_index(drop=True)
    periods = reported_periods(judged, view)[::-1]
    shown = {place: _figures_of(leaves, rows, period) for place, period in enumerate(periods[:SHOWN])}
    cells = {f"{name}_{place}": each[name] for place, each in shown.items() for name in ("value", "word", "status")}
    made = pd.DataFrame(
        {
            **{name: leaves[name] for name in ("division", "code", "thread")},
            "statement": leaves["objective_statement"].fillna(leaves["statement"]),
            **{name: leaves[f"objective_{name}"] for name in _COMMITTED},
            "since": leaves["thread"].map(rows.groupby("thread")["year"].min()),
            "until": leaves["year"],
            **_arrows(leaves, rows, periods),
            **cells,
        }
    )
    made = made.assign(place=view.places(made["division"]))
    ordered = made.sort_values(["place", "until", "code"], ascending=[True, False, True], kind="stable")
    return ordered.drop(columns="place").reset_index(drop=True)


def _figures_of(leaves: pd.DataFrame, rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """What each objective had in one period: value, word, status, unit; of its own code in its last year.

    Before, two objectives that continue the same one share its past.
    """
    told = rows.loc[rows["period"] == period, [*_LEAF, *_CELLS, "year"]]
    own = leaves[[*_LEAF, "year"]].merge(told.drop_duplicates(_LEAF), on=[*_LEAF, "year"], how="left")
    shared = leaves[["thread", "year"]].merge(told.drop_duplicates("thread"), on="thread", how="left")
    earlier = shared["year_y"] < shared["year_x"]
    return pd.DataFrame({name: own[name].where(~earlier, shared[name]) for name in _CELLS})


def _arrows(leaves: pd.DataFrame, rows: pd.DataFrame, periods: Sequence[str]) -> dict[str, pd.Series]:
    """The latest report against the one before it, and against the same period of the year before."""
    now, before, year_before = "", "", ""
    if periods:
        now = periods[0]
        before = next(iter(periods[1:]), "")
        year_before = f"{int(now[:4]) - 1}{now[4:]}"
    growing = leaves["objective_measure"].isin([Measure.CUMULATIVE, Measure.CHANGE])
    # What grows within the year cannot be held against another part of a year.
    alike = ~growing if before[4:] != now[4:] else pd.Series(data=True, index=leaves.index)
    figures = {period: _figures_of(leaves, rows, period) for period in {now, before, year_before}}
    return {
        "before": arrow_between(leaves, figures[now], figures[before].where(alike)),
        "year_before": arrow_between(leaves, figures[now], figures[year_before]),
    }


def owed_over_time(judged: pd.DataFrame, view: View) -> pd.DataFrame:
    """The obligations of the earlier periods with reports as they stand today; columns as ``obligation_states``."""
    owed = duties(view.settings)
    earlier = [period for period in reported_periods(judged, view) if period != str(view.period)]
    asked = owed[owed["period"].isin(earlier)].reset_index(drop=True)
    states = obligation_states(asked, view.content.submissions, view.decisions, view.today)
    ordered = states.assign(order=period_order(states["period"]), place=view.places(states["division"]))
    ordered = ordered.sort_values(["order", "form", "place"], kind="stable")
    return ordered.drop(columns=["order", "place"]).reset_index(drop=True)


def over_time(periods: Sequence[str], told: pd.DataFrame, owed: pd.DataFrame) -> pd.DataFrame:
    """One row a period, with what the headline tells of it.

    Columns: period, reported (objectives), reached, not_met, judged, share, owed, in_time, late, outstanding, not_due,
    in_time_share. ``told``: period and status of every objective reported on; ``owed``: period and state
    of every obligation. Shares are fractions, missing where nothing is to be shared.
    """
    is_owing = is_owed(owed)
    counts = {
        "reported": _count(told, told["status"].notna()),
        "reached": _count(told, told["status"].isin(REACHED)),
        "not_met": _count(told, told["status"] == Status.NOT_MET),
        "owed": _count(owed, is_owing),
        **{name: _count(owed, owed["state"].isin(states)) for name, states in SUBMITTED.items()},
    }
    made = pd.DataFrame(index=pd.Index(list(periods), name="period", dtype="str")).assign(
        **{name: count.reindex(list(periods)).fillna(0).astype("int64") for name, count in counts.items()}
    )
    judged = made["reached"] + made["not_met"]
    return made.assign(
        judged=judged,
        share=made["reached"] / judged.where(judged > 0),
        in_time_share=made["in_time"] / made["owed"].where(made["owed"] > 0),
    ).reset_index()


def _count(rows: pd.DataFrame, chosen: pd.Series) -> pd.Series:
    return rows[chosen].groupby("period").size()
