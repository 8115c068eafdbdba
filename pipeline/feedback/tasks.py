"""What there is to do about a workbook: its findings grouped by repair, and how each is seen to be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final

from openpyxl.cell import Cell

from pipeline.feedback.places import cell_of, fixed_place
from pipeline.feedback.rule_formulas import RuleFormulas
from pipeline.findings import Explained, Finding, Severity, explain
from pipeline.findings.catalogue import entry_of
from pipeline.wording import say

GRAVITY: Final = tuple(Severity)
"""Errors before warnings before notes."""


class Watch(StrEnum):
    """How the copy knows that a finding is mended."""

    RULE = "rule"
    """By the rule's own formula: *Đã sửa* is true."""
    CONTENT = "content"
    """By the cell's content, which is another than was found: *Đã thay đổi* says no more than that."""
    NOTHING = "nothing"
    """Not before the workbook is submitted again."""


@dataclass(frozen=True)
class Repair:
    """Findings of one code in one column, which one sentence mends; numbered in the order in which they stand."""

    number: int
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """What stands in the group's column."""
        first = self.findings[0]
        key = "labelled" if first.label else "plain"
        count = len(self.findings)
        cells = say("feedback.repair.cells", count=count) if count > 1 else ""
        title = entry_of(first.code).title
        named = say(f"feedback.repair.{key}", number=self.number, title=title, label=first.label, code=first.code)
        return f"{named} {cells}".rstrip()

    def explained(self, finding: Finding) -> Explained:
        """The words of one of the findings: of several, the repair says "the cell named", so that it is said once."""
        if len(self.findings) == 1:
            return explain(finding)
        general = explain(replace(finding, cell=say("feedback.repair.each_cell")))
        return replace(explain(finding), expected=general.expected, fix=general.fix)


@dataclass(frozen=True)
class Task:
    """One finding in its place: ``number`` counts from 1 down the sheet; ``cell`` is None where nothing can be marked.

    ``mended`` is the formula that is true when the finding is mended; blank unless the rule is watched. ``watched`` are
    the cells of which one is changed when it is mended; none unless the content is watched.
    """

    number: int
    finding: Finding
    repair: Repair
    cell: Cell | None = None
    watch: Watch = Watch.NOTHING
    mended: str = ""
    watched: tuple[Cell, ...] = ()

    @property
    def place(self) -> str:
        """The address of the cell as a formula writes it; empty without a cell."""
        return fixed_place(self.cell) if self.cell is not None else ""


def tasks_of(findings: Sequence[Finding], formulas: RuleFormulas | None = None) -> tuple[Task, ...]:
    """A task a finding, repair by repair. Without ``formulas``, which know the workbook, no cell can be marked."""
    pairs = ((repair, finding) for repair in repairs(findings) for finding in repair.findings)
    return tuple(_task(number, finding, repair, formulas) for number, (repair, finding) in enumerate(pairs, 1))


def repairs(findings: Sequence[Finding]) -> Iterator[Repair]:
    """The findings grouped by repair: the gravest first, those of one weight in the order in which they were found."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: GRAVITY.index(one.severity)):
        groups.setdefault((finding.code, finding.sheet, finding.label), []).append(finding)
    for number, group in enumerate(groups.values(), 1):
        yield Repair(number, tuple(group))


def repeated(tasks: Sequence[Task]) -> list[bool]:
    """Which tasks follow one of the same repair whose words are the same."""
    said = [(task.repair.number, task.repair.explained(task.finding)) for task in tasks]
    words = [(number, words.expected, words.fix) for number, words in said]
    return [False, *(now == before for before, now in pairwise(words))][: len(tasks)]


def problem_words(words: Explained) -> str:
    """What is wrong, with what was found where the sentence does not say it."""
    if not words.found or words.found in words.problem:
        return words.problem
    return say("feedback.problem_found", problem=words.problem, found=words.found)


def _task(number: int, finding: Finding, repair: Repair, formulas: RuleFormulas | None) -> Task:
    cell = cell_of(formulas.located.workbook, finding) if formulas is not None else None
    if formulas is None or cell is None:
        return Task(number, finding, repair)
    mended = formulas.kept(finding)
    if mended is not None:
        return Task(number, finding, repair, cell, Watch.RULE, mended)
    # What is wrong with a whole sheet is told at a header, which nobody shall change.
    header = formulas.located.is_header(cell.parent.title, cell.coordinate)
    if header:
        return Task(number, finding, repair, cell)
    others = (cell_of(formulas.located.workbook, replace(finding, cell=name)) for name in formulas.beside(finding))
    watched = (cell, *(other for other in others if other is not None))
    return Task(number, finding, repair, cell, Watch.CONTENT, watched=watched)
