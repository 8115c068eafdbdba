"""Can the workbook be trusted: what must stand in it, by ``evidence``, against what stands in the frames.

``expected`` is worked out from the ledger's rows and the settings by ``evidence``, which shares no code with this room
(but for STATUSES and DIVISIONS, where the workbook is compared with itself); ``actual`` is counted in the frame
that the workbook is written from. A row that is lost or counted twice, a state, a person or an action that is another
turns its own line red and no other.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

import pandas as pd

from pipeline.consolidation.counted import written_figures
from pipeline.consolidation.frame import COUNT, NUMBER, TEXT, TRUTH, Frame
from pipeline.consolidation.frames import (
    AgencyObjectives,
    Frames,
    History,
    Obligations,
    ObligationStates,
    Sources,
)
from pipeline.consolidation.headline import headline, in_headline, status_by_division
from pipeline.consolidation.sources import source_codes
from pipeline.consolidation.status import is_registered
from pipeline.consolidation.trend_frames import OverTime
from pipeline.consolidation.view import View
from pipeline.evidence.figures import Expected, Tally
from pipeline.evidence.headline import headline as expected_headline
from pipeline.evidence.headline import in_periods
from pipeline.findings import Verdict
from pipeline.forms import BY_NUMBER
from pipeline.settings import PeriodKind
from pipeline.sheets.declaration import Declarations, ScopeChanges
from pipeline.sheets.objectives import Objectives
from pipeline.sheets.results import Results


class Check(StrEnum):
    """What is compared. ``subject`` of a line says for which file, form, verdict, code or figure."""

    ROWS = "rows"
    HISTORY = "history"
    FINALS = "finals"
    FILES = "files"
    OBLIGATIONS = "obligations"
    OWED_BEFORE = "owed_before"
    REACHED_IN = "reached_in"
    MISSED_IN = "missed_in"
    IN_TIME_IN = "in_time_in"
    TRENDS = "trends"
    PARTS = "parts"
    POOLED = "pooled"
    TIMELINE = "timeline"
    FIGURES = "figures"
    STATES = "states"
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
    "actions": Traced(("actions",), "report_id"),
    "progress": Traced(("plan_tasks", "tasks_apart"), "report_id"),
    "policy": Traced(("people",), "submission_id"),
    "declarations": Traced(("declarations",), "submission_id", (Declarations.procedures_count,)),
    "postings": Traced(("postings",), "submission_id"),
    "checks": Traced(("checks",), "submission_id"),
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

    ``subject`` is form, division and period for ROWS (of the file ``source``), a period for HISTORY, OWED_BEFORE,
    REACHED_IN, MISSED_IN and IN_TIME_IN, a verdict for FILES, a form for OBLIGATIONS, a code for PARTS and POOLED, a
    state for STATES, a figure's name for FIGURES and HEADLINE; else blank. ``table`` names the ledger's table for ROWS.
    """
    expected = Expected(view.content.facts, view.settings, view.period, view.today)
    makers = (
        _rows, _history, _files, _obligations, _figures, _states, _over_time, _trends, _agency, _timeline, _of_itself,
    )  # fmt: skip
    lines = Controls.of(line for make in makers for line in make(frames, view, expected))
    same_sum = (lines["expected_sum"] - lines["actual_sum"]).abs() < _NOISE
    return lines.assign(holds=(lines["expected"] == lines["actual"]) & same_sum)


def _rows(frames: Frames, view: View, expected: Expected) -> Iterator[_Line]:
    accepted, written = {}, {}
    for table, traced in TRACED.items():
        accepted[table] = expected.tally(table, traced.summed)
        stands_in = pd.concat([getattr(frames, name) for name in traced.frames], ignore_index=True)
        written[table] = _tally(stands_in, traced.origin, traced.summed)
    files = view.content.submissions.loc[sorted(expected.counted), ["form", "division", "period"]]
    codes = dict(zip(view.belonging, source_codes(pd.Series(view.belonging)), strict=True))
    for file, form, division, period in files.itertuples(name=None):
        for table in (sheet.name for sheet in BY_NUMBER[form].sheets):
            counts = accepted[table].get(file, Tally()), written[table].get(file, Tally())
            (count, actual), sums = zip(*counts, strict=True)
            yield _Line(Check.ROWS, f"{form} {division} {period}", table, count, actual, *sums, codes.get(file, ""))


def _tally(rows: pd.DataFrame, origin: str, summed: tuple[str, ...]) -> dict[int, Tally]:
    """How many rows each file has, and the control sum of their figures."""
    of_files = rows[origin].dropna()
    sums = rows.loc[of_files.index, list(summed)].sum(axis=1).groupby(of_files).sum().to_dict() if summed else {}
    return {int(file): Tally(size, float(sums.get(file, 0.0))) for file, size in Counter(of_files).items()}


def _history(frames: Frames, _view: View, expected: Expected) -> Iterator[_Line]:
    written = Counter(frames.history[History.period])
    for period, count in expected.history.items():
        yield _Line(Check.HISTORY, period, "results", count, written[period])
    if expected.history:
        finals, figures = expected.finals, frames.history[History.final_figure]
        count = _count(figures.notna() | frames.history[History.final_word].notna())
        yield _Line(Check.FINALS, "", "results", finals.rows, count, finals.total, float(figures.sum()))


def _files(frames: Frames, _view: View, expected: Expected) -> Iterator[_Line]:
    written = Counter(frames.sources[Sources.verdict])
    for verdict in Verdict:
        yield _Line(Check.FILES, str(verdict), "", expected.files.get(str(verdict), 0), written[verdict])


def _obligations(frames: Frames, _view: View, expected: Expected) -> Iterator[_Line]:
    """What the settings ask for, by the period's due date and in each earlier period that sheet 9 has."""
    written = Counter(frames.obligations[Obligations.form])
    for form in BY_NUMBER:
        yield _Line(Check.OBLIGATIONS, form, "", expected.forms_due.get(form, 0), written[form])
    written = Counter(frames.obligations_before[ObligationStates.period])
    for period, rows in expected.history.items():
        if rows:
            yield _Line(Check.OWED_BEFORE, period, "", expected.due_in.get(period, 0), written[period])


def _figures(frames: Frames, _view: View, expected: Expected) -> Iterator[_Line]:
    """A line a figure of the whole workbook."""
    written = written_figures(frames)
    for name, figure in expected.figures.items():
        yield _Line(Check.FIGURES, name, "", figure, written[name])


def _states(frames: Frames, _view: View, expected: Expected) -> Iterator[_Line]:
    """A line a state that an obligation may be in."""
    written = Counter(frames.obligations[Obligations.state])
    for state, count in expected.states.items():
        yield _Line(Check.STATES, state, "", count, written[state])


def _over_time(frames: Frames, view: View, expected: Expected) -> Iterator[_Line]:
    """What the table of periods on sheet 9 says of each."""
    written = frames.over_time.groupby(OverTime.period)[[OverTime.reached, OverTime.not_met, OverTime.in_time]].sum()
    for period, figures in in_periods(expected).items():
        if period == str(view.period) and view.period.kind is PeriodKind.PLAN:
            continue
        stand = list(written.loc[period]) if period in written.index else [0] * len(figures)
        checks = (Check.REACHED_IN, Check.MISSED_IN, Check.IN_TIME_IN)
        for check, figure, actual in zip(checks, figures, stand, strict=True):
            yield _Line(check, period, "", figure, actual)


def _trends(frames: Frames, view: View, expected: Expected) -> Iterator[_Line]:
    if view.period.kind is not PeriodKind.PLAN:
        yield _Line(Check.TRENDS, "", "", expected.objectives, _count(frames.trends["status_0"].notna()))


def _agency(frames: Frames, _view: View, expected: Expected) -> Iterator[_Line]:
    """The plans' own choice of an agency objective with both parts of the reports' rates, and what these come to."""
    pooled = frames.agency_objectives.groupby(AgencyObjectives.code)
    stand = pooled[[AgencyObjectives.divisions_in, AgencyObjectives.value]].sum()
    for code, part in expected.parts.items():
        rows = frames.agency_parts[frames.agency_parts[Objectives.agency_objective] == code]
        yield _Line(Check.PARTS, code, "", part.rows, len(rows), part.total, float(rows[list(PARTS)].sum().sum()))
        divisions, value = list(stand.loc[code]) if code in stand.index else (0, 0.0)
        each = expected.pooled[code]
        yield _Line(Check.POOLED, code, "", each.divisions_in, int(divisions), each.value or 0.0, value)


def _timeline(frames: Frames, _view: View, expected: Expected) -> Iterator[_Line]:
    yield _Line(Check.TIMELINE, "", "declarations", expected.timeline, len(frames.timeline))


def _of_itself(frames: Frames, view: View, expected: Expected) -> Iterator[_Line]:
    """Statuses and divisions add up to the whole, which is the workbook's own; the headline is held to the evidence."""
    every = frames.objective_results
    objectives = every[is_registered(every)]
    codes = [division.code for division in view.settings.divisions]
    yield _Line(Check.STATUSES, "", "", len(objectives), int(status_by_division(objectives).sum().sum()))
    yield _Line(Check.DIVISIONS, "", "", len(objectives), _count(objectives["division"].isin(codes)))
    figures, proved = headline(frames, view.period), expected_headline(expected)
    for name in in_headline({**figures, **proved}, view.period):
        yield _Line(Check.HEADLINE, name, "", proved[name], figures[name])


def _count(chosen: pd.Series) -> int:
    return int(chosen.sum())
