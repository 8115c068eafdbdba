"""How the last run went, kept where a person and a program find it: outbox/nhat_ky/lan_chay_cuoi.json.

Times are the machine's own clock in Vietnam, without an offset; only ``as_of`` is the run's.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import logging
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline.outbox import Folder
from pipeline.workspace import Workspace
from pipeline.writing import write_whole

RECORD = "lan_chay_cuoi.json"
_LOG = logging.getLogger(__name__)


class Ending(StrEnum):
    """How a run ended. One that stays at ``running`` though no run is at work was broken off."""

    RUNNING = "running"
    DONE = "done"
    DONE_WITH_FAULTS = "done_with_faults"
    OPERATOR_ERROR = "operator_error"
    FAULT = "fault"


@dataclass(frozen=True)
class Outage:
    """A time in which nobody was answered: from the first run that failed to the start of the next good one.

    ``reason`` is that of the last failed run, in Vietnamese, its code in front.
    """

    since: dt.datetime
    until: dt.datetime
    failed_runs: int
    reason: str


@dataclass(frozen=True)
class LastRun:
    """One run, and the row of failed ones that it stands in.

    ``reason`` and ``code`` are those of the last failed run of the row; ``failing_since`` the start of its first.
    ``outages`` are those that the day page of ``as_of`` tells.
    """

    state: Ending
    begun: dt.datetime
    as_of: dt.datetime
    program: str
    ended: dt.datetime | None = None
    exit_code: int | None = None
    code: str = ""
    reason: str = ""
    failing_since: dt.datetime | None = None
    failed_runs: int = 0
    faults: int = 0
    outages: tuple[Outage, ...] = ()


def is_workspace(root: Path) -> bool:
    """Whether something of a workspace stands there, so that a record of ours may be put beside it."""
    workspace = Workspace(root)
    return workspace.settings_file.is_file() or workspace.inbox.is_dir()


def folders(root: Path) -> list[Path]:
    """Where something about a failed run can be left, the best first: the last one is the system's own."""
    workspace = Workspace(root)
    own = [workspace.outbox / Folder.DAYS, workspace.archive] if is_workspace(root) else []
    # One folder for each workspace: a machine may have several.
    mark = hashlib.sha256(str(root.resolve()).encode(errors="surrogateescape")).hexdigest()[:8]
    return [*own, Path(tempfile.gettempdir()) / f"qms-{mark}"]


def put(root: Path, name: str, content: str) -> None:
    """Write a file into the first folder that takes it, and take older ones of that name from the others.

    Never raises for the disk: what is told here is less than what it is told about.
    """
    for place, folder in enumerate(every := folders(root)):
        try:
            write_whole(folder / name, content.encode())
        except OSError as error:
            _LOG.warning("cannot write %s: %s", folder / name, error)
            continue
        remove([other / name for other in every[place + 1 :]])
        return


def remove(paths: list[Path]) -> None:
    """Remove files, where they are there and let themselves be removed."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            _LOG.warning("cannot remove %s: %s", path, error)


def keep(root: Path, last: LastRun) -> None:
    """Write the record."""
    text = json.dumps(dataclasses.asdict(last), ensure_ascii=False, indent=2, default=dt.datetime.isoformat)
    put(root, RECORD, text + "\n")


def last_run(root: Path) -> LastRun | None:
    """The latest record that can be read; None when there is none."""
    return max(_records(root), key=lambda record: record.begun, default=None)


def _records(root: Path) -> Iterator[LastRun]:
    for folder in folders(root):
        # A record that somebody changed, or that another version wrote, is none.
        with suppress(OSError, ValueError, KeyError, TypeError):
            yield _parsed(json.loads((folder / RECORD).read_text(encoding="utf-8")))


def _parsed(written: Mapping[str, Any]) -> LastRun:
    """The record as it was written.

    Raises:
        ValueError, KeyError, TypeError: it is none of ours.
    """
    outages = tuple(
        Outage(**{**one, "since": _time(one["since"]), "until": _time(one["until"])}) for one in written["outages"]
    )
    times = {name: _time(written[name]) for name in ("begun", "as_of")}
    may_lack = {name: written[name] and _time(written[name]) for name in ("ended", "failing_since")}
    return LastRun(**{**written, **times, **may_lack, "state": Ending(written["state"]), "outages": outages})


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=None)
