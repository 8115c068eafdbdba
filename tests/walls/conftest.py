"""A small night with something for every stage after judging, and what it comes to when nothing is planted."""

import shutil
import sys
from pathlib import Path

import pytest

# The small inbox and the comparison of two nights belong to the tests of custody.
sys.path.insert(0, str(Path(__file__).parents[1] / "custody"))

from custody_inbox import PLAN, copy_of, few_files
from custody_state import State, state_of
from walls_night import NEXT_DAY, NIGHT, PRE_CHECKED, night

from pipeline.nightly import RunReport
from pipeline.workspace import Workspace


@pytest.fixture(scope="session")
def small_night(replayed: tuple[Workspace, list[RunReport]], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Eight files and one to be pre-checked, not yet looked into; two periods have workbooks."""
    workspace = few_files(replayed[0], tmp_path_factory.mktemp("walls") / "so")
    dropped = workspace.inbox / PRE_CHECKED
    dropped.parent.mkdir(parents=True)
    shutil.copy2(workspace.inbox / PLAN, dropped)
    return workspace


@pytest.fixture
def so(small_night: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the small night."""
    return copy_of(small_night, tmp_path / "so")


@pytest.fixture(scope="session")
def undisturbed(small_night: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, State]:
    """What the night and the next day come to when nothing is planted, by their time."""
    workspace = copy_of(small_night, tmp_path_factory.mktemp("undisturbed") / "so")
    states = {}
    for as_of in (NIGHT, NEXT_DAY):
        assert night(workspace, as_of).faults == ()
        states[as_of] = state_of(workspace)
    return states
