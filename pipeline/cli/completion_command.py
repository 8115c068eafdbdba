"""``qms completion``."""

import click
from click.shell_completion import get_completion_class

from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.output import print_json, print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "completion",
    cls=VietnameseCommand,
    help=say("command_line.completion.help"),
    short_help=say("command_line.completion.short"),
)
@workspace_option
@json_option
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish")
def command(shell: str, workspace: object, *, as_json: bool) -> int:
    """Print the completion script of a shell."""
    from pipeline.cli.app import qms

    del workspace  # accepted on every command; the script is the same everywhere
    found = get_completion_class(shell)
    if found is None:
        return 0
    script = found(qms, {}, "qms", "_QMS_COMPLETE").source()
    if as_json:
        print_json({"shell": shell, "script": script})
    else:
        print_line(script)
    return 0
