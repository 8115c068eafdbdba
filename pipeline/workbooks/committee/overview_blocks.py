"""The blocks of words on sheet 1: what needs a decision, what changed."""

from collections.abc import Hashable, Mapping

from pipeline.consolidation.changes import Since, Subject
from pipeline.consolidation.decisions import SHOWN, Matter
from pipeline.vietnamese import format_date
from pipeline.wording import say
from pipeline.workbooks.cells import Area
from pipeline.workbooks.committee import looks
from pipeline.workbooks.committee.draft import Draft, label, sheet_title
from pipeline.workbooks.committee.drawing import Canvas, look_of, quoted
from pipeline.workbooks.committee.signs import word
from pipeline.workbooks.fitting import height_of, lines_of

_NUMBER, _FIRST, _LAST = 7, 8, 13
_ROWS_OF_ONE = 4
_NAMED = 8
_MOST = 12
_SHEETS = {
    Matter.DECLARATION: "declaration",
    Matter.NOT_SUBMITTED: "submissions",
    Matter.ACTIONS_OVERDUE: "unmet",
    Matter.NOT_MET: "unmet",
    Matter.TASKS_OVERDUE: "plan",
    Matter.NOT_INFORMED: "policy",
}
_CHANGES = ((1, 2, "since"), (3, 4, "before"), (5, 6, "after"), (7, 7, "count"), (8, 13, "which"))


def shortened(names: str, most: int = _NAMED) -> str:
    """A list of names cut to what can be read: "VP, KHTC và 3 mục khác"."""
    listed = names.split(", ")
    if len(listed) <= most:
        return names
    return say("committee.and_more", shown=", ".join(listed[:most]), count=len(listed) - most)


def write_decisions(canvas: Canvas, draft: Draft, row: int) -> None:
    """The three matters that come first, each in a block with a link to the sheet that has more."""
    canvas.line(row - 1, say("committee.heading.decisions"), looks.HEADING, _NUMBER)
    decisions = draft.committee["decisions"].head(SHOWN)
    words = look_of(canvas.book, looks.BODY, {"valign": "vcenter", "font_size": 11})
    if decisions.empty:
        canvas.sheet.merged(Area(row, _NUMBER, row + 1, _LAST), say("committee.empty.decisions"), words)
        return
    figures = draft.committee.figures
    facts = {"changes": int(figures["changes_waiting"]), "proofs": int(figures["proofs_missing"])}
    number = look_of(canvas.book, looks.LINKED, {"bold": True, "valign": "vcenter", "font_size": 12})
    for place, (matter, count, days, which) in enumerate(decisions.itertuples(index=False)):
        top = row + place * _ROWS_OF_ONE
        bottom = top + _ROWS_OF_ONE - 1
        told = {**facts, "count": count, "days": days, "which": shortened(which)}
        canvas.sheet.merged(Area(top, _FIRST, bottom, _LAST), _matter(matter, told), words)
        canvas.sheet.merged(Area(top, _NUMBER, bottom, _NUMBER), "", number)
        target = f"internal:'{sheet_title(_SHEETS[Matter(matter)])}'!A1"
        canvas.sheet.link(top, _NUMBER, target, shown=str(place + 1), look=number)


def _matter(matter: str, told: dict[str, object]) -> str:
    """One matter in words; of the declaration only what is amiss."""
    if matter != Matter.DECLARATION:
        return say(f"committee.decision.{matter}", **told)
    amiss = [say(f"committee.decision.{name}", **told) for name in ("changes", "proofs") if told[name]]
    return say("committee.decision.declaration", amiss=", ".join(amiss), **told)


def write_changes(canvas: Canvas, draft: Draft, row: int) -> int:
    """What changed since the last run that judged something and since the period before; gives the last row."""
    every = draft.committee["changes"]
    changes = every.head(_MOST)
    canvas.line(row - 1, say("committee.heading.changes"), looks.HEADING)
    header = canvas.book.look(**looks.HEADER_CELL)
    for first, last, name in _CHANGES:
        _across(canvas, row, (first, last), label(name), header)
    if changes.empty:
        canvas.line(row + 1, say("committee.empty.changes"), looks.EMPTY)
        return row + 1
    body = canvas.book.look(**looks.BODY)
    for line, change in enumerate(changes.to_dict("records"), row + 1):
        told = _told(change, draft)
        for first, last, name in _CHANGES:
            if name == "count":
                canvas.sheet.number(line, first, int(change["count"]), canvas.book.look(**looks.FIGURE))
            else:
                look = look_of(canvas.book, looks.BODY, quoted(told[name])) if told[name] else body
                _across(canvas, line, (first, last), told[name], look)
        lines = max(lines_of(told["which"], 60, size=10), lines_of(told["since"], 34, size=10))
        canvas.sheet.height(line, height_of(lines, size=10))
    last = row + len(changes)
    if len(every) > len(changes):
        last += 1
        canvas.line(last, say("committee.empty.more_changes", count=len(every) - len(changes)), looks.EMPTY)
    return last


def _told(change: Mapping[Hashable, object], draft: Draft) -> dict[str, str]:
    """One change in words, shortened to its row."""
    since = Since(str(change["since"]))
    day = draft.committee.changed_on
    compared = say(f"committee.change.{since}")
    if since is Since.RUN:
        compared = f"{compared} ({format_date(day)})" if day else say("committee.change.none_before")
    words = change_words(change)
    return {
        "since": f"{compared}: {words['subject']}",
        "before": words["before"],
        "after": words["after"],
        "which": shortened(words["which"], 16),
    }


def change_words(change: Mapping[Hashable, object]) -> dict[str, str]:
    """One row of the changes in words: subject, before, after, which."""
    subject = Subject(str(change["subject"]))
    values = {side: str(change[side]) for side in ("before", "after")}
    groups = {Subject.OBLIGATION: "state", Subject.FILE: "verdict"}
    if subject in groups:
        values = {side: word(groups[subject], code) for side, code in values.items() if code}
    new = say("committee.change.new")
    told = {side: values.get(side) or new for side in ("before", "after")}
    return {"subject": say(f"committee.change.{subject}"), **told, "which": str(change["which"])}


def _across(canvas: Canvas, row: int, columns: tuple[int, int], text: str, look: object) -> None:
    first, last = columns
    if first == last:
        canvas.sheet.text(row, first, text, look)
    else:
        canvas.sheet.merged(Area(row, first, row, last), text, look)
