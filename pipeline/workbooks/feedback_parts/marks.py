"""The marks on a sender's own cells: a colour by severity and a comment with the problem and what to do.

A marked copy is mended and sent in again, so marks can be taken off: the sheet of findings keeps, in a hidden column,
the colour that each cell had, and our part of a comment begins with a mark of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.findings import Finding, Severity, explain
from pipeline.wording import say
from pipeline.workbooks.feedback_parts.places import cell_of, worksheet_of

COLOURS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "FFFFC7CE",
    Severity.WARNING: "FFFFEB9C",
    Severity.NOTE: "FFD9E8F6",
}
SHEET_COLUMN, CELL_COLUMN, COLOUR_COLUMN = 3, 4, 12
"""Where the sheet of findings keeps the place of a mark and the colour that was there before."""
COLOUR_TAG: Final = "_qms_colour"

Marks = Mapping[tuple[str, str], str]
"""(sheet, cell) to the colour that the cell had, empty for none."""

_COLOUR: Final = re.compile(r"[0-9A-F]{8}")
_WIDTH, _LINE_HEIGHT, _LETTERS_A_LINE = 340, 17, 48


def mark(workbook: Workbook, findings: Sequence[Finding]) -> Marks:
    """Mark the cells that the findings name; the gravest finding of a cell gives the colour."""
    before: dict[tuple[str, str], str] = {}
    for cell, of_cell in _by_cell(workbook, findings):
        colour = COLOURS[of_cell[0].severity]
        before |= {(finding.sheet, finding.cell): _colour_of(cell) for finding in of_cell}
        cell.fill = PatternFill("solid", fgColor=colour)
        _comment(cell, "\n\n".join(map(_words, of_cell)))
    return before


def clear_marks(workbook: Workbook) -> None:
    """Take off the marks of an earlier marked copy, and its sheet of findings."""
    findings = worksheet_of(workbook, say("feedback.title"))
    if findings is None:
        return
    for title, name, colour in _marked(findings):
        cell = cell_of(workbook, Finding("", sheet=title, cell=name))
        if cell is None:
            continue
        # Somebody may have coloured the cell anew: only our own colour goes.
        if _colour_of(cell) in COLOURS.values():
            cell.fill = PatternFill("solid", fgColor=colour) if _COLOUR.fullmatch(colour) else PatternFill()
        _uncomment(cell)
    workbook.remove(findings)


def _by_cell(workbook: Workbook, findings: Sequence[Finding]) -> Iterator[tuple[Cell, list[Finding]]]:
    """Cells with their findings, in the order given; a cell comes once."""
    placed = [(cell, finding) for finding in findings if (cell := cell_of(workbook, finding)) is not None]
    keys = {id(cell): position for position, (cell, _) in reversed(list(enumerate(placed)))}
    placed.sort(key=lambda pair: keys[id(pair[0])])
    for _, pairs in groupby(placed, key=lambda pair: id(pair[0])):
        of_cell = list(pairs)
        yield of_cell[0][0], [finding for _, finding in of_cell]


def _words(finding: Finding) -> str:
    words = explain(finding)
    key = "finding_with_example" if words.example else "finding"
    return say(
        f"feedback.comment.{key}",
        severity=say(f"feedback.severity.{finding.severity}"),
        code=finding.code,
        problem=words.problem,
        fix=words.fix,
        example=words.example,
    )


def _comment(cell: Cell, words: str) -> None:
    own = cell.comment.text.rstrip() + "\n\n" if cell.comment else ""
    text = f"{own}{say('feedback.comment.mark')}\n{words}"
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in text.split("\n"))
    cell.comment = Comment(text, say("feedback.author"), height=_LINE_HEIGHT * (lines + 1), width=_WIDTH)


def _uncomment(cell: Cell) -> None:
    if cell.comment is None:
        return
    own, found, _ = cell.comment.text.partition(say("feedback.comment.mark"))
    if found:
        cell.comment = Comment(own.rstrip(), cell.comment.author or "") if own.strip() else None


def _marked(findings: Worksheet) -> Iterator[tuple[str, str, str]]:
    """Sheet, cell and former colour of every row of an earlier sheet of findings; all else is passed over."""
    begun = False
    for row in findings.iter_rows(max_row=min(findings.max_row, 10_000), max_col=COLOUR_COLUMN, values_only=True):
        title, name, colour = (str(row[column - 1] or "") for column in (SHEET_COLUMN, CELL_COLUMN, COLOUR_COLUMN))
        if begun and title and name:
            yield title, name, colour
        begun = begun or colour == COLOUR_TAG


def _colour_of(cell: Cell) -> str:
    """The plain colour of a cell; empty for none and for colours of the theme, which our forms do not use."""
    colour = cell.fill.fgColor
    plain = cell.fill.patternType == "solid" and colour.type == "rgb" and isinstance(colour.rgb, str)
    return colour.rgb if plain else ""
