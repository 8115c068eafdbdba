"""A night over N new forms, beside what any program needs for them: `python -m bench.scale [N ...]`.

For each N an agency of N/4 divisions is made, each a twin of one of the demo's, with the four forms of a year, one form
in twenty without a signature. In turn, each as a process of its own: the floor, the first night, a night with nothing
new, one with a form in a hundred new, pandas, frictionless (`QMS_FRICTIONLESS` names a Python that has it). Told are
wall seconds, processor seconds of the process and its children, and the most memory of them together.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil

from bench.agency import AS_OF, FORMS_A_DIVISION, Agency, again, agency, furnish
from pipeline.demo import NIGHTS, replay
from pipeline.workspace import Workspace

SIZES: Final = (40, 400, 2_000, 10_000)
_MOST_OF_PANDAS, _MOST_OF_FRICTIONLESS = 2_000, 400
"""Beyond these a rival takes the better part of an hour, and grows with the files anyhow."""
_NEXT: Final = "2019-11-09T00:20"
_LATER: Final = "2019-11-09T00:35"
_SECONDS_BETWEEN_LOOKS: Final = 0.1
_STAGES: Final = ("arrive", "read", "judge", "feedback", "publish")


@dataclass(frozen=True)
class Cost:
    """Wall and processor seconds, and the most memory in MB, of a command and its children; what it answered."""

    wall: float
    processor: float
    memory: float
    answer: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stages(self) -> str:
        """The wall seconds of each stage of a night."""
        seconds = self.answer.get("seconds", {})
        return " ".join(f"{seconds.get(stage, 0):.1f}" for stage in _STAGES)


def cost(command: Sequence[str]) -> Cost:
    """Run a command, its output being JSON or a number.

    Raises:
        CalledProcessError: it failed.
    """
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = psutil.Popen(list(command), stdout=output)
        memory, processor = 0.0, dict[tuple[int, float], float]()
        while process.poll() is None:
            memory = max(memory, _look(process, processor))
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        wall = time.perf_counter() - began
        output.seek(0)
        written = output.read()
    if process.returncode not in {0, 1}:
        raise subprocess.CalledProcessError(process.returncode, command, written)
    answer = json.loads(written)
    return Cost(wall, sum(processor.values()), memory, answer if isinstance(answer, dict) else {})


def _look(process: psutil.Process, processor: dict[tuple[int, float], float]) -> float:
    """The memory of the process and its children now, in MB; notes the processor time of each so far."""
    memory = 0.0
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    for member in family:
        try:
            with member.oneshot():
                times, memory = member.cpu_times(), memory + member.memory_full_info().pss / 1e6
                processor[member.pid, member.create_time()] = times.user + times.system
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return memory


def night(workspace: Workspace, as_of: str) -> Cost:
    """One run, as the secretary's PC does it."""
    run = [sys.executable, "-m", "pipeline", "run", "--workspace", str(workspace.root), "--json"]
    return cost([*run, "--yes-the-clock", "--as-of", as_of])


def rival(name: str, workspace: Workspace, python: str = sys.executable) -> Cost:
    """One of ``bench.rivals`` over the same files."""
    return cost([python, "-m", "bench.rivals", name, str(workspace.root)])


def one_in_a_hundred(workspace: Workspace, ours: Agency) -> int:
    """Send one form in a hundred again, with another telephone number; gives how many."""
    new = 0
    for number, (place, content) in enumerate(ours.forms()):
        if number % 100 == 1:
            (workspace.inbox / place).with_suffix(".lan2.xlsx").write_bytes(again(content))
            new += 1
    return new


def measured(demo: Workspace, folder: Path, size: int) -> dict[str, Cost]:
    """Every cost at one size."""
    ours, workspace = agency(demo, size // FORMS_A_DIVISION), Workspace(folder / str(size))
    furnish(workspace, demo, ours)
    costs = {"night": night(workspace, AS_OF), "nothing new": night(workspace, _NEXT)}
    costs["floor"] = rival("floor", workspace)
    if size <= _MOST_OF_PANDAS:
        costs["pandas"] = rival("pandas", workspace)
    frictionless = os.environ.get("QMS_FRICTIONLESS")
    if frictionless and size <= _MOST_OF_FRICTIONLESS:
        costs["frictionless"] = rival("frictionless", workspace, frictionless)
    one_in_a_hundred(workspace, ours)
    costs["1 % new"] = night(workspace, _LATER)
    return costs


def main(sizes: Sequence[int]) -> None:
    """Print a table a size."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Workspace(Path(folder) / "demo")
        replay(demo.root, NIGHTS)
        for size in sizes:
            costs = measured(demo, Path(folder), size)
            first = costs["night"]
            print(f"\n| {size} forms | wall s | processor s | most MB | night / this | {' '.join(_STAGES)} |")
            print("|---|---|---|---|---|---|")
            for name, each in costs.items():
                ratio = first.wall / each.wall
                row = f"{each.wall:.1f} | {each.processor:.1f} | {each.memory:.0f} | {ratio:.2f} | {each.stages}"
                print(f"| {name} | {row} |", flush=True)


if __name__ == "__main__":
    main(list(map(int, sys.argv[1:])) or SIZES)
