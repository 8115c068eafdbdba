"""``qms present``."""

from pathlib import Path

import click

from pipeline.cli.decision_options import day, tell
from pipeline.cli.options import json_option, moment, period_of, workspace_option, yes_option
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "present",
    cls=VietnameseCommand,
    help=say("command_line.present.help"),
    short_help=say("command_line.present.short"),
)
@workspace_option
@json_option
@click.option("--period", metavar="KỲ", required=True, help=say("decisions.option.period"))
@click.option("--on", metavar="NGÀY", required=True, help=say("command_line.present.on"))
@click.option("--document", metavar="SỐ_VĂN_BẢN", required=True, help=say("command_line.present.document"))
@click.option("--as-of", metavar="THỜI_ĐIỂM", help=say("decisions.option.as-of"))
@yes_option
def command(workspace: Path, period: str, *, as_json: bool, is_sure: bool, **given: str) -> int:
    """Write down that a workbook was laid before the Steering Committee."""
    from pipeline.desk.recording import Grounds, present
    from pipeline.workspace import load_settings, open_workspace

    opened = open_workspace(workspace)
    told = Grounds(
        as_of=moment(given["as_of"]),
        document=given["document"],
        document_on=day(given["on"]),
        is_sure_of_clock=is_sure,
    )
    return tell(present(opened, period_of(period, load_settings(opened).settings), told), as_json=as_json)
