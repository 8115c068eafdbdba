"""Recoveries: a state that a cut of power left, then one ordinary run, held against the undisturbed night."""

import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from custody_inbox import copy_of
from custody_runner import Runner
from custody_state import differences, half_made, state_of
from power_disk import Tree, tree_of
from power_states import Left
from power_trace import night_of, record

from pipeline.workspace import Workspace

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - folders of our own are made in it
"""Where states are built if it is there: a disk that forgets is tried, not the one of this machine."""
_EVERY_NTH_IS_AUDITED = 200
_TOLD = ("outbox/phan_hoi/", "outbox/tong_hop/")


class Recorded:
    """A night that nobody disturbed, what it did to its workspace, and what it came to."""

    def __init__(self, night: Workspace, as_of: str, folder: Path) -> None:
        """Run a copy of ``night`` below ``folder``, under strace."""
        self.night, self.as_of = night, as_of
        self.beginning = tree_of(night.root)
        workspace = copy_of(night, folder / "recorded")
        self.events = record(workspace.root, night_of(workspace.root, as_of), folder / "trace")
        self.end, self.state = tree_of(workspace.root), state_of(workspace)
        assert self.state.is_sound, self.state


@dataclass
class Recovered:
    """What the recoveries came to: states by what was kept, audits, failures."""

    states: Counter[str] = field(default_factory=Counter)
    events: set[int] = field(default_factory=set)
    audited: int = 0
    failures: list[str] = field(default_factory=list)

    @classmethod
    def together(cls, several: Iterable["Recovered"]) -> "Recovered":
        """The sum."""
        whole = cls()
        for one in several:
            whole.states += one.states
            whole.events |= one.events
            whole.audited += one.audited
            whole.failures += one.failures
        return whole

    def lines(self) -> list[str]:
        """For the one who reads the long form's output."""
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.states.items()))
        return [
            f"distinct states {self.states.total()} ({kinds}), after {len(self.events)} different events",
            f"audited {self.audited}, states that came to another night {len(self.failures)}",
        ]


class Recoveries:
    """Recoveries of one night, all in the same folder, whose inbox stays; the figures grow with each."""

    def __init__(self, recorded: Recorded, folder: Path, runner: Runner) -> None:
        """``folder`` takes the workspace in which states are built."""
        self._expected, self._as_of, self._runner = recorded.state, recorded.as_of, runner
        self._folder = folder
        self._workspace = copy_of(recorded.night, folder / "so")
        self._inbox = _stamps(self._workspace)
        self._earlier = {str(path): content for path, content in recorded.beginning.items() if content is not None}
        self._judged = sum(row[0] == "judged" for row in recorded.state.ledger["event"])
        self.figures = Recovered()

    def recover(self, left: Left) -> list[str]:
        """Build the state and run once; gives what differs from the undisturbed night, a line each."""
        lines = self.half_made(left.tree) + self.told_too_early(left.tree)
        ended = self._runner.run(self._workspace, self._as_of)
        if ended.code == 0:
            lines += differences(state_of(self._workspace), self._expected)
        else:
            lines.append(f"the run ended with {ended.code}: {ended.err}{ended.out}"[:2000])
        lines += ["the inbox was changed"] if _stamps(self._workspace) != self._inbox else []
        self._count(left)
        if self.figures.states.total() % _EVERY_NTH_IS_AUDITED == 0:
            lines += self._audited()
        self.figures.failures += [left.told] if lines else []
        return [f"{left.told}: {line}" for line in lines]

    def _count(self, left: Left) -> None:
        self.figures.states[left.kind] += 1
        self.figures.events.add(left.after)

    def _audited(self) -> list[str]:
        self.figures.audited += 1
        root = str(self._workspace.root)
        ended = self._runner.run(self._workspace, self._as_of, command=["audit", "--workspace", root])
        return [] if ended.code == 0 else [f"the audit ended with {ended.code}: {ended.out}{ended.err}"[:2000]]

    def half_made(self, tree: Tree) -> list[str]:
        """Build the state; gives what does not stand whole under a lasting name."""
        put(tree, self._workspace)
        return half_made(self._workspace, self._expected, self._earlier)

    def told_too_early(self, tree: Tree) -> list[str]:
        """What stands in the outbox of a state though the ledger on that disk knows of no verdict."""
        books = {str(path): content for path, content in tree.items() if path.suffix == ".xlsx"}
        told = [name for name in books if name.startswith(_TOLD) and books[name] != self._earlier.get(name)]
        if not told or _judged_in(tree, self._folder) == self._judged:
            return []
        return [f"told before it was certain: {told[0]} and {len(told) - 1} more"]


def _judged_in(tree: Tree, folder: Path) -> int:
    """How many verdicts the ledger of a state knows when it is opened, which rolls back what was not committed."""
    with tempfile.TemporaryDirectory(dir=folder) as opened:
        for name in ("ledger.sqlite", "ledger.sqlite-journal"):
            content = tree.get(PurePosixPath("archive", name))
            if content is not None:
                (Path(opened) / name).write_bytes(content)
        with closing(sqlite3.connect(Path(opened) / "ledger.sqlite")) as connection:
            tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'event'").fetchone()[0]
            query = "SELECT count(*) FROM event WHERE kind = 'judged'"
            return int(connection.execute(query).fetchone()[0]) if tables else 0


def put(tree: Tree, workspace: Workspace) -> None:
    """Make a workspace stand as in a state; its inbox is as it always is."""
    for path in workspace.root.iterdir():
        if path != workspace.inbox:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, content in tree.items():
        path = workspace.root / name
        if name.parts[0] == workspace.inbox.name:
            continue
        if content is None:
            path.mkdir()
        else:
            path.write_bytes(content)


def _stamps(workspace: Workspace) -> list[tuple[str, int, int, int]]:
    found = sorted(workspace.inbox.rglob("*"))
    stats = [(workspace.relative(path), path.stat()) for path in found]
    return [(name, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for name, one in stats]
