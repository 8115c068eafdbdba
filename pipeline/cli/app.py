"""The group of commands, and the one place where an outcome becomes an exit code (design 8)."""

import importlib
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from pipeline.cli.logs import log_to_file, trace_place
from pipeline.cli.output import print_fault, print_json
from pipeline.cli.streams import make_ready
from pipeline.cli.vietnamese_click import VietnameseCommand, VietnameseHelp, in_vietnamese
from pipeline.faults import OperatorError
from pipeline.wording import say

OK, FOUND_ERRORS, WRONG_USAGE, OPERATOR, OUR_FAULT = 0, 1, 2, 3, 70
COMMANDS = (
    "init",
    "templates",
    "issue",
    "run",
    "check",
    "coach",
    "status",
    "remind",
    "report",
    "extend",
    "exempt",
    "withdraw",
    "present",
    "clock",
    "schedule",
    "audit",
    "rebuild",
    "explain",
    "export",
    "demo",
    "completion",
)


class LazyGroup(VietnameseHelp, click.Group):
    """Names every command at once and imports one only when it is called: ``qms --help`` stays quick."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pipeline.cli.{cmd_name.replace('-', '_')}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by their catalogue sentence, without importing them."""
        with formatter.section(say("command_line.commands")):
            formatter.write_dl([(name, say(f"command_line.{name}.short")) for name in COMMANDS])


@click.group(
    cls=LazyGroup,
    help=say("command_line.root.help"),
    epilog=say("command_line.root.examples"),
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
    make_ready()
    log_to_file(_workspace_named(given))
    try:
        outcome: Any = qms.main(given, prog_name="qms", standalone_mode=False)
        return outcome if isinstance(outcome, int) else OK
    except click.UsageError as error:
        print_fault(in_vietnamese(error))
        return WRONG_USAGE
    except OperatorError as fault:
        if "--json" in given:
            print_json({"error": {"code": fault.finding.code, "message": fault.line}})
        print_fault(fault.line)
        return OPERATOR
    except (click.Abort, KeyboardInterrupt):
        print_fault(say("command_line.aborted"))
        return OPERATOR
    except click.exceptions.Exit as done:
        return done.exit_code
    except Exception as error:
        logging.getLogger(__name__).exception("internal fault")
        print_fault(say("command_line.our_fault", kind=type(error).__name__, log=trace_place()))
        return OUR_FAULT


def _workspace_named(given: Sequence[str]) -> Path:
    for place, word in enumerate(given):
        if word == "--workspace" and place + 1 < len(given):
            return Path(given[place + 1])
        if word.startswith("--workspace="):
            return Path(word.partition("=")[2])
    return Path(os.environ.get("QMS_WORKSPACE", "."))


__all__ = ["COMMANDS", "FOUND_ERRORS", "OK", "VietnameseCommand", "main", "qms"]
