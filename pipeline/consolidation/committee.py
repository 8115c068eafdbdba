"""The frames of one period's workbook, and how they are made from the ledger's content. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated

import pandas as pd

from pipeline.consolidation import agency, coverage, declaration, trends
from pipeline.consolidation.changes import Changes, since_a_year_before, since_last_run
from pipeline.consolidation.content import LedgerContent
from pipeline.consolidation.controls import Controls, controls
from pipeline.consolidation.frames import Corrections, Frames
from pipeline.consolidation.headline import Figures, headline
from pipeline.consolidation.matters import Decisions, decisions
from pipeline.consolidation.results import history, objective_results
from pipeline.consolidation.sources import cited, left_out, sources, standing_rows
from pipeline.consolidation.states import obligations, obligations_before, of_period, presented
from pipeline.consolidation.status import is_registered
from pipeline.consolidation.view import View
from pipeline.consolidation.work import actions, ended, plan_tasks, tasks_apart, unmet
from pipeline.findings import Finding
from pipeline.settings import Period, Settings
from pipeline.settings.model import PolicyVersion


@dataclass(frozen=True, eq=False)
class Committee(Frames):
    """What the Steering Committee's workbook of one period is written from.

    ``policy``: the version of the quality policy that is in force, to be known before ``policy_due_on``.
    ``figures`` are the headline's, ``controls`` the checks of the whole against the ledger. ``changed_on``: the day up
    to which the changes since the last run are listed; None when there was none. ``corrections``: what differs from
    the workbook of the period that was presented last (``corrections.with_corrections``).
    """

    settings: Settings
    period: Period
    today: dt.date
    changed_on: dt.date | None
    policy: PolicyVersion
    policy_due_on: dt.date | None
    figures: Figures
    changes: Annotated[pd.DataFrame, Changes]
    decisions: Annotated[pd.DataFrame, Decisions]
    controls: Annotated[pd.DataFrame, Controls]
    corrections: Annotated[pd.DataFrame, Corrections] = field(default_factory=Corrections.of)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of the divisions by their codes, in the order of the settings."""
        return {division.code: division.name for division in self.settings.divisions}


def consolidate(
    content: LedgerContent,
    settings: Settings,
    period: Period,
    today: dt.date,
    standing: Iterable[tuple[int, Finding]] = (),
) -> Committee:
    """The frames of the workbook of ``period`` as they stand ``today``, bare of what moved since an earlier look.

    ``standing`` are the standing findings over the whole ledger (``validation.standing_findings``).

    Raises:
        KeyError: the settings do not set the period.
    """
    view = View(content, settings, period, today)
    frames = _frames(view, standing)
    return Committee(
        **vars(frames),
        settings=settings,
        period=period,
        today=today,
        changed_on=None,
        policy=view.policy,
        policy_due_on=coverage.due_day(view),
        figures=headline(frames, period),
        changes=since_a_year_before(frames, period),
        decisions=decisions(frames, view),
        controls=controls(frames, view),
    )


def with_changes(committee: Committee, then: LedgerContent, day: dt.date) -> Committee:
    """The frames with what moved since the last look of an earlier day: the secretary's page of the day says the same.

    ``then``: what the ledger held at that look; ``day``: its day, so that a form which fell overdue since has moved,
    too. Nothing moved where it held nothing.
    """
    since = since_last_run(committee, View(then, committee.settings, committee.period, day))
    changes = pd.concat([since, committee.changes], ignore_index=True)
    return replace(committee, changes=changes, changed_on=None if then.submissions.empty else day)


def _frames(view: View, standing: Iterable[tuple[int, Finding]]) -> Frames:
    held, states = objective_results(view), obligations(view)
    parts, everyone = agency.agency_parts(held, view), view.once(coverage.people)
    periods, earlier = trends.reported_periods(view), history(view)
    before = obligations_before(periods, view)
    files = sources(view)
    frames = Frames(
        obligations=states,
        objective_results=held,
        history=earlier,
        unmet=view.once(unmet),
        actions=actions(view),
        ended=ended(view),
        plan_tasks=plan_tasks(view),
        tasks_apart=tasks_apart(view),
        agency_parts=parts,
        agency_objectives=agency.agency_objectives(parts, view),
        trends=trends.trends(view),
        over_time=trends.over_time(
            periods,
            _registered(held, earlier, view.period),
            pd.concat([rows[["period", "state"]] for rows in (before, of_period(states, view.period))]),
        ),
        obligations_before=before,
        shifts=trends.shifts(view),
        people=everyone,
        coverage=coverage.coverage(everyone, view),
        **declaration.of_register(view),
        presented=presented(view),
        faults=view.content.faults,
        sources=files,
        left_out=left_out(files),
        standing=standing_rows(standing, view.counted),
    )
    return _with_sources(frames)


def _registered(held: pd.DataFrame, earlier: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Period and status of every registered objective that was reported on."""
    own = held.loc[held["report_id"].notna(), ["status"]].assign(period=str(period))
    statuses = pd.concat([earlier[["period", "status"]], own])
    return statuses[is_registered(statuses)]


def _with_sources(frames: Frames) -> Frames:
    """The frames with the N-code of the file beside every id of a submission."""
    codes = dict(zip(frames.sources["submission_id"], frames.sources["source"], strict=True))
    return replace(frames, **{name: _cited(frame, codes) for name, frame in vars(frames).items()})


def _cited(frame: pd.DataFrame, codes: Mapping[int, str]) -> pd.DataFrame:
    if "source" in frame.columns:
        return frame
    named = {"submission_id": "source", "plan_id": "plan_source", "report_id": "report_source"}
    named |= {"final_id": "final_source"}
    return frame.assign(**{code: cited(frame[i], codes) for i, code in named.items() if i in frame.columns})
