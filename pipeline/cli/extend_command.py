"""``qms extend``."""

from pathlib import Path

import click

from pipeline.cli.decision_options import Given, day, duty_options, grounds, grounds_options, tell
from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "extend", cls=VietnameseCommand, help=say("command_line.extend.help"), short_help=say("command_line.extend.short")
)
@workspace_option
@json_option
@duty_options(required=True)
@click.option("--until", metavar="NGÀY", required=True, help=say("command_line.extend.until"))
@grounds_options
def command(workspace: Path, form: str, division: str, period: str, *, as_json: bool, **given: Given) -> int:
    """Give an obligation more time."""
    from pipeline.desk.recording import Duty, extend
    from pipeline.workspace import open_workspace

    duty, until = Duty(form, division, period), day(given["until"])
    return tell(extend(open_workspace(workspace), duty, until, grounds(given)), as_json=as_json)
