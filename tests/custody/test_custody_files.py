"""Files of the inbox that cannot be read, vanish or change while they are read: named, and taken whole later."""

import errno
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from custody_inbox import FEW_AS_OF, OTHER_PLAN, PLAN, POLICY, PRIVATE, THIRD_PLAN, copy_of, put
from custody_runner import Ended, Runner
from custody_state import State, differences, in_any_order, state_of

from pipeline.workspace import Workspace

NOBODY = 65534
FAULTS: Mapping[str, Mapping[str, object]] = {
    POLICY: {"kind": "vanish", "at": 1},
    PRIVATE: {"kind": "vanish", "at": 2},
    OTHER_PLAN: {"kind": "grow", "at": 1},
    THIRD_PLAN: {"kind": "grow", "at": 2},
    PLAN: {"kind": "refuse", "errno": errno.EIO},
}
"""At the first opening a file is hashed, at the second copied."""


@pytest.fixture(scope="module")
def disturbed(
    night_of_few: Workspace, runner: Runner, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Workspace, Ended]:
    """A night in which every fault strikes another file; afterwards all files lie there as they should."""
    workspace = copy_of(night_of_few, tmp_path_factory.mktemp("files") / "so")
    contents = {name: (workspace.inbox / name).read_bytes() for name in FAULTS}
    for name, fault in FAULTS.items():
        if fault["kind"] == "grow":
            with (workspace.inbox / name).open("ab") as growing:
                growing.truncate(8 << 20)
    ended = runner.run(workspace, FEW_AS_OF, faults=[{**fault, "path": name} for name, fault in FAULTS.items()])
    for name, content in contents.items():
        put(workspace, name, content)
    return workspace, ended


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_cannot_be_had_now_is_named_and_nothing_of_it_is_kept(
    name: str, disturbed: tuple[Workspace, Ended], undisturbed: State
) -> None:
    workspace, ended = disturbed
    assert ended.code == 0, ended.err
    assert name in ended.document["not_taken"] + ended.document["unsettled"]
    # What is kept is of the other files, each whole.
    kept = {path.read_bytes() for path in (workspace.archive / "originals").iterdir()}
    assert kept <= {content for path, content in undisturbed.files.items() if path.startswith("archive/")}
    assert (workspace.inbox / name).read_bytes() not in kept or name == PLAN


def test_the_next_run_takes_them_whole(
    disturbed: tuple[Workspace, Ended], runner: Runner, undisturbed: State, tmp_path: Path
) -> None:
    workspace = copy_of(disturbed[0], tmp_path / "so")
    ended = runner.run(workspace, FEW_AS_OF)
    assert ended.code == 0, ended.err
    assert differences(in_any_order(state_of(workspace)), in_any_order(undisturbed)) == []


def test_an_original_that_cannot_be_had_is_told_no_verdict_and_taken_anew_from_the_inbox(
    workspace: Workspace, runner: Runner, undisturbed: State
) -> None:
    """A failing disk, a virus scanner that takes it, a byte that turns: a verdict stands, so none may tell of that.

    What a virus scanner took, or what has changed, still lies in the inbox; what the disk cannot read comes later.
    """
    dies = {"kind": "stage", "at": 1, "like": "after pipeline.night.arriving.arrive"}
    assert runner.run(workspace, FEW_AS_OF, road=dies).was_killed
    unreadable, gone, changed = (_original(workspace, name) for name in (POLICY, PRIVATE, PLAN))
    gone.unlink()
    changed.write_bytes(changed.read_bytes()[:-1] + b"x")
    ended = runner.run(workspace, FEW_AS_OF, faults=[{"kind": "refuse", "errno": errno.EIO, "path": unreadable.name}])
    assert (ended.code, ended.document["arrived"]) == (0, len(undisturbed.ledger["submission"]) - 1)
    assert ended.document["not_judged"] == [POLICY]
    assert runner.run(workspace, FEW_AS_OF).document["arrived"] == 1
    assert differences(in_any_order(state_of(workspace)), in_any_order(undisturbed)) == []


def _original(workspace: Workspace, name: str) -> Path:
    sha256 = hashlib.sha256((workspace.inbox / name).read_bytes()).hexdigest()
    return next((workspace.archive / "originals").glob(f"{sha256}.*"))


@pytest.fixture
def of_nobody(night_of_few: Workspace) -> Iterator[Workspace]:
    """A copy of the night that belongs to a user without rights, outside the folders that are only root's."""
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("custody: only root can run as another user")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        workspace = copy_of(night_of_few, Path(folder) / "so")
        for path in (workspace.root, *workspace.root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        yield workspace


def test_without_permission_on_a_file_the_others_are_taken_and_without_it_on_a_folder_nothing_is_lost(
    of_nobody: Workspace, runner: Runner, undisturbed: State
) -> None:
    (of_nobody.inbox / "VP").chmod(0)
    ended = runner.run(of_nobody, FEW_AS_OF, user=NOBODY)
    assert (ended.code, ended.document["not_taken"]) == (0, ["VP/"])
    (of_nobody.inbox / "VP").chmod(0o755)
    (of_nobody.inbox / POLICY).chmod(0)
    ended = runner.run(of_nobody, FEW_AS_OF, user=NOBODY)
    assert (ended.code, ended.document["not_taken"]) == (0, [POLICY])
    (of_nobody.inbox / POLICY).chmod(0o644)
    assert runner.run(of_nobody, FEW_AS_OF, user=NOBODY).code == 0
    assert differences(in_any_order(state_of(of_nobody)), in_any_order(undisturbed)) == []
