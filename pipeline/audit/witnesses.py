"""Papers that left the house before, held against the ledger of today: what a rewriting cannot reach.

A chain that is rewritten whole holds by itself. A paper bears the head of the chain of events at a run, and that hash
covers all that came before; so in a ledger that is the same until that run, the head stands where that run was: not
before what the run's look had found, not after what the next look found.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.audit.evidence import Evidence
from pipeline.audit.outcome import Failure, Outcome, outcome
from pipeline.intake.file_kinds import DEFAULT_LIMITS, ReadFailure
from pipeline.intake.lanes import Lanes, outcome_of
from pipeline.ledger import LedgerCopy
from pipeline.ledger.hashing import GENESIS
from pipeline.seals import SHORT, Seal
from pipeline.seals.papers import ready, seals_on
from pipeline.wording import say

_UNKNOWN: Final = -1


class _Look(NamedTuple):
    """A look, by the places in the chain between which a paper of its run was made; ``head`` is what it would bear."""

    first: int
    last: int
    head: str


class _Witness(NamedTuple):
    file: str
    seal: Seal
    failure: Failure | None


def witnesses_hold(evidence: Evidence) -> Outcome:
    """Each paper bears the head that the ledger has at the paper's run; else the first run that differs is named."""
    places = {GENESIS[:SHORT]: 0} | {event.hash[:SHORT]: event.position for event in evidence.events}
    looks = _looks(evidence)
    witnesses, failures = [], []
    for file, seals in _papers(evidence.papers):
        if not seals:
            failures.append(Failure("witness_blank", {"file": file}))
        witnesses += [_Witness(file, seal, _failure(file, seal, places, looks)) for seal in seals]
    witnesses.sort(key=lambda witness: witness.seal.at)
    differing = [*filter(None, (witness.failure for witness in witnesses))]
    named = [_first(witnesses)] if differing else []
    return outcome([*named, *differing, *failures], papers=len(evidence.papers), seals=len(witnesses))


def _papers(papers: Sequence[Path]) -> Iterator[tuple[str, Sequence[Seal]]]:
    """The name of each paper and its seals, read in a worker: its sender may be anybody; none where it is no paper."""
    with Lanes(1, DEFAULT_LIMITS, ready) as lanes:
        for path in papers:
            try:
                content = path.read_bytes()
            except OSError:
                yield path.as_posix(), ()
                continue
            seals = outcome_of(lanes.submit(seals_on, content))
            yield path.as_posix(), () if isinstance(seals, ReadFailure) else seals


def _looks(evidence: Evidence) -> Mapping[str, Sequence[_Look]]:
    """The looks by their printed time, as it was written and as it is right where a clock was wrong."""
    scans = evidence.rows("scan")
    place = {GENESIS: 0} | {event.hash: event.position for event in evidence.events}
    reached, firsts = 0, []
    for scan in scans:
        reached = place.get(scan["content"], reached)
        firsts.append(reached)
    right = dict(LedgerCopy(evidence.ledger, evidence.archive).connection.execute("SELECT scan_id, as_of FROM scan"))
    looks: dict[str, list[_Look]] = {}
    for scan, first, last in zip(scans, firsts, [*firsts[1:], len(evidence.events)], strict=True):
        look = _Look(first, last, _head(evidence, scan["as_of"], first, last))
        for as_of in {scan["as_of"], right.get(scan["scan_id"], scan["as_of"])}:
            looks.setdefault(Seal("", dt.datetime.fromisoformat(as_of)).clock, []).append(look)
    return looks


def _head(evidence: Evidence, as_of: str, first: int, last: int) -> str:
    """The head once the run of a look had judged."""
    done = [event for event in evidence.events[first:last] if event.as_of <= as_of]
    before = [GENESIS, *(event.hash for event in evidence.events[:first])][-1]
    return done[-1].hash if done else before


def _failure(file: str, seal: Seal, places: Mapping[str, int], looks: Mapping[str, Sequence[_Look]]) -> Failure | None:
    """Why the ledger is not the one that the paper was made from; None when it is."""
    of_run, place = looks.get(seal.clock, ()), places.get(seal.head, _UNKNOWN)
    facts = {"file": file, "head": seal.short, "at": seal.clock}
    if not of_run:
        return Failure("witness_no_run", facts)
    if any(look.first <= place <= look.last for look in of_run):
        return None
    return Failure("witness_differs", {**facts, "now": of_run[-1].head[:SHORT]})


def _first(witnesses: Sequence[_Witness]) -> Failure:
    """The first run that differs, and the last one before it that a paper still bears out."""
    first = next(place for place, witness in enumerate(witnesses) if witness.failure)
    until = say("audit.witness.until", at=witnesses[first - 1].seal.clock) if first else say("audit.witness.none")
    return Failure("witness_first", {"at": witnesses[first].seal.clock, "until": until})
