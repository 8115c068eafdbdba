"""``qms init``."""

from pathlib import Path

import click

from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.output import print_json, print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "init",
    cls=VietnameseCommand,
    help=say("command_line.init.help"),
    short_help=say("command_line.init.short"),
)
@workspace_option
@json_option
@click.option("--year", type=click.IntRange(2000, 2099), metavar="NĂM", help=say("command_line.init.year"))
@click.argument("folder", metavar="[THƯ_MỤC]", required=False, type=click.Path(path_type=Path))
def command(workspace: Path, folder: Path | None, year: int | None, *, as_json: bool) -> int:
    """Make a new workspace."""
    from pipeline.desk.starting import make_workspace
    from pipeline.workspace import now_in_vietnam

    target = folder or workspace
    made = make_workspace(target, year or now_in_vietnam().year)
    if as_json:
        print_json({"workspace": target.as_posix(), "files": made})
    else:
        print_line(say("command_line.init.done", path=target))
    return 0
