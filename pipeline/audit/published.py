"""The committee's workbooks: computed anew from ledger and archived settings, held against what was published."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from pipeline.audit.evidence import Evidence, Workbook, hash_of
from pipeline.audit.outcome import Failure, Outcome, outcome
from pipeline.faults import OperatorError
from pipeline.memory import recall
from pipeline.outbox import MANIFEST, Folder
from pipeline.wording import say

Memories = Mapping[str, Mapping[str, str]]
_BY_ANOTHER = "workbook_by_another_program"
"""Drawn otherwise, and no failure."""


def workbooks_hold(evidence: Evidence) -> Outcome:
    """Every workbook of the last run stands in the outbox, byte for byte as it is computed anew.

    Where a reader held the file open and a dated sibling stands in, the sibling is compared. Another version of the
    program may draw the same figures otherwise: what it drew is counted, and must stand as it was published.
    """
    memory = recall(evidence.archive / MANIFEST)
    workbooks = evidence.workbooks()
    differing = [*_differing(evidence.outbox, workbooks, memory)]
    failures = [failure for failure in differing if failure.kind != _BY_ANOTHER]
    by_others = len(differing) - len(failures)
    others = say("audit.by_another_program", count=by_others) if by_others else ""
    unfounded = _unfounded(evidence.outbox, workbooks, memory)
    return outcome([*failures, *unfounded], workbooks=len(workbooks), others=others)


def _differing(outbox: Path, workbooks: Sequence[Workbook], memory: Memories) -> Iterator[Failure]:
    for workbook in workbooks:
        remembered = memory.get(workbook.relative, {})
        relative = remembered.get("sibling", workbook.relative)
        # Beside a sibling the wanted name still bears what was published before.
        before = remembered.get("sha256")
        if relative != workbook.relative and before and hash_of(outbox / workbook.relative) not in {"", before}:
            yield Failure("workbook_edited", {"file": f"outbox/{workbook.relative}"})
        yield from _one(outbox, workbook, relative, {} if relative != workbook.relative else remembered)


def _one(outbox: Path, workbook: Workbook, relative: str, remembered: Mapping[str, str]) -> Iterator[Failure]:
    """The file that counts now; ``remembered``: what the outbox remembers of it."""
    named = {"file": f"outbox/{relative}"}
    if not (outbox / relative).is_file():
        yield Failure("workbook_missing", named)
        return
    try:
        computed = hashlib.sha256(workbook.content()).hexdigest()
    except OperatorError as error:
        yield Failure("workbook_not_computed", {**named, "reason": error.line})
        return
    published = hash_of(outbox / relative)
    if published == computed:
        return
    # Another version of the program drew it when the outbox says so and the ledger knows of a run of that version.
    program = remembered.get("program", "")
    is_by_another = program != version("qms-pipeline") and program in workbook.programs
    if published != remembered.get("sha256"):
        yield Failure("workbook_edited", named)
    else:
        yield Failure(_BY_ANOTHER if is_by_another else "workbook_outdated", named)


def _unfounded(outbox: Path, workbooks: Sequence[Workbook], memory: Memories) -> Iterator[Failure]:
    """Workbooks that were published once, still stand there, and that the last run had no reason to make."""
    founded = {workbook.relative for workbook in workbooks}
    for relative in sorted(memory):
        if relative.startswith(f"{Folder.WORKBOOKS}/") and relative not in founded and (outbox / relative).is_file():
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
            check = say(f"committee.check.{line['check']}", subject=line["subject"])
            # Sheet 10 numbers its lines so.
            facts = {"file": f"outbox/{workbook.relative}", "number": f"K{line['place']:03d}", "check": check, **counts}
            failures.append(Failure("control", facts))
    return outcome(failures, workbooks=len(evidence.workbooks()), lines=lines)
