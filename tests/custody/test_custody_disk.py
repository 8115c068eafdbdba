"""A full, failing or read-only disk: nothing lost, the next run makes the undisturbed night.

Where the run cannot do its job it ends with one line and exit 3; where one artefact fails, it says so and goes on.
"""

import errno
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from custody_inbox import FEW_AS_OF
from custody_runner import Runner
from custody_state import State, differences, state_of

from pipeline.ledger import Ledger
from pipeline.workspace import Workspace

Mount = Callable[..., None]
KIBIBYTE = 1024


class Night:
    """A night that is disturbed again and again before it comes right."""

    def __init__(self, workspace: Workspace, runner: Runner, undisturbed: State) -> None:
        self.workspace, self._runner, self._undisturbed = workspace, runner, undisturbed

    def is_refused(self, **order: object) -> None:
        """The run ends with one line that says what could not be written."""
        ended = self._runner.run(self.workspace, FEW_AS_OF, **order)
        lines = ended.err.splitlines()
        assert (ended.code, len(lines), lines[0][:6]) == (3, 1, "E805: "), (order, ended)

    def lacks(self, *folders: str, **order: object) -> None:
        """The run ends well, but for what could not be written in each folder, which it names."""
        ended = self._runner.run(self.workspace, FEW_AS_OF, **order)
        assert (ended.code, ended.err) == (0, ""), (order, ended)
        faults = {(fault["code"], fault["artefact"].partition("/")[0]) for fault in ended.document["faults"]}
        assert faults == {("E805", folder) for folder in folders}, (order, ended.document["faults"])

    def comes_through(self) -> None:
        """The run ends well."""
        ended = self._runner.run(self.workspace, FEW_AS_OF)
        assert (ended.code, ended.err) == (0, "")

    def comes_right(self) -> None:
        """A run makes of it what it would have been without the disturbances."""
        self.comes_through()
        state = state_of(self.workspace)
        assert differences(replace(state, ledger={**state.ledger, "fault": []}), self._undisturbed) == []
        with Ledger(self.workspace.ledger_file) as ledger:
            assert ledger.open_faults() == ()


@pytest.fixture
def night(workspace: Workspace, runner: Runner, undisturbed: State) -> Night:
    for folder in (workspace.archive, workspace.outbox):
        folder.mkdir()
    return Night(workspace, runner, undisturbed)


def test_a_disk_under_the_archive_that_is_read_only_or_full(night: Night, undisturbed: State, mount: Mount) -> None:
    """Full at the first copy, at a later one, and wherever else the space ends: the ledger's making, its commits."""
    originals = sum(len(content) for name, content in undisturbed.files.items() if name.startswith("archive"))
    _mount(mount, night.workspace.archive, 16)
    _forbid(night.workspace.archive)
    night.is_refused()
    _give(night.workspace.archive, 16)
    night.is_refused()
    for more in (-64, 8, 64, 120):
        _give(night.workspace.archive, originals // KIBIBYTE + more)
        night.is_refused()
    _give(night.workspace.archive, 65536)
    night.comes_right()
    _forbid(night.workspace.archive)
    night.is_refused()
    _give(night.workspace.archive, 65536)
    night.comes_right()


def test_a_disk_under_the_outbox_that_is_read_only_or_full(night: Night, mount: Mount) -> None:
    _mount(mount, night.workspace.outbox, 4)
    _forbid(night.workspace.outbox)
    night.is_refused()
    for kibibytes in (4, 48):
        _give(night.workspace.outbox, kibibytes)
        night.is_refused()
    _give(night.workspace.outbox, 65536)
    night.comes_right()


def test_a_read_only_inbox_does_not_matter(night: Night, mount: Mount) -> None:
    inbox = night.workspace.inbox
    mount(inbox, "bind", inbox.as_posix())
    mount(inbox, "remount,ro,bind")
    with pytest.raises(OSError, match="Read-only"):
        (inbox / "x").touch()
    night.comes_right()


@pytest.mark.parametrize("number", [errno.ENOSPC, pytest.param(errno.EIO, marks=pytest.mark.long)])
def test_a_disk_that_fails_at_one_place_after_the_other(number: int, night: Night) -> None:
    """The file fails that the run wants to put there; in the order in which a run comes by them."""

    def failing(event: str, path: str, at: int) -> dict[str, object]:
        return {"kind": "refuse", "errno": number, "event": event, "path": path, "at": at}

    for event, path, at in (
        ("open", "run.holder", 1),
        ("os.rename", "archive/ledger.sqlite", 1),
        ("os.rename", "archive/originals/", 3),
        ("open", "archive/originals/taking-", 1),
        ("open", "archive/originals/taking-", 2),
    ):
        night.is_refused(faults=[failing(event, path, at)])
    places = ("outbox/tong_hop/", 1), ("outbox/phan_hoi/", 2)
    night.lacks("phan_hoi", "tong_hop", faults=[failing("os.rename", path, at) for path, at in places])
    night.comes_right()


def _mount(mount: Mount, folder: Path, kibibytes: int) -> None:
    mount(folder, f"size={kibibytes}k", "-t", "tmpfs", "tmpfs")


def _forbid(folder: Path) -> None:
    """The disk can now only be read."""
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)


def _give(folder: Path, kibibytes: int) -> None:
    """The disk now has so much room, and may be written."""
    subprocess.run(["mount", "-o", f"remount,rw,size={kibibytes}k", folder], check=True)
