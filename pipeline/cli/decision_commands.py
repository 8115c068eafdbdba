"""The commands that record a decision: ``qms extend``, ``exempt``, ``withdraw``, ``present``, ``clock``."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import (
    DUTY,
    day,
    duty_options,
    grounds_options,
    moment,
    opened_with_settings,
    option,
    qms_command,
    yes_option,
)
from pipeline.cli.output import Answer, picked
from pipeline.findings import DecisionKind

if TYPE_CHECKING:
    from pipeline.desk.recording import Grounds, Recorded

Given = Any
"""What click gives for an option: a text, a flag, or None."""


def _answer(recorded: "Recorded") -> Answer:
    """In JSON what does not apply is null, and runs are named only where a clock was wrong."""
    names = "kind form division period until reason document document_on as_of revokes sha256"
    looks = " wrong_from wrong_until" if recorded.decision.kind is DecisionKind.CLOCK else ""
    document = {"decision": recorded.number, **picked(recorded.decision, names + looks)}
    return Answer(document, [recorded.sentence])


def _grounds(given: dict[str, Given]) -> "Grounds":
    """The grounds of a decision.

    Raises:
        OperatorError: E813, a time or day is written wrongly.
    """
    from pipeline.desk.recording import Grounds

    return Grounds(
        as_of=moment(given["as_of"]),
        reason=given.get("reason", ""),
        document=given["document"],
        document_on=None if given["document_on"] is None else day(given["document_on"]),
        is_sure_of_clock=given["is_sure"],
    )


def _decided(workspace: Path, kind: DecisionKind, given: dict[str, Given]) -> Answer:
    """A decision about the obligation that the options name."""
    from pipeline.desk.recording import Duty, decide
    from pipeline.workspace import open_workspace

    until = day(given["until"]) if "until" in given else None
    duty = Duty(*(given[name] for name in DUTY))
    return _answer(decide(open_workspace(workspace), kind, duty, _grounds(given), until))


@qms_command("extend")
@duty_options(required=True)
@option("--until", words="command_line.extend.until", required=True)
@grounds_options
def extend_command(workspace: Path, **given: Given) -> Answer:
    """Give an obligation more time."""
    return _decided(workspace, DecisionKind.EXTENDED, given)


@qms_command("exempt")
@duty_options(required=True)
@grounds_options
def exempt_command(workspace: Path, **given: Given) -> Answer:
    """Free a division from an obligation."""
    return _decided(workspace, DecisionKind.EXEMPTED, given)


@qms_command("withdraw")
@duty_options(required=False)
@option("--decision", words="command_line.withdraw.decision", type=click.IntRange(1))
@grounds_options
def withdraw_command(workspace: Path, decision: int | None, **given: Given) -> Answer:
    """Take back what a division handed in, or an earlier decision."""
    from pipeline.desk.recording import revoke
    from pipeline.workspace import open_workspace

    context = click.get_current_context()
    parameters = {parameter.name: parameter for parameter in context.command.params}
    if decision is None:
        for name in (name for name in DUTY if given[name] is None):
            raise click.MissingParameter(ctx=context, param=parameters[name])
        return _decided(workspace, DecisionKind.WITHDRAWN, given)
    if any(given[name] for name in DUTY):
        raise click.BadParameter("", ctx=context, param=parameters["decision"])
    return _answer(revoke(open_workspace(workspace), decision, _grounds(given)))


@qms_command("present")
@option("--period", words="decisions.option.period", required=True)
@option("--on", "document_on", words="command_line.present.on", required=True)
@option("--document", words="command_line.present.document", required=True)
@option("--as-of", words="decisions.option.as-of")
@yes_option
def present_command(workspace: Path, period: str, **given: Given) -> Answer:
    """Write down that a workbook was laid before the Steering Committee."""
    from pipeline.desk.recording import present
    from pipeline.desk.status import listed_period

    opened, settings = opened_with_settings(workspace)
    return _answer(present(opened, listed_period(settings, period), _grounds(given)))


@qms_command("clock")
@option("--wrong-from", words="command_line.clock.wrong_from", required=True)
@option("--wrong-until", words="command_line.clock.wrong_until", required=True)
@grounds_options
def clock_command(workspace: Path, wrong_from: str, wrong_until: str, **given: Given) -> Answer:
    """Record that the clock of some runs was wrong."""
    from pipeline.desk.recording import record_wrong_clock
    from pipeline.workspace import open_workspace

    return _answer(record_wrong_clock(open_workspace(workspace), wrong_from, wrong_until, _grounds(given)))
