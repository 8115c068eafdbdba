"""``qms audit``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.output import print_json, print_line, progress
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.audit import Line
    from pipeline.desk.auditing import Audit

_SHOWN = 20
"""Failures of one check that are printed; all of them are in the JSON."""


@click.command(
    "audit", cls=VietnameseCommand, help=say("command_line.audit.help"), short_help=say("command_line.audit.short")
)
@workspace_option
@json_option
def command(workspace: Path, *, as_json: bool) -> int:
    """Verify what the program has kept."""
    from pipeline.desk.auditing import audit_workspace
    from pipeline.workspace import Workspace

    with progress() as shown:
        audit = audit_workspace(Workspace(workspace), lambda done, total: shown("audit", done, total))
    if as_json:
        print_json(audit.as_document())
    else:
        _print(audit)
    return 0 if audit.holds else 1


def _print(audit: "Audit") -> None:
    width = len(say("audit.fails"))
    for line in audit.lines:
        verdict = say("audit.holds" if line.holds else "audit.fails").ljust(width)
        figures = say("audit.figures", figures=line.figures) if line.figures else ""
        print_line(say("audit.line", verdict=verdict, title=line.title, figures=figures))
        _print_failures(line)
    failed = sum(not line.holds for line in audit.lines)
    if audit.workspace_moved:
        print_line(say("audit.moved"))
    print_line(say("audit.some_fail" if failed else "audit.all_hold", failed=failed, count=len(audit.lines)))


def _print_failures(line: "Line") -> None:
    failures = line.outcome.failures
    for failure in failures[:_SHOWN]:
        print_line(say("audit.failure_line", failure=failure.words))
    if len(failures) > _SHOWN:
        print_line(say("audit.more", count=len(failures) - _SHOWN))
