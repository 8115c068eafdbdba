"""The group of commands, and the one place where an outcome becomes an exit code (design 8)."""

import gc
import importlib
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pipeline.cli.logs import log_to_file, make_streams_ready, trace_place
from pipeline.cli.output import OK, OPERATOR, OUR_FAULT, WRONG_USAGE, print_fault, print_json
from pipeline.cli.vietnamese_click import VietnameseHelp, in_vietnamese
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.faults import OperatorError

SELDOM: Final = (20_000, 10, 10)
"""After how many new objects Python looks for rings of garbage; its own 700 cost the demo 4 to 9 % (bench/demo.py)."""
COMMANDS: Final[Mapping[str, str]] = {
    "init": "setup",
    "templates": "setup",
    "guide": "setup",
    "issue": "deadline",
    "run": "night",
    "check": "form",
    "coach": "form",
    "status": "deadline",
    "remind": "deadline",
    "report": "deadline",
    "extend": "decision",
    "exempt": "decision",
    "withdraw": "decision",
    "present": "decision",
    "clock": "decision",
    "schedule": "setup",
    "audit": "night",
    "rebuild": "night",
    "explain": "form",
    "export": "night",
    "demo": "night",
    "completion": "setup",
}
"""Every command in the order of the work, and whose module (``<subject>_commands``) holds it."""


class LazyGroup(VietnameseHelp, click.Group):
    """Names every command at once and imports one only when it is called: ``qms --help`` stays quick."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pipeline.cli.{COMMANDS[cmd_name]}_commands")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by their catalogue sentence, without importing them."""
        with formatter.section(say("command_line.commands")):
            formatter.write_dl([(name, say(f"command_line.{name}.short")) for name in COMMANDS])


@click.group(
    cls=LazyGroup,
    help=say("command_line.root.help"),
    epilog=say("command_line.root.examples"),
    options_metavar=say("command_line.arguments"),
    subcommand_metavar=say("command_line.command_place"),
)
@click.version_option(
    package_name="qms-pipeline", message="%(prog)s %(version)s", help=say("command_line.version_option")
)
def qms() -> None:
    """Stands for the group; its words come from the catalogue."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code; no traceback ever reaches the terminal."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    gc.set_threshold(*SELDOM)
    make_streams_ready()
    log_to_file(_workspace_named(given))
    try:
        outcome: Any = qms.main(given, prog_name="qms", standalone_mode=False)
        return outcome if isinstance(outcome, int) else OK
    except click.UsageError as error:
        print_fault(in_vietnamese(error))
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        print_fault(say("command_line.aborted"))
        return OPERATOR
    except click.exceptions.Exit as done:
        return done.exit_code
    except Exception as error:
        from pipeline.faults import OperatorError

        if isinstance(error, OperatorError):
            return _refused(error, as_json="--json" in given)
        logging.getLogger(__name__).exception("internal fault")
        print_fault(say("command_line.our_fault", kind=type(error).__name__, log=trace_place()))
        return OUR_FAULT


def _refused(fault: "OperatorError", *, as_json: bool) -> int:
    """Say what the operator must put right; gives the exit code."""
    if as_json:
        print_json({"error": {"code": fault.finding.code, "message": fault.line}})
    print_fault(fault.line)
    return OPERATOR


def _workspace_named(given: Sequence[str]) -> Path:
    for place, word in enumerate(given):
        if word == "--workspace" and place + 1 < len(given):
            return Path(given[place + 1])
        if word.startswith("--workspace="):
            return Path(word.partition("=")[2])
    return Path(os.environ.get("QMS_WORKSPACE", "."))
