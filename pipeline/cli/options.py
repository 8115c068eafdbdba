"""The one head of every command, the options that commands share, and how what is typed becomes a value."""

import datetime as dt
import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pipeline.cli.output import Answer, print_answer
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.faults import OperatorError
from pipeline.findings.codes import Code
from pipeline.wording import say, topic

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.workspace import Workspace

Decorator = Callable[[Callable[..., Any]], Any]
DUTY: Final = ("form", "division", "period")
"""The options that name an obligation."""
PATH: Final = click.Path(path_type=Path)
OUTPUT_FILE: Final = click.Path(path_type=Path, dir_okay=False)


def qms_command(name: str) -> Decorator:
    """A command: its words from the catalogue, --workspace and --json; its answer is printed, its code handed on.

    The function gets the workspace's path first and its own options by name.
    """

    def decorate(function: Callable[..., Answer]) -> click.Command:
        @functools.wraps(function)
        def answered(workspace: Path, *, as_json: bool, **given: Any) -> int:  # noqa: ANN401 - as click gives them
            return print_answer(function(workspace, **given), as_json=as_json)

        words = {"help": say(f"command_line.{name}.help"), "short_help": say(f"command_line.{name}.short")}
        return click.command(name, cls=VietnameseCommand, **words)(_workspace_option(_json_option(answered)))

    return decorate


def option(*names: str, words: str, **attributes: Any) -> Decorator:  # noqa: ANN401 - click's own
    """An option: ``words`` is the key of its help; its placeholder stands in the catalogue under its first name."""
    places = topic("command_line")["place"]
    return click.option(*names, metavar=places.get(names[0].strip("-")), help=say(words), **attributes)


def argument(name: str, place: str, **attributes: Any) -> Decorator:  # noqa: ANN401 - click's own
    """An argument with the placeholder of the catalogue."""
    return click.argument(name, metavar=say(f"command_line.place.{place}"), **attributes)


def together(*options: Decorator) -> Decorator:
    """Several options as one, in their order."""
    return lambda command: functools.reduce(lambda inner, decorate: decorate(inner), reversed(options), command)


_workspace_option = option(
    "--workspace",
    words="command_line.workspace_option",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    envvar="QMS_WORKSPACE",
)
_json_option = option("--json", "as_json", words="command_line.json_option", is_flag=True)

yes_option = option("--yes-the-clock", "is_sure", words="command_line.yes_option", is_flag=True)
"""--yes-the-clock, as ``is_sure``: the clock, or --as-of, is right, however far it is from all that is known."""

grounds_options = together(
    option("--reason", words="decisions.option.reason", required=True),
    option("--document", words="decisions.option.document", default=""),
    option("--document-on", words="decisions.option.document-on"),
    option("--as-of", words="decisions.option.as-of"),
    yes_option,
)
"""--reason, --document, --document-on, --as-of and --yes-the-clock."""


def duty_options(*, required: bool) -> Decorator:
    """--form, --division and --period, which name an obligation."""
    return together(*(option(f"--{name}", words=f"decisions.option.{name}", required=required) for name in DUTY))


def opened_with_settings(root: Path) -> "tuple[Workspace, Settings]":
    """The workspace at a folder and its settings.

    Raises:
        OperatorError: E801, a part of it is missing; E802 or E803, a file cannot be read or breaks a rule.
    """
    from pipeline.workspace import load_settings, open_workspace

    workspace = open_workspace(root)
    return workspace, load_settings(workspace).settings


def moment(text: str | None) -> dt.datetime:
    """A local time written as 2019-06-10T00:05; without a text, now.

    Raises:
        OperatorError: E813, the text is no such time.
    """
    from pipeline.workspace import VIETNAM, now_in_vietnam

    if text is None:
        return now_in_vietnam()
    try:
        given = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise OperatorError(Code.E813, text=text) from error
    return given.astimezone(VIETNAM).replace(tzinfo=None) if given.tzinfo else given


def moment_or_last(text: str | None, workspace: "Workspace") -> dt.datetime:
    """As :func:`moment`; without a text, when the last run was or the last decision was recorded.

    Raises:
        OperatorError: E813, the text is no such time.
    """
    from pipeline.desk.status import last_clock

    return moment(text) if text else last_clock(workspace)


def day(text: str) -> dt.date:
    """A day written as 2019-06-20.

    Raises:
        OperatorError: E813, the text is no such day.
    """
    try:
        return dt.datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise OperatorError(Code.E813, text=text) from error
