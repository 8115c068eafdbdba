"""``qms lint-workbook``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.output import print_json, print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.compliance import Outcome


@click.command(
    "lint-workbook",
    cls=VietnameseCommand,
    help=say("command_line.lint-workbook.help"),
    short_help=say("command_line.lint-workbook.short"),
)
@workspace_option
@json_option
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
def command(file: Path, workspace: object, *, as_json: bool) -> int:
    """Hold a committee's workbook to the rules of its kind."""
    del workspace  # accepted on every command; the file may lie anywhere
    from pipeline.desk.linting import lint_file

    outcomes = lint_file(file)
    holds = all(outcome.holds for outcome in outcomes)
    if as_json:
        print_json({"file": file.as_posix(), "holds": holds, "checks": [one.as_document() for one in outcomes]})
    else:
        _print(outcomes)
    return 0 if holds else 1


def _print(outcomes: "Sequence[Outcome]") -> None:
    width = len(say("compliance.result.fails"))
    for outcome in outcomes:
        verdict = say(f"compliance.result.{'holds' if outcome.holds else 'fails'}").ljust(width)
        print_line(say("compliance.line", verdict=verdict, title=outcome.title))
        if not outcome.holds:
            print_line(say("compliance.place_line", places=outcome.where))
    failed = sum(not outcome.holds for outcome in outcomes)
    print_line(say(f"compliance.{'some_fail' if failed else 'all_hold'}", failed=failed, count=len(outcomes)))
