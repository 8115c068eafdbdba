"""A small night with something for every stage after judging; what it comes to undisturbed, and with one fault."""

import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

# The small inbox and the comparison of two nights belong to the tests of custody.
sys.path.insert(0, str(Path(__file__).parents[1] / "custody"))

from custody_inbox import PLAN, copy_of, few_files
from custody_state import State, state_of
from walls_frames import computed_without_faults
from walls_night import NEXT_DAY, NIGHT, PLANTINGS, PRE_CHECKED, SAME_DAY, Run, night, plant, until_judged

from pipeline.night.walls import Stage
from pipeline.nightly import RunReport
from pipeline.workspace import Workspace


@pytest.fixture(scope="module", autouse=True)
def same_content_is_computed_without_faults() -> Iterator[None]:
    """Most of these nights come to the same workbooks."""
    with computed_without_faults():
        yield


@pytest.fixture(scope="session")
def small_night(replayed: tuple[Workspace, list[RunReport]], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Eight files and one to be pre-checked, not yet looked into; two periods have workbooks."""
    workspace = few_files(replayed[0], tmp_path_factory.mktemp("walls") / "so")
    dropped = workspace.inbox / PRE_CHECKED
    dropped.parent.mkdir(parents=True)
    shutil.copy2(workspace.inbox / PLAN, dropped)
    return workspace


@pytest.fixture(scope="session")
def judged_night(small_night: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small night, broken off after its verdicts: no stage after judging has begun."""
    workspace = copy_of(small_night, tmp_path_factory.mktemp("judged") / "so")
    until_judged(workspace, NIGHT)
    return workspace


@pytest.fixture
def so(small_night: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the small night."""
    return copy_of(small_night, tmp_path / "so")


@pytest.fixture
def judged(judged_night: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the small night after its verdicts."""
    return copy_of(judged_night, tmp_path / "so")


@pytest.fixture(scope="session")
def undisturbed(small_night: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, State]:
    """What the night and the next day come to when nothing is planted, by their time."""
    workspace = copy_of(small_night, tmp_path_factory.mktemp("undisturbed") / "so")
    states = {}
    for as_of in (NIGHT, NEXT_DAY):
        with computed_without_faults():
            assert night(workspace, as_of).faults == ()
        states[as_of] = state_of(workspace)
    return states


@pytest.fixture(scope="session")
def faulty(judged_night: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Stage], Run]:
    """What the night comes to with a stage's fault planted in it: read, or copied to go on with."""

    @cache
    def faulty_night(stage: Stage) -> Run:
        workspace = copy_of(judged_night, tmp_path_factory.mktemp(stage) / "so")
        with pytest.MonkeyPatch.context() as patch, computed_without_faults():
            plant(patch, PLANTINGS[stage])
            report = night(workspace, NIGHT)
        return Run(workspace, report, state_of(workspace))

    return faulty_night


@pytest.fixture(scope="session")
def afterwards(
    faulty: Callable[[Stage], Run], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Stage], tuple[Run, Run]]:
    """What the runs after a faulty night come to, with nothing planted: the same day's, and the next day's."""

    @cache
    def runs_after(stage: Stage) -> tuple[Run, Run]:
        workspace = copy_of(faulty(stage).workspace, tmp_path_factory.mktemp(f"after_{stage}") / "so")
        with computed_without_faults():
            same_day = Run(workspace, night(workspace, SAME_DAY), state_of(workspace))
            return same_day, Run(workspace, night(workspace, NEXT_DAY), state_of(workspace))

    return runs_after
