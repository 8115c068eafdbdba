"""The commands about what is due: ``qms status``, ``issue``, ``remind``, ``report``."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.options import moment_or_last, opened_with_settings, option, qms_command, yes_option
from pipeline.cli.output import Answer, Table, picked, plain
from pipeline.wording import say

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.desk.correspondence import Reminded
    from pipeline.desk.issuing import Issued
    from pipeline.desk.status import Obligation

_COLUMNS = ("form", "division", "due_on", "state", "arrived_at", "days_late", "decision")


@qms_command("status")
@option("--period", words="command_line.status.period")
@option("--as-of", words="command_line.status.as_of")
def status_command(workspace: Path, period: str | None, as_of: str | None) -> Answer:
    """List what is due and what became of it."""
    from pipeline.desk.status import listed_period, obligations_of, presented_of
    from pipeline.obligations import collecting_period
    from pipeline.vietnamese import say_date

    opened, settings = opened_with_settings(workspace)
    now = moment_or_last(as_of, opened)
    of_period = listed_period(settings, period) if period else collecting_period(settings, now.date())
    obligations = obligations_of(opened, settings, of_period, now)

    def text() -> Iterator[str | Table]:
        title = say("command_line.status.title", as_of=f"{now:%H:%M %d/%m/%Y}", period=of_period)
        headings = [say(f"command_line.status.{name}") for name in _COLUMNS]
        yield Table(title, headings, [_row(obligation) for obligation in obligations])
        for day, document in presented_of(opened, of_period, now):
            yield say("command_line.status.presented", day=say_date(day), document=document)

    return Answer(plain(obligations), text() if obligations else [say("command_line.status.none")])


def _row(obligation: "Obligation") -> tuple[str, ...]:
    return (
        obligation.form,
        obligation.division,
        f"{obligation.due_on:%d/%m/%Y}",
        say(f"run.state.{obligation.state}"),
        f"{came:%H:%M %d/%m/%Y}" if (came := obligation.received_at or obligation.arrived_at) else "",
        str(obligation.days_late) if obligation.days_late else "",
        _remark(obligation),
    )


def _remark(obligation: "Obligation") -> str:
    """Beside a state: who answers now, the first due date, that the stamp decided, what was decided."""
    moved, agreed_on = obligation.responsible != obligation.division, obligation.agreed_on
    parts = (
        say("decisions.responsible", division=obligation.responsible) if moved else "",
        say("decisions.agreed", agreed_on=f"{agreed_on:%d/%m/%Y}") if agreed_on else "",
        say("decisions.stamped") if obligation.decided_by == "stamp" else "",
        obligation.decision or "",
    )
    return " ".join(filter(None, parts))


@qms_command("issue")
@option("--period", words="command_line.issue.period", required=True)
@option("--division", words="command_line.issue.division")
def issue_command(workspace: Path, period: str, division: str | None) -> Answer:
    """Write the pre-filled forms of a period, and name whom it could not serve."""
    from pipeline.desk.issuing import issue_period
    from pipeline.desk.status import listed_period
    from pipeline.workspace import now_in_vietnam

    opened, settings = opened_with_settings(workspace)
    issued = issue_period(opened, settings, listed_period(settings, period), division, now=now_in_vietnam())
    document = picked(issued, "written not_served lacking worked_on open_elsewhere")
    return Answer(document, _issued_lines(issued) or [say("command_line.issue.nothing")])


def _issued_lines(issued: "Issued") -> list[str]:
    paths = {"written": issued.written, "worked_on": issued.worked_on, "open_elsewhere": issued.open_elsewhere}
    gaps = {"lacking": issued.lacking, "not_served": issued.not_served}
    return [
        *(say(f"command_line.issue.{key}", path=path) for key, listed in paths.items() for path in listed),
        *(say(f"command_line.issue.{key}", **vars(gap)) for key, listed in gaps.items() for gap in listed),
    ]


@qms_command("remind")
@option("--period", words="command_line.remind.period", required=True)
@option("--division", words="command_line.remind.division")
@option("--as-of", words="command_line.remind.as_of")
@yes_option
def remind_command(workspace: Path, period: str, division: str | None, as_of: str | None, *, is_sure: bool) -> Answer:
    """Write a letter to each division with something outstanding."""
    from pipeline.desk.correspondence import remind
    from pipeline.desk.status import listed_period
    from pipeline.guards import refuse_far_clock

    opened, settings = opened_with_settings(workspace)
    of_period = listed_period(settings, period)
    now = moment_or_last(as_of, opened)
    if not is_sure:
        refuse_far_clock(opened, settings, now)
    reminded = remind(opened, settings, of_period, now, division)
    document = {"period": str(of_period), "as_of": now.isoformat(timespec="minutes"), **_reminded_document(reminded)}
    return Answer(document, _reminded_lines(reminded, now))


def _reminded_document(reminded: "Reminded") -> dict[str, object]:
    """Whom each letter goes to, where it is, which debts it names; what became of earlier letters."""
    letters = [
        {
            "division": letter.addressee.code,
            "path": path,
            "debts": [
                {"form": debt.form, "division": debt.owner.code, **picked(debt, "period due_on state days_late")}
                for debt in letter.debts
            ],
        }
        for letter, path in reminded.written
    ]
    without_contact = [{"division": each.code, "name": each.name} for each in reminded.without_contact]
    return {"letters": letters, **picked(reminded, "removed kept"), "without_contact": without_contact}


def _reminded_lines(reminded: "Reminded", as_of: "dt.datetime") -> Iterator[str]:
    for letter, path in reminded.written:
        yield say("command_line.remind.written", path=path, name=letter.addressee.name, debts=len(letter.debts))
    for path in reminded.removed:
        yield say("command_line.remind.removed", path=path)
    for path in reminded.kept:
        yield say("command_line.remind.kept", path=path)
    for division in reminded.without_contact:
        yield say("command_line.remind.without_contact", division=division.code, name=division.name)
    if not reminded.is_anything_due:
        yield say("command_line.remind.nobody", as_of=f"{as_of:%H:%M %d/%m/%Y}")


@qms_command("report")
@option("--period", words="command_line.report.period", required=True)
@option("--docx", "_form", words="command_line.report.docx", flag_value="docx", default="docx")
@option("--as-of", words="command_line.report.as_of")
def report_command(workspace: Path, period: str, _form: str, as_of: str | None) -> Answer:
    """Write the covering report of a period."""
    from pipeline.desk.correspondence import write_report
    from pipeline.desk.status import listed_period

    opened, settings = opened_with_settings(workspace)
    known_at = moment_or_last(as_of, opened)
    report, of_day = write_report(opened, settings, listed_period(settings, period), known_at)
    path = f"outbox/{report.relative}"
    stays = {"worked_on": report.was_worked_on, "open_elsewhere": report.was_open_elsewhere}
    remarks = [say(f"command_line.report.{key}") for key, holds in stays.items() if holds]
    document = {"period": period, "path": path, "day": of_day.isoformat(), **stays}
    return Answer(document, [say("command_line.report.written", path=path), *remarks])
