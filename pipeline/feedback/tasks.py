"""What there is to do about a workbook: its findings grouped by repair, and the hidden register that sees them done.

A conditional format asks the register by a defined name: Excel would write a direct reference to another sheet as a
2010 extension, which openpyxl drops. Each task has its row, which stays where it is when the sheet of findings is
sorted.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.saving import Beside, truth_stored
from pipeline.feedback.form_in_copy import FormInCopy
from pipeline.feedback.places import FORMULA, cell_of, fixed_reference, put_text, worksheet_of
from pipeline.findings import Explained, Finding, Severity, explain
from pipeline.findings.catalogue import entry_of
from pipeline.wording import say

REGISTER: Final = "_qms_viec"
REGISTER_NAME: Final = "qms_viec"
"""The cells of the register that say, a task a row, whether it is still open."""
_TAGS: Final = ("sheet", "cell", "open", "found")
_OPEN, _CONTENT = 3, 4

GRAVITY: Final = tuple(Severity)
"""Errors before warnings before notes."""


class Watch(StrEnum):
    """How the copy knows that a finding is mended."""

    RULE = "rule"
    """By the rule's own formula: *Đã sửa* is true."""
    CONTENT = "content"
    """By the cell's content, which is another than when the form was judged: *Đã thay đổi* says no more than that."""
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
        first, count = self.findings[0], len(self.findings)
        facts = {"number": self.number, "title": entry_of(first.code).title, "label": first.label, "code": first.code}
        named = say(f"feedback.repair.{'labelled' if first.label else 'plain'}", **facts)
        cells = say("feedback.repair.cells", count=count) if count > 1 else ""
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
    mended: str = ""
    watched: tuple[Cell, ...] = ()

    @property
    def watch(self) -> Watch:
        """How the copy knows that it is mended."""
        if self.mended:
            return Watch.RULE
        return Watch.CONTENT if self.watched else Watch.NOTHING

    @property
    def place(self) -> str:
        """The address of the cell as a formula writes it; empty without a cell."""
        return _fixed_place(self.cell) if self.cell is not None else ""

    @property
    def is_open(self) -> str:
        """The formula that asks the register whether the task is still open."""
        return f"INDEX({REGISTER_NAME},{self.number})"


def tasks_of(findings: Sequence[Finding], copy: FormInCopy | None = None) -> tuple[Task, ...]:
    """A task a finding, repair by repair. Without the ``copy`` of the sender's workbook no cell can be marked."""
    pairs = ((repair, finding) for repair in repairs(findings) for finding in repair.findings)
    return tuple(_task(number, finding, repair, copy) for number, (repair, finding) in enumerate(pairs, 1))


def repairs(findings: Sequence[Finding]) -> Iterator[Repair]:
    """The findings grouped by repair: the gravest first, those of one weight in the order in which they were found."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: GRAVITY.index(finding.severity)):
        groups.setdefault((finding.code, finding.sheet, finding.label), []).append(finding)
    for number, group in enumerate(groups.values(), 1):
        yield Repair(number, tuple(group))


def repeated(tasks: Sequence[Task]) -> list[bool]:
    """Which tasks follow one of the same repair whose words are the same."""
    explained = [(task.repair.number, task.repair.explained(task.finding)) for task in tasks]
    words = [(number, words.expected, words.fix) for number, words in explained]
    return [False, *(now == before for before, now in pairwise(words))][: len(tasks)]


def problem_words(words: Explained) -> str:
    """What is wrong, with what was found where the sentence does not say it."""
    if not words.typed or words.typed in words.problem:
        return words.problem
    return say("feedback.problem_found", problem=words.problem, found=words.typed)


def write_register(workbook: Workbook, tasks: Sequence[Task]) -> Beside:
    """Add the register, last and hidden; gives the values to store beside its formulas. Every task is open yet."""
    sheet = workbook.create_sheet(REGISTER)
    sheet.sheet_state = "veryHidden"
    for column, tag in enumerate(_TAGS, 1):
        put_text(sheet.cell(1, column), tag)
    for row, task in enumerate(tasks, 2):
        put_text(sheet.cell(row, 1), task.finding.sheet)
        put_text(sheet.cell(row, 2), task.finding.cell)
        sheet.cell(row, _OPEN).value = _state(sheet, row, task)
    area = fixed_reference(REGISTER, f"C2:C{max(2, len(tasks) + 1)}")
    workbook.defined_names[REGISTER_NAME] = DefinedName(REGISTER_NAME, attr_text=area, hidden=True)
    watched = (row for row, task in enumerate(tasks, 2) if task.watch is not Watch.NOTHING)
    return Beside({f"C{row}": truth_stored(truth=True) for row in watched})


def remove_register(workbook: Workbook) -> bool:
    """Take off an earlier register and its name; says whether there was one."""
    earlier = worksheet_of(workbook, REGISTER)
    if REGISTER_NAME in workbook.defined_names:
        del workbook.defined_names[REGISTER_NAME]
    if earlier is None:
        return False
    workbook.remove(earlier)
    return True


def _task(number: int, finding: Finding, repair: Repair, copy: FormInCopy | None) -> Task:
    cell = cell_of(copy.workbook, finding) if copy is not None else None
    if copy is None or cell is None:
        return Task(number, finding, repair)
    mended = copy.kept(finding) or ""
    # A finding on a whole sheet points at a header, which is not to be changed.
    if mended or copy.is_header(replace(finding, sheet=cell.parent.title, cell=cell.coordinate)):
        return Task(number, finding, repair, cell, mended)
    others = (cell_of(copy.workbook, replace(finding, cell=name)) for name in copy.beside(finding))
    return Task(number, finding, repair, cell, watched=(cell, *(other for other in others if other is not None)))


def _fixed_place(cell: Cell) -> str:
    return fixed_reference(str(cell.parent.title), cell.coordinate)


def _state(sheet: Worksheet, row: int, task: Task) -> str | bool:
    """The formula that is true while a task is open; of a watched content it keeps what each cell held."""
    match task.watch:
        case Watch.RULE:
            return f"=NOT({task.mended})"
        case Watch.CONTENT:
            same = [_same(sheet.cell(row, column), cell) for column, cell in enumerate(task.watched, _CONTENT)]
            return f"=AND({','.join(same)})"
        case Watch.NOTHING:
            return True


def _same(kept: Cell | MergedCell, watched: Cell) -> str:
    """Keep what a cell held; gives the formula that is true while it holds the same, an error being like any other."""
    _keep(kept, watched)
    place = _fixed_place(watched)
    return f'IFERROR(EXACT({place}&"",{kept.coordinate}&""),ISERROR({place}))'


def _keep(kept: Cell | MergedCell, watched: Cell) -> None:
    """In its own type, so that both read alike as text; the text of a formula is no value that it had."""
    value = watched.value
    if watched.data_type == FORMULA or value is None:
        return
    if isinstance(kept, Cell) and isinstance(value, bool | int | float | dt.date | dt.time):
        kept.value = value
        kept.number_format = "General"
    else:
        put_text(kept, str(value))
