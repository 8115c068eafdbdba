"""The frames of one period's workbook, and how they are made from the ledger's content. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.consolidation import agency, changes, coverage, declaration
from pipeline.consolidation.content import LedgerContent, before_last_change
from pipeline.consolidation.controls import controls
from pipeline.consolidation.decisions import decisions
from pipeline.consolidation.headline import Figures, headline
from pipeline.consolidation.owed import obligations, of_period, presented
from pipeline.consolidation.plan import plan_tasks
from pipeline.consolidation.results import judged_results, objective_results
from pipeline.consolidation.selection import View, period_order
from pipeline.consolidation.shifts import shifts
from pipeline.consolidation.sources import cited, left_out, sources
from pipeline.consolidation.standing import standing_rows
from pipeline.consolidation.trends import over_time, owed_over_time, reported_periods, trends
from pipeline.consolidation.unmet import unmet
from pipeline.findings import Finding
from pipeline.settings import Period, Settings


@dataclass(frozen=True, eq=False)
class Committee:
    """What the Steering Committee's workbook of one period is written from.

    ``frames`` by content: obligations, objective_results, history, unmet, plan_tasks, agency_parts,
    agency_objectives, people, coverage, declarations, proofs, scope_changes, timeline, sources, left_out, standing,
    presented, faults, changes, decisions, trends, over_time, owed_before, shifts; their columns stand at the functions
    that make them. Beside every id of a submission stands its ``source``, the N-code of the file. ``figures`` are the
    headline's, ``controls`` the checks of the whole against the ledger. ``changed_on``: the day up to
    which the changes since the last run are told; None when there was none.
    """

    settings: Settings
    period: Period
    today: dt.date
    changed_on: dt.date | None
    frames: Mapping[str, pd.DataFrame]
    figures: Figures
    controls: pd.DataFrame

    def __getitem__(self, name: str) -> pd.DataFrame:
        """One frame by its name.

        Raises:
            KeyError: there is no such frame.
        """
        return self.frames[name]


def consolidate(
    content: LedgerContent,
    settings: Settings,
    period: Period,
    today: dt.date,
    standing: Iterable[tuple[int, Finding]] = (),
) -> Committee:
    """The frames of the workbook of ``period`` as they stand ``today``.

    ``standing`` are the standing findings over the whole ledger (``validation.standing_findings``).

    Raises:
        KeyError: the settings do not set the period.
    """
    view = View(content, settings, period, today)
    files = sources(view)
    judged, owed = judged_results(view), obligations(view)
    objectives = _of_objectives(judged, view)
    frames = {
        "obligations": owed,
        **objectives,
        **_of_the_past(judged, {**objectives, "obligations": owed}, view),
        **_of_the_policy(view),
        **_of_the_register(view),
        "presented": presented(view),
        "faults": content.faults,
        "sources": files,
        "left_out": left_out(files),
        "standing": standing_rows(standing, view.counted),
    }
    cited_frames = {name: _with_sources(frame, files) for name, frame in frames.items()}
    changed_on = _changed_on(content)
    figures = headline(cited_frames, period)
    told = {
        **cited_frames,
        "changes": _changes(frames, view, changed_on or today),
        "decisions": decisions(cited_frames, figures, view),
    }
    unchecked = Committee(settings, period, today, changed_on, told, figures, pd.DataFrame())
    return with_controls(unchecked, content)


def _changed_on(content: LedgerContent) -> dt.date | None:
    """The day up to which the changes since the last run are told."""
    earlier = before_last_change(content).last_change
    return None if pd.isna(earlier) else earlier.date()


def with_controls(committee: Committee, content: LedgerContent) -> Committee:
    """The same frames with the headline's figures and the control checks made anew, against the ledger's content."""
    view = View(content, committee.settings, committee.period, committee.today)
    figures = headline(committee.frames, committee.period)
    return replace(committee, figures=figures, controls=controls(committee.frames, view))


_HISTORY = [
    "period",
    "division",
    "code",
    "statement",
    "value",
    "word",
    "unit",
    "by_estimate",
    "status",
    "thread",
    "report_id",
    "report_row",
]


def _of_objectives(judged: pd.DataFrame, view: View) -> dict[str, pd.DataFrame]:
    """Objectives, their history, what is unmet, the tasks, and the agency's own objectives."""
    held = objective_results(judged, view)
    parts = agency.agency_parts(held, view)
    ordered = judged.assign(
        statement=judged["objective_statement"].fillna(judged["statement"]),
        unit=judged["objective_unit"],
        order=period_order(judged["period"]),
        place=view.places(judged["division"]),
    )
    earlier = ordered[ordered["report_id"].notna() & (ordered["order"] < view.order)]
    history = earlier.sort_values(["order", "place", "code"], kind="stable")
    return {
        "objective_results": held,
        "history": history[_HISTORY].reset_index(drop=True),
        "unmet": unmet(judged, view),
        "plan_tasks": plan_tasks(view),
        "agency_parts": parts,
        "agency_objectives": agency.agency_objectives(parts, view),
    }


def _of_the_past(judged: pd.DataFrame, now: Mapping[str, pd.DataFrame], view: View) -> dict[str, pd.DataFrame]:
    """Objectives and the headline over periods and years, and what became of the commitments."""
    own = of_period(now["obligations"], view.period)[["period", "state"]]
    reported = now["objective_results"].loc[lambda held: held["report_id"].notna(), ["status"]]
    told = pd.concat([now["history"][["period", "status"]], reported.assign(period=str(view.period))])
    before = owed_over_time(judged, view)
    owed = pd.concat([before[["period", "state"]], own])
    return {
        "trends": trends(judged, view),
        "over_time": over_time(reported_periods(judged, view), told, owed),
        "owed_before": before,
        "shifts": shifts(judged, view),
    }


def _of_the_policy(view: View) -> dict[str, pd.DataFrame]:
    everyone = coverage.people(view)
    return {"people": everyone, "coverage": coverage.coverage(everyone, view)}


def _of_the_register(view: View) -> dict[str, pd.DataFrame]:
    declared = declaration.declarations(declaration.register(view, "declarations"))
    moved = declaration.scope_changes(declaration.register(view, "scope_changes"), view.today)
    return {
        "declarations": declared,
        "proofs": declaration.proofs(declared, view.today),
        "scope_changes": moved,
        "timeline": declaration.timeline(declared, moved),
    }


def _changes(frames: Mapping[str, pd.DataFrame], view: View, then_on: dt.date) -> pd.DataFrame:
    """Against what the run before told on its own day: a form that fell overdue since has moved, too."""
    then = View(before_last_change(view.content), view.settings, view.period, then_on)
    moved = [_moved_since(frames, then), changes.since_last_period(frames["objective_results"], frames["history"])]
    return pd.concat(moved, ignore_index=True)


def _moved_since(frames: Mapping[str, pd.DataFrame], then: View) -> pd.DataFrame:
    held = objective_results(judged_results(then), then)
    files = frames["sources"]
    new_files = files[~files["submission_id"].isin(then.content.submissions.index)]
    return changes.since_last_run(
        (obligations(then), frames["obligations"]), (held, frames["objective_results"]), new_files
    )


def changes_since(committee: Committee, then_known: LedgerContent, then_on: dt.date) -> pd.DataFrame:
    """What moved since an earlier day, by what was known then; the columns of ``changes.since_last_run``."""
    return _moved_since(committee.frames, View(then_known, committee.settings, committee.period, then_on))


def _with_sources(frame: pd.DataFrame, files: pd.DataFrame) -> pd.DataFrame:
    """The frame with the N-code of the file beside every submission_id."""
    if "source" in frame.columns:
        return frame
    named = {"submission_id": "source", "plan_id": "plan_source", "report_id": "report_source"}
    return frame.assign(**{code: cited(frame[i], files) for i, code in named.items() if i in frame.columns})
