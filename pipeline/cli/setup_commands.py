"""The commands that set up a workspace: ``init``, ``templates``, ``guide``, ``schedule``, ``completion``."""

from collections.abc import Iterator
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from pipeline.cli.options import OUTPUT_FILE, PATH, argument, opened_with_settings, option, qms_command
from pipeline.cli.output import Answer
from pipeline.wording import say


@qms_command("init")
@option("--year", words="command_line.init.year", type=click.IntRange(2000, 2099))
@argument("folder", "optional_folder", required=False, type=PATH)
def init_command(workspace: Path, folder: Path | None, year: int | None) -> Answer:
    """Make a new workspace."""
    from pipeline.desk.starting import make_workspace
    from pipeline.workspace import now_in_vietnam

    target = folder or workspace
    files = make_workspace(target, year or now_in_vietnam().year)
    document = {"workspace": target.as_posix(), "files": files}
    return Answer(document, [say("command_line.init.done", path=target)])


@qms_command("templates")
def templates_command(workspace: Path) -> Answer:
    """Write the blank templates."""
    from pipeline.desk.starting import write_blank_templates

    written = write_blank_templates(*opened_with_settings(workspace))
    return Answer({"written": written}, [say("command_line.templates.written", path=path) for path in written])


@qms_command("guide")
def guide_command(workspace: Path) -> Answer:
    """Write the staff guide for the workspace's settings."""
    from pipeline.desk.guiding import write_guide

    written = write_guide(*opened_with_settings(workspace))
    return Answer({"written": written}, [say("command_line.guide.written", path=path) for path in written])


@qms_command("schedule")
@option("--for", "scheduler", words="command_line.schedule.wanted", type=click.Choice(["windows", "cron"]))
@option("--output", words="command_line.schedule.output", type=OUTPUT_FILE)
def schedule_command(workspace: Path, scheduler: str | None, output: Path | None) -> Answer:
    """Print what the machine's scheduler needs."""
    from pipeline.desk.scheduling import Scheduler, propose, scheduler_here

    opened, settings = opened_with_settings(workspace)
    kind = Scheduler(scheduler) if scheduler else scheduler_here()
    proposal = propose(opened, settings.schedule, kind, output)

    document = {
        "for": str(proposal.scheduler),
        "files": [{"name": proposal.path.name, "text": proposal.text}],
        "written": [] if output is None else [str(proposal.path)],
        "steps": list(proposal.steps),
    }

    def lines() -> Iterator[str]:
        if output is None:
            yield say("command_line.schedule.file", name=proposal.path.name)
            yield proposal.text
        else:
            yield say("command_line.schedule.written", path=proposal.path)
        yield from proposal.steps

    return Answer(document, lines())


@qms_command("completion")
@argument("shell", "shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(_workspace: Path, shell: str) -> Answer:
    """Print the completion script of a shell."""
    from pipeline.cli.app import qms

    completion = get_completion_class(shell)
    script = completion(qms, {}, "qms", "_QMS_COMPLETE").source() if completion else ""
    return Answer({"shell": shell, "script": script}, [script])
