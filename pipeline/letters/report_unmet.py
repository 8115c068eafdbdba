"""What was missed, what is open from before, what is no longer held to: sentences and one table of the report."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from pipeline.consolidation import Committee
from pipeline.consolidation.frames import Ended, Unmet
from pipeline.consolidation.matter_words import agency_not_met
from pipeline.consolidation.work import Origin
from pipeline.letters.report_results import Row, TableText, text_or
from pipeline.letters.words import counted, day_words, listed, measured, sentence, shortened, unbroken
from pipeline.vocabulary.choices import Status, YesNo
from pipeline.wording import say, topic

_UNMET_WIDTHS: Final = (56.0, 45.0, 59.0)


def unmet(committee: Committee, most: int, longest: int) -> Iterator[str | TableText]:
    """What was missed this period in a table, what is open from before in a sentence (TCVN ISO 9001, 10.2).

    ``longest``: characters of what a division wrote that a cell takes; the workbook has the whole.
    """
    every, of_agency = committee.unmet, agency_not_met(committee.agency_objectives)
    if of_agency:
        yield of_agency
    missed = every[every["origin"] == Origin.THIS_PERIOD]
    carried, estimated = len(every) - len(missed), missed["status"] == Status.NOT_MET_BY_ESTIMATE
    if estimated.all():
        yield say(f"report.unmet.{'none' if committee.figures['judged'] else 'none_judged'}")
    else:
        divisions = missed.loc[~estimated, "division"].nunique()
        yield say("report.unmet.counts", count=counted((~estimated).sum()), divisions=counted(divisions))
    if estimated.any():
        yield say("report.unmet.by_estimate", count=counted(estimated.sum()))
    if carried:
        yield say("report.unmet.carried", count=counted(carried))
    if committee.figures["actions_overdue"]:
        yield say("report.unmet.overdue", count=counted(committee.figures["actions_overdue"]))
    if len(committee.ended):
        yield say("report.unmet.no_longer", which=listed(_ended(committee)))
    if len(missed):
        yield _unmet_table(missed.head(most), committee, longest)
    if len(missed) > most:
        yield say("report.unmet.more", count=counted(len(missed) - most))


def _ended(committee: Committee) -> list[str]:
    columns = ["division", Ended.code, Ended.approving_document]
    rows = committee.ended[columns].itertuples(index=False, name=None)
    no_document = say("report.unmet.no_document")
    return [
        say("report.unmet.one_no_longer", division=division, code=code, document=text_or(document, no_document))
        for division, code, document in rows
    ]


def _unmet_table(missed: pd.DataFrame, committee: Committee, longest: int) -> TableText:
    number = 1 + (not committee.objective_results.empty) + (not committee.agency_objectives.empty)
    commitments = committee.objective_results.set_index(["division", "code"])["commitment"].to_dict()
    rows = tuple(
        (_objective(row, commitments.get((row["division"], row["code"]))), _text(row["cause"]), _action(row))
        for row in missed.assign(**_cut(missed, longest)).to_dict("records")
    )
    columns = tuple(topic("report")["columns"]["unmet"])
    return TableText(say("report.table.unmet", number=number), columns, _UNMET_WIDTHS, rows)


def _objective(row: Row, commitment: object) -> str:
    facts = {"division": row["division"], "code": row["code"], "statement": sentence(str(row["statement"]))}
    objective = say("report.unmet.objective", **facts)
    facts = {"objective": objective, "value": _value(row)}
    if row["word"] in tuple(YesNo):
        return say("report.unmet.result", **facts, commitment=say("report.unmet.done"))
    if isinstance(commitment, str) and commitment:
        return say("report.unmet.result", **facts, commitment=unbroken(commitment))
    return say("report.unmet.result_alone", **facts)


def _value(row: Row) -> str:
    value, word = row["value"], row["word"]
    if isinstance(value, float) and not pd.isna(value):
        figure = measured(value, row["unit"])
        return say("report.unmet.estimated", value=figure) if row["by_estimate"] else figure
    if word in tuple(YesNo):
        return say("report.unmet.done" if word == YesNo.YES else "report.unmet.not_done")
    return word if isinstance(word, str) and word else say("report.unmet.no_value")


def _text(text: object) -> str:
    return sentence(text) if isinstance(text, str) and text.strip() else say("report.unmet.no_action")


def _cut(missed: pd.DataFrame, longest: int) -> dict[str, pd.Series]:
    """What divisions wrote, cut between two words where a cell has no room for the whole."""
    columns = (Unmet.statement, Unmet.cause, Unmet.corrective_action)
    return {
        name: missed[name].map(lambda text: shortened(" ".join(text.split()), longest), na_action="ignore")
        for name in columns
    }


def _action(row: Row) -> str:
    action, owner, due = row[Unmet.corrective_action], row[Unmet.action_owner], row[Unmet.action_due_on]
    if not isinstance(action, str) or not action.strip():
        return say("report.unmet.no_action")
    dash = say("report.table.no_share")
    day = dash if pd.isna(due) else day_words(pd.Timestamp(due).date())  # type: ignore[call-overload,arg-type]
    return say("report.unmet.action", action=sentence(action), owner=owner if isinstance(owner, str) else dash, due=day)
