"""The long form of the power cuts: thousands of states of the night of forty (``make long``)."""

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from custody_inbox import AS_OF
from custody_runner import Runner
from power_recovery import IN_MEMORY, Recorded, Recovered, Recoveries
from power_states import Left, states
from power_trace import missing_strace

from pipeline.workspace import Workspace

ENOUGH, AT_ONCE = 2000, 2
SEED, MIXTURES = 12, 6


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


@pytest.mark.long
def test_thousands_of_states_that_a_cut_may_leave_become_the_undisturbed_night(
    night_of_forty: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if missing := missing_strace():
        pytest.skip(f"custody: {missing}, so that writes and syncs cannot be recorded")
    recorded, began = Recorded(night_of_forty, AS_OF, tmp_path), time.monotonic()
    shared = Shared(states(recorded.beginning, recorded.events, MIXTURES, SEED))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(lambda _: _recovered(recorded, tmp_path, shared), range(AT_ONCE)))
    figures = Recovered.together([figures for figures, _ in done])
    with capsys.disabled():
        took = f"recorded {len(recorded.events)} events, all recoveries {time.monotonic() - began:.0f} s"
        sys.stdout.write("\n".join(("", took, *figures.lines(), "")))
    assert [line for _, lines in done for line in lines] == []
    assert figures.states.total() >= ENOUGH
    assert figures.audited > 0


def _recovered(recorded: Recorded, folder: Path, shared: Shared) -> tuple[Recovered, list[str]]:
    lines = []
    where = IN_MEMORY if IN_MEMORY.is_dir() else folder
    with TemporaryDirectory(dir=where) as fast, Runner(Path(fast), recorded.night, recorded.as_of) as runner:
        recoveries = Recoveries(recorded, Path(fast), runner)
        for left in shared:
            lines += recoveries.recover(left)
            (folder / f"{Path(fast).name}.txt").write_text("\n".join([*recoveries.figures.lines(), *lines]))
    return recoveries.figures, lines
