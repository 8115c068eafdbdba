"""The LibreOffice of a test never outlives it, and a test that needs one never passes in silence."""

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from libreoffice_clerk import Clerk, Piece
from openpyxl import Workbook

_ROOT = Path(__file__).parents[2]
CONFTEST = Path(__file__).parents[1] / "conftest.py"
_SECONDS_TO_GO = 10
"""A process that was killed is still listed until the system has put it away, the longer the busier the machine."""


@pytest.fixture
def piece(tmp_path: Path) -> Piece:
    """A protected workbook, all of whose cells are locked."""
    workbook = Workbook()
    workbook["Sheet"].protection.enable()
    workbook.save(tmp_path / "locked.xlsx")
    return Piece(tmp_path / "locked.xlsx", "typed", [("Sheet", "A1", "1")])


def outlives(profile: Path) -> bool:
    """Whether a process that names the profile stays; where the system has no /proc, nothing is seen."""
    until = time.monotonic() + _SECONDS_TO_GO
    while is_running(profile):
        if time.monotonic() > until:
            return True
        time.sleep(0.05)
    return False


def is_running(profile: Path) -> bool:
    """Whether a process names the profile now."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it may end while it is looked at
            if str(profile).encode() in path.read_bytes():
                return True
    return False


@pytest.mark.libreoffice
def test_a_locked_cell_is_refused_and_libreoffice_ends(
    piece: Piece, tmp_path: Path, soffice: Path, python_with_uno: Path
) -> None:
    done = Clerk(python_with_uno, soffice).work([piece], tmp_path / "profile")
    assert (done.returncode, done.stderr) == (1, "locked Sheet A1\n")
    assert not piece.saved("xlsx").exists()
    assert not outlives(tmp_path / "profile")


@pytest.mark.libreoffice
def test_a_libreoffice_that_takes_too_long_is_ended(
    piece: Piece, tmp_path: Path, soffice: Path, python_with_uno: Path
) -> None:
    done = Clerk(python_with_uno, soffice).work([piece], tmp_path / "profile", seconds=0.1)
    assert (done.returncode, done.stderr.split()[0]) == (1, "ended_early")
    assert not outlives(tmp_path / "profile")


_ASKING = """
import pytest

@pytest.mark.libreoffice
def test_left_open():
    assert False

@pytest.mark.libreoffice
def test_demanded():
    assert False
"""
_DEMANDING = """
import os
import pytest

@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    os.environ["QMS_REQUIRE_LIBREOFFICE"] = "1" if item.name == "test_demanded" else ""
"""


def test_without_libreoffice_its_tests_are_skipped_aloud_or_fail(tmp_path: Path) -> None:
    for name in ("conftest.py", "by_folder.py", "linted.py", "remembering.py"):
        shutil.copy(CONFTEST.with_name(name), tmp_path)
    shutil.copytree(CONFTEST.with_name("workbook_rules"), tmp_path / "workbook_rules")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = libreoffice: needs it\n", encoding="utf-8")
    (tmp_path / "test_it.py").write_text(_ASKING, encoding="utf-8")
    (tmp_path / "demanding.py").write_text(_DEMANDING, encoding="utf-8")
    nowhere = {**os.environ, "PATH": str(tmp_path), "PYTHONPATH": os.pathsep.join((str(tmp_path), str(_ROOT)))}
    command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "-p", "demanding", str(tmp_path)]
    run = subprocess.run(command, env=nowhere, cwd=tmp_path, capture_output=True, check=False, encoding="utf-8")
    outcomes = dict(re.findall(r"::(test_\w+) (\w+)", run.stdout.partition("====")[2].partition("short test")[0]))
    assert outcomes == {"test_left_open": "SKIPPED", "test_demanded": "ERROR"}, run.stdout
    assert "1 skipped, 1 error" in run.stdout
    assert "skipped: LibreOffice" in run.stdout
    assert "LibreOffice is not installed" in run.stdout
