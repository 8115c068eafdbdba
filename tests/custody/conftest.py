"""Nights to be killed and disturbed. Where the system cannot do it, the tests are skipped aloud."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from custody_inbox import AS_OF, FEW_AS_OF, copy_of, few_files, forty_files
from custody_runner import Runner
from custody_state import State, state_of

from pipeline.nightly import RunReport
from pipeline.workspace import Workspace

# The properties are tried on the valid submissions of ``tests/rules``.
sys.path.insert(0, str(Path(__file__).parents[1] / "rules"))

_NOT_HERE = "custody:"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was not proved here."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if _NOT_HERE in str(report.longrepr)]
    if skipped:
        terminalreporter.section("skipped: custody", yellow=True)
        for report in skipped:
            terminalreporter.write_line(f"{report.nodeid}: {str(report.longrepr[2]).partition(_NOT_HERE)[2].strip()}")


@pytest.fixture(scope="session")
def runner(
    night_of_few: Workspace, night_of_forty: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Runner]:
    """A warm process from which runs are forked and killed."""
    if not hasattr(os, "fork"):
        pytest.skip(f"{_NOT_HERE} this system has neither fork nor SIGKILL")
    nights = (night_of_few, FEW_AS_OF), (night_of_forty, AS_OF)
    with Runner(tmp_path_factory.mktemp("runner"), *nights) as runner:
        yield runner


@pytest.fixture
def mount() -> Iterator[Callable[..., None]]:
    """Mounts small or read-only file systems over folders; they are gone after the test. Linux, as root."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip(f"{_NOT_HERE} only root on Linux can mount a full or a read-only disk")
    mounted: list[Path] = []

    def mount(folder: Path, options: str, *kind: str) -> None:
        done = subprocess.run(["mount", *kind, "-o", options, folder], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"{_NOT_HERE} mounting is refused here: {done.stderr.strip()}")
        mounted.append(folder)

    yield mount
    for folder in dict.fromkeys(mounted):
        while subprocess.run(["umount", folder], capture_output=True, check=False).returncode == 0:
            pass


@pytest.fixture(scope="session")
def undisturbed(night_of_few: Workspace, runner: Runner, tmp_path_factory: pytest.TempPathFactory) -> State:
    """What the smaller inbox comes to when nothing disturbs it: as when the runner warmed itself up."""
    workspace = copy_of(night_of_few, tmp_path_factory.mktemp("undisturbed") / "so")
    assert runner.run(workspace, FEW_AS_OF).code == 0
    return state_of(workspace)


@pytest.fixture
def workspace(night_of_few: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the smaller night, to be disturbed."""
    return copy_of(night_of_few, tmp_path / "so")


@pytest.fixture(scope="session")
def night_of_forty(replayed: tuple[Workspace, list[RunReport]], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The inbox of 40 files, not yet looked into: copied by those who use it."""
    return forty_files(replayed[0], tmp_path_factory.mktemp("forty") / "so")


@pytest.fixture(scope="session")
def night_of_few(replayed: tuple[Workspace, list[RunReport]], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The smaller inbox, not yet looked into."""
    return few_files(replayed[0], tmp_path_factory.mktemp("few") / "so")
