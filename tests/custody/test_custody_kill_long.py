"""The long form of the kill test: hundreds of killed runs, by every kind of point of the road (``make long``)."""

import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import pytest
from custody_inbox import AS_OF
from custody_plans import CHANCE, marches, relays, single_deaths
from custody_runner import Runner
from custody_trials import Figures, Plan, Trials, Undisturbed

from pipeline.workspace import Workspace

ENOUGH = 330
AT_ONCE = 2


class Queue:
    """Plans for several threads: what must be tried, then marches until enough runs were killed."""

    def __init__(self, undisturbed: Undisturbed) -> None:
        self._must = [*single_deaths(undisturbed), *relays()]
        CHANCE.shuffle(self._must)
        self._plans = chain(self._must, marches(undisturbed))
        self._given, self._killed = 0, 0
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Plan]:
        while True:
            with self._lock:
                if self._given >= len(self._must) and self._killed >= ENOUGH:
                    return
                self._given += 1
                plan = next(self._plans)
            yield plan

    def count(self, killed: int) -> None:
        """So many more runs were killed."""
        with self._lock:
            self._killed += killed


@pytest.mark.long
def test_hundreds_of_killed_runs_lose_nothing(
    night_of_forty: Workspace, tmp_path: Path, runner: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    undisturbed = Undisturbed(night_of_forty, tmp_path, runner)
    queue, began = Queue(undisturbed), time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        folders = [tmp_path / str(number) for number in range(AT_ONCE)]
        done = list(pool.map(lambda folder: _tried(undisturbed, folder, queue), folders))
    figures = Figures.together([figures for figures, _ in done])
    with capsys.disabled():
        times = f"an undisturbed run {undisturbed.seconds:.1f} s, all {time.monotonic() - began:.0f} s"
        sys.stdout.write("\n".join(("", times, *figures.lines(), "")))
    assert [line for _, lines in done for line in lines] == []
    assert figures.killed.total() >= ENOUGH
    assert (figures.lost, figures.counted_twice, figures.failures) == (0, 0, [])


def _tried(undisturbed: Undisturbed, folder: Path, queue: Queue) -> tuple[Figures, list[str]]:
    folder.mkdir()
    lines = []
    with Runner(folder, (undisturbed.night, AS_OF)) as runner:
        trials = Trials(undisturbed, folder, runner)
        for plan in queue:
            before = trials.figures.killed.total()
            lines += trials.trial(plan)
            queue.count(trials.figures.killed.total() - before)
    return trials.figures, lines
