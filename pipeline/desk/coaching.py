"""Objective sentences out of a workbook: the statements of a BM-01, or the column of any table that holds sentences."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from pipeline.faults import OperatorError
from pipeline.forms.objectives import OBJECTIVES
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.intake.reader import ReaderPool
from pipeline.parsing.layout import SheetMap, locate_sheet
from pipeline.vietnamese import normalise
from pipeline.wording import say

_STATEMENT = "statement"
_SHORTEST = 15
_FEWEST_WORDS = 4
"""What looks like a sentence: as long as a statement of BM-01 must be, and of some words."""


def sentences_of(file: Path) -> tuple[str, ...]:
    """The objective sentences of a workbook, from top to bottom.

    A BM-01 gives its statements. Of another workbook the column with the most cells that look like sentences is taken.

    Raises:
        OperatorError: E809, there is no such file; E822, it cannot be read as a workbook.
    """
    if not file.is_file():
        raise OperatorError("E809", path=file)
    workbook = _read(file)
    statements = locate_sheet(workbook, OBJECTIVES)
    return tuple(_statements(statements) if statements else _likely_sentences(workbook))


def _read(file: Path) -> RawWorkbook:
    with ReaderPool(1) as pool:
        outcome = pool.read_all([file])[file]
    if isinstance(outcome, RawWorkbook):
        return outcome
    raise OperatorError("E822", path=file, reason=say(f"files.problem.{outcome.problem}"))


def _statements(sheet: SheetMap) -> Iterator[str]:
    column = sheet.column(_STATEMENT)
    for (row, at), cell in sorted(sheet.raw.cells.items()):
        if at == column and row >= sheet.first_row and isinstance(cell.value, str) and normalise(cell.value):
            yield normalise(cell.value)


def _likely_sentences(workbook: RawWorkbook) -> list[str]:
    by_column: dict[tuple[str, int], list[str]] = defaultdict(list)
    for sheet in workbook.sheets:
        for (_, column), cell in sorted(sheet.cells.items()):
            text = normalise(cell.value) if isinstance(cell.value, str) else ""
            if len(text) >= _SHORTEST and len(text.split()) >= _FEWEST_WORDS:
                by_column[sheet.title, column].append(text)
    return max(by_column.values(), key=len, default=[])
