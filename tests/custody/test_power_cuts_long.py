"""The long form of the power cuts: thousands of states of the night of forty, and a later night (``make long``)."""

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from custody_inbox import AS_OF, FEW_AS_OF, OTHER_PLAN, POLICY, copy_of, put
from custody_runner import Runner
from power_recovery import IN_MEMORY, Recorded, Recovered, Recoveries
from power_states import Left, states
from power_trace import missing_strace

from pipeline.workspace import Workspace

ENOUGH, AT_ONCE = 2000, 2
SEED, MIXTURES = 12, 3
COMES_LATER = (OTHER_PLAN, POLICY, "GDNN/MTCL GDNN (sua lan 2).xlsx")
NEXT_AS_OF = "2019-02-13T00:05"


class Shared:
    """States for several threads; each goes to one of them."""

    def __init__(self, every: Iterable[Left]) -> None:
        self._every, self._lock = iter(every), threading.Lock()

    def __iter__(self) -> Iterator[Left]:
        while True:
            with self._lock:
                left = next(self._every, None)
            if left is None:
                return
            yield left


@pytest.fixture
def next_night(night_of_few: Workspace, runner: Runner, tmp_path: Path) -> Workspace:
    """A workspace in which a night was run, and three more files came: its ledger, memory and workbooks grow."""
    workspace = copy_of(night_of_few, tmp_path / "first")
    held_back = {name: (workspace.inbox / name).read_bytes() for name in COMES_LATER}
    for name in held_back:
        (workspace.inbox / name).unlink()
    assert runner.run(workspace, FEW_AS_OF).code == 0
    for name, content in held_back.items():
        put(workspace, name, content)
    return workspace


@pytest.mark.long
def test_thousands_of_states_that_a_cut_may_leave_become_the_undisturbed_night(
    night_of_forty: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = _all_recovered(night_of_forty, AS_OF, tmp_path, capsys)
    assert figures.states.total() >= ENOUGH
    assert figures.audited > 0


@pytest.mark.long
def test_a_cut_in_a_later_night_leaves_the_earlier_one_alone(
    next_night: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _all_recovered(next_night, NEXT_AS_OF, tmp_path, capsys).states.total() > 0


def _all_recovered(night: Workspace, as_of: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> Recovered:
    """Every state of a night recovers; gives the figures."""
    if missing := missing_strace():
        pytest.skip(f"custody: {missing}, so that writes and syncs cannot be recorded")
    recorded, began = Recorded(night, as_of, folder), time.monotonic()
    shared = Shared(states(recorded.beginning, recorded.events, MIXTURES, SEED))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(lambda _: _recovered(recorded, folder, shared), range(AT_ONCE)))
    figures = Recovered.together([figures for figures, _ in done])
    with capsys.disabled():
        took = f"recorded {len(recorded.events)} events, all recoveries {time.monotonic() - began:.0f} s"
        sys.stdout.write("\n".join(("", took, *figures.lines(), "")))
    assert [line for _, lines in done for line in lines] == []
    return figures


def _recovered(recorded: Recorded, folder: Path, shared: Shared) -> tuple[Recovered, list[str]]:
    lines = []
    where = IN_MEMORY if IN_MEMORY.is_dir() else folder
    with TemporaryDirectory(dir=where) as fast, Runner(Path(fast), (recorded.night, recorded.as_of)) as runner:
        recoveries = Recoveries(recorded, Path(fast), runner)
        for left in shared:
            lines += recoveries.recover(left)
            # For who waits: it takes minutes.
            (folder / f"{Path(fast).name}.txt").write_text("\n".join([*recoveries.figures.lines(), *lines]))
    return recoveries.figures, lines
