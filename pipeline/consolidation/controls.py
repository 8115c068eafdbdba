"""Can the workbook be trusted: what was accepted, counted in the ledger, against what stands in the frames.

Each check compares two counts that were made independently. ``expected`` comes from the ledger's own rows (or, for
the three kinds that compare the workbook with itself, from one of its tables), ``actual`` from the frame that the
workbook is written from; so a row that is lost or counted twice turns the line of its file and sheet red and no
other.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

import pandas as pd

from pipeline.consolidation.coverage import Knowledge, people
from pipeline.consolidation.declaration import DATED, register
from pipeline.consolidation.frame import COUNT, NUMBER, TEXT, TRUTH, Frame
from pipeline.consolidation.frames import (
    AgencyObjectives,
    Frames,
    History,
    Obligations,
    ObligationStates,
    OverTime,
    Sources,
    Unmet,
)
from pipeline.consolidation.headline import headline, in_headline, status_by_division
from pipeline.consolidation.sources import source_codes
from pipeline.consolidation.status import is_registered
from pipeline.consolidation.view import View
from pipeline.consolidation.work import Origin, unmet
from pipeline.findings import Verdict
from pipeline.forms import BY_NUMBER
from pipeline.obligations import due_within
from pipeline.settings import PeriodKind
from pipeline.sheets.declaration import Declarations, ScopeChanges
from pipeline.sheets.objectives import Objectives
from pipeline.sheets.results import Results


class Check(StrEnum):
    """What is compared. ``subject`` of a line says for which file, form, verdict, code or figure."""

    ROWS = "rows"
    HISTORY = "history"
    FILES = "files"
    OBLIGATIONS = "obligations"
    OWED_BEFORE = "owed_before"
    UNMET = "unmet"
    CARRIED = "carried"
    TRENDS = "trends"
    PARTS = "parts"
    UNRECORDED = "unrecorded"
    TIMELINE = "timeline"
    STATUSES = "statuses"
    DIVISIONS = "divisions"
    HEADLINE = "headline"


class Controls(Frame):
    """One row a check of the whole against the ledger (``controls.Check``)."""

    check = subject = table = TEXT
    expected = actual = COUNT
    expected_sum = actual_sum = NUMBER
    source = TEXT
    holds = TRUTH


class Traced(NamedTuple):
    """Where the accepted rows of a table stand: the frames, their column of origin, what the control sum adds."""

    frames: tuple[str, ...]
    origin: str
    summed: tuple[str, ...] = ()


PARTS: Final = (Results.numerator, Results.denominator)
TRACED: Final[Mapping[str, Traced]] = {
    "objectives": Traced(("objective_results",), "plan_id", (Objectives.target,)),
    "tasks": Traced(("plan_tasks",), "plan_id"),
    "results": Traced(("objective_results",), "report_id", PARTS),
    "progress": Traced(("plan_tasks", "tasks_apart"), "report_id"),
    "policy": Traced(("people",), "submission_id"),
    "declarations": Traced(("declarations",), "submission_id", (Declarations.procedures_count,)),
    "scope_changes": Traced(
        ("scope_changes",), "submission_id", (ScopeChanges.procedures_added, ScopeChanges.procedures_removed)
    ),
}
_NOISE: Final = 1e-6


class _Line(NamedTuple):
    check: Check
    subject: str
    table: str
    expected: float
    actual: float
    expected_sum: float = 0.0
    actual_sum: float = 0.0
    source: str = ""
    holds: bool = False


def controls(frames: Frames, view: View) -> pd.DataFrame:
    """One row a check.

    ``subject`` is form, division and period for ROWS (of the file ``source``), a period for HISTORY and OWED_BEFORE,
    a verdict for FILES, a form for OBLIGATIONS, a code for PARTS, a figure's name for HEADLINE; else blank. ``table``
    names the ledger's table for ROWS.
    """
    makers = (_rows, _history, _files, _obligations, _objectives, _parts, _people, _timeline, _of_itself)
    lines = Controls.of(line for make in makers for line in make(frames, view))
    same_sum = (lines["expected_sum"] - lines["actual_sum"]).abs() < _NOISE
    return lines.assign(holds=(lines["expected"] == lines["actual"]) & same_sum)


def _rows(frames: Frames, view: View) -> Iterator[_Line]:
    accepted, written = {}, {}
    for table, traced in TRACED.items():
        accepted[table] = _tally(view.content.rows[table], "submission_id", traced.summed)
        stands_in = pd.concat([getattr(frames, name) for name in traced.frames], ignore_index=True)
        written[table] = _tally(stands_in, traced.origin, traced.summed)
    codes = dict(zip(view.belonging, source_codes(pd.Series(view.belonging)), strict=True))
    for file, form, division, period in view.counted.itertuples(index=False):
        for table in (sheet.name for sheet in BY_NUMBER[form].sheets):
            expected, expected_sum = accepted[table].get(file, (0, 0.0))
            actual, actual_sum = written[table].get(file, (0, 0.0))
            subject, sums = f"{form} {division} {period}", (expected_sum, actual_sum)
            yield _Line(Check.ROWS, subject, table, expected, actual, *sums, codes[file])


def _tally(rows: pd.DataFrame, origin: str, summed: tuple[str, ...]) -> dict[int, tuple[int, float]]:
    """How many rows each file has, and the control sum of their figures."""
    of_files = rows[origin].dropna()
    sums = rows.loc[of_files.index, list(summed)].sum(axis=1).groupby(of_files).sum().to_dict() if summed else {}
    return {int(file): (size, float(sums.get(file, 0.0))) for file, size in Counter(of_files).items()}


def _history(frames: Frames, view: View) -> Iterator[_Line]:
    earlier = view.reports[view.reports["period"] != str(view.period)]
    sizes = view.content.rows["results"].groupby("submission_id").size()
    for name, ids in earlier.groupby("period")["report_id"]:
        expected = int(sizes.reindex(ids).fillna(0).sum())
        yield _Line(Check.HISTORY, str(name), "results", expected, _count(frames.history[History.period] == name))


def _files(frames: Frames, view: View) -> Iterator[_Line]:
    verdicts = Counter(view.content.submissions.loc[view.belonging, "verdict"])
    written = Counter(frames.sources[Sources.verdict])
    for verdict in Verdict:
        yield _Line(Check.FILES, str(verdict), "", verdicts[verdict], written[verdict])


def _obligations(frames: Frames, view: View) -> Iterator[_Line]:
    """What the settings ask for, by the period's due date and in each earlier period that sheet 9 has."""
    due = Counter(due_within(view.duties, view.settings, view.period)["form"])
    written = Counter(frames.obligations[Obligations.form])
    for form in BY_NUMBER:
        yield _Line(Check.OBLIGATIONS, form, "", due[form], written[form])
    due, written = Counter(view.duties["period"]), Counter(frames.obligations_before[ObligationStates.period])
    for period in frames.over_time[OverTime.period]:
        if period != str(view.period):
            yield _Line(Check.OWED_BEFORE, period, "", due[period], written[period])


def _objectives(frames: Frames, view: View) -> Iterator[_Line]:
    missed, written = Counter(view.once(unmet)["origin"]), Counter(frames.unmet[Unmet.origin])
    for check, origin in ((Check.UNMET, Origin.THIS_PERIOD), (Check.CARRIED, Origin.CARRIED)):
        yield _Line(check, "", "results", missed[origin], written[origin])
    if view.period.kind is not PeriodKind.PLAN:
        of_period = _count(view.judged["period"] == str(view.period))
        yield _Line(Check.TRENDS, "", "", of_period, _count(frames.trends["status_0"].notna()))


def _parts(frames: Frames, view: View) -> Iterator[_Line]:
    """From the plans' own choice of an agency objective, and the numerators and denominators of the reports on them."""
    owners = view.counted.set_index("submission_id")["division"]
    plans, reports = (
        view.content.rows[table].assign(division=lambda rows: rows["submission_id"].map(owners))
        for table in ("objectives", "results")
    )
    plans = plans[plans["division"].notna() & plans[Objectives.agency_objective].notna()]
    held = plans.merge(reports[["division", "code", *PARTS]], on=["division", "code"], how="left")
    for code in frames.agency_objectives[AgencyObjectives.code]:
        both = (rows[rows[Objectives.agency_objective] == code] for rows in (held, frames.agency_parts))
        (expected, expected_sum), (actual, actual_sum) = ((len(rows), _sum(rows)) for rows in both)
        yield _Line(Check.PARTS, code, "", expected, actual, expected_sum, actual_sum)


def _sum(rows: pd.DataFrame) -> float:
    return float(rows[list(PARTS)].sum().sum())


def _people(frames: Frames, view: View) -> Iterator[_Line]:
    """People whom no BM-03 names; the others are counted file by file."""
    unrecorded = (Knowledge.NO_RECORD, Knowledge.JOINED_LATER)
    expected, actual = (_count(rows["knowledge"].isin(unrecorded)) for rows in (view.once(people), frames.people))
    yield _Line(Check.UNRECORDED, "", "policy", expected, actual)


def _timeline(frames: Frames, view: View) -> Iterator[_Line]:
    dated = register(view, "declarations")[list(DATED)].notna().sum().sum()
    moved = register(view, "scope_changes")[ScopeChanges.effective_on].notna().sum()
    yield _Line(Check.TIMELINE, "", "declarations", int(dated + moved), len(frames.timeline))


def _of_itself(frames: Frames, view: View) -> Iterator[_Line]:
    """The workbook against itself: statuses and divisions add up to the whole, the headline says what the cells say."""
    every = frames.objective_results
    objectives = every[is_registered(every)]
    codes = [division.code for division in view.settings.divisions]
    yield _Line(Check.STATUSES, "", "", len(objectives), int(status_by_division(objectives).sum().sum()))
    yield _Line(Check.DIVISIONS, "", "", len(objectives), _count(objectives["division"].isin(codes)))
    figures = headline(frames, view.period)
    for name in in_headline(figures, view.period):
        yield _Line(Check.HEADLINE, name, "", figures[name], figures[name])


def _count(chosen: pd.Series) -> int:
    return int(chosen.sum())
