"""Trials: a night killed once or several times in a row, then one clean run, held against the undisturbed night."""

import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from custody_inbox import AS_OF, copy_of
from custody_runner import Runner, outlived
from custody_state import State, differences, half_made, state_of

from pipeline.workspace import Workspace

MOST_IN_A_RELAY = 400
SECONDS_TO_END = 15
"""Within which the workers of a run that was killed alone must have ended by themselves."""


@dataclass(frozen=True)
class Kill:
    """One way to die; ``kind`` is for the figures, ``order`` for ``Runner.run``."""

    kind: str
    order: Mapping[str, Any]

    @property
    def told(self) -> str:
        """For the line that says what went wrong."""
        return f"{self.kind} {dict(self.order)}"


def at(kind: str, place: int, *, like: str = "", late: float = 0.0) -> Kill:
    """Death at a point of the road (custody_deaths), or ``late`` seconds after it."""
    return Kill(
        f"{kind}, a moment later" if late else kind, {"road": {"kind": kind, "at": place, "like": like, "late": late}}
    )


def after(seconds: float, *, orphans: bool = False) -> Kill:
    """Death from outside while worker processes read: with them, or with ``orphans`` left to themselves."""
    kind = "from outside, workers orphaned" if orphans else "from outside, with its workers"
    return Kill(kind, {"kill_after": seconds, "workers": True, "orphans": orphans})


@dataclass(frozen=True)
class Plan:
    """One trial: the kills in a row before the clean run; a ``relay`` repeats them until a run comes through."""

    kills: tuple[Kill, ...]
    all_must_die: bool = True
    is_relay: bool = False

    @property
    def told(self) -> str:
        """For the line that says what went wrong."""
        return " + ".join(kill.told for kill in self.kills)


@dataclass
class Figures:
    """What the trials came to."""

    killed: Counter[str] = field(default_factory=Counter)
    came_through: int = 0
    trials: int = 0
    most_in_a_row: int = 0
    lost: int = 0
    counted_twice: int = 0
    files_compared: int = 0
    bytes_compared: int = 0
    rows_compared: int = 0
    failures: list[str] = field(default_factory=list)

    @classmethod
    def together(cls, several: Iterable["Figures"]) -> "Figures":
        """The sum, but for the most in a row."""
        whole = cls()
        for one in several:
            for name, value in vars(one).items():
                known = vars(whole)[name]
                setattr(whole, name, max(known, value) if name == "most_in_a_row" else known + value)
        return whole

    def count(self, kill: Kill, *, was_killed: bool) -> None:
        """One run that was to be killed."""
        self.killed[kill.kind] += was_killed
        self.came_through += not was_killed

    def add(self, state: State) -> None:
        """What one trial came to."""
        self.trials += 1
        self.lost += len(state.lost)
        self.counted_twice += len(state.counted_twice)
        self.files_compared += len(state.files)
        self.bytes_compared += state.size
        self.rows_compared += sum(map(len, state.ledger.values()))

    def lines(self) -> list[str]:
        """For the one who reads the long form's output."""
        by_kind = ", ".join(f"{kind} {count}" for kind, count in sorted(self.killed.items()))
        return [
            f"killed runs {self.killed.total()} ({by_kind}); over before the kill {self.came_through}",
            f"trials {self.trials}, at most {self.most_in_a_row} kills in a row before the clean run",
            f"files lost {self.lost}, counted twice {self.counted_twice}",
            f"compared {self.files_compared} files ({self.bytes_compared} bytes), {self.rows_compared} rows of ledgers",
            f"trials that came to another night {len(self.failures)}",
        ]


class Undisturbed:
    """The night as it is when nobody disturbs it, and the points of the road that its run came by."""

    def __init__(self, night: Workspace, folder: Path, runner: Runner, *, workers: bool = True) -> None:
        """Run a copy of ``night`` below ``folder``."""
        self.night = night
        workspace, journal = copy_of(night, folder / "undisturbed"), folder / "journal"
        began = time.monotonic()
        ended = runner.run(workspace, AS_OF, road={"journal": str(journal)}, workers=workers)
        self.seconds = time.monotonic() - began
        assert ended.code == 0, ended.err
        self.state = state_of(workspace)
        assert self.state.is_sound, self.state
        lines = journal.read_text(encoding="utf-8").splitlines()
        self.points = [(kind, label) for kind, _, label in (line.partition("\t") for line in lines)]


class Trials:
    """Trials on one night, each on a fresh copy; the figures grow with each."""

    def __init__(self, undisturbed: Undisturbed, folder: Path, runner: Runner) -> None:
        """``folder`` takes the copies."""
        self._undisturbed, self._folder, self._runner = undisturbed, folder, runner
        self.figures = Figures()

    def trial(self, plan: Plan) -> list[str]:
        """Kill as planned, run once more, undisturbed; gives what differs from the undisturbed night, a line each."""
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            workspace = copy_of(self._undisturbed.night, Path(folder) / "so")
            lines = self._killed(workspace, plan)
            ended = self._runner.run(workspace, AS_OF)
            lines += [] if ended.code == 0 else [f"the clean run ended with {ended.code}: {ended.err}{ended.out}"]
            if ended.code == 0:
                state = state_of(workspace)
                lines += differences(state, self._undisturbed.state)
                self.figures.add(state)
        if lines:
            self.figures.failures.append(plan.told)
        return [f"{plan.told}: {line}" for line in lines]

    def _killed(self, workspace: Workspace, plan: Plan) -> list[str]:
        lines, in_a_row, orphans = [], 0, []
        for kill in cycle(plan.kills) if plan.is_relay else plan.kills:
            ended = self._runner.run(workspace, AS_OF, **kill.order)
            self.figures.count(kill, was_killed=ended.was_killed)
            in_a_row += ended.was_killed
            orphans += [ended.process] if kill.order.get("orphans") else []
            lines += half_made(workspace, self._undisturbed.state)
            if not ended.was_killed and plan.all_must_die and not plan.is_relay:
                lines.append(f"ended with {ended.code} instead of being killed: {ended.err}")
            if plan.is_relay and in_a_row == MOST_IN_A_RELAY:
                lines.append("never came to its end")
            if plan.is_relay and (not ended.was_killed or in_a_row == MOST_IN_A_RELAY):
                break
        self.figures.most_in_a_row = max(self.figures.most_in_a_row, in_a_row)
        return lines + [f"workers of {orphan} outlived it" for orphan in orphans if outlived(orphan, SECONDS_TO_END)]
