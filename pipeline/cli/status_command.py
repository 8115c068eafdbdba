"""``qms status``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import json_option, moment, period_of, workspace_option
from pipeline.cli.output import print_json, print_line, print_table
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.desk.status import Obligation


@click.command(
    "status",
    cls=VietnameseCommand,
    help=say("command_line.status.help"),
    short_help=say("command_line.status.short"),
)
@workspace_option
@json_option
@click.option("--period", metavar="KỲ", help=say("command_line.status.period"))
@click.option("--as-of", metavar="THỜI_ĐIỂM", help=say("command_line.status.as_of"))
def command(workspace: Path, period: str | None, as_of: str | None, *, as_json: bool) -> int:
    """List what is owed and what became of it."""
    from pipeline.desk.status import last_clock, obligations_of, presented_of
    from pipeline.obligations import collecting_period
    from pipeline.vietnamese import say_date
    from pipeline.workspace import load_settings, open_workspace

    opened = open_workspace(workspace)
    settings = load_settings(opened).settings
    now = moment(as_of) if as_of else last_clock(opened)
    wanted = period_of(period, settings) if period else collecting_period(settings, now.date())
    owed = obligations_of(opened, settings, wanted, now)
    if as_json:
        print_json([obligation.as_document() for obligation in owed])
    elif owed:
        title = say("command_line.status.title", as_of=f"{now:%H:%M %d/%m/%Y}", period=wanted)
        headings = [say(f"command_line.status.{name}") for name in _COLUMNS]
        print_table(title, headings, [_row(obligation) for obligation in owed])
        for one in presented_of(opened, wanted, now):
            print_line(say("command_line.status.presented", day=say_date(one.on), document=one.document))
    else:
        print_line(say("command_line.status.none"))
    return 0


_COLUMNS = ("form", "division", "due_on", "state", "arrived_at", "days_late", "decision")


def _row(owed: "Obligation") -> tuple[str, ...]:
    arrived = f"{owed.arrived_at:%H:%M %d/%m/%Y}" if owed.arrived_at else ""
    late = str(owed.days_late) if owed.days_late else ""
    return (
        owed.form,
        owed.division,
        f"{owed.due_on:%d/%m/%Y}",
        say(f"run.state.{owed.state}"),
        arrived,
        late,
        _remark(owed),
    )


def _remark(owed: "Obligation") -> str:
    """What is said beside a state: who answers now, the first due date, that the stamp decided, what was decided."""
    said = (
        say("decisions.responsible", division=owed.responsible) if owed.responsible != owed.division else "",
        say("decisions.agreed", agreed_on=f"{owed.agreed_on:%d/%m/%Y}") if owed.agreed_on else "",
        say("decisions.stamped") if owed.decided_by == "stamp" else "",
        owed.decision or "",
    )
    return " ".join(filter(None, said))
