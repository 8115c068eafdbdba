"""The states that a cut of power may leave, drawn from a recorded night: each event in turn, in several ways each."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from power_disk import Cut, Disk, Page, Renamed, Size, Tree, Written
from power_trace import Event

MIXED = "a mixture"


@dataclass(frozen=True)
class Left:
    """One state: after which event (from 1) the power went, what of the promised was kept, and what stands there."""

    after: int
    kind: str
    tree: Tree

    @property
    def told(self) -> str:
        """For the line that says what went wrong."""
        return f"after event {self.after}, {self.kind}"


def _all(several: list[Any]) -> list[Any]:
    return several


def _none(_: list[Any]) -> list[Any]:
    return []


def _sizes(several: list[Written]) -> list[Written]:
    return [one for one in several if isinstance(one, Size)]


EXTREMES = {
    "nothing unsynced": Cut(_none, _none),
    "everything": Cut(_all, _all),
    "names without data": Cut(_none, _all),
    "names and sizes without data": Cut(_sizes, _all),
    "data without names": Cut(_all, _none),
}


def states(beginning: Tree, events: Sequence[Event], mixtures: int, seed: int) -> Iterator[Left]:
    """Distinct states: after every event the extremes and so many random mixtures; the same seed, the same states."""
    disk, chance = Disk(beginning), random.Random(seed)  # noqa: S311 - to be had again, not to be secret
    seen: set[bytes] = set()
    for number, event in enumerate(events, 1):
        disk.apply(event)
        cuts = [*EXTREMES.items(), *((MIXED, _mixture(chance)) for _ in range(mixtures))]
        for kind, cut in cuts:
            tree = disk.left_by(cut)
            name = _name(tree)
            if name not in seen:
                seen.add(name)
                yield Left(number, kind, tree)


def _mixture(chance: random.Random) -> Cut:
    """Each folder keeps its changes up to a place, or loses some; each file keeps all, some or none of its pages."""

    def names(several: list[Renamed]) -> list[Renamed]:
        if chance.random() < 0.6:
            return several[: chance.randint(0, len(several))]
        lost = chance.choice((0.15, 0.5))
        return [one for one in several if chance.random() >= lost]

    def writes(several: list[Written]) -> list[Written]:
        kept = chance.choice((0.0, 0.3, 0.7, 1.0))
        return [one for one in several if chance.random() < (kept if isinstance(one, Page) else max(kept, 0.5))]

    return Cut(writes, names)


def _name(tree: Tree) -> bytes:
    """What tells states apart, but for the inbox, which no run writes."""
    whole = hashlib.sha256()
    for path, content in tree.items():
        if path.parts[0] != "inbox":
            whole.update(repr((str(path), None if content is None else _hash(content))).encode())
    return whole.digest()


_HASHES: dict[int, tuple[bytes, bytes]] = {}


def _hash(content: bytes) -> bytes:
    """Remembered by identity: the same bytes stand in thousands of states."""
    known = _HASHES.get(id(content))
    if known is None or known[0] is not content:
        known = _HASHES[id(content)] = (content, hashlib.sha256(content).digest())
    return known[1]


def workspace_part(tree: Tree) -> dict[PurePosixPath, bytes | None]:
    """A state without the inbox."""
    return {path: content for path, content in tree.items() if path.parts[0] != "inbox"}
