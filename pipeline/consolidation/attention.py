"""Where the committee looks first in a workbook of many divisions: what waits for each of them, counted."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from pipeline.consolidation.committee import Committee
from pipeline.consolidation.frame import COUNT, TEXT, Frame
from pipeline.consolidation.states import OPEN_STATES
from pipeline.vocabulary.choices import DivisionKind, Status

MOST_AT_A_GLANCE: Final = 30
"""Up to so many divisions stand in their own order, each with its own bar; more are grouped and ranked."""


class Attention(Frame):
    """One row a division, the one for which most things wait first; equals in the order of the directory.

    ``outstanding``: forms that are overdue without an accepted one; ``total``: everything counted.
    """

    division = kind = TEXT
    outstanding = not_met = actions_overdue = tasks_overdue = total = COUNT


WAITING: Final = (Attention.outstanding, Attention.not_met, Attention.actions_overdue, Attention.tasks_overdue)
"""What is counted, what weighs most first."""


def divisions_of(committee: Committee) -> list[str]:
    """The divisions of which the workbook tells anything, in the order of the directory."""
    frames = (committee.obligations, committee.objective_results, committee.unmet, committee.plan_tasks)
    listed = {code for frame in frames for code in frame["division"].unique()}
    return [code for code in committee.names if code in listed]


def is_crowded(committee: Committee) -> bool:
    """Whether there are more divisions than one can take in at a glance."""
    return len(divisions_of(committee)) > MOST_AT_A_GLANCE


def groups(codes: Iterable[str], committee: Committee) -> list[tuple[DivisionKind | None, list[str]]]:
    """The codes by the kind of their divisions where there are many, else all as one group; in a group as they come."""
    listed, kinds = list(codes), kinds_of(committee)
    if not is_crowded(committee):
        return [(None, listed)]
    grouped = [(kind, [code for code in listed if kinds[code] is kind]) for kind in DivisionKind]
    return [(kind, of_kind) for kind, of_kind in grouped if of_kind]


def by_kind(codes: Iterable[str], committee: Committee) -> list[str]:
    """The codes in the order of their :func:`groups`."""
    return [code for _, of_kind in groups(codes, committee) for code in of_kind]


def kinds_of(committee: Committee) -> dict[str, DivisionKind]:
    """What each division of the directory is."""
    return {division.code: DivisionKind(division.kind) for division in committee.settings.divisions}


def attention(committee: Committee) -> pd.DataFrame:
    """What waits for each division of the workbook (:class:`Attention`)."""
    states, results = committee.obligations, committee.objective_results
    overdue = states["state"].isin(OPEN_STATES) & (states["days_late"] > 0)
    waiting = {
        Attention.outstanding: states[overdue],
        Attention.not_met: results[results["status"] == Status.NOT_MET],
        Attention.actions_overdue: committee.unmet[committee.unmet["overdue_days"] > 0],
        Attention.tasks_overdue: committee.plan_tasks[committee.plan_tasks["overdue_days"] > 0],
    }
    codes, kinds = divisions_of(committee), kinds_of(committee)
    counts = {name: rows["division"].value_counts().reindex(codes, fill_value=0) for name, rows in waiting.items()}
    every = pd.DataFrame(counts, index=pd.Index(codes, name="division"), dtype="int64")
    every = every.assign(total=every.sum(axis=1), kind=[str(kinds[code]) for code in codes]).reset_index()
    ranked = every.sort_values([Attention.total, *WAITING], ascending=False, kind="stable", ignore_index=True)
    return ranked[Attention.columns()]
