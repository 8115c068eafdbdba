"""Objectives, commitments and the headline over periods and years, from the ledger alone."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from pipeline.achievement import PROMISE, is_lowered
from pipeline.consolidation.frames import OverTime, Shifts, Trends
from pipeline.consolidation.judged import with_promise
from pipeline.consolidation.states import SUBMITTED, is_due
from pipeline.consolidation.status import REACHED, arrow_between
from pipeline.consolidation.view import View, ranked
from pipeline.obligations import is_taken_over, own_codes
from pipeline.settings import Period, PeriodKind
from pipeline.sheets.objectives import COMMITMENT, Objectives, committed
from pipeline.sheets.results import Results
from pipeline.vocabulary.choices import Measure, Status

PERIODS_ABREAST: Final = 8
"""How many periods stand side by side: four years of reports. All others stand in the list of earlier results."""
_LEAF = ["thread", "own_code"]
_CELLS = ("value", "word", "status", "tolerance", committed(Objectives.unit))


def reported_periods(view: View) -> list[str]:
    """The periods with reports up to the view's, and the view's own unless it is a plan's; in the order of time."""
    reported = {*view.judged.loc[view.judged["report_id"].notna(), "period"]}
    own = set() if view.period.kind is PeriodKind.PLAN else {str(view.period)}
    return sorted(reported | own, key=Period.parse)


def trends(view: View) -> pd.DataFrame:
    """The objectives by division, those that go on first; each with its latest code, statement and commitment."""
    needed = {*map(committed, (*Trends.columns(), *COMMITMENT)), *Trends.columns(), *_CELLS, "year", "order", "period"}
    rows = view.judged[[name for name in view.judged.columns if name in needed]].sort_values("order")
    # What another division took over is the same objective under the code of that one.
    rows = rows.assign(own_code=own_codes(rows["code"]))
    last_year = rows.groupby("thread")["year"].transform("max")
    leaves = rows[rows["year"] == last_year].drop_duplicates(_LEAF, keep="last").reset_index(drop=True)
    periods = reported_periods(view)[::-1]
    compared = _compared(periods)
    figures = {period: _figures_of(leaves, rows, period) for period in {*periods[:PERIODS_ABREAST], *compared}}
    cells = {
        f"{name}_{place}": figures[period][name]
        for place, period in enumerate(periods[:PERIODS_ABREAST])
        for name in ("value", "word", "status")
    }
    now, before, year_before = (figures[period] for period in compared)
    progress = (now["value"] - before["value"]).where(_is_progress(leaves, now, before))
    objectives = with_promise(leaves, Trends).assign(
        since=leaves["thread"].map(rows.groupby("thread")["year"].min()),
        until=leaves["year"],
        progress=progress,
        year_before=arrow_between(leaves, now, year_before, view.settings.thresholds.alike),
    )
    every = pd.concat([objectives[Trends.columns()], pd.DataFrame(cells, index=leaves.index)], axis="columns")
    return view.ordered(every, {"place": True, "until": False, "code": True}).drop(columns="place")


def _figures_of(leaves: pd.DataFrame, rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """What each objective had in one period: value, word, status, unit; of its own code in its last year.

    Before, two objectives that continue the same one share its past.
    """
    figures = rows.loc[rows["period"] == period, [*_LEAF, "year", *_CELLS]]
    own: dict[tuple[str, ...], int] = {}
    shared: dict[str, tuple[int, str]] = {}
    for place, (thread, code, year) in enumerate(figures[[*_LEAF, "year"]].itertuples(index=False, name=None)):
        own.setdefault((thread, code, year), place)
        shared.setdefault(thread, (place, year))
    places = []
    for leaf in leaves[[*_LEAF, "year"]].itertuples(index=False, name=None):
        place, year = shared.get(leaf[0], (-1, leaf[2]))
        places.append(place if year < leaf[2] else own.get(leaf, -1))
    chosen = figures[list(_CELLS)].reset_index(drop=True).reindex(places)
    return chosen.set_axis(leaves.index)


def _compared(periods: Sequence[str]) -> tuple[str, str, str]:
    """The latest period with a report, the one before it in its year, and the same one a year before; else blank."""
    if not periods:
        return "", "", ""
    latest = Period.parse(periods[0])
    before = next((period for period in periods[1:] if Period.parse(period).year == latest.year), "")
    return periods[0], before, str(latest.a_year_before)


def _is_progress(leaves: pd.DataFrame, now: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """Where the period before in the same year can be compared: a number that only grows, in the same unit."""
    unit = committed(Objectives.unit)
    is_alike = now[unit].fillna("") == before[unit].fillna("")
    return is_alike & (leaves[committed(Objectives.measure)] == Measure.CUMULATIVE)


def in_pairs(over_time_rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The periods with like beside like: those of another kind first, then the period's own, each in order of time."""
    is_own = over_time_rows["period"].str.endswith(f"-{period.kind}")
    return pd.concat([over_time_rows[~is_own], over_time_rows[is_own]], ignore_index=True)


def over_time(periods: Sequence[str], statuses: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """What the headline says, period by period.

    ``statuses``: period and status of every objective reported on; ``states``: period and state of every obligation.
    """
    counts = {
        "reported": _count(statuses, statuses["status"].notna()),
        "reached": _count(statuses, statuses["status"].isin(REACHED)),
        "not_met": _count(statuses, statuses["status"] == Status.NOT_MET),
        "duties": _count(states, is_due(states)),
        **{name: _count(states, states["state"].isin(group)) for name, group in SUBMITTED.items()},
    }
    rows = pd.DataFrame(index=pd.Index(list(periods), name="period", dtype="str")).assign(
        **{name: count.reindex(list(periods)).fillna(0).astype("int64") for name, count in counts.items()}
    )
    judged = rows["reached"] + rows["not_met"]
    return rows.assign(
        judged=judged,
        share=rows["reached"] / judged.where(judged > 0),
        in_time_share=rows["in_time"] / rows["duties"].where(rows["duties"] > 0),
    ).reset_index()[OverTime.columns()]


def _count(rows: pd.DataFrame, chosen: pd.Series) -> pd.Series:
    return rows[chosen].groupby("period").size()


class Shift(StrEnum):
    """How a commitment moved, what needs the reader most first."""

    DROPPED = "dropped"
    LOWERED = "lowered"
    CHANGED = "changed"
    ENDED = "ended"


def shifts(view: View) -> pd.DataFrame:
    """Targets lowered, measures changed, objectives dropped from one BM-01 to the next, the later year first.

    ``plan_id`` and ``plan_row`` are those of the objective as it stands, or as it last stood. Dropped: a later BM-01
    of the division, or of the one that took it over, does not go on with it; ended: its latest report says so with an
    approving document.
    """
    every = with_promise(view.judged, Shifts, "thread", "order")
    every = every[every["plan_id"].notna()]
    # The same BM-01 read again under the division that took it over has moved nothing.
    planned, taken = every[~is_taken_over(every["code"])], every[is_taken_over(every["code"])]
    plans = planned[["thread", "division", "code", "plan_id", "plan_row", "year", "statement", *PROMISE]]
    # A BM-01 revised after a report was due holds for the next one only, so the plans go by when they were judged.
    ordered = plans.drop_duplicates(["plan_id", "code"]).sort_values(["year", "plan_id", "code"], kind="stable")
    reported = view.judged[view.judged["report_id"].notna()].sort_values("order", kind="stable")
    last = reported.drop_duplicates("thread", keep="last").set_index("thread")
    ended = last.loc[last["status"] == Status.NO_LONGER, ["year", Results.approving_document]]
    every = pd.concat([_moved(ordered), _gone(ordered, taken.sort_values("order"), ended)], ignore_index=True)
    every = every.assign(rank=ranked(every["shift"], tuple(map(str, Shift))))
    return view.ordered(every, {"year": False, "rank": True, "place": True, "code": True})[Shifts.columns()]


def _moved(plans: pd.DataFrame) -> pd.DataFrame:
    """Objectives whose commitment is not that of the BM-01 before."""
    heads = plans.drop_duplicates(["thread", "plan_id"])
    before_id = heads.groupby("thread")["plan_id"].shift(1)
    links = heads.assign(before_id=before_id)[["thread", "plan_id", "before_id"]]
    before = heads[["thread", "plan_id", "year", *PROMISE]].rename(columns={"plan_id": "before_id"})
    linked = plans.merge(links, on=["thread", "plan_id"])
    both = linked.merge(before, on=["thread", "before_id"], suffixes=("", "_before"))
    changed = (both["unit"].fillna("") != both["unit_before"].fillna("")) | (
        both["comparator"].fillna("") != both["comparator_before"].fillna("")
    )
    lowered = is_lowered(both["comparator"], both["target"], both["target_before"]) & ~changed
    shift = pd.Series(np.where(changed, Shift.CHANGED, Shift.LOWERED), index=both.index, dtype="str")
    return both.assign(shift=shift, document=None).astype({"document": "str"}).loc[changed | lowered, Shifts.columns()]


def _gone(plans: pd.DataFrame, taken: pd.DataFrame, ended: pd.DataFrame) -> pd.DataFrame:
    """Objectives with which the division's next BM-01 does not go on, or that ended before: nothing stands for them.

    ``taken``: the rows that another division took over; ``ended``: year and approving document by thread.
    """
    sequence = plans.drop_duplicates(["division", "plan_id"])[["division", "plan_id", "year"]]
    following = sequence[["division", "plan_id"]].assign(next=sequence.groupby("division")["year"].shift(-1))
    last = plans.drop_duplicates("thread", keep="last").merge(following, on=["division", "plan_id"])
    last = _with_heirs(last, taken, sequence)
    year_ended = last["thread"].map(ended["year"]).astype("str")
    gone = last.assign(next=last["next"].fillna(year_ended))[last["next"].notna() | year_ended.notna()]
    was = {f"{name}_before": gone[name] for name in PROMISE}
    nothing = {name: pd.Series(index=gone.index, dtype=gone[name].dtype) for name in PROMISE}
    shift = gone["thread"].isin(ended.index).map({True: str(Shift.ENDED), False: str(Shift.DROPPED)}).astype("str")
    dropped = gone.assign(shift=shift, year_before=gone["year"], year=gone["next"], **was)
    dropped = dropped.assign(document=gone["thread"].map(ended[Results.approving_document]).astype("str"))
    return dropped.assign(**nothing)[Shifts.columns()]


def _with_heirs(last: pd.DataFrame, taken: pd.DataFrame, sequence: pd.DataFrame) -> pd.DataFrame:
    """What was taken over last under its new division and code; ``next``: the year of that one's next BM-01."""
    heirs = taken.drop_duplicates(["thread", "plan_id"], keep="last")[["thread", "plan_id", "division", "code"]]
    both = last.merge(heirs, on=["thread", "plan_id"], how="left", suffixes=("", "_heir"))
    is_taken = both["division_heir"].notna()
    later = both[["thread", "division_heir", "year"]].merge(
        sequence[["division", "year"]], left_on="division_heir", right_on="division", suffixes=("", "_heir")
    )
    later = later[later["year_heir"] > later["year"]].groupby("thread")["year_heir"].min()
    return both.assign(
        division=both["division"].mask(is_taken, both["division_heir"]),
        code=both["code"].mask(is_taken, both["code_heir"]),
        next=both["next"].mask(is_taken, both["thread"].map(later).astype("str")),
    )
