"""Templates out to the divisions: blank ones, and pre-filled ones so that nobody retypes what the system knows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.alone import alone
from pipeline.desk.carrying import (
    Accepted,
    StillThere,
    commitments,
    lacking,
    next_objectives,
    people,
    register_rows,
    report_rows,
)
from pipeline.faults import OperatorError
from pipeline.forms import BY_NUMBER, DIRECTORY, FORMS
from pipeline.ledger.tables import empty_rows, empty_submissions, read_rows, read_submissions, sheet_tables
from pipeline.obligations import duties, plans_in_force
from pipeline.outbox import Outbox, Published, dated_sibling
from pipeline.settings import Division, Period, PeriodKind, Settings
from pipeline.templates.template import Issue, template_bytes
from pipeline.vietnamese import normalise
from pipeline.vocabulary.lists import lists_of
from pipeline.vocabulary.sheets import Form
from pipeline.wording import say
from pipeline.workspace import Workspace, open_ledger
from pipeline.writing import write_whole_or_fault


@dataclass(frozen=True)
class NotServed:
    """A division that could not be given a pre-filled form, or not all of it, and why."""

    form: str
    division: str
    reason: str

    def as_document(self) -> dict[str, str]:
        """As JSON."""
        return {"form": self.form, "division": self.division, "reason": self.reason}


@dataclass(frozen=True)
class Issued:
    """What was written, as paths relative to the workspace, and who could not be served.

    ``lacking`` were served, but not with everything; ``worked_on`` and ``open_elsewhere`` name forms that somebody has
    changed or holds open where they lie: those stay, and the new ones stand beside them.
    """

    written: tuple[str, ...]
    not_served: tuple[NotServed, ...] = ()
    lacking: tuple[NotServed, ...] = ()
    worked_on: tuple[str, ...] = ()
    open_elsewhere: tuple[str, ...] = ()


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


def issue_period(
    workspace: Workspace, settings: Settings, period: Period, only: str | None, *, now: dt.datetime
) -> Issued:
    """Write the pre-filled forms of a period into outbox/bieu_mau/<division>/.

    A form that was changed where it lies, or is open, is left alone: the new one gets a name with the time ``now``.

    Raises:
        OperatorError: E808, the division is unknown; E805, a form cannot be written; E806, a run is at work.
    """
    if only is not None and settings.division(only) is None:
        raise OperatorError("E808", division=only, known=", ".join(d.code for d in settings.divisions))
    with alone(workspace):
        return _issued(workspace, settings, list(owed_forms(settings, period, only)), period, now)


def _issued(
    workspace: Workspace, settings: Settings, owed: list[tuple[Form, Division]], period: Period, now: dt.datetime
) -> Issued:
    accepted = read_accepted(workspace, settings)
    outbox = Outbox(workspace.outbox, workspace.archive)
    written: dict[str, Published] = {}
    not_served: list[NotServed] = []
    partly: list[NotServed] = []
    for form, division in owed:
        issue = issue_for(form, division, period, settings, accepted)
        if isinstance(issue, NotServed):
            not_served.append(issue)
            continue
        relative = f"bieu_mau/{division.code}/{form.number}_{period}_{division.code}.xlsx"
        written[relative] = outbox.hand_out(relative, template_bytes(form, issue), sibling=dated_sibling(now))
        partly += _partly_served(form, division, period, settings, accepted)
    return Issued(
        written=tuple(f"outbox/{published.relative}" for published in written.values()),
        not_served=tuple(not_served),
        lacking=tuple(partly),
        worked_on=tuple(f"outbox/{wanted}" for wanted, done in written.items() if done.was_worked_on),
        open_elsewhere=tuple(f"outbox/{wanted}" for wanted, done in written.items() if done.was_open_elsewhere),
    )


def owed_forms(settings: Settings, period: Period, only: str | None) -> Iterable[tuple[Form, Division]]:
    """The forms that divisions owe for a period, by form and division."""
    owed = duties(settings)
    for duty in owed[owed["period"] == str(period)].to_dict("records"):
        division = settings.division(duty["division"])
        if division is not None and only in {None, division.code}:
            yield BY_NUMBER[duty["form"]], division


def read_accepted(workspace: Workspace, settings: Settings) -> Accepted:
    """What was accepted so far; nothing before the first run."""
    tables = [name for name in sheet_tables() if name != "policy"]
    if not workspace.ledger_file.exists():
        submissions = empty_submissions()
        rows = {name: empty_rows(name) for name in tables}
    else:
        with open_ledger(workspace) as ledger:
            submissions = read_submissions(ledger)
            rows = {name: read_rows(ledger, name) for name in tables}
    return Accepted(submissions, plans_in_force(submissions, duties(settings)), rows)


def issue_for(
    form: Form, division: Division, period: Period, settings: Settings, accepted: Accepted
) -> Issue | NotServed:
    """What a division's form is pre-filled with, or why it cannot be."""
    plain = _plain(form, division, period, settings, accepted)
    match form.form_id:
        case "objectives":
            return _with_last_year(plain, division, period, settings, accepted)
        case "results":
            return _with_objectives(plain, division, period, accepted)
        case "policy":
            return _with_staff(plain, division, period, settings)
        case "declaration":
            return _with_register(plain, accepted)
        case _:
            return plain


def _plain(form: Form, division: Division, period: Period, settings: Settings, accepted: Accepted) -> Issue:
    """The cover: whose form it is, and who made the last one."""
    made_on = dt.date(period.year, 1, 1)
    due_on = settings.due_dates(period).get(form.number)
    cover = people(accepted, division.code, _still_there(settings, due_on or made_on))
    return Issue(
        lists=lists_of(settings, period.year),
        agency=settings.agency_on(made_on),
        made_on=made_on,
        division=division.code,
        year=str(period.year),
        period=str(period.kind),
        cover=cover,
        remarks={"cover": say("issue.remark.cover")} if cover else {},
        due_on=due_on,
        contact=settings.contact,
    )


def _still_there(settings: Settings, day: dt.date) -> StillThere:
    """Nobody is named who has left by the day; whoever never stood on the staff list is not known to have left."""
    ever = {normalise(member.name).casefold() for member in settings.staff}
    there = {normalise(member.name).casefold() for member in settings.staff if member.covers(day)}
    left = ever - there
    return lambda name: normalise(name).casefold() not in left


def _with_last_year(plain: Issue, division: Division, period: Period, settings: Settings, accepted: Accepted) -> Issue:
    lists = (lists_of(settings, period.year - 1), plain.lists)
    still_there = _still_there(settings, plain.due_on or plain.made_on)
    rows = next_objectives(accepted, division.code, period.year, lists, still_there)
    if not rows:
        return plain
    remark = say("issue.remark.objectives", last_year=period.year - 1, year=period.year)
    return replace(plain, rows={"objectives": rows}, remarks={**plain.remarks, "objectives": remark})


def _with_objectives(plain: Issue, division: Division, period: Period, accepted: Accepted) -> Issue | NotServed:
    plan = accepted.plan(division.code, period)
    if plan is None:
        return NotServed("BM-02", division.code, say("issue.not_served.no_plan", year=period.year))
    rows = report_rows(accepted, division.code, period, plan)
    has_half = period.kind is PeriodKind.WHOLE_YEAR and not lacking(accepted, "BM-02", division.code, period)
    said = {name: say(f"issue.remark.{name}") for name in ("results", "progress")} if has_half else {}
    return replace(
        plain,
        rows=rows,
        remarks={**plain.remarks, **said},
        based_on=accepted.sha256(plan),
        commitments=commitments(accepted, plan),
    )


def _with_staff(plain: Issue, division: Division, period: Period, settings: Settings) -> Issue | NotServed:
    """The people who belong to the division on the form's due date (forms.md, BM-03)."""
    due_on = settings.due_dates(period)["BM-03"]
    staff = [member for member in settings.staff if member.division == division.code and member.covers(due_on)]
    if not staff:
        return NotServed("BM-03", division.code, say("issue.not_served.no_staff"))
    rows = [
        {"staff_code": m.staff_code, "full_name": m.name, "position": m.position, "category": m.category} for m in staff
    ]
    return replace(plain, rows={"policy": rows})


def _with_register(plain: Issue, accepted: Accepted) -> Issue:
    if accepted.register() is None:
        return plain
    rows = register_rows(accepted)
    remarks = {name: say("issue.remark.register") for name, some in rows.items() if some}
    return replace(plain, rows=rows, remarks={**plain.remarks, **remarks})


def _partly_served(
    form: Form, division: Division, period: Period, settings: Settings, accepted: Accepted
) -> Iterable[NotServed]:
    """What the form could not be pre-filled with; in the settings' first year nobody can have a year before."""
    missing = lacking(accepted, form.number, division.code, period)
    if missing and (form.number != "BM-01" or period.year - 1 in settings.years):
        yield NotServed(form.number, division.code, say(f"issue.lacking.{missing}", last_year=period.year - 1))
