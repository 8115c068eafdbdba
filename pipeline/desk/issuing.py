"""Templates out to the divisions: blank ones, and pre-filled ones so that nobody retypes what the system knows."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from pipeline.achievement import commitment_words
from pipeline.faults import OperatorError
from pipeline.forms import BY_NUMBER, DIRECTORY, FORMS, Form, lists_of
from pipeline.ledger.tables import empty_rows, empty_submissions, read_rows, read_submissions
from pipeline.obligations import duties, plans_in_force
from pipeline.settings import Division, Period, Settings
from pipeline.wording import say
from pipeline.workbooks.template import Issue, template_bytes
from pipeline.workspace import Workspace, open_ledger
from pipeline.writing import write_whole_or_fault

Row = Mapping[str, object]


@dataclass(frozen=True)
class NotServed:
    """A division that could not be given a pre-filled form, and why."""

    form: str
    division: str
    reason: str

    def as_document(self) -> dict[str, str]:
        """As JSON."""
        return {"form": self.form, "division": self.division, "reason": self.reason}


@dataclass(frozen=True)
class Issued:
    """What was written, as paths relative to the workspace, and who could not be served."""

    written: tuple[str, ...]
    not_served: tuple[NotServed, ...] = ()


@dataclass(frozen=True)
class Accepted:
    """What pre-filling leans on: which BM-01 counts for a period, and its rows."""

    plans: pd.DataFrame
    objectives: pd.DataFrame
    tasks: pd.DataFrame
    hashes: Mapping[int, str] = field(default_factory=dict)


def blank_templates(settings: Settings) -> dict[str, bytes]:
    """Every blank template by file name: the same settings give the same bytes."""
    year = max(settings.years)
    return {form.file_name: template_bytes(form, _blank_issue(form, settings, year)) for form in (*FORMS, DIRECTORY)}


def write_blank_templates(workspace: Workspace, settings: Settings) -> Issued:
    """Write the blank templates into templates_xlsx/.

    Raises:
        OperatorError: E805, they cannot be written.
    """
    folder = workspace.root / "templates_xlsx"
    templates = blank_templates(settings)
    for name, content in templates.items():
        write_whole_or_fault(folder / name, content)
    return Issued(tuple(f"templates_xlsx/{name}" for name in templates))


def _blank_issue(form: Form, settings: Settings, year: int) -> Issue:
    made_on = dt.date(year, 1, 1)
    lists = {} if form is DIRECTORY else lists_of(settings, year)
    return Issue(lists=lists, agency=settings.agency_on(made_on), made_on=made_on, contact=settings.contact)


def issue_period(workspace: Workspace, settings: Settings, period: Period, only: str | None) -> Issued:
    """Write the pre-filled forms of a period into outbox/bieu_mau/<division>/.

    Raises:
        OperatorError: E808, the division is unknown; E805, a form cannot be written.
    """
    if only is not None and settings.division(only) is None:
        raise OperatorError("E808", division=only, known=", ".join(d.code for d in settings.divisions))
    accepted = read_accepted(workspace, settings)
    written: list[str] = []
    not_served: list[NotServed] = []
    for form, division in owed_forms(settings, period, only):
        issue = issue_for(form, division, period, settings, accepted)
        if isinstance(issue, NotServed):
            not_served.append(issue)
            continue
        relative = f"bieu_mau/{division.code}/{form.number}_{period}_{division.code}.xlsx"
        write_whole_or_fault(workspace.outbox / relative, template_bytes(form, issue))
        written.append(f"outbox/{relative}")
    return Issued(tuple(written), tuple(not_served))


def owed_forms(settings: Settings, period: Period, only: str | None) -> Iterable[tuple[Form, Division]]:
    """The forms that divisions owe for a period, by form and division."""
    owed = duties(settings)
    for duty in owed[owed["period"] == str(period)].to_dict("records"):
        division = settings.division(duty["division"])
        if division is not None and only in {None, division.code}:
            yield BY_NUMBER[duty["form"]], division


def read_accepted(workspace: Workspace, settings: Settings) -> Accepted:
    """What was accepted so far; nothing before the first run."""
    if not workspace.ledger_file.exists():
        submissions, objectives, tasks = empty_submissions(), empty_rows("objectives"), empty_rows("tasks")
    else:
        with open_ledger(workspace) as ledger:
            submissions = read_submissions(ledger)
            objectives, tasks = read_rows(ledger, "objectives"), read_rows(ledger, "tasks")
    plans = plans_in_force(submissions, duties(settings))
    return Accepted(plans, objectives, tasks, dict(zip(submissions.index, submissions["sha256"], strict=True)))


def issue_for(
    form: Form, division: Division, period: Period, settings: Settings, accepted: Accepted
) -> Issue | NotServed:
    """What a division's form is pre-filled with, or why it cannot be."""
    made_on = dt.date(period.year, 1, 1)
    plain = Issue(
        lists=lists_of(settings, period.year),
        agency=settings.agency_on(made_on),
        made_on=made_on,
        division=division.code,
        year=str(period.year),
        period=str(period.kind),
        due_on=settings.due_dates(period).get(form.number),
        contact=settings.contact,
    )
    match form.form_id:
        case "results":
            return _with_objectives(plain, division, period, accepted)
        case "policy":
            return _with_staff(plain, division, period, settings)
        case _:
            return plain


def _with_objectives(plain: Issue, division: Division, period: Period, accepted: Accepted) -> Issue | NotServed:
    plans = accepted.plans
    found = plans[(plans["division"] == division.code) & (plans["period"] == str(period))]["submission_id"]
    if found.empty:
        return NotServed("BM-02", division.code, say("command_line.templates.no_plan"))
    plan = int(found.iloc[0])
    objectives = accepted.objectives[accepted.objectives["submission_id"] == plan]
    tasks = accepted.tasks[accepted.tasks["submission_id"] == plan]
    results = objectives[["code", "statement"]].assign(commitment=commitment_words(objectives))
    progress = tasks[["task_code", "task", "finish_on"]].rename(columns={"finish_on": "planned_finish_on"})
    rows = {"results": _as_rows(results), "progress": _as_rows(progress)}
    return replace(plain, rows=rows, based_on=accepted.hashes[plan])


def _as_rows(frame: pd.DataFrame) -> Sequence[Row]:
    return [
        {str(name): value.date() if isinstance(value, dt.datetime) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _with_staff(plain: Issue, division: Division, period: Period, settings: Settings) -> Issue | NotServed:
    """The people who belong to the division on the form's due date (forms.md, BM-03)."""
    due_on = settings.due_dates(period)["BM-03"]
    staff = [member for member in settings.staff if member.division == division.code and member.covers(due_on)]
    if not staff:
        return NotServed("BM-03", division.code, say("command_line.templates.no_staff"))
    rows = [
        {"staff_code": m.staff_code, "full_name": m.name, "position": m.position, "category": m.category} for m in staff
    ]
    return replace(plain, rows={"policy": rows})
