"""Copies of the demo's year; what is computed anew, or read again, of the same content is so once."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from functools import cache
from pathlib import Path

import pytest
from audit_tampering import record_more
from remembering import computed_once

from pipeline.audit import Workbook, reopening
from pipeline.desk.auditing import evidence_of
from pipeline.nightly import RunReport
from pipeline.workspace import Workspace

Replayed = tuple[Workspace, list[RunReport]]


_READ: dict[tuple[tuple[str, str], ...], object] = {}


class Here:
    """Stands in for the worker that opens archived bytes: its start takes longer than the rest of a check.

    The same bytes under the same name are opened once a session.
    """

    def __init__(self, *_: object) -> None:
        pass

    def submit(self, task: Callable[[Path, str], object], folder: Path, sha256: str) -> Future[object]:
        future: Future[object] = Future()
        future.set_result(_once(task, folder, sha256))
        return future

    def shutdown(self, *, cancel_futures: bool) -> None:
        pass


def _once(task: Callable[[Path, str], object], folder: Path, sha256: str) -> object:
    try:
        content = [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in folder.glob(f"{sha256}.*")]
    except OSError:
        return task(folder, sha256)
    key = ((task.__qualname__, sha256), *sorted(content))
    if key not in _READ:
        _READ[key] = task(folder, sha256)
    return _READ[key]


_IN_A_WORKER = ("test_audit_reopening", "test_audit_command", "test_audit_file")


@pytest.fixture(autouse=True)
def opened_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Archived bytes are opened in a worker where that is what is tested."""
    if request.path.stem not in _IN_A_WORKER:
        monkeypatch.setattr(reopening, "Lanes", Here)


@pytest.fixture(scope="module", autouse=True)
def same_content_is_computed_once() -> Iterator[None]:
    with computed_once():
        yield


@pytest.fixture(scope="session")
def copied_so(replayed: Replayed) -> Callable[[Path], Workspace]:
    """Copies the demo's year, without its inbox, to a place."""

    def copy(place: Path) -> Workspace:
        for folder in ("archive", "outbox"):
            shutil.copytree(replayed[0].root / folder, place / folder)
        return Workspace(place)

    return copy


@pytest.fixture
def so(copied_so: Callable[[Path], Workspace], tmp_path: Path) -> Workspace:
    """A copy of the demo's year without its inbox."""
    return copied_so(tmp_path / "so")


@pytest.fixture(scope="session")
def busy(replayed: Replayed, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The demo's year with decisions and a sighting, so that no table is empty; for tests that only read."""
    copy = tmp_path_factory.mktemp("busy") / "so"
    shutil.copytree(replayed[0].archive, copy / "archive")
    record_more(Workspace(copy))
    return Workspace(copy)


@pytest.fixture(scope="session")
def with_actions(two_years: Replayed, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The demo's two years, which have what its half year lacks: reports on corrective actions."""
    copy = tmp_path_factory.mktemp("actions") / "so"
    shutil.copytree(two_years[0].archive, copy / "archive")
    return Workspace(copy)


@pytest.fixture(scope="session")
def computed(replayed: Replayed) -> Sequence[Workbook]:
    """The workbooks of the demo computed anew, once for all tests that leave the ledger as it is."""
    found = evidence_of(replayed[0]).workbooks()
    return [Workbook(one.relative, cache(one.content), cache(one.committee)) for one in found]


@pytest.fixture
def hot_journal(so: Workspace) -> None:
    """What a run that is killed in the middle of a write leaves: half of it in the file, the way back in a journal."""
    script = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN IMMEDIATE');"
        "c.executemany('INSERT INTO schema_version VALUES (?)', [(9,)] * 200000); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(so.ledger_file)], check=False)
