"""Nights over an inbox in which things are out of reach, too large, or gone: each at its division."""

import datetime as dt
import os
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from edges_forms import Forms
from edges_nights import NIGHTS, QUARTER, dropped, night, no_workbook_is_drawn, page, to_do

from pipeline.intake import inbox
from pipeline.night import arriving
from pipeline.nightly import RunReport, run_night
from pipeline.workspace import Workspace

KEPT_MEGABYTES = 3
"""No file over this is kept."""
HAS_PIPES = hasattr(os, "mkfifo")
NOT_ENTERED, CLOSED, CLOSED_LATER, GIANTS, IN_TIME = "GDNN", "VP", "BTXH", "NCC", "TTR"
"""Whose folder may be listed and not entered, is closed, is closed over a deadline; who sends a giant; who sends while
the inbox is not mounted."""
PIPES = ("KHTC/b.xlsx", "KHTC/c.xlsx") if HAS_PIPES else ()
GIANT, PRE_CHECKED_GIANT = f"{GIANTS}/to.xlsx", f"kiem_tra/{GIANTS}/to.xlsx"


@dataclass
class Reach:
    """The reports of the nights in their order, what the day's data and page said after each, and who read a giant."""

    workspace: Workspace
    reports: list[RunReport] = field(default_factory=list)
    requests: list[list[tuple[str, dict[str, str]]]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    def night(self, number: int) -> None:
        """One of ``NIGHTS``."""
        self.reports.append(night(self.workspace, number))
        self._look(number)

    def quarter_later(self, number: int) -> None:
        """The next run after one of ``NIGHTS``."""
        self.reports.append(run_night(self.workspace, NIGHTS[number] + QUARTER))
        assert self.reports[-1].faults == ()
        self._look(number)

    def _look(self, number: int) -> None:
        self.requests.append(to_do(self.workspace, number))
        self.pages.append(page(self.workspace, number))
        self.kept.append(len(list((self.workspace.archive / "originals").glob("*"))))

    def drop(self, path: str, content: bytes) -> Path:
        """A file into the inbox."""
        return dropped(self.workspace, path, content)

    def mount(self, *, is_mounted: bool) -> None:
        """The share in its place, or the bare folder under it."""
        share = self.workspace.root / "share"
        if is_mounted:
            self.workspace.inbox.rmdir()
            share.rename(self.workspace.inbox)
        else:
            self.workspace.inbox.rename(share)
            self.workspace.inbox.mkdir()

    def interval(self, path: str) -> tuple[dt.datetime | None, dt.datetime]:
        """In which the last file of that path came."""
        query = "SELECT not_before, not_after FROM arrival WHERE path = ? ORDER BY arrival_id DESC LIMIT 1"
        with sqlite3.connect(self.workspace.ledger_file) as connection:
            low, high = connection.execute(query, (path,)).fetchone()
        return low and dt.datetime.fromisoformat(low), dt.datetime.fromisoformat(high)


@contextmanager
def closing(*folders: Path) -> Iterator[None]:
    """Keep folders from being listed, as the system does without the right to read."""
    scandir = os.scandir

    def listed(folder: Any) -> Any:  # noqa: ANN401 - as os.scandir
        if not isinstance(folder, int) and Path(folder) in folders:
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "scandir", listed)
        yield


@contextmanager
def not_entering(path: Path) -> Iterator[None]:
    """Keep a file from being looked at, though its folder can be listed."""
    look_at = inbox.look_at
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "look_at", lambda one: None if one == path else look_at(one))
        yield


@contextmanager
def noting(reach: Reach, *names: str) -> Iterator[None]:
    """Note which giants are read by these functions of the night."""

    def noted(name: str) -> Callable[..., object]:
        real = getattr(arriving, name)

        def reading(path: Path, *given: object) -> object:
            if path.name == "to.xlsx":
                reach.read.append(name)
            return real(path, *given)

        return reading

    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            patch.setattr(arriving, name, noted(name))
        yield


def _lay_pipes(folder: Path) -> None:
    """A pipe and a socket among a division's files, and a pipe in the pre-check folder."""
    if not HAS_PIPES:
        return
    where, other = (folder / path for path in PIPES)
    where.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(where)
    os.mkfifo(folder / "kiem_tra" / "a.xlsx")
    before = Path.cwd()
    with socket.socket(socket.AF_UNIX) as opened:
        os.chdir(other.parent)  # the name of a socket must be short
        opened.bind(other.name)
        os.chdir(before)


def nights_of(workspace: Workspace, forms: Forms) -> Reach:
    """All of them; the last two draw the workbook of what all came to."""
    with no_workbook_is_drawn():
        reach = _eventful_nights(workspace, forms)
    reach.night(5)
    for path in list(workspace.inbox.rglob("*.xlsx")):
        path.unlink()
    reach.quarter_later(5)
    return reach


def _eventful_nights(workspace: Workspace, forms: Forms) -> Reach:
    """What is done before each stands before it. In the first the inbox is empty to its last folder."""
    reach, giant = Reach(workspace), bytes((KEPT_MEGABYTES << 20) + 1)
    for entry in sorted(workspace.inbox.rglob("*"), reverse=True):
        entry.rmdir() if entry.is_dir() else entry.unlink()
    reach.night(0)
    reach.drop("KHTC/a.xlsx", forms.plan("KHTC"))
    reach.drop(f"{CLOSED}/la.xlsx", b"x")
    reach.drop(GIANT, giant)
    reach.drop(PRE_CHECKED_GIANT, giant)
    not_entered = reach.drop(f"{NOT_ENTERED}/a.xlsx", forms.spoilt("KHTC"))
    _lay_pipes(workspace.inbox)
    with not_entering(not_entered):
        with closing(workspace.inbox / CLOSED), noting(reach, "hash_of", "take"):
            reach.night(1)
        later = reach.drop(f"{CLOSED_LATER}/a.xlsx", forms.plan("VP"))
        with closing(workspace.inbox / CLOSED, later.parent), noting(reach, "hash_of", "take", "hash_of_start"):
            reach.night(2)
    not_entered.unlink()
    reach.drop(GIANT, forms.plan("KHTC")[:-1])
    reach.night(3)
    reach.drop(f"{IN_TIME}/b.xlsx", forms.revised("KHTC"))
    reach.mount(is_mounted=False)
    reach.night(4)
    reach.quarter_later(4)
    reach.mount(is_mounted=True)
    return reach
