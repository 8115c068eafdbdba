"""``qms exempt``."""

from pathlib import Path

import click

from pipeline.cli.decision_options import Given, duty_options, grounds, grounds_options, tell
from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "exempt", cls=VietnameseCommand, help=say("command_line.exempt.help"), short_help=say("command_line.exempt.short")
)
@workspace_option
@json_option
@duty_options(required=True)
@grounds_options
def command(workspace: Path, form: str, division: str, period: str, *, as_json: bool, **given: Given) -> int:
    """Free a division from an obligation."""
    from pipeline.desk.recording import Duty, exempt
    from pipeline.workspace import open_workspace

    return tell(exempt(open_workspace(workspace), Duty(form, division, period), grounds(given)), as_json=as_json)
