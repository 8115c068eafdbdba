"""``qms remind``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.decision_options import Given
from pipeline.cli.options import json_option, moment, period_of, workspace_option, yes_option
from pipeline.cli.output import print_json, print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.desk.reminding import Reminded
    from pipeline.settings import Period


@click.command(
    "remind",
    cls=VietnameseCommand,
    help=say("command_line.remind.help"),
    short_help=say("command_line.remind.short"),
)
@workspace_option
@json_option
@click.option("--period", required=True, metavar="KỲ", help=say("command_line.remind.period"))
@click.option("--division", metavar="MÃ", help=say("command_line.remind.division"))
@click.option("--as-of", metavar="THỜI_ĐIỂM", help=say("command_line.remind.as_of"))
@yes_option
def command(workspace: Path, period: str, division: str | None, *, as_json: bool, **given: Given) -> int:
    """Write a letter to whoever owes something."""
    from pipeline.clock import refuse_far_clock
    from pipeline.desk.reminding import remind
    from pipeline.desk.status import last_clock
    from pipeline.workspace import load_settings, open_workspace

    opened = open_workspace(workspace)
    settings = load_settings(opened).settings
    wanted = period_of(period, settings)
    now = moment(given["as_of"]) if given["as_of"] else last_clock(opened)
    if not given["is_sure"]:
        refuse_far_clock(opened, settings, now)
    reminded = remind(opened, settings, wanted, now, division)
    if as_json:
        print_json(as_document(reminded, wanted, now))
    else:
        _print(reminded, now)
    return 0


def as_document(reminded: "Reminded", period: "Period", as_of: "dt.datetime") -> dict[str, object]:
    """A round of reminders as JSON."""
    return {
        "period": str(period),
        "as_of": as_of.isoformat(timespec="minutes"),
        "letters": [one.as_document() for one in reminded.written],
        "removed": list(reminded.removed),
        "kept": list(reminded.kept),
        "without_contact": [{"division": one.code, "name": one.name} for one in reminded.without_contact],
    }


def _print(reminded: "Reminded", as_of: "dt.datetime") -> None:
    for one in reminded.written:
        name, debts = one.letter.addressee.name, len(one.letter.debts)
        print_line(say("command_line.remind.written", path=one.path, name=name, debts=debts))
    for path in reminded.removed:
        print_line(say("command_line.remind.removed", path=path))
    for path in reminded.kept:
        print_line(say("command_line.remind.kept", path=path))
    for division in reminded.without_contact:
        print_line(say("command_line.remind.without_contact", division=division.code, name=division.name))
    if not reminded.is_owed:
        print_line(say("command_line.remind.nobody", as_of=f"{as_of:%H:%M %d/%m/%Y}"))
