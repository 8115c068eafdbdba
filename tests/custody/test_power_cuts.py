"""The power goes, and what was only promised to be on the disk may be gone with it (issue 12).

A night is recorded under strace, the states that a cut may leave are built from what it wrote and synced (power_disk
says which), and one ordinary run must make the undisturbed night of each. The long form (``make long``) tries thousands
of states of the night of forty: test_power_cuts_long.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from custody_inbox import FEW_AS_OF
from custody_runner import Runner
from power_disk import Disk
from power_recovery import IN_MEMORY, Recorded, Recoveries
from power_states import EXTREMES, states
from power_trace import Kind, missing_strace

from pipeline.workspace import Workspace

SEED, TRIED = 30, 12
_OF_THE_MOMENT = {"run.lock", "last_run.lock", "run.holder", "qms.log"}
"""Who is at work and what is worth a look now: a cut ends the one, and the ledger tells the other."""


@pytest.fixture(scope="module")
def recorded(night_of_few: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    if missing := missing_strace():
        pytest.skip(f"custody: {missing}, so that writes and syncs cannot be recorded")
    return Recorded(night_of_few, FEW_AS_OF, tmp_path_factory.mktemp("recorded"))


@pytest.fixture
def fast_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where the system has one."""
    with TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else tmp_path) as folder:
        yield Path(folder)


def test_what_was_recorded_makes_the_workspace_again_byte_for_byte(recorded: Recorded) -> None:
    disk = Disk(recorded.beginning)
    for event in recorded.events:
        disk.apply(event)
    assert disk.left_by(EXTREMES["everything"]) == recorded.end


def test_a_night_that_has_ended_stands_on_the_disk(recorded: Recorded) -> None:
    disk = Disk(recorded.beginning)
    for event in recorded.events:
        disk.apply(event)
    left = disk.left_by(EXTREMES["nothing unsynced"])
    differing = {str(path) for path in left.keys() | recorded.end.keys() if left.get(path) != recorded.end.get(path)}
    assert sorted(path for path in differing if Path(path).name not in _OF_THE_MOMENT) == []
    assert left.keys() - recorded.end.keys() == set()


def test_what_a_cut_of_power_leaves_becomes_the_undisturbed_night(
    recorded: Recorded, runner: Runner, fast_folder: Path
) -> None:
    recoveries = Recoveries(recorded, fast_folder, runner)
    every = list(states(recorded.beginning, recorded.events, mixtures=3, seed=SEED))
    for left in random.Random(SEED).sample(every, TRIED):  # noqa: S311 - to be had again
        assert recoveries.recover(left) == []


def test_nothing_is_told_before_its_verdict_is_certain(recorded: Recorded, runner: Runner, fast_folder: Path) -> None:
    recoveries = Recoveries(recorded, fast_folder, runner)
    every = states(recorded.beginning, recorded.events, mixtures=8, seed=SEED)
    assert [left.told for left in every if recoveries.told_too_early(left.tree)] == []


def test_a_night_that_synced_no_content_would_be_seen(recorded: Recorded, runner: Runner, fast_folder: Path) -> None:
    folders = {path for path, content in recorded.end.items() if content is None}
    careless = [event for event in recorded.events if event.kind is not Kind.SYNC or event.path in folders]
    recoveries = Recoveries(recorded, fast_folder, runner)
    every = (left for left in states(recorded.beginning, careless, mixtures=0, seed=SEED) if left.kind != "everything")
    assert any("half made: outbox/phan_hoi" in line for left in every for line in recoveries.half_made(left.tree))
