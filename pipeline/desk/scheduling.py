"""The run in the hands of the machine's own scheduler: what to give it, and what to do with that."""

import codecs
import getpass
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from pipeline.desk.schedulers.cron import crontab_text
from pipeline.desk.schedulers.systemd import FAILED, failed_text, service_text, timer_text
from pipeline.desk.schedulers.timetable import Timetable
from pipeline.desk.schedulers.windows import task_bytes
from pipeline.settings import Schedule
from pipeline.wording import say
from pipeline.workspace import Workspace
from pipeline.writing import write_whole_or_fault

_SYSTEMD_RUNS = Path("/run/systemd/system")
"""The folder by which systemd itself tells that it runs this machine (sd_booted)."""


class Scheduler(StrEnum):
    """Whose language."""

    WINDOWS = "windows"
    SYSTEMD = "systemd"
    CRON = "cron"


@dataclass(frozen=True)
class Proposal:
    """What to give the scheduler. ``files`` by name; ``steps`` say, in Vietnamese, what to do with them."""

    scheduler: Scheduler
    files: Mapping[str, str]
    steps: tuple[str, ...]
    written: tuple[str, ...] = ()

    def as_document(self) -> dict[str, object]:
        """As JSON."""
        return {
            "for": str(self.scheduler),
            "files": [{"name": name, "text": text} for name, text in self.files.items()],
            "written": list(self.written),
            "steps": list(self.steps),
        }


def scheduler_here() -> Scheduler:
    """The scheduler of the machine that this runs on."""
    if sys.platform == "win32":
        return Scheduler.WINDOWS
    return Scheduler.SYSTEMD if _SYSTEMD_RUNS.is_dir() else Scheduler.CRON


def propose(workspace: Workspace, schedule: Schedule, scheduler: Scheduler, output: Path | None = None) -> Proposal:
    """What to give the scheduler, written to ``output`` where one is named; systemd's three files share its stem.

    Raises:
        OperatorError: E805, the file cannot be written.
    """
    timetable = timetable_of(workspace, schedule)
    # The steps name whole paths: an administrator's window opens in another folder.
    path = (output or workspace.root / _USUAL_NAMES[scheduler]).resolve()
    contents = _contents(timetable, scheduler, path)
    if output is not None:
        for file, content in contents.items():
            write_whole_or_fault(file, content)
    return Proposal(
        scheduler=scheduler,
        files={file.name: _text(content) for file, content in contents.items()},
        steps=tuple(_steps(scheduler, path, is_written=output is not None)),
        written=tuple(str(file) for file in contents) if output else (),
    )


_USUAL_NAMES = {Scheduler.WINDOWS: "QMS.xml", Scheduler.SYSTEMD: "qms.timer", Scheduler.CRON: "qms.cron"}


def timetable_of(workspace: Workspace, schedule: Schedule) -> Timetable:
    """The run of this workspace, by the Python that runs now, under the account that asks."""
    command = (sys.executable, "-m", "pipeline", "run", "--workspace", str(workspace.root.resolve()))
    return Timetable(command, schedule, _account())


def _account() -> str:
    domain = os.environ.get("USERDOMAIN", "")
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        # A container may run under a number that no one has named.
        return ""
    return f"{domain}\\{name}" if domain else name


def _contents(timetable: Timetable, scheduler: Scheduler, path: Path) -> dict[Path, bytes]:
    match scheduler:
        case Scheduler.WINDOWS:
            return {path: task_bytes(timetable)}
        case Scheduler.SYSTEMD:
            return {
                path.with_suffix(".service"): service_text(timetable).encode(),
                path.with_suffix(".timer"): timer_text(timetable).encode(),
                path.with_name(f"{path.stem}{FAILED}.service"): failed_text().encode(),
            }
        case Scheduler.CRON:
            return {path: crontab_text(timetable).encode()}
        case _:
            assert_never(scheduler)


def _text(content: bytes) -> str:
    return content.decode("utf-16" if content.startswith(codecs.BOM_UTF16_LE) else "utf-8").replace("\r\n", "\n")


def _steps(scheduler: Scheduler, path: Path, *, is_written: bool) -> Iterator[str]:
    """What to do, a line each: what has been done already is not asked for."""
    # systemd calls a unit as its file is called; a task of Windows has a name of its own.
    unit = "QMS" if scheduler is Scheduler.WINDOWS else path.stem
    names = {"path": path, "stem": path.with_suffix(""), "unit": unit}
    words = {
        key: say(f"schedule.{scheduler}.{key}", **names).splitlines() for key in ("title", "write", "steps", "notes")
    }
    yield from words["title"]
    steps = words["steps"] if is_written else [*words["write"], *words["steps"]]
    yield from (say("schedule.step", number=number, words=step) for number, step in enumerate(steps, 1))
    yield from words["notes"]
