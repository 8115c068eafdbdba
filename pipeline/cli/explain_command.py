"""``qms explain``."""

import click

from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.output import print_json, print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.faults import OperatorError
from pipeline.findings import CATALOGUE, Entry, Stage
from pipeline.findings.finding import in_general
from pipeline.wording import say


@click.command(
    "explain",
    cls=VietnameseCommand,
    help=say("command_line.explain.help"),
    short_help=say("command_line.explain.short"),
)
@workspace_option
@json_option
@click.argument("code", metavar="MÃ")
def command(code: str, workspace: object, *, as_json: bool) -> int:
    """Print one entry of the catalogue."""
    del workspace  # accepted on every command; the catalogue is the same everywhere
    entry = CATALOGUE.get(code.strip().upper())
    if entry is None:
        raise OperatorError("E812", name=code, known=", ".join(CATALOGUE))
    general = in_general(entry)
    words = {"problem": general.problem, "expected": general.expected, "example": general.example, "fix": general.fix}
    if as_json:
        print_json({"code": entry.code, "severity": str(entry.severity), "title": entry.title, **words})
        return 0
    print_line(f"{entry.code} · {entry.title}")
    print_line(f"{say('command_line.explain.severity')}: {say(f'command_line.explain.weight.{_weight(entry)}')}")
    for name, text in words.items():
        if text:
            print_line(f"{say(f'command_line.explain.{name}')}: {text}")
    return 0


def _weight(entry: Entry) -> str:
    """An error of a form returns it; an operator's or our own does not concern a form."""
    named = {Stage.OPERATOR: "operator", Stage.INTERNAL: "internal"}
    return named.get(entry.stage, str(entry.severity))
