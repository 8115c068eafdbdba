"""``qms demo``."""

from pathlib import Path

import click

from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.output import print_json, print_line, progress
from pipeline.cli.run_command import as_document, print_report
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "demo",
    cls=VietnameseCommand,
    help=say("command_line.demo.help"),
    short_help=say("command_line.demo.short"),
)
@workspace_option
@json_option
@click.argument("folder", metavar="[THƯ_MỤC]", required=False, type=click.Path(path_type=Path))
def command(workspace: Path, folder: Path | None, *, as_json: bool) -> int:
    """Build the demo workspace and replay its nights."""
    from pipeline.demo import replay

    target = folder or workspace / "demo"
    with progress() as shown:
        reports = replay(target, progress=shown)
    if as_json:
        print_json({"workspace": target.as_posix(), "nights": [as_document(report) for report in reports]})
        return 0
    for report in reports:
        print_report(report)
    print_line(say("command_line.demo.done", path=target))
    return 0
