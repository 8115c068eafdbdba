"""``qms templates``."""

from pathlib import Path

import click

from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.output import print_json, print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "templates",
    cls=VietnameseCommand,
    help=say("command_line.templates.help"),
    short_help=say("command_line.templates.short"),
)
@workspace_option
@json_option
def command(workspace: Path, *, as_json: bool) -> int:
    """Write the blank templates."""
    from pipeline.desk.issuing import write_blank_templates
    from pipeline.workspace import load_settings, open_workspace

    opened = open_workspace(workspace)
    issued = write_blank_templates(opened, load_settings(opened).settings)
    if as_json:
        print_json({"written": list(issued.written)})
        return 0
    for path in issued.written:
        print_line(say("command_line.templates.written", path=path))
    return 0
