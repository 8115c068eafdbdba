"""``qms withdraw``."""

from pathlib import Path

import click

from pipeline.cli.decision_options import Given, duty_options, grounds, grounds_options, tell
from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "withdraw",
    cls=VietnameseCommand,
    help=say("command_line.withdraw.help"),
    short_help=say("command_line.withdraw.short"),
)
@workspace_option
@json_option
@duty_options(required=False)
@click.option("--decision", type=click.IntRange(1), metavar="SỐ", help=say("command_line.withdraw.decision"))
@grounds_options
@click.pass_context
def command(context: click.Context, /, workspace: Path, decision: int | None, *, as_json: bool, **given: Given) -> int:
    """Take back what a division handed in, or an earlier decision."""
    from pipeline.desk.recording import Duty, revoke, withdraw
    from pipeline.workspace import open_workspace

    named = {parameter.name: parameter for parameter in context.command.params}
    duty = {name: given[name] for name in ("form", "division", "period")}
    if decision is None:
        for name in (name for name, value in duty.items() if value is None):
            raise click.MissingParameter(ctx=context, param=named[name])
        recorded = withdraw(open_workspace(workspace), Duty(**duty), grounds(given))
    elif any(duty.values()):
        raise click.BadParameter("", ctx=context, param=named["decision"])
    else:
        recorded = revoke(open_workspace(workspace), decision, grounds(given))
    return tell(recorded, as_json=as_json)
