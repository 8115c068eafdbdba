"""A full or read-only disk: one line, exit 3, nothing lost: the next run is the undisturbed one (issue 3)."""

import errno
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from custody_inbox import AS_OF
from custody_runner import Ended, Runner
from custody_state import State, differences, state_of

from pipeline.workspace import Workspace

Mount = Callable[..., None]
KIBIBYTE = 1024


def _refused(ended: Ended, code: str = "E805") -> None:
    lines = ended.err.splitlines()
    assert (ended.code, len(lines)) == (3, 1), ended
    assert lines[0].startswith(f"{code}: "), lines


def _comes_right(runner: Runner, workspace: Workspace, undisturbed: State) -> None:
    ended = runner.run(workspace, AS_OF)
    assert ended.code == 0, ended.err
    assert differences(state_of(workspace), undisturbed) == []


def _folder(path: Path) -> Path:
    path.mkdir(exist_ok=True)
    return path


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.85, 0.95])
def test_a_full_disk_under_the_archive(
    share: float, workspace: Workspace, runner: Runner, undisturbed: State, mount: Mount
) -> None:
    """At the first copy, at a later one, while the ledger is made, judged into, or its answers remembered."""
    needed = sum(len(content) for name, content in undisturbed.files.items() if name.startswith("archive"))
    mount(
        _folder(workspace.archive),
        f"size={int((needed + 300 * KIBIBYTE) * share) // KIBIBYTE}k",
        "-t",
        "tmpfs",
        "tmpfs",
    )
    _refused(runner.run(workspace, AS_OF))
    _more_room(workspace.archive)
    _comes_right(runner, workspace, undisturbed)


@pytest.mark.parametrize("kibibytes", [4, 40, 80])
def test_a_full_disk_under_the_outbox(
    kibibytes: int, workspace: Workspace, runner: Runner, undisturbed: State, mount: Mount
) -> None:
    mount(_folder(workspace.outbox), f"size={kibibytes}k", "-t", "tmpfs", "tmpfs")
    _refused(runner.run(workspace, AS_OF))
    _more_room(workspace.outbox)
    _comes_right(runner, workspace, undisturbed)


def _more_room(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,rw,size=64m", folder], check=True)


def test_a_read_only_outbox(workspace: Workspace, runner: Runner, undisturbed: State, mount: Mount) -> None:
    mount(_folder(workspace.outbox), "ro", "-t", "tmpfs", "tmpfs")
    _refused(runner.run(workspace, AS_OF))
    _more_room(workspace.outbox)
    _comes_right(runner, workspace, undisturbed)


def test_a_read_only_archive(workspace: Workspace, runner: Runner, undisturbed: State, mount: Mount) -> None:
    mount(_folder(workspace.archive), "ro", "-t", "tmpfs", "tmpfs")
    _refused(runner.run(workspace, AS_OF))
    _more_room(workspace.archive)
    _comes_right(runner, workspace, undisturbed)


def test_a_read_only_archive_with_a_ledger(
    workspace: Workspace, runner: Runner, undisturbed: State, mount: Mount
) -> None:
    mount(_folder(workspace.archive), "size=64m", "-t", "tmpfs", "tmpfs")
    assert runner.run(workspace, AS_OF).code == 0
    subprocess.run(["mount", "-o", "remount,ro", workspace.archive], check=True)
    _refused(runner.run(workspace, AS_OF))
    _more_room(workspace.archive)
    _comes_right(runner, workspace, undisturbed)


def test_a_read_only_inbox_does_not_matter(
    workspace: Workspace, runner: Runner, undisturbed: State, mount: Mount
) -> None:
    mount(workspace.inbox, "bind", workspace.inbox.as_posix())
    mount(workspace.inbox, "remount,ro,bind")
    with pytest.raises(OSError, match="Read-only"):
        (workspace.inbox / "x").touch()
    _comes_right(runner, workspace, undisturbed)


REFUSALS: Mapping[str, Mapping[str, object]] = {
    "the holder of the lock": {"path": "run.holder"},
    "the making of the ledger": {"event": "os.rename", "path": "ledger.sqlite"},
    "a copy into custody": {"event": "os.rename", "path": ".xlsx", "at": 3},
    "an answer": {"event": "os.rename", "path": "__", "at": 1},
    "the memory of the outbox": {"event": "os.rename", "path": "published.json", "at": 2},
    "the workbook": {"event": "os.rename", "path": "2019-KH.xlsx"},
}


@pytest.mark.parametrize("place", REFUSALS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_one_place(
    place: str, number: int, workspace: Workspace, runner: Runner, undisturbed: State
) -> None:
    ended = runner.run(workspace, AS_OF, fault={"kind": "refuse", "errno": number, **REFUSALS[place]})
    _refused(ended)
    _comes_right(runner, workspace, undisturbed)
