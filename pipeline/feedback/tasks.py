"""What there is to do about a workbook: its findings grouped by repair, and the hidden register that sees them done.

A conditional format asks the register by a defined name: Excel 2007 takes no direct reference to another sheet there.
Each task has its row, which stays where it is when the sheet of findings is sorted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

from pipeline.excel.cells import Sheet
from pipeline.feedback.form_in_copy import FormInCopy
from pipeline.feedback.places import Place, fixed_reference, place_of, sheet_of, writable
from pipeline.feedback.serials import as_counted
from pipeline.findings import Code, Explained, Finding, Severity, explain
from pipeline.findings.catalogue import entry_of
from pipeline.spreadsheet import RawWorkbook, cell_name
from pipeline.wording import say

REGISTER: Final = "_qms_viec"
REGISTER_NAME: Final = "qms_viec"
"""The cells of the register that say, a task a row, whether it is still open."""
_TAGS: Final = ("sheet", "cell", "open", "found")
_OPEN, _CONTENT = 3, 4

GRAVITY: Final = tuple(Severity)
"""Errors before warnings before notes."""
_OF_A_SHEET = frozenset({Code.C404, Code.C406})
"""What is said at the header of a sheet, of no column."""


class Watched(NamedTuple):
    """A cell that is watched, and what it held: a day or a time as the number that Excel counts; None for nothing."""

    place: Place
    held: str | float | bool | None


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
        has_column = first.label and first.code not in _OF_A_SHEET
        named = say(f"feedback.repair.{'labelled' if has_column else 'plain'}", **facts)
        cells = say("feedback.repair.cells", count=count) if count > 1 else ""
        return f"{named} {cells}".rstrip()

    def explained(self, finding: Finding) -> Explained:
        """The words of one of the findings: of several, the repair says "the cell named", so that it is said once."""
        if len(self.findings) == 1:
            return explain(finding)
        each = say("feedback.repair.each_cell")
        beside = {"beside_cell": each} if "beside_cell" in finding.facts else {}
        general = explain(replace(finding, cell=each, facts={**finding.facts, **beside}))
        return replace(explain(finding), expected=general.expected, fix=general.fix)


@dataclass(frozen=True)
class Task:
    """One finding in its place: ``number`` counts from 1 down the sheet; ``place`` is None where nothing can be marked.

    ``mended`` is the formula that is true when the finding is mended; blank unless the rule is watched. ``watched`` are
    the cells of which one is changed when it is mended; none unless the content is watched.
    """

    number: int
    finding: Finding
    repair: Repair
    place: Place | None = None
    mended: str = ""
    watched: tuple[Watched, ...] = ()

    @property
    def watch(self) -> Watch:
        """How the copy knows that it is mended."""
        if self.mended:
            return Watch.RULE
        return Watch.CONTENT if self.watched else Watch.NOTHING

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


def register_area(tasks: Sequence[Task]) -> str:
    """The cells of the register that say of each task whether it is open, as a defined name refers to them."""
    return fixed_reference(REGISTER, (2, _OPEN), (max(2, len(tasks) + 1), _OPEN))


def write_register(sheet: Sheet, tasks: Sequence[Task]) -> None:
    """Write a task a row, every one open yet; of a watched content the row keeps what each cell held."""
    for column, tag in enumerate(_TAGS, 1):
        sheet.text(1, column, tag)
    for row, task in enumerate(tasks, 2):
        sheet.text(row, 1, writable(task.finding.sheet))
        sheet.text(row, 2, writable(task.finding.cell))
        match task.watch:
            case Watch.RULE:
                sheet.formula(row, _OPEN, f"=NOT({task.mended})", value=True)
            case Watch.CONTENT:
                same = [_same(sheet, row, column, cell) for column, cell in enumerate(task.watched, _CONTENT)]
                sheet.formula(row, _OPEN, f"=AND({','.join(same)})", value=True)
            case Watch.NOTHING:
                sheet.truth(row, _OPEN, value=True)


def _task(number: int, finding: Finding, repair: Repair, copy: FormInCopy | None) -> Task:
    place = place_of(copy.workbook, finding) if copy is not None else None
    if copy is None or place is None:
        return Task(number, finding, repair)
    mended = copy.kept(finding) or ""
    # A finding on a whole sheet points at a header, which is not to be changed.
    if mended or copy.is_header(replace(finding, sheet=place.title, cell=place.cell)):
        return Task(number, finding, repair, place, mended)
    others = (place_of(copy.workbook, replace(finding, cell=name)) for name in copy.beside(finding))
    watched = (Watched(each, _held(copy.workbook, each)) for each in (place, *filter(None, others)))
    return Task(number, finding, repair, place, watched=tuple(watched))


def _held(workbook: RawWorkbook, place: Place) -> str | float | bool | None:
    sheet = sheet_of(workbook, place.title)
    cell = sheet.cells.get(place.position) if sheet is not None else None
    if cell is None or cell.formula_without_value:
        return None
    return as_counted(cell.value, date_1904=workbook.date_1904)


def _same(sheet: Sheet, row: int, column: int, watched: Watched) -> str:
    """Keep what a cell held; gives the formula that is true while it holds the same, an error being like any other.

    It is kept in its own type, so that both read alike as text.
    """
    match watched.held:
        case bool():
            sheet.truth(row, column, value=watched.held)
        case str():
            sheet.text(row, column, writable(watched.held))
        case int() | float():
            sheet.number(row, column, watched.held)
    place = watched.place.fixed
    return f'IFERROR(EXACT({place}&"",{cell_name(row, column)}&""),ISERROR({place}))'
