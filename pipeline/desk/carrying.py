"""What a form takes over from what was accepted before: frames in, rows out. Pure (design 2.7).

Nothing here decides anything: a figure, a date or a judgement that belongs to the new period is never made up.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.achievement import commitment_words, computed_status
from pipeline.consolidation.actions import PROGRESS
from pipeline.desk.accepted import Accepted
from pipeline.desk.left_open import in_year, left_open
from pipeline.forms import BY_NUMBER
from pipeline.obligations import is_accepted, is_taken_over
from pipeline.rules.achieved import COMMITTED
from pipeline.rules.last_year import LAST_YEAR_KIND, kind_words
from pipeline.settings import Period, PeriodKind
from pipeline.sheets.cover import Cover
from pipeline.sheets.declaration import REGISTER_SHEETS
from pipeline.sheets.objectives import OBJECTIVE_CODES, Objectives, Tasks, committed
from pipeline.sheets.results import Actions, Progress, Results
from pipeline.vietnamese import format_date, format_number, format_quantity
from pipeline.vocabulary.choices import Measure, Status, TaskStatus
from pipeline.vocabulary.fields import coded_column
from pipeline.vocabulary.lists import Lists
from pipeline.wording import say

Row = Mapping[str, object]
Rows = Mapping[str, Sequence[Row]]
"""Sheet name to the rows that are written into it."""
StillThere = Callable[[str], bool]
"""Whether a person of that name may still be named in a form."""

PEOPLE = (Cover.prepared_by, Cover.telephone, Cover.approved_by)
"""What a cover takes over; number and dates belong to the document, and never are."""
KEPT = (
    Objectives.statement,
    Objectives.indicator,
    Objectives.measure,
    Objectives.comparator,
    Objectives.range_beaten,
    Objectives.unit,
    Objectives.method,
    Objectives.data_source,
    Objectives.frequency,
)
"""What an objective brings into the next year; its sentence with the figure left open (``left_open``).

Target, bounds, milestone and date are decided anew.
"""
_IN_YEAR = (Objectives.indicator, Objectives.method)
"""Texts that may name the year in which they are counted."""
_ORIGIN = ["submission_id", "excel_row"]


def people(accepted: Accepted, division: str, still_there: StillThere) -> Row:
    """Who made, who approved and the telephone, from the division's last accepted form of any kind."""
    submissions = accepted.submissions
    own = submissions[is_accepted(submissions) & (submissions["division"] == division)]
    if own.empty:
        return {}
    form = BY_NUMBER[own["form"].iloc[-1]]
    cover = accepted.of(f"{form.form_id}_cover", int(own.index[-1]))
    values = {name: str(value) for name in PEOPLE for value in cover[name].dropna()}
    return {name: value for name, value in values.items() if name == "telephone" or still_there(value)}


def report_rows(accepted: Accepted, division: str, period: Period, plan: int) -> Rows:
    """BM-02: the objectives and tasks of a plan; for the whole year with what the six-month report said of them."""
    objectives, tasks = accepted.of("objectives", plan), accepted.of("tasks", plan)
    results = objectives[["code", "statement"]].assign(commitment=commitment_words(objectives))
    progress = tasks[[Tasks.task_code, "task", Tasks.finish_on]].rename(
        columns={Tasks.finish_on: Progress.planned_finish_on}
    )
    if period.kind is PeriodKind.WHOLE_YEAR:
        half = Period(period.year, PeriodKind.SIX_MONTHS)
        results = results.assign(six_months=results["code"].map(_six_months(accepted, division, half)))
        progress = progress.merge(_finished(accepted, division, half), on=[Tasks.task_code, "task"], how="left")
    return {"results": as_rows(results), "progress": as_rows(progress)}


def open_actions(accepted: Accepted, division: str, period: Period) -> pd.DataFrame:
    """The corrective actions of the division's earlier reports that are still open, with what was said of them."""
    every = accepted.missed_before(period)
    own = every[(every["division"] == division) & every["is_open"] & every[Results.corrective_action].notna()]
    named = {
        "period": Actions.origin,
        Results.code: Actions.objective,
        Results.corrective_action: Actions.action,
        Results.action_owner: Actions.owner,
        Results.action_due_on: Actions.due_on,
    }
    actions: pd.DataFrame = own.sort_values("order", kind="stable")[[*named, *PROGRESS]].rename(columns=named)
    return actions


def commitments(accepted: Accepted, plan: int) -> Mapping[str, Row]:
    """What each objective of a plan promised, by its code, as the live checks of a report know it."""
    objectives = accepted.of("objectives", plan).set_index("code")
    continued = objectives[Objectives.continues].map(_kinds_of_last_year(accepted, plan))
    promised = objectives.rename(columns=committed).assign(**{LAST_YEAR_KIND: continued})
    promised = promised[list(COMMITTED)].astype(object)
    rows = zip(promised.index, as_rows(promised.where(promised.notna(), None)), strict=True)
    return {str(code): {name: value for name, value in row.items() if value is not None} for code, row in rows}


def reported_last_year(accepted: Accepted, plan: int) -> Mapping[str, str]:
    """By code of a plan's objectives that go on with one of last year: what the whole year was reported to come to."""
    division, last = _year_before(accepted, plan)
    rows = {str(row["code"]): row for row in _reported(accepted, division, last).to_dict("records")}
    objectives = accepted.of("objectives", plan)
    pairs = zip(objectives["code"], objectives[Objectives.continues], strict=True)
    return {str(code): _figure(rows[before]) for code, before in pairs if before in rows}


def _year_before(accepted: Accepted, plan: int) -> tuple[str, Period]:
    """The division of a plan, and the whole year before it."""
    division, period = accepted.submissions.loc[plan, ["division", "period"]]
    return str(division), Period(Period.parse(str(period)).year - 1, PeriodKind.WHOLE_YEAR)


def _kinds_of_last_year(accepted: Accepted, plan: int) -> pd.Series:
    """By code how the objectives of the year before were measured, as ``rules.last_year`` knows it."""
    division, last = _year_before(accepted, plan)
    held = accepted.promised(division, last)
    own = accepted.of("objectives", accepted.plan(division, Period(last.year, PeriodKind.PLAN)))
    return kind_words((own if held.empty else held).set_index("code"))


def _six_months(accepted: Accepted, division: str, half: Period) -> Mapping[str, str]:
    """By code what was reported at six months: figure, parts, date, and the status as computed then."""
    judged = _reported(accepted, division, half)
    status = computed_status(judged).fillna(judged[Results.self_assessment])
    records = judged.assign(status=status).to_dict("records")
    return {
        str(row["code"]): say(
            "issue.six_months", figure=_figure(row), day=format_date(row[Results.data_as_of]), status=row["status"]
        )
        for row in records
    }


def _reported(accepted: Accepted, division: str, period: Period) -> pd.DataFrame:
    """The results of the report in force beside their objectives under ``objective_``, as achievement takes it."""
    results = accepted.of("results", accepted.report(division, period))
    objectives = accepted.promised(division, period).drop(columns=_ORIGIN)
    planned = objectives.rename(columns=lambda name: name if name == "code" else f"objective_{name}")
    return results.merge(planned, on="code", how="left").assign(period_kind=str(period.kind))


def _figure(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["actual"]):
        return str(row[coded_column(Results.actual)])
    figure = format_number(row["actual"])
    unit, numerator, denominator = row[committed(Objectives.unit)], row[Results.numerator], row[Results.denominator]
    figure = format_quantity(figure, unit)
    if row[committed(Objectives.measure)] != Measure.RATE or pd.isna(numerator) or pd.isna(denominator):
        return figure
    parts = {name: format_number(row[name]) for name in ("numerator", "denominator")}
    return say("issue.share", figure=figure, **parts)


def _finished(accepted: Accepted, division: str, half: Period) -> pd.DataFrame:
    """The tasks reported as done at six months: task_code, task, status, finished_on.

    They carry the task's own words: a revised plan may have given the code to another task, which is not done.
    """
    progress = accepted.of("progress", accepted.report(division, half))
    done = progress.loc[progress["status"] == TaskStatus.DONE, [Tasks.task_code, "status", Progress.finished_on]]
    tasks = accepted.of("tasks", accepted.plan(division, half))
    return done.merge(tasks[[Tasks.task_code, "task"]], on=Tasks.task_code)


def next_objectives(
    accepted: Accepted, division: str, year: int, lists: tuple[Lists, Lists], still_there: StillThere
) -> Sequence[Row]:
    """BM-01: last year's objectives that still apply, each in the row of its code and continuing it.

    ``lists`` are last year's and this year's: a choice that is gone, or is another one under the same code, is not
    carried. The baseline is last year's value, where the year's report gives one.
    """
    last = Period(year - 1, PeriodKind.WHOLE_YEAR)
    own = accepted.of("objectives", accepted.plan(division, Period(year - 1, PeriodKind.PLAN)))
    taken = accepted.promised(division, last)
    objectives = pd.concat([own, taken[is_taken_over(taken["code"])]], ignore_index=True)
    reported = _reported(accepted, division, last)
    ended = reported.loc[reported[Results.self_assessment] == Status.NO_LONGER, "code"]
    objectives = objectives[~objectives["code"].isin(ended)]
    before, now = lists
    kept = {
        code
        for code, words in now["agency_objectives"].items()
        if before["agency_objectives"].get(code, words) == words
    }
    carried = objectives[["code", *KEPT]].assign(
        statement=[left_open(row, year) for row in as_rows(objectives)],
        **{name: objectives[name].map(lambda text: in_year(text, year)) for name in _IN_YEAR},
        continues=objectives["code"],
        owner=objectives["owner"].where(objectives["owner"].map(still_there).astype(bool)),
        policy_point=objectives[Objectives.policy_point].where(
            objectives[Objectives.policy_point].isin(list(now["policy_points"]))
        ),
        agency_objective=objectives[Objectives.agency_objective].where(
            objectives[Objectives.agency_objective].isin(kept)
        ),
    )
    carried = carried.merge(_baselines(reported), on=["code", "measure", "unit"], how="left")
    return as_rows(carried.assign(code=_rows_of(carried["code"])))


def _rows_of(codes: pd.Series) -> pd.Series:
    """The row of each objective: that of its code; of what came from a former division the next one that is free."""
    used = {*codes}
    free = (code for code in OBJECTIVE_CODES if code not in used)
    rows = [next(free) if taken else code for code, taken in zip(codes, is_taken_over(codes), strict=True)]
    return pd.Series(rows, codes.index, dtype="str")


def _baselines(reported: pd.DataFrame) -> pd.DataFrame:
    """What the year came to: code, measure, unit, baseline, baseline_coded.

    The figure that was reported as it was typed, never an estimate: for a rate the typed value, which was held equal
    to its parts. It stands for the measure and unit in which it was reported, and no other.
    """
    columns = {
        "code": "code",
        committed(Objectives.measure): Objectives.measure,
        committed(Objectives.unit): Objectives.unit,
        Results.actual: Objectives.baseline,
        coded_column(Results.actual): coded_column(Objectives.baseline),
    }
    return reported[list(columns)].rename(columns=columns)


def register_rows(accepted: Accepted) -> Rows:
    """BM-04: the rows of the last accepted register, so that nobody retypes the history."""
    register = accepted.register()
    return {table: as_rows(accepted.of(table, register)) for table in REGISTER_SHEETS}


def lacking(accepted: Accepted, form: str, division: str, period: Period) -> str:
    """The catalogue's name of what a form that is served could not be pre-filled with; empty when of nothing."""
    last = Period(period.year - 1, PeriodKind.PLAN)
    match form:
        case "BM-01" if accepted.plan(division, last) is None:
            return "no_last_plan"
        case "BM-01" if accepted.report(division, Period(last.year, PeriodKind.WHOLE_YEAR)) is None:
            return "no_last_report"
        case "BM-02" if period.kind is PeriodKind.WHOLE_YEAR:
            half = Period(period.year, PeriodKind.SIX_MONTHS)
            return "no_six_months" if accepted.report(division, half) is None else ""
        case "BM-04" if accepted.register() is None:
            return "no_register"
        case _:
            return ""


def as_rows(frame: pd.DataFrame) -> list[Row]:
    """A frame as rows to be written: fields alone, days as days."""
    fields = frame.drop(columns=_ORIGIN, errors="ignore")
    return [
        {str(name): value.date() if isinstance(value, pd.Timestamp) else value for name, value in row.items()}
        for row in fields.to_dict("records")
    ]
