"""``qms templates``."""

from pathlib import Path

import click

from pipeline.cli.options import json_option, period_of, workspace_option
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
@click.option("--period", metavar="KỲ", help=say("command_line.templates.period"))
@click.option("--division", metavar="MÃ", help=say("command_line.templates.division"))
def command(workspace: Path, period: str | None, division: str | None, *, as_json: bool) -> int:
    """Write blank templates, or pre-filled ones for a period."""
    from pipeline.desk.issuing import issue_period, write_blank_templates
    from pipeline.workspace import load_settings, open_workspace

    opened = open_workspace(workspace)
    settings = load_settings(opened).settings
    if period is None:
        issued = write_blank_templates(opened, settings)
    else:
        issued = issue_period(opened, settings, period_of(period, settings), division)
    if as_json:
        print_json({"written": list(issued.written), "not_served": [one.as_document() for one in issued.not_served]})
        return 0
    for path in issued.written:
        print_line(say("command_line.templates.written", path=path))
    for one in issued.not_served:
        print_line(say("command_line.templates.not_served", **one.as_document()))
    if not issued.written and not issued.not_served:
        print_line(say("command_line.templates.nothing"))
    return 0
