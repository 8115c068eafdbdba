"""The options that commands share."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.faults import OperatorError
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.settings import Period, Settings

Decorated = Callable[..., Any]


def workspace_option(command: Decorated) -> Decorated:
    """--workspace, as ``workspace``."""
    return click.option(
        "--workspace",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
        envvar="QMS_WORKSPACE",
        metavar="THƯ_MỤC",
        help=say("command_line.workspace_option"),
    )(command)


def yes_option(command: Decorated) -> Decorated:
    """--yes-the-clock, as ``is_sure``: the clock, or --as-of, is right, however far it is from all that is known."""
    return click.option("--yes-the-clock", "is_sure", is_flag=True, help=say("command_line.yes_option"))(command)


def json_option(command: Decorated) -> Decorated:
    """--json, as ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help=say("command_line.json_option"))(command)


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
        raise OperatorError("E813", text=text) from error
    return given.astimezone(VIETNAM).replace(tzinfo=None) if given.tzinfo else given


def period_of(text: str, settings: "Settings") -> "Period":
    """A period that the settings know.

    Raises:
        OperatorError: E807, it is written wrongly or not set.
    """
    from pipeline.settings import Period

    known = ", ".join(map(str, settings.periods))
    try:
        period = Period.parse(text)
    except ValueError as error:
        raise OperatorError("E807", period=text, known=known) from error
    if period not in settings.periods:
        raise OperatorError("E807", period=text, known=known)
    return period
