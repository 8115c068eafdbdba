"""What the commands that record a decision share: their options, and how they tell what was recorded."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import Decorated, moment, yes_option
from pipeline.cli.output import print_json, print_line
from pipeline.faults import OperatorError
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.desk.recorded import Recorded
    from pipeline.desk.recording import Grounds

Given = Any
"""What click gives for an option: a text, a flag, or None."""

_METAVARS = {"document-on": "NGÀY", "document": "SỐ_VĂN_BẢN", "reason": "LÝ_DO", "as-of": "THỜI_ĐIỂM"}
_DUTY = {"form": "BIỂU_MẪU", "division": "MÃ", "period": "KỲ"}


def duty_options(*, required: bool) -> Callable[[Decorated], Decorated]:
    """--form, --division and --period, which name an obligation."""

    def decorate(command: Decorated) -> Decorated:
        for name, metavar in reversed(_DUTY.items()):
            told = say(f"decisions.option.{name}")
            command = click.option(f"--{name}", metavar=metavar, required=required, help=told)(command)
        return command

    return decorate


def grounds_options(command: Decorated) -> Decorated:
    """--reason, --document, --document-on, --as-of and --yes-the-clock."""
    command = yes_option(command)
    for name in ("as-of", "document-on", "document"):
        told = say(f"decisions.option.{name}")
        default = "" if name == "document" else None
        command = click.option(f"--{name}", metavar=_METAVARS[name], default=default, help=told)(command)
    reason = say("decisions.option.reason")
    return click.option("--reason", metavar=_METAVARS["reason"], required=True, help=reason)(command)


def grounds(given: dict[str, Any]) -> "Grounds":
    """The grounds of a decision as given on the command line.

    Raises:
        OperatorError: E813, a time or day is written wrongly.
    """
    from pipeline.desk.recording import Grounds

    document_on = given["document_on"]
    return Grounds(
        as_of=moment(given["as_of"]),
        reason=given["reason"],
        document=given["document"],
        document_on=None if document_on is None else day(document_on),
        is_sure_of_clock=given["is_sure"],
    )


def day(text: str) -> dt.date:
    """A day written as 2019-06-20.

    Raises:
        OperatorError: E813, the text is no such day.
    """
    try:
        return dt.datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise OperatorError("E813", text=text) from error


def tell(recorded: "Recorded", *, as_json: bool) -> int:
    """Print what was recorded; gives the exit code."""
    if as_json:
        print_json(recorded.as_document())
    else:
        print_line(recorded.sentence)
    return 0
