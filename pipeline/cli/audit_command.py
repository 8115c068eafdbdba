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
    from pipeline.desk.auditing_file import FileAudit
    from pipeline.workspace import Workspace

_SHOWN = 20
"""Failures of one check that are printed; all of them are in the JSON."""


@click.command(
    "audit", cls=VietnameseCommand, help=say("command_line.audit.help"), short_help=say("command_line.audit.short")
)
@workspace_option
@json_option
@click.argument("file", metavar="[TỆP]", required=False, type=click.Path(path_type=Path))
def command(workspace: Path, file: Path | None, *, as_json: bool) -> int:
    """Verify what the program has kept, or one committee's workbook."""
    from pipeline.workspace import Workspace

    return _file(Workspace(workspace), file, as_json) if file else _whole(Workspace(workspace), as_json)


def _whole(workspace: "Workspace", as_json: bool) -> int:  # noqa: FBT001 - private
    from pipeline.desk.auditing import audit_workspace

    with progress() as shown:
        audit = audit_workspace(workspace, lambda done, total: shown("audit", done, total))
    if as_json:
        print_json(audit.as_document())
    else:
        _print(audit)
    return 0 if audit.holds else 1


def _file(workspace: "Workspace", file: Path, as_json: bool) -> int:  # noqa: FBT001 - private
    from pipeline.desk.auditing_file import audit_file

    audit = audit_file(workspace, file)
    if as_json:
        print_json(audit.as_document())
    else:
        _print_file(audit)
    return 0 if audit.holds else 1


def _print_file(audit: "FileAudit") -> None:
    outcome = "same_bytes" if audit.is_same_bytes else "same_content" if audit.holds else "differs"
    facts = {"file": audit.file, "period": audit.period, "as_of": f"{audit.as_of:%H:%M %d/%m/%Y}"}
    print_line(say(f"audit.workbook.{outcome}", **facts, count=len(audit.differences)))
    for one in audit.differences[:_SHOWN]:
        place = f"{one.sheet}!{one.cell}".rstrip("!")
        print_line(say("audit.workbook.difference", place=place, found=one.found, expected=one.expected))
    if len(audit.differences) > _SHOWN:
        print_line(say("audit.workbook.more", count=len(audit.differences) - _SHOWN))


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
