"""click speaking Vietnamese: help headings and usage errors.

click's own words come from gettext, whose catalogue for Vietnamese nobody ships, and would be English.
"""

import re
from typing import Any

import click

from pipeline.wording import say

_EXTRA = re.compile(r"\[(?:(?P<lowest>\d+)<=x<=(?P<highest>\d+)(?:; )?)?(?:required)?\]$")
"""What click adds to the help of an option: its range, and that it must be given."""


class VietnameseHelp:
    """Mixed into commands: headings, the help option and the usage line in Vietnamese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("command_line.usage"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands of a group."""
        parameters = self.get_params(ctx)  # type: ignore[attr-defined]
        records = [record for parameter in parameters if (record := parameter.get_help_record(ctx))]
        records = [(name, _EXTRA.sub(_in_vietnamese, text)) for name, text in records]
        with formatter.section(say("command_line.options")):
            formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The --help option with its Vietnamese sentence."""
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = say("command_line.help_option")
        return option


class VietnameseCommand(VietnameseHelp, click.Command):
    """One command."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - click's own signature
        """As click's, with the Vietnamese word for the options."""
        kwargs.setdefault("options_metavar", say("command_line.arguments"))
        super().__init__(*args, **kwargs)


def _in_vietnamese(extra: re.Match[str]) -> str:
    ends = extra.groupdict()
    parts = [say("command_line.range", **ends)] if ends["lowest"] else []
    parts += [say("command_line.required")] if "required" in extra[0] else []
    return f"({'; '.join(parts)})"


def in_vietnamese(error: click.UsageError) -> str:
    """A usage error in one Vietnamese line, with the command whose help tells more."""
    line = say("command_line.wrong_usage", problem=_problem(error))
    command = error.ctx.command_path if error.ctx else "qms"
    return f"{line}. {say('command_line.see_help', command=command)}"


def _problem(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return say("command_line.no_such_option", name=error.option_name)
        case click.MissingParameter():
            return say("command_line.missing_parameter", name=_name(error))
        case click.BadParameter():
            return say("command_line.bad_parameter", name=_name(error))
        case _ if "No such command" in error.message:
            return say("command_line.no_such_command", name=error.message.split("'")[1])
        case _:
            return say("command_line.other_usage")


def _name(error: click.BadParameter) -> str:
    return error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
