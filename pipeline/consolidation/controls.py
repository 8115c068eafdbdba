"""Can the workbook be trusted: what was accepted, counted in the ledger, against what stands in the frames.

Each check compares two counts that were made independently. ``expected`` comes from the ledger's own rows (or, for
the three kinds that compare the workbook with itself, from one of its tables), ``actual`` from the frame that the
workbook is written from; so a row that is lost or counted twice turns the line of its file and sheet red and no
other.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

import pandas as pd

from pipeline.consolidation.coverage import Knowledge, people
from pipeline.consolidation.declaration import DATED, register
from pipeline.consolidation.headline import headline, in_headline, status_by_division
from pipeline.consolidation.results import judged_results
from pipeline.consolidation.selection import View
from pipeline.consolidation.sources import source_codes
from pipeline.consolidation.unmet import Origin, unmet
from pipeline.findings import Verdict
from pipeline.forms import BY_NUMBER
from pipeline.obligations import due_within, duties
from pipeline.settings import PeriodKind


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


class Traced(NamedTuple):
    """Where the accepted rows of a ledger table stand: the frame, its column of origin, what the control sum adds."""

    frame: str
    origin: str
    summed: tuple[str, ...] = ()


TRACED: Final[Mapping[str, Traced]] = {
    "objectives": Traced("objective_results", "plan_id", ("target",)),
    "tasks": Traced("plan_tasks", "plan_id"),
    "results": Traced("objective_results", "report_id", ("numerator", "denominator")),
    "progress": Traced("plan_tasks", "report_id"),
    "policy": Traced("people", "submission_id"),
    "declarations": Traced("declarations", "submission_id", ("procedures_count",)),
    "scope_changes": Traced("scope_changes", "submission_id", ("procedures_added", "procedures_removed")),
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


_DTYPES = {
    **dict.fromkeys(("check", "subject", "table", "source"), "str"),
    **dict.fromkeys(("expected", "actual"), "int64"),
    **dict.fromkeys(("expected_sum", "actual_sum"), "float64"),
}
Frames = Mapping[str, pd.DataFrame]


def controls(frames: Frames, view: View) -> pd.DataFrame:
    """One row a check: check, subject, table, expected, actual, their control sums, source, holds.

    ``subject`` is form, division and period for ROWS (of the file ``source``), a period for HISTORY and OWED_BEFORE,
    a verdict for FILES, a form for OBLIGATIONS, a code for PARTS, a figure's name for HEADLINE; else blank. ``table``
    names the ledger's table for ROWS.
    """
    lines = [
        *_rows(frames, view),
        *_history(frames, view),
        *_files(frames, view),
        *_obligations(frames, view),
        *_owed_before(frames, view),
        *_unmet(frames, view),
        *_parts(frames, view),
        *_people(frames, view),
        *_timeline(frames, view),
        *_of_itself(frames, view),
    ]
    told = pd.DataFrame(lines, columns=list(_Line._fields)).astype(_DTYPES)
    same = (told["expected_sum"] - told["actual_sum"]).abs() < _NOISE
    return told.assign(holds=(told["expected"] == told["actual"]) & same)


def _rows(frames: Frames, view: View) -> Iterator[_Line]:
    accepted = {
        table: _tally(view.content.rows[table], "submission_id", traced.summed) for table, traced in TRACED.items()
    }
    shown = {table: _tally(frames[traced.frame], traced.origin, traced.summed) for table, traced in TRACED.items()}
    codes = dict(zip(view.belonging, source_codes(pd.Series(view.belonging)), strict=True))
    for submission_id, form, division, period in view.counted.itertuples(index=False):
        for table in (sheet.name for sheet in BY_NUMBER[form].sheets):
            expected, expected_sum = accepted[table].get(submission_id, (0, 0.0))
            actual, actual_sum = shown[table].get(submission_id, (0, 0.0))
            yield _Line(
                Check.ROWS,
                f"{form} {division} {period}",
                table,
                expected,
                actual,
                expected_sum,
                actual_sum,
                codes[submission_id],
            )


def _tally(rows: pd.DataFrame, origin: str, summed: tuple[str, ...]) -> dict[int, tuple[int, float]]:
    """How many rows each file has, and the control sum of their figures."""
    known = rows[rows[origin].notna()]
    by_file = known[list(summed)].sum(axis=1).groupby(known[origin]).agg(["size", "sum"])
    return {int(file): (int(size), float(total)) for file, size, total in by_file.itertuples()}


def _sum(rows: pd.DataFrame, columns: tuple[str, ...]) -> float:
    return float(rows[list(columns)].sum().sum())


def _history(frames: Frames, view: View) -> Iterator[_Line]:
    earlier = view.reports[view.reports["period"] != str(view.period)]
    sizes = view.content.rows["results"].groupby("submission_id").size()
    for name, ids in earlier.groupby("period")["report_id"]:
        shown = int((frames["history"]["period"] == name).sum())
        yield _Line(Check.HISTORY, str(name), "results", int(sizes.reindex(ids).fillna(0).sum()), shown)


def _files(frames: Frames, view: View) -> Iterator[_Line]:
    verdicts = view.content.submissions.loc[view.belonging, "verdict"]
    for verdict in Verdict:
        shown = int((frames["sources"]["verdict"] == verdict).sum())
        yield _Line(Check.FILES, str(verdict), "", int((verdicts == verdict).sum()), shown)


def _obligations(frames: Frames, view: View) -> Iterator[_Line]:
    owed = due_within(duties(view.settings), view.settings, view.period)
    for form in BY_NUMBER:
        shown = int((frames["obligations"]["form"] == form).sum())
        yield _Line(Check.OBLIGATIONS, form, "", int((owed["form"] == form).sum()), shown)


def _owed_before(frames: Frames, view: View) -> Iterator[_Line]:
    """What the settings ask for in each earlier period that sheet 9 tells of."""
    owed, shown = duties(view.settings)["period"], frames["owed_before"]["period"]
    for period in frames["over_time"]["period"]:
        if period != str(view.period):
            yield _Line(Check.OWED_BEFORE, period, "", int((owed == period).sum()), int((shown == period).sum()))


def _unmet(frames: Frames, view: View) -> Iterator[_Line]:
    judged = judged_results(view)
    missed = unmet(judged, view)
    for check, origin in ((Check.UNMET, Origin.THIS_PERIOD), (Check.CARRIED, Origin.CARRIED)):
        shown = int((frames["unmet"]["origin"] == origin).sum())
        yield _Line(check, "", "results", int((missed["origin"] == origin).sum()), shown)
    if view.period.kind is not PeriodKind.PLAN:
        of_period = int((judged["period"] == str(view.period)).sum())
        yield _Line(Check.TRENDS, "", "", of_period, int(frames["trends"]["status_0"].notna().sum()))


def _parts(frames: Frames, view: View) -> Iterator[_Line]:
    """From the plans' own choice of an agency objective, and the numerators and denominators of the reports on them."""
    owners = view.counted.set_index("submission_id")["division"]
    plans, reports = (
        view.content.rows[table].assign(division=lambda rows: rows["submission_id"].map(owners))
        for table in ("objectives", "results")
    )
    plans = plans[plans["division"].notna() & plans["agency_objective"].notna()]
    held = plans.merge(reports[["division", "code", "numerator", "denominator"]], on=["division", "code"], how="left")
    for code in frames["agency_objectives"]["code"]:
        wanted = held[held["agency_objective"] == code]
        shown = frames["agency_parts"][frames["agency_parts"]["agency_objective"] == code]
        sums = (_sum(wanted, ("numerator", "denominator")), _sum(shown, ("numerator", "denominator")))
        yield _Line(Check.PARTS, code, "", len(wanted), len(shown), *sums)


def _people(frames: Frames, view: View) -> Iterator[_Line]:
    """People whom no BM-03 tells of; the others are counted file by file."""
    unrecorded = (Knowledge.NO_RECORD, Knowledge.JOINED_LATER)
    expected, shown = (int(each["knowledge"].isin(unrecorded).sum()) for each in (people(view), frames["people"]))
    yield _Line(Check.UNRECORDED, "", "policy", expected, shown)


def _timeline(frames: Frames, view: View) -> Iterator[_Line]:
    dated = register(view, "declarations")[list(DATED)].notna().sum().sum()
    moved = register(view, "scope_changes")["effective_on"].notna().sum()
    yield _Line(Check.TIMELINE, "", "declarations", int(dated + moved), len(frames["timeline"]))


def _of_itself(frames: Frames, view: View) -> Iterator[_Line]:
    """The workbook against itself: statuses and divisions add up to the whole, the headline says what the cells say."""
    objectives = frames["objective_results"]
    table = status_by_division(objectives)
    known = [division.code for division in view.settings.divisions]
    yield _Line(Check.STATUSES, "", "", len(objectives), int(table.sum().sum()))
    yield _Line(Check.DIVISIONS, "", "", len(objectives), int(objectives["division"].isin(known).sum()))
    figures = headline(frames, view.period)
    for name in in_headline(figures, view.period):
        yield _Line(Check.HEADLINE, name, "", figures[name], figures[name])
