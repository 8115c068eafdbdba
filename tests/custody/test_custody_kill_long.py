"""The long form of the kill test: hundreds of killed runs, by every kind of point of the road (``make long``)."""

import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest
from custody_inbox import AS_OF
from custody_runner import Runner
from custody_trials import Figures, Kill, Plan, Trials, Undisturbed, after, at

from pipeline.workspace import Workspace

AT_LEAST = 300
AT_ONCE = 2


@pytest.mark.long
def test_hundreds_of_killed_runs_lose_nothing(
    night_of_forty: Workspace, tmp_path: Path, runner: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    undisturbed = Undisturbed(night_of_forty, tmp_path, runner)
    plans = list(_plans(undisturbed))
    waiting: SimpleQueue[Plan] = SimpleQueue()
    for plan in random.sample(plans, len(plans)):
        waiting.put(plan)
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        folders = [tmp_path / str(number) for number in range(AT_ONCE)]
        done = list(pool.map(lambda folder: _tried(undisturbed, folder, waiting), folders))
    figures = Figures.together([figures for figures, _ in done])
    with capsys.disabled():
        print("", f"an undisturbed run {undisturbed.seconds:.1f} s, all {time.monotonic() - began:.0f} s", sep="\n")
        print(*figures.lines(), sep="\n")
    assert [line for _, lines in done for line in lines] == []
    assert figures.killed.total() >= AT_LEAST
    assert (figures.lost, figures.counted_twice, figures.failures) == (0, 0, [])


def _tried(undisturbed: Undisturbed, folder: Path, waiting: "SimpleQueue[Plan]") -> tuple[Figures, list[str]]:
    folder.mkdir()
    lines = []
    with Runner(folder, undisturbed.night, AS_OF) as runner:
        trials = Trials(undisturbed, folder, runner)
        try:
            while True:
                lines += trials.trial(waiting.get_nowait())
        except Empty:
            return trials.figures, lines


def _plans(undisturbed: Undisturbed) -> Iterator[Plan]:
    kills = [*_at_stages(undisturbed), *_spread(undisturbed, "file", 45), *_spread(undisturbed, "statement", 30)]
    kills += _around_commits(undisturbed)
    yield from (Plan((kill,)) for kill in kills)
    outside = [after(random.uniform(0, undisturbed.seconds), orphans=random.random() < 0.3) for _ in range(40)]
    yield from (Plan((kill,), all_must_die=False) for kill in outside)
    for _ in range(40):
        # What comes later in the row may lie behind what a killed run had already done.
        yield Plan(tuple(random.sample(kills + outside, random.randint(2, 6))), all_must_die=False)
    # A night that dies after each file that it puts into the outbox still ends; so does one that dies at each folder.
    yield Plan((at("file", 2, like="os.rename /outbox"),), is_relay=True)
    yield Plan((at("file", 3, like="os.rename /archive/.writing"),), is_relay=True)


def _at_stages(undisturbed: Undisturbed) -> list[Kill]:
    """Before and after every function of the stages, at one of the times that it is called."""
    labels = [label for kind, label in undisturbed.points if kind == "stage"]
    return [at("stage", random.randint(1, labels.count(label)), like=label) for label in sorted(set(labels))]


def _spread(undisturbed: Undisturbed, kind: str, count: int) -> list[Kill]:
    """Evenly over all points of a kind; every third a moment later, in the middle of what follows."""
    points = sum(kind == each for each, _ in undisturbed.points)
    places = [1 + int((step + random.random()) * points / count) for step in range(count)]
    return [at(kind, place, late=0 if step % 3 else random.uniform(0.0001, 0.003)) for step, place in enumerate(places)]


def _around_commits(undisturbed: Undisturbed) -> list[Kill]:
    commits = sum(label == "before COMMIT" for _, label in undisturbed.points)
    lates: Sequence[float] = (0, 0.0001, 0.0003, 0.001)
    before = [at("statement", nth, like="before COMMIT", late=late) for nth in range(1, commits + 1) for late in lates]
    return before + [at("statement", nth, like="after COMMIT") for nth in range(1, commits + 1)]
