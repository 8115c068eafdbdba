"""Only a file that lies still is taken; what waits, open or unfinished, keeps when it was first there."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.intake import custody
from pipeline.intake.workers import Workers
from pipeline.ledger import Ledger, Scan
from pipeline.night import arriving
from pipeline.night.arriving import Arrived, arrive
from pipeline.night.frame import Run
from pipeline.workspace import Workspace, create_ledger, load_settings

FIRST = dt.datetime(2019, 6, 9, 23, 50)
SECOND = dt.datetime(2019, 6, 10, 0, 5)
THIRD = dt.datetime(2019, 6, 10, 8, 0)


def _look(workspace: Workspace, as_of: dt.datetime) -> Arrived:
    loaded = load_settings(workspace)
    with create_ledger(workspace) as ledger:
        return arrive(Run(workspace, loaded, ledger, Scan("run", as_of, loaded.sha256), Workers(1), lambda *_: None))


def _dropped(workspace: Workspace, name: str, content: bytes) -> Path:
    path = workspace.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _writing_while(monkeypatch: pytest.MonkeyPatch, moment: str, write: Callable[[], object]) -> None:
    """Let somebody write between listing and taking (``sleep``), or while the bytes are being copied (``chunk``)."""
    if moment == "sleep":
        monkeypatch.setattr(arriving, "sleep", lambda _: write())
        return
    chunks = custody._chunks

    def growing(path: Path):  # noqa: ANN202 - as _chunks
        yield from chunks(path)
        write()

    monkeypatch.setattr(custody, "_chunks", growing)


@pytest.mark.parametrize("moment", ["sleep", "chunk"])
def test_a_file_that_changes_meanwhile_is_not_taken_half(
    moment: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _dropped(workspace, "VP/a.xlsx", b"half of it")
    with monkeypatch.context() as patched:
        _writing_while(patched, moment, lambda: path.write_bytes(b"half of it and the rest"))
        first = _look(workspace, FIRST)
    assert (first.arrivals, dict(first.waiting)) == ((), {"VP/a.xlsx": "unsettled"})
    assert list((workspace.archive / "originals").glob("*")) == []
    (taken,) = _look(workspace, SECOND).arrivals
    assert (taken.path, taken.size, taken.not_before) == ("VP/a.xlsx", 23, None)


def test_a_file_that_vanishes_before_it_is_taken_waits(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _dropped(workspace, "VP/a.xlsx", b"content")
    _writing_while(monkeypatch, "sleep", path.unlink)
    assert dict(_look(workspace, FIRST).waiting) == {"VP/a.xlsx": "not_taken"}


@pytest.mark.parametrize("lock", ["~$a.xlsx", ".~lock.a.xlsx#"])
def test_a_workbook_that_is_open_elsewhere_is_taken_the_next_time(lock: str, workspace: Workspace) -> None:
    _dropped(workspace, "VP/a.xlsx", b"content")
    held = _dropped(workspace, f"VP/{lock}", b"Le Van Tam")
    first = _look(workspace, FIRST)
    assert (first.arrivals, dict(first.waiting)) == ((), {"VP/a.xlsx": "open"})
    held.unlink()
    assert [one.path for one in _look(workspace, SECOND).arrivals] == ["VP/a.xlsx"]


def test_a_file_that_was_open_over_the_deadline_had_arrived_before_it(workspace: Workspace) -> None:
    _look(workspace, FIRST)
    _dropped(workspace, "VP/a.xlsx", b"content")
    held = _dropped(workspace, "VP/~$a.xlsx", b"Le Van Tam")
    _look(workspace, SECOND)
    held.unlink()
    (taken,) = _look(workspace, THIRD).arrivals
    assert (taken.not_before, taken.not_after) == (FIRST, THIRD)


def test_what_was_still_waiting_is_written_into_the_ledger(workspace: Workspace) -> None:
    _dropped(workspace, "VP/a.xlsx", b"content")
    _dropped(workspace, "VP/~$a.xlsx", b"Le Van Tam")
    _look(workspace, FIRST)
    with Ledger(workspace.ledger_file) as ledger:
        assert ledger.waiting() == {"VP/a.xlsx": "open"}


def test_a_copy_that_a_killed_run_left_unfinished_is_swept(workspace: Workspace) -> None:
    originals = workspace.archive / "originals"
    originals.mkdir(parents=True)
    (originals / "taking-abc").write_bytes(b"half")
    custody.sweep(workspace.archive)
    assert list(originals.iterdir()) == []
