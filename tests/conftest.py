"""What several folders of tests share: LibreOffice (skipped aloud where it is missing) and the demo, replayed once."""

import gc
import os
import pickle
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from by_folder import ByFolder
from filelock import FileLock
from linted import every_built_workbook_is_linted, foresee
from remembering import start_workers_warm, workers_are_asked_once

from pipeline.cli.app import SELDOM
from pipeline.demo import NIGHTS, TWO_YEARS, replay
from pipeline.demo.replaying import Night
from pipeline.nightly import RunReport
from pipeline.workspace import Workspace

Replayed = tuple[Workspace, list[RunReport]]
MUST_BE_THERE = "QMS_REQUIRE_LIBREOFFICE"
__all__ = ["every_built_workbook_is_linted", "workers_are_asked_once"]
_CALLED = ("soffice", "libreoffice")
_SYSTEM_PYTHON = Path("/usr/bin/python3")
"""Debian puts ``uno`` into its own Python (python3-uno); other builds bring a Python beside soffice."""


@cache
def found_soffice() -> Path | None:
    """LibreOffice's command, if there is one."""
    found = (shutil.which(name) for name in _CALLED)
    return next((Path(path) for path in found if path), None)


@cache
def found_python() -> Path | None:
    """A Python that can talk to LibreOffice, if there is one."""
    soffice = found_soffice()
    if soffice is None:
        return None
    beside = soffice.resolve().parent
    candidates = (_SYSTEM_PYTHON, beside / "python", beside / "python.exe", beside.parent / "Resources" / "python")
    return next((python for python in candidates if python.exists() and _has_uno(python)), None)


def _has_uno(python: Path) -> bool:
    # Another Python must not meet the packages of this one.
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    return (
        subprocess.run([python, "-c", "import uno"], env=environment, capture_output=True, check=False).returncode == 0
    )


@cache
def what_is_missing() -> str:
    """Why LibreOffice cannot be used here; empty when it can."""
    if found_soffice() is None:
        return f"LibreOffice is not installed: no {' or '.join(_CALLED)} on the path"
    if found_python() is None:
        return "no Python with uno, through which LibreOffice is driven (Debian: python3-uno)"
    return ""


def pytest_configure() -> None:
    gc.set_threshold(*SELDOM)
    start_workers_warm()


def pytest_collection_finish() -> None:
    """What all tests share stays to the end: it is not searched for garbage again and again."""
    gc.freeze()


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFolder:
    """Keep a folder's tests on one worker (``make test`` runs one a core)."""
    return ByFolder(config, log)


def pytest_runtest_setup(item: pytest.Item) -> None:
    foresee(item)
    missing = what_is_missing() if item.get_closest_marker("libreoffice") else ""
    if missing and os.environ.get(MUST_BE_THERE) == "1":
        pytest.fail(f"{missing}; {MUST_BE_THERE}=1 asks for it", pytrace=False)
    if missing:
        pytest.skip(missing)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was not proved, however quiet the run is."""
    skipped = terminalreporter.stats.get("skipped", [])
    missing = what_is_missing() if skipped else ""
    for_that = [report for report in skipped if missing and missing in str(report.longrepr)]
    if for_that:
        terminalreporter.section("skipped: LibreOffice", yellow=True)
        terminalreporter.write_line(f"{len(for_that)} tests not run: {missing}. With {MUST_BE_THERE}=1 they fail.")


@pytest.fixture(scope="session")
def soffice() -> Path:
    """LibreOffice's command; for tests marked ``libreoffice``."""
    found = found_soffice()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def python_with_uno() -> Path:
    """The Python that LibreOffice is driven through; for tests marked ``libreoffice``."""
    found = found_python()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def libreoffice_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile folder of the tests' own, so that an open LibreOffice at the desk is neither used nor disturbed."""
    return tmp_path_factory.mktemp("libreoffice_profile")


@pytest.fixture(scope="session")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    """The demo's first half of 2019 and what each night reported: the tests read it or work on copies."""
    return _replayed_once(tmp_path_factory, "demo", NIGHTS)


@pytest.fixture(scope="session")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    """The demo whole, for those tests alone that are about it."""
    return _replayed_once(tmp_path_factory, "two_years", TWO_YEARS)


def _replayed_once(tmp_path_factory: pytest.TempPathFactory, name: str, nights: Sequence[Night]) -> Replayed:
    """Nights of the demo, replayed once for all workers."""
    # What the workers of one session share (pytest-xdist, "making session-scoped fixtures execute only once").
    ours = tmp_path_factory.getbasetemp()
    shared = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    folder, reports = shared / name / "so", shared / name / "reports.pickle"
    with FileLock(shared / f"{name}.lock"):
        if not reports.exists():
            folder.parent.mkdir()
            content = pickle.dumps(replay(folder, nights))
            reports.write_bytes(content)
    return Workspace(folder), pickle.loads(reports.read_bytes())
