"""``qms schedule``."""

from pathlib import Path

import click

from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.output import print_json, print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "schedule",
    cls=VietnameseCommand,
    help=say("command_line.schedule.help"),
    short_help=say("command_line.schedule.short"),
)
@workspace_option
@json_option
@click.option(
    "--for",
    "wanted",
    type=click.Choice(["windows", "systemd", "cron"]),
    metavar="windows|systemd|cron",
    help=say("command_line.schedule.wanted"),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TỆP",
    help=say("command_line.schedule.output"),
)
def command(workspace: Path, wanted: str | None, output: Path | None, *, as_json: bool) -> int:
    """Print what the machine's scheduler needs."""
    from pipeline.desk.scheduling import Scheduler, propose, scheduler_here
    from pipeline.workspace import load_settings, open_workspace

    opened = open_workspace(workspace)
    schedule = load_settings(opened).settings.schedule
    scheduler = Scheduler(wanted) if wanted else scheduler_here()
    proposal = propose(opened, schedule, scheduler, output)
    if as_json:
        print_json(proposal.as_document())
        return 0
    for name, text in proposal.files.items() if output is None else ():
        print_line(say("command_line.schedule.file", name=name))
        print_line(text)
    for path in proposal.written:
        print_line(say("command_line.schedule.written", path=path))
    for step in proposal.steps:
        print_line(step)
    return 0
