"""The same night in one process, in more, and on a cluster of which a part is killed comes to the same bytes."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from custody_cluster import RunningCluster, begun_run, cluster_of
from custody_inbox import AS_OF, FEW_AS_OF, copy_of
from custody_state import State, differences, state_of

from pipeline.wording import say
from pipeline.workspace import Workspace

_SECONDS = 120


def _ended(run: subprocess.Popen[str]) -> str:
    """What a run that went well said on the terminal."""
    _, words = run.communicate(timeout=_SECONDS)
    assert run.returncode == 0, words
    return words


def _here(night: Workspace, folder: Path, as_of: str, workers: int) -> State:
    workspace = copy_of(night, folder / f"{workers} here")
    assert not _ended(begun_run(workspace, as_of, "--workers", str(workers)))
    return state_of(workspace)


def _there(
    night: Workspace, folder: Path, as_of: str, workers: int, disturb: Callable[[RunningCluster], None]
) -> tuple[State, str]:
    """What the night comes to on a cluster that is disturbed in the middle; what the terminal says, then the log."""
    workspace = copy_of(night, folder / f"{workers} there")
    with cluster_of(workers, folder / f"cluster of {workers}") as cluster:
        run = begun_run(workspace, as_of, "--workers", "1", "--cluster", cluster.address)
        disturb(cluster)
        assert run.poll() is None
        words = _ended(run)
    log = workspace.archive / "qms.log"
    return state_of(workspace), words + (log.read_text(encoding="utf-8") if log.exists() else "")


@pytest.fixture(scope="module")
def expected(night_of_few: Workspace, tmp_path_factory: pytest.TempPathFactory) -> State:
    """What one process comes to."""
    return _here(night_of_few, tmp_path_factory.mktemp("one"), FEW_AS_OF, 1)


def test_one_process_two_and_a_cluster_that_loses_a_worker_come_to_the_same_bytes(
    night_of_few: Workspace, expected: State, tmp_path: Path
) -> None:
    assert differences(_here(night_of_few, tmp_path, FEW_AS_OF, 2), expected) == []
    found, words = _there(night_of_few, tmp_path, FEW_AS_OF, 2, RunningCluster.kill_a_worker_at_work)
    assert differences(found, expected) == []
    assert words == ""  # the other worker did it all: nothing was left to this machine


def test_a_cluster_that_is_lost_in_the_middle_is_said_once_and_costs_nothing_but_time(
    night_of_few: Workspace, expected: State, tmp_path: Path
) -> None:
    def lose(cluster: RunningCluster) -> None:
        cluster.kill_a_worker_at_work()
        cluster.kill_the_scheduler()

    found, words = _there(night_of_few, tmp_path, FEW_AS_OF, 2, lose)
    assert words.startswith(f"{say('cluster.lost')}\n")
    assert words.count(say("cluster.lost")) == words.count("the cluster is lost") == 1
    assert differences(found, expected) == []


@pytest.mark.long
def test_eight_processes_and_four_workers_too(night_of_forty: Workspace, tmp_path: Path) -> None:
    expected = _here(night_of_forty, tmp_path, AS_OF, 1)
    found = [_here(night_of_forty, tmp_path, AS_OF, workers) for workers in (2, 8)]
    for workers in (2, 4):
        state, words = _there(night_of_forty, tmp_path, AS_OF, workers, RunningCluster.kill_a_worker_at_work)
        assert say("cluster.lost") not in words
        found.append(state)
    assert [differences(state, expected) for state in found] == [[]] * 4
