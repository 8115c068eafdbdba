"""Section: the objectives that were missed, why, and what is done about it (TCVN ISO 9001:2015, 10.2)."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Final

import pandas as pd

from pipeline.consolidation import Committee
from pipeline.consolidation.work import Origin
from pipeline.letters.covering.model import Block, Section, TableText
from pipeline.letters.covering.phrases import counted, measured, sentence, unbroken
from pipeline.vietnamese import format_date
from pipeline.wording import say, topic

_MOST: Final = 8
"""Objectives that the report tells in full: more would no longer be a covering report."""
_WIDTHS: Final = (53.0, 48.0, 59.0)
Row = Mapping[Hashable, object]


def unmet(committee: Committee) -> Section:
    """What was missed this period in a table, what is still open from before in a sentence."""
    return Section(say("report.section.unmet"), tuple(_blocks(committee)))


def _blocks(committee: Committee) -> Iterator[Block]:
    every = committee.unmet
    missed = every[every["origin"] == Origin.THIS_PERIOD]
    carried = len(every) - len(missed)
    if missed.empty:
        yield say(f"report.unmet.{'none' if committee.figures['judged'] else 'none_judged'}")
    else:
        divisions = missed["division"].nunique()
        yield say("report.unmet.counts", count=counted(len(missed)), divisions=counted(divisions))
    if carried:
        yield say("report.unmet.carried", count=counted(carried))
    if committee.figures["actions_overdue"]:
        yield say("report.unmet.overdue", count=counted(committee.figures["actions_overdue"]))
    if len(missed):
        yield _table(missed, committee)
    if len(missed) > _MOST:
        yield say("report.unmet.more", count=counted(len(missed) - _MOST))


def _table(missed: pd.DataFrame, committee: Committee) -> TableText:
    number = 1 + (not committee.objective_results.empty) + (not committee.agency_objectives.empty)
    commitments = committee.objective_results.set_index(["division", "code"])["commitment"].to_dict()
    told = missed.head(_MOST).to_dict("records")
    rows = tuple(_row(row, commitments.get((row["division"], row["code"]))) for row in told)
    columns = tuple(topic("report")["columns"]["unmet"])
    return TableText(say("report.table.unmet", number=number), columns, _WIDTHS, rows)


def _row(row: Row, commitment: object) -> tuple[str, ...]:
    return (_objective(row, commitment), _told(row["cause"]), _action(row))


def _objective(row: Row, commitment: object) -> str:
    objective = say(
        "report.unmet.objective", division=row["division"], code=row["code"], statement=sentence(str(row["statement"]))
    )
    facts = {"objective": objective, "value": _value(row)}
    if isinstance(commitment, str) and commitment:
        return say("report.unmet.result", **facts, commitment=unbroken(commitment))
    return say("report.unmet.result_alone", **facts)


def _value(row: Row) -> str:
    value, word = row["value"], row["word"]
    if isinstance(value, float) and not pd.isna(value):
        return measured(value, row["unit"])
    return word if isinstance(word, str) and word else say("report.unmet.no_value")


def _told(text: object) -> str:
    return sentence(text) if isinstance(text, str) and text.strip() else say("report.unmet.no_action")


def _action(row: Row) -> str:
    action, owner, due = row["corrective_action"], row["action_owner"], row["action_due_on"]
    if not isinstance(action, str) or not action.strip():
        return say("report.unmet.no_action")
    dash = say("report.table.no_share")
    day = dash if pd.isna(due) else format_date(pd.Timestamp(due).date())  # type: ignore[call-overload,arg-type]
    return say("report.unmet.action", action=sentence(action), owner=owner if isinstance(owner, str) else dash, due=day)
