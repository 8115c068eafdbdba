"""``qms clock``."""

from pathlib import Path

import click

from pipeline.cli.decision_options import Given, grounds, grounds_options, tell
from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "clock", cls=VietnameseCommand, help=say("command_line.clock.help"), short_help=say("command_line.clock.short")
)
@workspace_option
@json_option
@click.option("--wrong-from", metavar="LƯỢT", required=True, help=say("command_line.clock.wrong_from"))
@click.option("--wrong-until", metavar="LƯỢT", required=True, help=say("command_line.clock.wrong_until"))
@grounds_options
def command(workspace: Path, wrong_from: str, wrong_until: str, *, as_json: bool, **given: Given) -> int:
    """Record that the clock of some runs was wrong."""
    from pipeline.desk.wrong_clocks import record_wrong_clock
    from pipeline.workspace import open_workspace

    recorded = record_wrong_clock(open_workspace(workspace), wrong_from, wrong_until, grounds(given))
    return tell(recorded, as_json=as_json)
