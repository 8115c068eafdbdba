"""``qms rebuild``."""

from pathlib import Path

import click

from pipeline.cli.options import json_option, moment, workspace_option
from pipeline.cli.output import print_json, print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "rebuild",
    cls=VietnameseCommand,
    help=say("command_line.rebuild.help"),
    short_help=say("command_line.rebuild.short"),
)
@workspace_option
@json_option
@click.option("--as-of", metavar="THỜI_ĐIỂM", help=say("command_line.rebuild.as_of"))
def command(workspace: Path, as_of: str | None, *, as_json: bool) -> int:
    """Build a past night's workbooks again."""
    from pipeline.desk.rebuilding import rebuild_night
    from pipeline.workspace import Workspace

    rebuilt = rebuild_night(Workspace(workspace), moment(as_of))
    if as_json:
        print_json({"as_of": rebuilt.as_of.isoformat(timespec="minutes"), "files": list(rebuilt.files)})
        return 0
    print_line(say("command_line.rebuild.done", as_of=f"{rebuilt.as_of:%H:%M %d/%m/%Y}", count=len(rebuilt.files)))
    for path in rebuilt.files:
        print_line(path)
    return 0
