"""``qms demo``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.output import print_json, print_line, print_table, progress
from pipeline.cli.run_command import as_document
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.findings import Verdict
from pipeline.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.nightly import RunReport


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
    _print_nights(reports)
    for path in reports[-1].workbooks:
        print_line(say("command_line.demo.workbook", path=target / path))
    print_line(say("command_line.demo.done", path=target))
    return 0


def _print_nights(reports: "Sequence[RunReport]") -> None:
    """One line a night: what came and what became of it."""
    from pipeline.nightly import counts

    told = [verdict for verdict in Verdict if any(counts(report)[verdict] for report in reports)]
    headings = [say("command_line.demo.night"), say("command_line.run.arrived"), *(_words(one) for one in told)]
    rows = [
        (f"{report.as_of:%H:%M %d/%m/%Y}", str(report.arrived), *(str(counts(report)[verdict]) for verdict in told))
        for report in reports
    ]
    total = [str(sum(counts(report)[verdict] for report in reports)) for verdict in told]
    everything = (say("command_line.demo.total"), str(sum(report.arrived for report in reports)), *total)
    print_table(say("command_line.demo.title"), headings, [*rows, everything])


def _words(verdict: Verdict) -> str:
    return say(f"run.verdict.{verdict}")
