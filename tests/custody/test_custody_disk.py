"""A full, failing or read-only disk: one line, exit 3, nothing lost: the next run makes the undisturbed night (issue 3)."""

import errno
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from custody_inbox import FEW_AS_OF
from custody_runner import Runner
from custody_state import State, differences, state_of

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

    def comes_through(self) -> None:
        """The run ends well."""
        ended = self._runner.run(self.workspace, FEW_AS_OF)
        assert (ended.code, ended.err) == (0, "")

    def comes_right(self) -> None:
        """A run makes of it what it would have been without the disturbances."""
        self.comes_through()
        assert differences(state_of(self.workspace), self._undisturbed) == []


@pytest.fixture
def night(workspace: Workspace, runner: Runner, undisturbed: State) -> Night:
    for folder in (workspace.archive, workspace.outbox):
        folder.mkdir()
    return Night(workspace, runner, undisturbed)


def test_a_disk_that_fills_up_under_the_archive(night: Night, undisturbed: State, mount: Mount) -> None:
    """At the first copy, at a later one, and wherever else the space ends: the ledger's making, its commits."""
    originals = sum(len(content) for name, content in undisturbed.files.items() if name.startswith("archive"))
    _mount_small(mount, night.workspace.archive, 16)
    night.is_refused()
    for more in (-64, 8, 64, 120):
        _give(night.workspace.archive, originals // KIBIBYTE + more)
        night.is_refused()
    _give(night.workspace.archive, 65536)
    night.comes_right()


def test_a_disk_that_fills_up_under_the_outbox(night: Night, mount: Mount) -> None:
    _mount_small(mount, night.workspace.outbox, 4)
    night.is_refused()
    _give(night.workspace.outbox, 48)
    night.is_refused()
    _give(night.workspace.outbox, 65536)
    night.comes_right()


def test_a_read_only_outbox(night: Night, mount: Mount) -> None:
    mount(night.workspace.outbox, "ro", "-t", "tmpfs", "tmpfs")
    night.is_refused()
    _give(night.workspace.outbox, 65536)
    night.comes_right()


def test_a_read_only_archive_before_and_after_it_holds_something(night: Night, mount: Mount) -> None:
    mount(night.workspace.archive, "ro", "-t", "tmpfs", "tmpfs")
    night.is_refused()
    _give(night.workspace.archive, 65536)
    night.comes_through()
    subprocess.run(["mount", "-o", "remount,ro", night.workspace.archive], check=True)
    night.is_refused()
    _give(night.workspace.archive, 65536)
    night.comes_right()


def test_a_read_only_inbox_does_not_matter(night: Night, mount: Mount) -> None:
    inbox = night.workspace.inbox
    mount(inbox, "bind", inbox.as_posix())
    mount(inbox, "remount,ro,bind")
    with pytest.raises(OSError, match="Read-only"):
        (inbox / "x").touch()
    night.comes_right()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_one_place_after_the_other(number: int, night: Night) -> None:
    """The file fails that the run wants to put there; in the order in which a run comes by them."""
    for event, path, at in (
        ("open", "run.holder", 1),
        ("os.rename", "archive/ledger.sqlite", 1),
        ("os.rename", "archive/originals/", 3),
        ("open", "archive/originals/taking-", 1),
        ("os.rename", "outbox/phan_hoi/", 2),
        ("os.rename", "archive/published.json", 2),
        ("os.rename", "outbox/tong_hop/", 1),
    ):
        night.is_refused(faults=[{"kind": "refuse", "errno": number, "event": event, "path": path, "at": at}])
    night.comes_right()


def _mount_small(mount: Mount, folder: Path, kibibytes: int) -> None:
    mount(folder, f"size={kibibytes}k", "-t", "tmpfs", "tmpfs")


def _give(folder: Path, kibibytes: int) -> None:
    """The disk now has so much room, and may be written."""
    subprocess.run(["mount", "-o", f"remount,rw,size={kibibytes}k", folder], check=True)
