"""The committee's workbooks: computed anew from ledger and archived settings, held against what was published."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline.audit.custody import hash_of
from pipeline.audit.evidence import Evidence
from pipeline.audit.outcome import Failure, Outcome, outcome
from pipeline.consolidation import Committee
from pipeline.faults import OperatorError
from pipeline.memory import recall
from pipeline.outbox import MANIFEST, Folder
from pipeline.wording import say

_BY_ANOTHER = "workbook_by_another_program"
"""Drawn otherwise, and no failure."""


@dataclass(frozen=True)
class Workbook:
    """One workbook that the last run must have published. Both functions compute it anew from the ledger.

    Attributes:
        relative: its place in the outbox.
        content: its bytes.
        committee: the frames that it is written from, with the lines of sheet 10.
        programs: the versions of the program that looked into the inbox when this edition stood; blank for those that
            did not write down theirs.
    """

    relative: str
    content: Callable[[], bytes]
    committee: Callable[[], Committee]
    programs: frozenset[str] = frozenset()


def workbooks_hold(evidence: Evidence) -> Outcome:
    """Every workbook of the last run stands in the outbox, byte for byte as it is computed anew.

    Where a reader held the file open and a dated sibling stands in, the sibling is compared. Another version of the
    program may draw the same figures otherwise: what it drew is counted, and must stand as it was published.
    """
    memory = recall(evidence.archive / MANIFEST)
    wanted = evidence.workbooks()
    differing = [*_differing(evidence.outbox, wanted, memory)]
    by_others = sum(failure.kind == _BY_ANOTHER for failure in differing)
    failures = [failure for failure in differing if failure.kind != _BY_ANOTHER]
    others = say("audit.by_another_program", count=by_others) if by_others else ""
    unknown = _unknown(evidence.outbox, wanted, memory)
    return outcome([*failures, *unknown], workbooks=len(wanted), others=others)


def _differing(outbox: Path, wanted: Sequence[Workbook], memory: Mapping[str, Mapping[str, str]]) -> Iterator[Failure]:
    for workbook in wanted:
        known = memory.get(workbook.relative, {})
        relative = known.get("sibling", workbook.relative)
        # Beside a sibling the wanted name still bears what was published before.
        before = known.get("sha256")
        if relative != workbook.relative and before and hash_of(outbox / workbook.relative) not in {"", before}:
            yield Failure("workbook_edited", {"file": f"outbox/{workbook.relative}"})
        yield from _one(outbox, workbook, relative, {} if relative != workbook.relative else known)


def _one(outbox: Path, workbook: Workbook, relative: str, known: Mapping[str, str]) -> Iterator[Failure]:
    """The file that counts now; ``known``: what the outbox remembers of it."""
    named = {"file": f"outbox/{relative}"}
    if not (outbox / relative).is_file():
        yield Failure("workbook_missing", named)
        return
    try:
        computed = hashlib.sha256(workbook.content()).hexdigest()
    except OperatorError as error:
        yield Failure("workbook_not_computed", {**named, "reason": error.line})
        return
    found = hash_of(outbox / relative)
    if found == computed:
        return
    if found != known.get("sha256"):
        yield Failure("workbook_edited", named)
    else:
        yield Failure(_BY_ANOTHER if _is_by_another(workbook, known) else "workbook_outdated", named)


def _is_by_another(workbook: Workbook, known: Mapping[str, str]) -> bool:
    """Whether another version of the program drew it: the outbox says so, and the ledger knows of a run of it."""
    program = known.get("program", "")
    return program != version("qms-pipeline") and program in workbook.programs


def _unknown(outbox: Path, wanted: Sequence[Workbook], memory: Mapping[str, Mapping[str, str]]) -> Iterator[Failure]:
    """Workbooks that were published once, still stand there, and that the last run had no reason to make."""
    known = {workbook.relative for workbook in wanted}
    for relative in sorted(memory):
        if relative.startswith(f"{Folder.WORKBOOKS}/") and relative not in known and (outbox / relative).is_file():
            yield Failure("workbook_unfounded", {"file": f"outbox/{relative}"})


def controls_hold(evidence: Evidence) -> Outcome:
    """Every line of sheet 10 (Đối chiếu) of every workbook computed anew: what came in is what stands in it."""
    failures: list[Failure] = []
    lines = 0
    for workbook in evidence.workbooks():
        controls = workbook.committee().controls
        lines += len(controls)
        numbered = controls.assign(place=range(1, len(controls) + 1))
        for line in numbered[~numbered["holds"]].to_dict("records"):
            counts = {name: line[name] for name in ("expected", "actual")}
            told = say(f"committee.check.{line['check']}", subject=line["subject"])
            # Sheet 10 numbers its lines so.
            facts = {"file": f"outbox/{workbook.relative}", "number": f"K{line['place']:03d}", "check": told, **counts}
            failures.append(Failure("control", facts))
    return outcome(failures, workbooks=len(evidence.workbooks()), lines=lines)
