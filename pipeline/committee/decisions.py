"""What needs a decision, on sheet 1: the message of each matter, what is asked, and the way to its rows."""

from typing import Final

from pipeline.committee.draft import Draft, Tables
from pipeline.committee.looks import MATTER, MATTER_LINK, MATTER_TITLE
from pipeline.consolidation.matter_words import MatterText, matter_texts
from pipeline.consolidation.matters import Decisions, Matter
from pipeline.excel import looks
from pipeline.excel.cells import Area
from pipeline.excel.fitting import height_of
from pipeline.excel.tables import Canvas
from pipeline.excel.times import lines_of
from pipeline.wording import say

_LAST: Final = 12
"""The last column of sheet 1."""
_WIDTH: Final = 12.5
_MOST: Final = 3
"""How many matters there is room for."""
_STANDS_IN: Final = {
    Matter.AGENCY_NOT_MET: "agency_objectives",
    Matter.DECLARATION: "proofs",
    Matter.NOT_MET: "unmet",
    Matter.NOT_SUBMITTED: "obligations",
    Matter.ACTIONS_OVERDUE: "unmet",
    Matter.TASKS_OVERDUE: "plan_tasks",
    Matter.NOT_INFORMED: "people",
}
"""The table that has the rows of a matter."""


def write_decisions(canvas: Canvas, draft: Draft, tables: Tables, row: int) -> int:
    """As many matters as there are, at most three, side by side, the heaviest first; gives the last row."""
    every = draft.committee.decisions
    matters = [Matter(matter) for matter in every[Decisions.matter]]
    canvas.line(row, _heading(matters), looks.HEADING)
    canvas.sheet.height(row, 21)
    if every.empty:
        canvas.sheet.merged(Area(row + 1, 1, row + 1, _LAST), say("committee.empty.decisions"), canvas.look(MATTER))
        return row + 1
    texts = matter_texts(every.head(_MOST))
    columns = _LAST // len(texts)
    for place, (matter, text) in enumerate(zip(matters, texts, strict=False)):
        left = 1 + place * columns
        areas = [Area(at, left, at, left + columns - 1) for at in (row + 1, row + 2, row + 3)]
        title = say("committee.decision.link", number=place + 1, title=text.title)
        canvas.sheet.merged(areas[0], title, canvas.look(MATTER_TITLE))
        canvas.sheet.merged(areas[1], text.request, canvas.look(MATTER))
        # LibreOffice never wraps a text that is a link, so the way to the rows has a line of its own.
        canvas.sheet.merged(areas[2], "", canvas.look(MATTER_LINK))
        placed = tables[_STANDS_IN[matter]]
        go_on = say("committee.decision.see", sheet=placed.sheet)
        canvas.go_to(row + 3, left, placed.place(0), go_on, MATTER_LINK)
    _fit(canvas, row + 1, texts, _WIDTH * columns)
    canvas.sheet.height(row + 3, 15)
    return row + 3


def _heading(matters: list[Matter]) -> str:
    """The heading; of more matters than there is room for, what the others are about."""
    rest = matters[_MOST:]
    if not rest:
        return say("committee.heading.decisions")
    names = ", ".join(say(f"committee.decision.{matter}") for matter in rest)
    return say("committee.heading.more_decisions", count=_MOST, all=len(matters), rest=names)


def _fit(canvas: Canvas, row: int, texts: list[MatterText], width: float) -> None:
    """The heights that the titles, then the requests take."""
    for at, (name, is_bold) in enumerate((("title", True), ("request", False)), row):
        lines = max(lines_of(f"1. {getattr(text, name)}", width - 2, size=11, bold=is_bold) for text in texts)
        canvas.sheet.height(at, height_of(lines, size=11) + 4)
