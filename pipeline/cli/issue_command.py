"""``qms issue``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import json_option, period_of, workspace_option
from pipeline.cli.output import print_json, print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.desk.issuing import Issued


@click.command(
    "issue",
    cls=VietnameseCommand,
    help=say("command_line.issue.help"),
    short_help=say("command_line.issue.short"),
)
@workspace_option
@json_option
@click.option("--period", required=True, metavar="KỲ", help=say("command_line.issue.period"))
@click.option("--division", metavar="MÃ", help=say("command_line.issue.division"))
def command(workspace: Path, period: str, division: str | None, *, as_json: bool) -> int:
    """Write the pre-filled forms of a period, and name whom it could not serve."""
    from pipeline.desk.issuing import issue_period
    from pipeline.workspace import load_settings, now_in_vietnam, open_workspace

    opened = open_workspace(workspace)
    settings = load_settings(opened).settings
    issued = issue_period(opened, settings, period_of(period, settings), division, now=now_in_vietnam())
    if as_json:
        print_json(_document(issued))
        return 0
    for line in _lines(issued):
        print_line(line)
    return 0


def _document(issued: "Issued") -> dict[str, object]:
    return {
        "written": list(issued.written),
        "not_served": [one.as_document() for one in issued.not_served],
        "lacking": [one.as_document() for one in issued.lacking],
        "worked_on": list(issued.worked_on),
        "open_elsewhere": list(issued.open_elsewhere),
    }


def _lines(issued: "Issued") -> list[str]:
    told = [say("command_line.issue.written", path=path) for path in issued.written]
    told += [say("command_line.issue.worked_on", path=path) for path in issued.worked_on]
    told += [say("command_line.issue.open_elsewhere", path=path) for path in issued.open_elsewhere]
    told += [say("command_line.issue.lacking", **one.as_document()) for one in issued.lacking]
    told += [say("command_line.issue.not_served", **one.as_document()) for one in issued.not_served]
    return told or [say("command_line.issue.nothing")]
