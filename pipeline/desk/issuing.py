"""Pre-filled forms out to the divisions, so that nobody retypes what the system has already."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from pipeline.desk.accepted import Accepted
from pipeline.desk.carrying import (
    StillThere,
    as_rows,
    commitments,
    lacking,
    next_objectives,
    open_actions,
    people,
    register_rows,
    report_rows,
    reported_last_year,
)
from pipeline.desk.status import listed_division
from pipeline.desk.taking_over import actions_left, taken_over_by
from pipeline.forms import BY_NUMBER
from pipeline.guards import alone
from pipeline.ledger.contents import read_submissions
from pipeline.ledger.tables import blank_ledger, read_rows, sheet_tables
from pipeline.obligations import duties, handed_over, last_good_day, plans_in_force
from pipeline.outbox import Outbox, Published, form_place
from pipeline.settings import Division, Period, PeriodKind, Settings
from pipeline.settings.heads import title_of_head
from pipeline.sheets.policy import Policy
from pipeline.templates.template import Issue, template_bytes
from pipeline.vietnamese import normalise, say_date
from pipeline.vocabulary.lists import lists_of
from pipeline.vocabulary.sheets import Form
from pipeline.wording import say
from pipeline.workspace import Workspace, open_ledger


@dataclass(frozen=True)
class NotServed:
    """A division that could not be given a pre-filled form, or not all of it, and why."""

    form: str
    division: str
    reason: str


@dataclass(frozen=True)
class Issued:
    """What was written, as paths relative to the workspace, and who could not be served.

    ``lacking`` were served, but not with everything; ``worked_on`` and ``open_elsewhere`` name forms that somebody has
    changed or holds open where they lie: those stay, and the new ones stand beside them.
    """

    written: tuple[str, ...]
    not_served: tuple[NotServed, ...]
    lacking: tuple[NotServed, ...]
    worked_on: tuple[str, ...]
    open_elsewhere: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Gone:
    """The names of those who have left, folded; one list for the requests of all divisions."""

    settings: Settings
    _by_day: dict[dt.date, frozenset[str]] = field(default_factory=dict)

    def by(self, day: dt.date) -> frozenset[str]:
        """Who stood on the staff list once, and does not on that day."""
        if day not in self._by_day:
            names = [(normalise(member.name).casefold(), member.covers(day)) for member in self.settings.staff]
            there = {name for name, is_there in names if is_there}
            self._by_day[day] = frozenset(name for name, _ in names if name not in there)
        return self._by_day[day]


@dataclass(frozen=True)
class Request:
    """One form to be issued: whose, for which period, from what was accepted so far; ``gone`` serves many requests."""

    form: Form
    division: Division
    period: Period
    settings: Settings
    accepted: Accepted
    gone: Gone | None = None

    def still_there(self, day: dt.date) -> StillThere:
        """Nobody is named who has left by the day; who never stood on the staff list cannot be said to have left."""
        left = (self.gone or Gone(self.settings)).by(day)
        return lambda name: normalise(name).casefold() not in left

    def refusal(self, reason: str) -> NotServed:
        """That the division cannot be served, with the reason in words."""
        return NotServed(self.form.number, self.division.code, reason)


def issue_period(
    workspace: Workspace, settings: Settings, period: Period, only: str | None, *, now: dt.datetime
) -> Issued:
    """Write the pre-filled forms of a period into outbox/bieu_mau/<division>/.

    A form that was changed where it lies, or is open, is left alone: the new one gets a name with the time ``now``.

    Raises:
        OperatorError: E808, there is no such division; E805, a form cannot be written; E806, a run is at work.
    """
    if only is not None:
        listed_division(settings, only)
    with alone(workspace):
        accepted = read_accepted(workspace, settings)
        outbox = Outbox(workspace.outbox, workspace.archive, now)
        issues = [(request, issue_for(request)) for request in _requests(settings, period, only, accepted)]
        served = [(request, issue) for request, issue in issues if isinstance(issue, Issue)]
        published: dict[str, Published] = {}
        for request, issue in served:
            place = form_place(request.form.number, period, request.division.code)
            published[place] = outbox.hand_out(place, template_bytes(request.form, issue))
    return Issued(
        written=tuple(f"outbox/{each.relative}" for each in published.values()),
        not_served=tuple(issue for _, issue in issues if isinstance(issue, NotServed)),
        lacking=tuple(gap for request, _ in served for gap in _gaps(request)),
        worked_on=tuple(f"outbox/{place}" for place, each in published.items() if each.was_worked_on),
        open_elsewhere=tuple(f"outbox/{place}" for place, each in published.items() if each.was_open_elsewhere),
    )


def _requests(settings: Settings, period: Period, only: str | None, accepted: Accepted) -> Iterator[Request]:
    """The forms that divisions have to submit for a period, by form and division."""
    due, gone = duties(settings), Gone(settings)
    for duty in due[due["period"] == str(period)].to_dict("records"):
        division = settings.division(duty["division"])
        if division is not None and only in {None, division.code}:
            yield Request(BY_NUMBER[duty["form"]], division, period, settings, accepted, gone)


def read_accepted(workspace: Workspace, settings: Settings) -> Accepted:
    """What was accepted so far; nothing before the first run."""
    tables = [name for name in sheet_tables() if name != "policy"]
    with open_ledger(workspace) if workspace.ledger_file.exists() else blank_ledger() as ledger:
        submissions, rows = read_submissions(ledger), {name: read_rows(ledger, name) for name in tables}
    handed = handed_over(settings, submissions, rows["objectives"])
    return Accepted(submissions, plans_in_force(submissions, duties(settings)), rows, handed)


def issue_for(request: Request) -> Issue | NotServed:
    """What a division's form is pre-filled with, or why it cannot be."""
    fill = _FILLED.get(request.form.form_id)
    plain = _plain(request)
    return plain if fill is None else fill(request, plain)


def _plain(request: Request) -> Issue:
    """The cover: whose form it is, and who filled in the last one."""
    settings, period, code = request.settings, request.period, request.division.code
    made_on = dt.date(period.year, 1, 1)
    due_on = settings.due_dates(period).get(request.form.number)
    cover = people(request.accepted, code, request.still_there(due_on or made_on))
    return Issue(
        lists=lists_of(settings, period.year),
        agency=settings.agency_on(made_on),
        made_on=made_on,
        division=code,
        year=str(period.year),
        period=str(period.kind),
        cover=cover,
        remarks={"cover": say("issue.remark.cover")} if cover else {},
        due_on=due_on,
        contact=settings.contact,
        signed_by=title_of_head(request.division),
        symbol=request.division.symbol or code,
    )


def _with_last_year(request: Request, plain: Issue) -> Issue:
    settings, period = request.settings, request.period
    lists = (lists_of(settings, period.year - 1), plain.lists)
    still_there = request.still_there(plain.due_on or plain.made_on)
    rows = next_objectives(request.accepted, request.division.code, period.year, lists, still_there)
    if not rows:
        return plain
    remark = say("issue.remark.objectives", last_year=period.year - 1, year=period.year)
    return replace(plain, rows={"objectives": rows}, remarks={**plain.remarks, "objectives": remark})


def _with_objectives(request: Request, plain: Issue) -> Issue | NotServed:
    """The objectives and tasks of the division, then those that it took over from a division that was dissolved."""
    accepted, code, period = request.accepted, request.division.code, request.period
    plan, taken = accepted.plan(code, period), tuple(taken_over_by(accepted, code, period))
    if plan is None and not taken:
        return request.refusal(say("issue.not_served.no_plan", year=period.year))
    has_half = period.kind is PeriodKind.WHOLE_YEAR and not lacking(accepted, request.form.number, code, period)
    remarks = {name: [say(f"issue.remark.{name}")] if has_half else [] for name in ("results", "progress")}
    for each in taken:
        remarks["results"].append(say("issue.remark.taken_over", former=each.former))
    own = report_rows(accepted, code, period, plan) if plan is not None else {}
    remarks["results"] += _last_year(accepted, plan, period) if plan is not None else []
    actions = [
        *as_rows(open_actions(accepted, code, period)),
        *actions_left(accepted, request.settings, code, period),
    ]
    if actions:
        remarks["actions"] = [say("issue.remark.actions")]
    of_all = [own, *(each.rows for each in taken)]
    promised = [commitments(accepted, plan) if plan is not None else {}, *(each.commitments for each in taken)]
    carried = {name: [row for rows in of_all for row in rows.get(name, ())] for name in ("results", "progress")}
    return replace(
        plain,
        rows={**carried, "actions": actions},
        remarks={**plain.remarks, **{name: " ".join(texts) for name, texts in remarks.items() if texts}},
        based_on=accepted.sha256(plan) if plan is not None else "",
        commitments={code: row for of_one in promised for code, row in of_one.items()},
    )


def _last_year(accepted: Accepted, plan: int, period: Period) -> list[str]:
    """What last year was reported to come to, for whoever has its final figures now."""
    reported = reported_last_year(accepted, plan)
    figures = "; ".join(f"{code}: {figure}" for code, figure in reported.items())
    return [say("issue.remark.last_year", last_year=period.year - 1, figures=figures)] if figures else []


def _with_staff(request: Request, plain: Issue) -> Issue | NotServed:
    """The people who belong to the division on the form's due date (forms.md, BM-03); with the version that is new."""
    settings, period, code = request.settings, request.period, request.division.code
    due_on = settings.due_dates(period)[request.form.number]
    staff = [member for member in settings.staff if member.division == code and member.covers(due_on)]
    if not staff:
        return request.refusal(say("issue.not_served.no_staff"))
    policy = settings.policy_on(last_good_day(due_on))
    # Until the day of the year's own BM-03 another version may still come.
    version = {} if period.kind is PeriodKind.PLAN else {Policy.policy_version: policy.version}
    rows = [
        {Policy.staff_code: m.staff_code, Policy.full_name: m.name, "position": m.position, "category": m.category}
        | version
        for m in staff
    ]
    facts = {"version": policy.version, "day": say_date(policy.approved_on)}
    remarks = {"policy": say("issue.remark.policy", **facts)} if version else {}
    return replace(plain, rows={"policy": rows}, remarks={**plain.remarks, **remarks})


def _with_register(request: Request, plain: Issue) -> Issue:
    if request.accepted.register() is None:
        return plain
    rows = register_rows(request.accepted)
    remarks = {name: say("issue.remark.register") for name, of_sheet in rows.items() if of_sheet}
    return replace(plain, rows=rows, remarks={**plain.remarks, **remarks})


_FILLED: dict[str, Callable[[Request, Issue], Issue | NotServed]] = {
    "objectives": _with_last_year,
    "results": _with_objectives,
    "policy": _with_staff,
    "declaration": _with_register,
}
"""What each form is pre-filled with beside its cover, by the form's id; another form has nothing but its cover."""


def _gaps(request: Request) -> Iterable[NotServed]:
    """What the form could not be pre-filled with; in the settings' first year nobody can have a year before."""
    number, last_year = request.form.number, request.period.year - 1
    missing = lacking(request.accepted, number, request.division.code, request.period)
    if missing and (number != "BM-01" or last_year in request.settings.years):
        yield request.refusal(say(f"issue.lacking.{missing}", last_year=last_year))
