"""What recorded decisions change: due dates, exemptions; and the words in which they are told."""

from typing import Any

import pandas as pd

from pipeline.findings import DecisionKind
from pipeline.obligations.counting import OBLIGATION
from pipeline.vietnamese import say_date
from pipeline.wording import say

ON_OBLIGATIONS = (DecisionKind.EXEMPTED, DecisionKind.EXTENDED, DecisionKind.WITHDRAWN)
"""The kinds that concern one obligation, in the order in which they are told."""


def with_decisions(owed: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """The obligations with agreed_on (the first due date where due_on is an extended one, else missing) and is_exempt.

    ``decisions`` as ``ledger.tables.read_decisions`` gives them: those that stand, in the order of recording. Of one
    kind for one obligation the last one counts. An extension never brings a due date forward, not even where the
    settings have moved it past the extension since.
    """
    extended = owed.merge(_last(decisions, DecisionKind.EXTENDED), on=OBLIGATION, how="left").set_index(owed.index)
    is_extended = extended["until"] > owed["due_on"]
    exempted = owed.merge(_last(decisions, DecisionKind.EXEMPTED), on=OBLIGATION, how="left").set_index(owed.index)
    return owed.assign(
        due_on=owed["due_on"].mask(is_extended, extended["until"]),
        agreed_on=owed["due_on"].where(is_extended),
        is_exempt=exempted["decision_id"].notna(),
    )


def decision_words(owed: pd.DataFrame, decisions: pd.DataFrame) -> pd.Series:
    """What was decided about each obligation, with reason, document and number; missing where nothing was."""
    told = [
        _last(decisions, kind).assign(words=lambda rows: [_words(row) for row in rows.to_dict("records")])
        for kind in ON_OBLIGATIONS
    ]
    joined = pd.concat(told).groupby(OBLIGATION, sort=False)["words"].agg(" ".join)
    return owed.merge(joined.reset_index(), on=OBLIGATION, how="left")["words"].set_axis(owed.index).astype("str")


def _last(decisions: pd.DataFrame, kind: DecisionKind) -> pd.DataFrame:
    return decisions[decisions["kind"] == kind].drop_duplicates(OBLIGATION, keep="last")


def _words(decision: dict[Any, Any]) -> str:
    until, document = decision["until"], decision["document"]
    parts = [
        say(f"decisions.told.{decision['kind']}", until="" if pd.isna(until) else say_date(until.date())),
        say("decisions.reason", reason=str(decision["reason"]).rstrip(". ")),
        _document_words(document, decision["document_on"]),
        say("decisions.number", number=decision["decision_id"]),
    ]
    return " ".join(filter(None, parts))


def _document_words(document: object, document_on: pd.Timestamp) -> str:
    """The signed paper that a decision rests on, as a sentence; blank without one."""
    if not isinstance(document, str) or not document:
        return ""
    if pd.isna(document_on):
        return say("decisions.document", document=document)
    return say("decisions.document_dated", document=document, day=say_date(document_on.date()))
