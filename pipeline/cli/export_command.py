"""``qms export``."""

from pathlib import Path

import click

from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.output import print_json, print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "export",
    cls=VietnameseCommand,
    help=say("command_line.export.help"),
    short_help=say("command_line.export.short"),
)
@workspace_option
@json_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TỆP",
    help=say("command_line.export.output"),
)
@click.argument("table", metavar="BẢNG")
def command(workspace: Path, table: str, output: Path | None, *, as_json: bool) -> int:
    """Print the accepted rows in force of one table."""
    from pipeline.desk.exporting import export_table, to_csv, to_records
    from pipeline.workspace import open_workspace
    from pipeline.writing import write_whole_or_fault

    rows = export_table(open_workspace(workspace), table)
    if output is not None:
        write_whole_or_fault(output, to_csv(rows).encode("utf-8-sig"))
    elif as_json:
        print_json(to_records(rows))
    else:
        print_line(to_csv(rows).removesuffix("\n"))
    return 0
