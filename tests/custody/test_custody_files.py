"""Files that cannot be read, vanish or change while they are read; a workbook or the ledger open elsewhere (issue 3)."""

import errno
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from custody_inbox import AS_OF, STAMP, copy_of
from custody_runner import Ended, Runner
from custody_state import State, differences, in_any_order, state_of

from pipeline.workspace import Workspace

POLICY = "VP/BM-03_2019-KH_VP.xlsx"
WORKBOOK = "outbox/tong_hop/2019-KH.xlsx"
SIBLING = "outbox/tong_hop/2019-KH_20190610-0005.xlsx"
NOBODY = 65534


def _comes_right(runner: Runner, workspace: Workspace, undisturbed: State) -> None:
    """The next run takes what was left: only the order of the events tells that it came later."""
    ended = runner.run(workspace, AS_OF)
    assert ended.code == 0, ended.err
    assert differences(in_any_order(state_of(workspace)), in_any_order(undisturbed)) == []


def _originals(workspace: Workspace) -> set[bytes]:
    return {path.read_bytes() for path in (workspace.archive / "originals").iterdir()}


def _all_but(content: bytes, undisturbed: State) -> set[bytes]:
    return {kept for name, kept in undisturbed.files.items() if name.startswith("archive")} - {content}


def _left_lying(ended: Ended, name: str) -> None:
    assert ended.code == 0, ended.err
    assert ended.document["not_taken"] + ended.document.get("unsettled", []) == [name]


@pytest.mark.parametrize("at", [1, 2])
def test_a_file_that_vanishes_between_listing_and_copying(
    at: int, workspace: Workspace, runner: Runner, undisturbed: State
) -> None:
    content = (workspace.inbox / POLICY).read_bytes()
    _left_lying(runner.run(workspace, AS_OF, fault={"kind": "vanish", "path": POLICY, "at": at}), POLICY)
    assert _originals(workspace) == _all_but(content, undisturbed)
    _put(workspace, content)
    _comes_right(runner, workspace, undisturbed)


@pytest.mark.parametrize("at", [1, 2])
def test_a_file_that_grows_while_it_is_read_is_taken_whole_the_next_time(
    at: int, workspace: Workspace, runner: Runner, undisturbed: State
) -> None:
    """While it is hashed, and while it is copied."""
    content = (workspace.inbox / POLICY).read_bytes()
    with (workspace.inbox / POLICY).open("ab") as growing:
        growing.truncate(8 << 20)
    _left_lying(runner.run(workspace, AS_OF, fault={"kind": "grow", "path": POLICY, "at": at}), POLICY)
    assert _originals(workspace) == _all_but(content, undisturbed)
    _put(workspace, content)
    _comes_right(runner, workspace, undisturbed)


def _put(workspace: Workspace, content: bytes) -> None:
    (workspace.inbox / POLICY).write_bytes(content)
    os.utime(workspace.inbox / POLICY, (STAMP, STAMP))


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_file_that_cannot_be_opened_is_named_and_taken_the_next_time(
    number: int, workspace: Workspace, runner: Runner, undisturbed: State
) -> None:
    content = (workspace.inbox / POLICY).read_bytes()
    _left_lying(runner.run(workspace, AS_OF, fault={"kind": "refuse", "path": POLICY, "errno": number}), POLICY)
    assert _originals(workspace) == _all_but(content, undisturbed)
    _comes_right(runner, workspace, undisturbed)


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


def test_a_file_without_permission_is_named_and_taken_once_it_is_permitted(
    of_nobody: Workspace, runner: Runner, undisturbed: State
) -> None:
    content = (of_nobody.inbox / POLICY).read_bytes()
    (of_nobody.inbox / POLICY).chmod(0)
    _left_lying(runner.run(of_nobody, AS_OF, user=NOBODY), POLICY)
    assert _originals(of_nobody) == _all_but(content, undisturbed)
    (of_nobody.inbox / POLICY).chmod(0o644)
    _comes_right(runner, of_nobody, undisturbed)


def test_a_folder_without_permission_is_named_and_nothing_is_lost(
    of_nobody: Workspace, runner: Runner, undisturbed: State
) -> None:
    (of_nobody.inbox / "VP").chmod(0)
    ended = runner.run(of_nobody, AS_OF, user=NOBODY)
    assert (ended.code, ended.err[:6], len(ended.err.splitlines())) == (3, "E801: ", 1)
    (of_nobody.inbox / "VP").chmod(0o755)
    _comes_right(runner, of_nobody, undisturbed)


def test_a_locked_ledger_is_one_line_and_nothing_is_lost(
    workspace: Workspace, runner: Runner, undisturbed: State
) -> None:
    workspace.archive.mkdir()
    half = copy_of(workspace, workspace.root.with_name("half"))
    (half.inbox / POLICY).unlink()
    assert runner.run(half, AS_OF).code == 0
    (half.inbox / POLICY).write_bytes((workspace.inbox / POLICY).read_bytes())
    os.utime(half.inbox / POLICY, (STAMP, STAMP))
    with closing(sqlite3.connect(half.ledger_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        ended = runner.run(half, AS_OF)
    assert (ended.code, ended.err[:6], len(ended.err.splitlines())) == (3, "E805: ", 1)
    ended = runner.run(half, AS_OF)
    assert ended.code == 0


def test_a_workbook_that_is_open_elsewhere_gets_a_dated_sibling_until_it_is_closed(
    workspace: Workspace, runner: Runner, undisturbed: State
) -> None:
    fault = {"kind": "refuse", "event": "os.rename", "path": WORKBOOK, "errno": errno.EACCES}
    ended = runner.run(workspace, AS_OF, fault=fault)
    assert ended.code == 0, ended.err
    assert SIBLING in ended.document["workbooks"]
    assert WORKBOOK not in ended.document["workbooks"]
    expected = {**undisturbed.files, SIBLING: undisturbed.files[WORKBOOK]}
    del expected[WORKBOOK]
    assert state_of(workspace).files == expected

    # Still open: the sibling that stands there is enough.
    assert SIBLING in runner.run(workspace, AS_OF, fault=fault).document["workbooks"]
    assert state_of(workspace).files == expected

    _comes_right(runner, workspace, undisturbed)


def test_an_older_workbook_that_is_open_elsewhere_stays_whole(
    workspace: Workspace, runner: Runner, undisturbed: State
) -> None:
    content = (workspace.inbox / POLICY).read_bytes()
    (workspace.inbox / POLICY).unlink()
    assert runner.run(workspace, AS_OF).code == 0
    before = (workspace.root / WORKBOOK).read_bytes()
    _put(workspace, content)
    fault = {"kind": "refuse", "event": "os.rename", "path": WORKBOOK, "errno": errno.EACCES}
    assert runner.run(workspace, AS_OF, fault=fault).code == 0
    assert (workspace.root / WORKBOOK).read_bytes() == before
    assert (workspace.root / SIBLING).is_file()
    assert runner.run(workspace, AS_OF).code == 0
    assert (workspace.root / WORKBOOK).read_bytes() != before
    assert not (workspace.root / SIBLING).exists()
