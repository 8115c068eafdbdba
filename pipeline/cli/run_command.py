"""``qms run``."""

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.logs import trace_place
from pipeline.cli.options import json_option, moment, workspace_option, yes_option
from pipeline.cli.output import print_json, print_line, print_table, progress
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.nightly import RunReport


@click.command(
    "run", cls=VietnameseCommand, help=say("command_line.run.help"), short_help=say("command_line.run.short")
)
@workspace_option
@json_option
@click.option("--as-of", metavar="THỜI_ĐIỂM", help=say("command_line.run.as_of"))
@click.option("--workers", type=click.IntRange(1, 64), metavar="SỐ", help=say("command_line.run.workers"))
@yes_option
def command(workspace: Path, as_of: str | None, workers: int | None, *, as_json: bool, is_sure: bool) -> int:
    """Go the whole road once."""
    from pipeline.night.watching import on_record
    from pipeline.nightly import RunOptions, run_night
    from pipeline.workspace import open_workspace

    at = moment(as_of)
    with progress() as shown, on_record(workspace, at, trace_place) as watch:
        options = RunOptions(workers, shown, is_sure_of_clock=is_sure, outages=watch.outages)
        report = run_night(open_workspace(workspace), at, options)
        watch.faults = len(report.faults)
    if as_json:
        print_json(as_document(report))
    else:
        print_report(report)
    return 0


def as_document(report: "RunReport") -> dict[str, object]:
    """A run as JSON (issue 2's shape)."""
    from pipeline.nightly import counts

    return {
        "run_id": report.run_id,
        "as_of": report.as_of.isoformat(timespec="minutes"),
        "arrived": report.arrived,
        **counts(report),
        "unchanged": report.unchanged,
        "workbooks": list(report.workbooks),
        "feedback": list(report.feedback),
        "receipts": list(report.receipts),
        "report": report.report,
        "pre_checked": list(report.pre_checked),
        "seen_again": list(report.seen_again),
        "open_elsewhere": list(report.open_elsewhere),
        "unsettled": list(report.unsettled),
        "not_taken": list(report.not_taken),
        "too_large": list(report.too_large),
        "no_look": list(report.no_look),
        "not_judged": list(report.not_judged),
        "faults": [dataclasses.asdict(fault) for fault in report.faults],
        "seconds": report.seconds,
    }


def print_report(report: "RunReport") -> None:
    """A run for the secretary."""
    from pipeline.night.plain_day import fault_words
    from pipeline.nightly import counts

    rows = [(say(f"run.verdict.{verdict}"), str(count)) for verdict, count in counts(report).items() if count]
    print_table(
        say("command_line.run.title", as_of=f"{report.as_of:%H:%M %d/%m/%Y}"),
        (say("command_line.run.verdict"), say("command_line.run.count")),
        [
            (say("command_line.run.arrived"), str(report.arrived)),
            *rows,
            (say("command_line.run.unchanged"), str(report.unchanged)),
        ],
    )
    told = {
        "feedback": report.feedback,
        "pre_checked": report.pre_checked,
        "seen_again": report.seen_again,
        "open_elsewhere": report.open_elsewhere,
        "unsettled": report.unsettled,
        "not_taken": report.not_taken,
        "too_large": report.too_large,
        "no_look": report.no_look,
        "not_judged": report.not_judged,
        "workbook": report.workbooks,
    }
    for key, paths in told.items():
        for path in paths:
            print_line(say(f"command_line.run.{key}", path=path))
    for fault in report.faults:
        print_line(fault_words(fault))
    print_line(say("command_line.run.report", path=report.report))
