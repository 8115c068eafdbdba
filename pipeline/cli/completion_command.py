"""``qms completion``."""

import click
from click.shell_completion import get_completion_class

from pipeline.cli.output import print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say


@click.command(
    "completion",
    cls=VietnameseCommand,
    help=say("command_line.completion.help"),
    short_help=say("command_line.completion.short"),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish")
def command(shell: str) -> int:
    """Print the completion script of a shell."""
    from pipeline.cli.app import qms

    found = get_completion_class(shell)
    if found is not None:
        print_line(found(qms, {}, "qms", "_QMS_COMPLETE").source())
    return 0
