"""``qms report``."""

from pathlib import Path

import click

from pipeline.cli.options import json_option, moment, period_of, workspace_option
from pipeline.cli.output import print_json, print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "report",
    cls=VietnameseCommand,
    help=say("command_line.report.help"),
    short_help=say("command_line.report.short"),
)
@workspace_option
@json_option
@click.option("--period", required=True, metavar="KỲ", help=say("command_line.report.period"))
@click.option("--docx", "_form", flag_value="docx", default="docx", help=say("command_line.report.docx"))
@click.option("--as-of", metavar="THỜI_ĐIỂM", help=say("command_line.report.as_of"))
def command(workspace: Path, period: str, _form: str, as_of: str | None, *, as_json: bool) -> int:
    """Write the covering report of a period."""
    from pipeline.desk.covering import write_report
    from pipeline.desk.status import last_clock
    from pipeline.workspace import load_settings, open_workspace

    opened = open_workspace(workspace)
    settings = load_settings(opened).settings
    known_at = moment(as_of) if as_of else last_clock(opened)
    covering = write_report(opened, settings, period_of(period, settings), known_at)
    if as_json:
        print_json({"period": period, **covering.as_document()})
        return 0
    print_line(say("command_line.report.written", path=covering.path))
    for fact, key in (
        (covering.published.was_worked_on, "worked_on"),
        (covering.published.was_open_elsewhere, "open_elsewhere"),
    ):
        if fact:
            print_line(say(f"command_line.report.{key}"))
    return 0
