"""The blocks of words on sheet 1: what needs a decision, what changed."""

from collections.abc import Mapping

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.change_words import change_words, shortened
from pipeline.committee.draft import Draft, Tables, label, sheet_title
from pipeline.committee.drawing import Canvas, look_of
from pipeline.consolidation.changes import Since
from pipeline.consolidation.headline import Matter
from pipeline.excel.cells import Area
from pipeline.vietnamese import format_date
from pipeline.wording import say

LAST = 12
"""The last column of sheet 1."""
_A_DECISION = 4
"""How many columns one matter for decision takes."""
_DECISION_HEIGHT = 62.0
_NAMED = 5
SHOWN = 3
_NAMED_CHANGES = 6
_CHANGES_SHOWN = 6
_OF_PERIOD = 3
_SHEETS = {
    Matter.DECLARATION: "declaration",
    Matter.NOT_SUBMITTED: "submissions",
    Matter.ACTIONS_OVERDUE: "unmet",
    Matter.NOT_MET: "unmet",
    Matter.TASKS_OVERDUE: "plan",
    Matter.NOT_INFORMED: "policy",
}
_FRAMES = {
    "declaration": "proofs",
    "submissions": "obligations",
    "unmet": "unmet",
    "plan": "plan_tasks",
    "policy": "people",
}
_CHANGES = ((1, 2, "since"), (3, 4, "before"), (5, 6, "after"), (7, 7, "count"), (8, LAST, "which"))
_LINE = 15.0


def write_decisions(canvas: Canvas, draft: Draft, tables: Tables, row: int) -> int:
    """The three matters that come first, side by side, each with a link to its rows; gives the last row."""
    canvas.line(row, say("committee.heading.decisions"), looks.HEADING)
    words = canvas.book.look(**looks.MATTER)
    decisions = draft.committee.decisions.head(SHOWN)
    canvas.sheet.height(row + 1, _LINE)
    canvas.sheet.height(row + 2, _DECISION_HEIGHT)
    if decisions.empty:
        canvas.sheet.merged(Area(row + 1, 1, row + 2, LAST), say("committee.empty.decisions"), words)
        return row + 2
    figures = draft.committee.figures
    facts = {"changes": int(figures["changes_waiting"]), "proofs": int(figures["proofs_missing"])}
    for place, (matter, count, days, which) in enumerate(decisions.itertuples(index=False)):
        left = 1 + place * _A_DECISION
        told = {**facts, "count": count, "days": days, "which": shortened(which, _NAMED)}
        canvas.sheet.merged(Area(row + 2, left, row + 2, left + _A_DECISION - 1), _matter(matter, told), words)
        _matter_link(canvas, tables, (row + 1, left), place + 1, Matter(matter))
    return row + 2


def _matter_link(canvas: Canvas, tables: Tables, at: tuple[int, int], number: int, matter: Matter) -> None:
    row, left = at
    sheet = _SHEETS[matter]
    look = canvas.book.look(**looks.MATTER_LINK)
    canvas.sheet.merged(Area(row, left, row, left + _A_DECISION - 1), "", look)
    shown = say("committee.decision.link", number=number, sheet=sheet_title(sheet))
    target = f"internal:{tables[_FRAMES[sheet]].place(0)}"
    canvas.sheet.link(row, left, target, shown=shown, look=look)


def _matter(matter: str, told: dict[str, object]) -> str:
    """One matter in words; of the declaration only what is amiss."""
    if matter != Matter.DECLARATION:
        return say(f"committee.decision.{matter}", **told)
    amiss = [say(f"committee.decision.{name}", **told) for name in ("changes", "proofs") if told[name]]
    return say("committee.decision.declaration", amiss=", ".join(amiss), **told)


def write_changes(canvas: Canvas, draft: Draft, tables: Tables, row: int) -> int:
    """The weightiest changes since the run before and the period before, with the way to all; gives the last row."""
    every, day = draft.committee.changes, draft.committee.changed_on
    since = format_date(day) if day else say("committee.change.none_before")
    canvas.line(row, say("committee.heading.changes", since=since), looks.HEADING)
    shown = _weightiest(every)
    header = canvas.book.look(**looks.HEADER_CELL)
    for first, last, name in _CHANGES:
        _across(canvas, row + 1, (first, last), label(name), header)
    for line, change in enumerate(shown.to_dict("records"), row + 2):
        words = change_words(change)
        told = {
            "since": say(f"committee.change.{change['since']}", subject=words["subject"]),
            "which": shortened(words["which"], _NAMED_CHANGES),
        }
        _change(canvas, line, {**words, **told}, int(change["count"]))
    last = row + 1 + max(len(shown), 1)
    if shown.empty:
        canvas.line(last, say("committee.empty.changes"), looks.EMPTY)
        return last
    target = tables["changes"].place(-1)
    more = say("committee.change.all", count=len(every), sheet=sheet_title("trends"))
    canvas.go_to(last + 1, 1, target, more, looks.BACK)
    return last + 1


def _weightiest(changes: pd.DataFrame) -> pd.DataFrame:
    """Some against the period before where there are any, the rest of the room for those against the run before."""
    of_period = changes[changes["since"] == Since.PERIOD].head(_OF_PERIOD)
    of_run = changes[changes["since"] == Since.RUN].head(_CHANGES_SHOWN - len(of_period))
    return pd.concat([of_run, of_period])


def _change(canvas: Canvas, row: int, told: Mapping[str, str], count: int) -> None:
    canvas.sheet.height(row, _LINE)
    body = canvas.book.look(**looks.ONE_LINE)
    for first, last, name in _CHANGES:
        if name == "count":
            canvas.sheet.number(
                row, first, count, look_of(canvas.book, looks.FIGURE, {"num_format": looks.WHOLE_FORMAT, "indent": 1})
            )
        else:
            _across(canvas, row, (first, last), told[name], body)


def _across(canvas: Canvas, row: int, columns: tuple[int, int], text: str, look: object) -> None:
    first, last = columns
    if first == last:
        canvas.sheet.text(row, first, text, look)
    else:
        canvas.sheet.merged(Area(row, first, row, last), text, look)
