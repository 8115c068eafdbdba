"""What a workbook says otherwise than the one that was laid before the Steering Committee. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

import pandas as pd

from pipeline.achievement import commitment_words
from pipeline.consolidation.committee import Committee
from pipeline.consolidation.frames import Corrections
from pipeline.vietnamese import format_number
from pipeline.wording import say, topic


class Corrected(StrEnum):
    """What differs."""

    FIGURE = "figure"
    OBJECTIVE = "objective"


_Row = tuple[str, str, str, str, str, str]
"""A row of :class:`Corrections`."""


def with_corrections(committee: Committee, presented: Committee) -> Committee:
    """The frames with their differences from those of the workbook that was presented last."""
    rows = [*_figures(presented, committee), *_objectives(presented.objective_results, committee.objective_results)]
    return replace(committee, corrections=Corrections.of(rows))


def _figures(before: Committee, after: Committee) -> Iterator[_Row]:
    """The figures of page 1, by their labels there."""
    for name, label in topic("committee")["figure"].items():
        if name not in after.figures:
            continue
        was, now = (format_number(committee.figures[name]) for committee in (before, after))
        if was != now:
            yield str(Corrected.FIGURE), "", "", label, was, now


def _objectives(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[_Row]:
    """Every objective whose commitment, result or status is another; blank where it was or is not there."""
    was, now = _words_by_objective(before), _words_by_objective(after)
    for division, code in sorted({*was, *now}):
        statement_before, old = was.get((division, code), ("", ""))
        statement, new = now.get((division, code), (statement_before, ""))
        if old != new:
            yield str(Corrected.OBJECTIVE), division, code, statement, old, new


def _words_by_objective(rows: pd.DataFrame) -> Mapping[tuple[str, str], tuple[str, str]]:
    """By division and code the statement, and in one text the status, the result and the commitment."""
    promised = commitment_words(rows).fillna("")
    records = rows.assign(commitment=promised).to_dict("records")
    return {(row["division"], row["code"]): (row["statement"], _words(row)) for row in records}


def _words(row: Mapping[Any, Any]) -> str:
    value = row["word"] if pd.isna(row["value"]) else format_number(round(row["value"], 2))
    facts = {"status": row["status"], "commitment": row["commitment"]}
    if not isinstance(value, str):
        return say("committee.correction.without_result", **facts)
    return say("committee.correction.result", **facts, value=value)
