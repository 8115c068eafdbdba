"""Sheet 7: who knows the policy. Coverage by division, counted live over the list of people below it."""

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.draft import HEADER_ROW, Draft, form_label, label
from pipeline.committee.drawing import Canvas, Column, Kind, Placed
from pipeline.committee.signs import word
from pipeline.consolidation.coverage import COUNTED, Knowledge
from pipeline.spreadsheet import column_name
from pipeline.wording import say

_PEOPLE = (
    Column("division", label("division"), 9, Kind.CODE),
    Column("full_name", form_label("policy", "full_name"), 26),
    Column("staff_code", form_label("policy", "staff_code"), 10, Kind.CODE),
    Column("knowledge", label("knowledge"), 15, Kind.SIGN, "knowledge"),
    Column("position", form_label("policy", "position"), 15),
    Column("category", form_label("policy", "category"), 12, Kind.CODE),
    Column("communicated_on", form_label("policy", "communicated_on"), 12, Kind.DAY),
    Column("channel", form_label("policy", "channel"), 14),
    Column("how_checked", form_label("policy", "how_checked"), 14, Kind.CODE),
    Column("policy_version", form_label("policy", "policy_version"), 13, Kind.CODE),
    Column("absence", form_label("policy", "absence"), 12, Kind.CODE),
    Column("note", form_label("policy", "note"), 22),
    Column("source", label("source"), 8, Kind.SOURCE),
    Column("place", label("place"), 19, Kind.PLACE),
)
_COUNTS = (
    Knowledge.UNDERSTOOD,
    Knowledge.NOT_UNDERSTOOD,
    Knowledge.ABSENT,
    Knowledge.NO_RECORD,
    Knowledge.JOINED_LATER,
    Knowledge.NOT_LISTED,
)
_FIRST_COUNT, _WIDTH_OF_A_COUNT = 4, 12


def write_policy(draft: Draft) -> dict[str, Placed]:
    """Write the sheet; gives where its tables stand: coverage and people."""
    covered, people = draft.committee.coverage, draft.committee.people
    canvas = draft.begin("policy", [column.width for column in _PEOPLE])
    people_row = HEADER_ROW + max(len(covered), 1) + 4
    canvas.line(people_row - 1, say("committee.heading.people"), looks.HEADING)
    told = people.assign(place=draft.addresses.of(people["source"], people["excel_row"], "policy", "understood"))
    placed_people = canvas.table(people_row, "tung_nguoi", _PEOPLE, told, say("committee.empty.people"))
    names = {division.code: division.name for division in draft.committee.settings.divisions}
    named = covered.assign(division_name=covered["division"].map(names).astype("str"))
    placed = _coverage(canvas, named, placed_people)
    _total(canvas, named, placed)
    draft.finish(canvas, placed_people.last_row, len(_PEOPLE), people_row)
    return {"coverage": placed, "people": placed_people}


def _coverage(canvas: Canvas, covered: pd.DataFrame, people: Placed) -> Placed:
    first, last = column_name(_FIRST_COUNT), column_name(_FIRST_COUNT + len(COUNTED) - 1)
    columns = (
        Column("division", label("division"), 9, Kind.CODE),
        Column("division_name", label("division_name"), 26),
        Column(
            "expected", label("expected_people"), 10, Kind.WHOLE, formula=lambda row: f"=SUM({first}{row}:{last}{row})"
        ),
        *(_count(state, people) for state in _COUNTS),
        Column("share", label("share"), 13, Kind.SHARE, formula=_share),
    )
    canvas.line(HEADER_ROW - 1, say("committee.heading.coverage"), looks.HEADING)
    return canvas.table(HEADER_ROW, "ty_le_pho_bien", columns, covered, say("committee.empty.coverage"))


def _count(state: Knowledge, people: Placed) -> Column:
    divisions, states, shown = people.here("division"), people.here("knowledge"), word("knowledge", state)
    return Column(
        str(state),
        shown,
        _WIDTH_OF_A_COUNT,
        Kind.COUNT,
        formula=lambda row: f'=COUNTIFS({divisions},$A{row},{states},"{shown}")',
    )


def _share(row: int) -> str:
    return f'=IF(C{row}=0,"",D{row}/C{row})'


def _total(canvas: Canvas, covered: pd.DataFrame, placed: Placed) -> None:
    row = placed.last_row + 1
    text = canvas.book.look(**looks.BODY, **looks.TOTAL)
    canvas.sheet.text(row, 1, label("total"), text)
    canvas.sheet.blank(row, 2, text)
    look = canvas.book.look(**looks.FIGURE, **looks.TOTAL, num_format=looks.COUNT_FORMAT)
    for name in ("expected", *map(str, _COUNTS)):
        formula = f"=SUM({placed.here(name)})"
        canvas.sheet.formula(row, placed.columns[name], formula, value=int(covered[name].sum()), look=look)
    expected = int(covered["expected"].sum())
    share = covered[str(Knowledge.UNDERSTOOD)].sum() / expected if expected else ""
    shares = canvas.book.look(**looks.FIGURE, **looks.TOTAL, num_format=looks.SHARE_FORMAT)
    canvas.sheet.formula(row, placed.columns["share"], _share(row), value=share, look=shares)
