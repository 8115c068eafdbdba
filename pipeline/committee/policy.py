"""Sheet 7: who knows the policy. Coverage by division, counted live over the list of people below it."""

import pandas as pd

from pipeline.committee.draft import HEADER_ROW, Draft, Printed, Table, Tables, write_table
from pipeline.committee.words import field, label, own
from pipeline.consolidation import Committee
from pipeline.consolidation.attention import by_kind
from pipeline.consolidation.coverage import COUNTED, Knowledge
from pipeline.consolidation.frames import Coverage, People
from pipeline.excel import looks
from pipeline.excel.signs import word
from pipeline.excel.tables import Canvas, Column, Kind, Placed
from pipeline.sheets.policy import Policy
from pipeline.spreadsheet import column_name
from pipeline.vietnamese import say_date
from pipeline.wording import say

_PEOPLE = (
    own(People.division, 9, Kind.CODE),
    field("policy", Policy.full_name, 26),
    field("policy", Policy.staff_code, 10, Kind.CODE),
    own(People.knowledge, 15, Kind.SIGN, "knowledge"),
    field("policy", Policy.position, 15),
    field("policy", Policy.category, 12, Kind.CODE),
    field("policy", Policy.communicated_on, 12, Kind.DAY),
    field("policy", Policy.channel, 14),
    field("policy", Policy.how_checked, 14, Kind.CODE),
    field("policy", Policy.policy_version, 13, Kind.CODE),
    field("policy", Policy.absence, 12, Kind.CODE),
    field("policy", Policy.note, 22),
    own(People.source, 8, Kind.SOURCE),
    own("place", 19, Kind.PLACE),
)
_PRINTED = 11
_COUNTS = (
    Knowledge.UNDERSTOOD, Knowledge.NOT_UNDERSTOOD, Knowledge.ABSENT, Knowledge.NO_RECORD, Knowledge.FORMER,
    Knowledge.JOINED_LATER, Knowledge.NOT_LISTED,
)  # fmt: skip
_FIRST_COUNT, _WIDTH_OF_A_COUNT = 4, 12


def write_policy(draft: Draft) -> Tables:
    """Write the sheet; gives where its tables stand: coverage and people."""
    covered, people = draft.committee.coverage, draft.committee.people
    canvas = draft.begin("policy", _PEOPLE)
    canvas.line(HEADER_ROW - 1, f"{say('committee.heading.coverage')}. {_version(draft.committee)}", looks.HEADING)
    people_row = HEADER_ROW + max(len(covered), 1) + 4
    rows = people.assign(place=draft.places(people["source"], people["excel_row"], "policy", Policy.understood))
    placed_people = write_table(canvas, people_row, Table("tung_nguoi", _PEOPLE, "people", "people"), rows)
    covered = covered.assign(division_name=covered["division"].map(draft.committee.names).astype("str"))
    covered = covered.set_index("division").reindex(by_kind(covered["division"], draft.committee)).reset_index()
    placed = _coverage(canvas, covered, placed_people)
    _total(canvas, covered, placed)
    # On paper only those who have not understood, who stand first.
    waiting = int((people[People.knowledge] != Knowledge.UNDERSTOOD).sum())
    last = people_row + waiting if waiting else placed.last_row + 1
    draft.finish(canvas, Printed(last, _PRINTED, [placed.block, placed_people.block], 1, placed_people))
    return {"coverage": placed, "people": placed_people}


def _version(committee: Committee) -> str:
    """Which version is counted, and by when it must be known."""
    policy, due = committee.policy, committee.policy_due_on
    facts = {"version": policy.version, "day": say_date(policy.approved_on)}
    return say("committee.policy.version", **facts) + (say("committee.policy.due", day=say_date(due)) if due else "")


def _coverage(canvas: Canvas, covered: pd.DataFrame, people: Placed) -> Placed:
    first, last = column_name(_FIRST_COUNT), column_name(_FIRST_COUNT + len(COUNTED) - 1)
    expected = own(Coverage.expected, 10, Kind.WHOLE, named="expected_people")
    columns = (
        own(Coverage.division, 9, Kind.CODE),
        own("division_name", 26),
        expected.live(lambda row: f"=SUM({first}{row}:{last}{row})"),
        *(_count(state, people) for state in _COUNTS),
        own(Coverage.share, 13, Kind.SHARE).live(_share),
    )
    return write_table(canvas, HEADER_ROW, Table("ty_le_pho_bien", columns, "coverage"), covered)


def _count(state: Knowledge, people: Placed) -> Column:
    divisions, states, text = people.here("division"), people.here("knowledge"), word("knowledge", state)
    column = Column(str(state), text, _WIDTH_OF_A_COUNT, Kind.COUNT)
    return column.live(lambda row: f'=COUNTIFS({divisions},$A{row},{states},"{text}")')


def _share(row: int) -> str:
    return f'=IF(C{row}=0,"",D{row}/C{row})'


def _total(canvas: Canvas, covered: pd.DataFrame, placed: Placed) -> None:
    row, text = placed.last_row + 1, canvas.look(looks.BODY, looks.TOTAL)
    canvas.sheet.text(row, 1, label("total"), text)
    canvas.sheet.blank(row, 2, text)
    look = canvas.look(looks.FIGURE, looks.TOTAL, num_format=looks.COUNT_FORMAT)
    for name in ("expected", *map(str, _COUNTS)):
        formula = f"=SUM({placed.here(name)})"
        canvas.sheet.formula(row, placed.columns[name], formula, value=int(covered[name].sum()), look=look)
    expected = int(covered["expected"].sum())
    share = covered[str(Knowledge.UNDERSTOOD)].sum() / expected if expected else ""
    shares = canvas.look(looks.FIGURE, looks.TOTAL, num_format=looks.SHARE_FORMAT)
    canvas.sheet.formula(row, placed.columns["share"], _share(row), value=share, look=shares)
