"""Sheet 2: who owes what. Divisions by forms at a glance, then each obligation with whom to ask."""

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.draft import HEADER_ROW, Draft, label
from pipeline.committee.drawing import Canvas, Column, Kind, Placed
from pipeline.committee.signs import sign
from pipeline.consolidation.states import SUBMITTED
from pipeline.forms import BY_NUMBER
from pipeline.obligations import DecidedBy
from pipeline.wording import say

GROUPS = {state: label(f"periods_{group}") for group, states in SUBMITTED.items() for state in states}
"""State of an obligation to the header under which sheet 9 counts it; whoever is exempt is under none."""

COLUMNS = (
    Column("division", label("division"), 9, Kind.CODE),
    Column("division_name", label("division_name"), 27),
    Column("form", label("form"), 12, Kind.CODE),
    Column("period", label("period"), 12, Kind.CODE),
    Column("due_on", label("due_on"), 12, Kind.DAY),
    Column("agreed_on", label("agreed_on"), 12, Kind.DAY),
    Column("state", label("state"), 16, Kind.SIGN, "state"),
    Column("arrived_at", label("arrived_at"), 16, Kind.MOMENT),
    Column("days_late", label("days_late"), 8, Kind.COUNT),
    Column("version", label("version"), 8, Kind.WHOLE),
    Column("newer_verdict", label("newer"), 12, Kind.SIGN, "verdict"),
    Column("source", label("source"), 8, Kind.SOURCE),
    Column("head", label("head"), 16),
    Column("contact", label("contact"), 22),
    Column("remark", label("remark"), 26),
)
_BEFORE = (*COLUMNS[:10], Column("group", label("group"), 12, Kind.CODE))
"""The earlier periods stand under the same headers, which repeat on paper."""


def write_submissions(draft: Draft) -> dict[str, Placed]:
    """Write the sheet; gives where its tables stand: obligations and obligations_before."""
    owed = draft.committee.obligations
    canvas = draft.begin("submissions", [column.width for column in COLUMNS])
    row = HEADER_ROW
    if not owed.empty:
        canvas.line(row - 1, say("committee.heading.matrix"), looks.HEADING)
        order = [division.code for division in draft.committee.settings.divisions]
        row = _matrix(canvas, owed, order, row) + 2
        canvas.line(row - 1, say("committee.heading.owed"), looks.HEADING)
    placed = canvas.table(row, "tinh_hinh_nop", COLUMNS, _remarked(owed), say("committee.empty.obligations"))
    before = _before(canvas, draft, placed.last_row + 3)
    draft.finish(canvas, before.last_row, len(COLUMNS), placed.header_row)
    return {"obligations": placed, "obligations_before": before}


def _before(canvas: Canvas, draft: Draft, row: int) -> Placed:
    """What was owed in the earlier periods with reports, and the group under which sheet 9 counts it."""
    owed = draft.committee.obligations_before
    names = {division.code: division.name for division in draft.committee.settings.divisions}
    told = owed.assign(
        division_name=owed["division"].map(names).astype("str"), group=owed["state"].map(GROUPS).astype("str")
    )
    canvas.line(row - 1, say("committee.heading.owed_before"), looks.HEADING)
    return canvas.table(row, "nop_ky_truoc", _BEFORE, told, say("committee.empty.history"))


def _remarked(owed: pd.DataFrame) -> pd.DataFrame:
    """With what is said beside a state: who answers now, whether the file's stamp decided, what was decided and why."""
    said = {code: say("decisions.responsible", division=code) for code in owed["responsible"].unique()}
    taken_over = owed["responsible"].map(said).where(owed["responsible"] != owed["division"])
    stamped = pd.Series(say("decisions.stamped"), index=owed.index).where(owed["decided_by"] == DecidedBy.STAMP)
    parts = [part.astype("str").fillna("") for part in (taken_over, stamped, owed["decision"])]
    return owed.assign(remark=[" ".join(filter(None, texts)) for texts in zip(*parts, strict=True)])


def _matrix(canvas: Canvas, owed: pd.DataFrame, order: list[str], row: int) -> int:
    """Divisions down, forms across, each state in word, symbol and colour; gives the first row below."""
    duties = owed.sort_values(["due_on", "form"])[["form", "period"]].drop_duplicates()
    headers = [label("division"), label("division_name")]
    headers += [f"{form} {period}: {BY_NUMBER[form].short_title}" for form, period in duties.itertuples(index=False)]
    header = canvas.book.look(**looks.HEADER_CELL)
    for column, text in enumerate(headers, 1):
        canvas.sheet.text(row, column, text, header)
    canvas.sheet.fit(row, 45)
    states = {
        (division, form, period): state
        for division, form, period, state in owed[["division", "form", "period", "state"]].itertuples(index=False)
    }
    names = owed.set_index("division")["division_name"].to_dict()
    for division in [code for code in order if code in names]:
        row += 1
        canvas.sheet.text(row, 1, division, canvas.book.look(**looks.CENTRED))
        canvas.sheet.text(row, 2, names[division], canvas.book.look(**looks.BODY))
        for column, (form, period) in enumerate(duties.itertuples(index=False), 3):
            shown = sign("state", states.get((division, form, period), "not_owed"))
            canvas.sheet.text(row, column, shown.word, shown.look(canvas.book))
        canvas.sheet.fit(row, 28)
    return row + 1
