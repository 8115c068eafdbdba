"""One pandera call a sheet kind, over the rows of all submissions; its error frames become findings at their cells.

What pandera 0.35 does, measured here: a call costs 12-30 ms for 15 rows as for 1,500; the lazy report carries the Check
itself, so codes and facts are taken from it and not from its text; a check that raises is reported like a failed one,
which would send staff our own fault, so it is raised instead (Z9xx).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from pipeline.findings import Finding
from pipeline.forms import Form, rules_of
from pipeline.parsing import Frames, ParsedForm, as_frames
from pipeline.validation.context import Known, with_context
from pipeline.validation.facts import Beside, Failure, to_finding
from pipeline.validation.masks import MASKS, Asked
from pipeline.validation.reading import with_suggestions

_STAFF_REASONS = {SchemaErrorReason.DATAFRAME_CHECK, SchemaErrorReason.SERIES_CONTAINS_NULLS}


class JudgingError(RuntimeError):
    """Our own fault while judging: a check that raised, a column of the wrong type."""


def judge(
    parsed: Mapping[int, ParsedForm], form: Form, submissions: pd.DataFrame, known: Known
) -> dict[int, list[Finding]]:
    """Every finding of every submission of one form, reading first, then sheet by sheet, row by row.

    ``parsed`` maps submission_id to what was read; ``submissions`` is indexed by the same ids (see ``with_context``).

    Raises:
        JudgingError: a check raised or a frame did not have the promised shape: ours, never the sender's.
    """
    frames = as_frames(parsed, form.all_sheets)
    findings = {submission_id: list(read.findings) for submission_id, read in parsed.items()}
    for schema in form.all_sheets:
        frames, judged = _judged_rows(schema, frames, submissions, known)
        beside = Beside(frames, known)
        for submission_id, read in parsed.items():
            if read.unreadable:
                own = judged[judged["submission_id"] == submission_id]
                findings[submission_id] = with_suggestions(findings[submission_id], read, schema, own, beside)
        for failure in _one_a_cell(sorted(_failures(schema, judged), key=lambda failure: failure.order)):
            read = parsed[int(failure.row["submission_id"])]
            finding = to_finding(failure, form, read, beside)
            if finding is not None:
                findings[int(failure.row["submission_id"])].append(finding)
    return findings


def _one_a_cell(failures: Sequence[Failure]) -> Iterator[Failure]:
    """A value that is wrong in itself is told once: what other rules then say of the same cell only follows from it."""
    spoilt = {(failure.order[0], failure.field.name) for failure in failures if failure.is_of_value}
    for failure in failures:
        if failure.is_of_value or failure.place or (failure.order[0], failure.field.name) not in spoilt:
            yield failure


_OF_READING = ("unit_as_declared", "surely_percent")
"""Rules that say that a number may not be what it seems; until the sender answers, no other rule may lean on it."""


def _judged_rows(
    schema: pa.DataFrameSchema, frames: Frames, submissions: pd.DataFrame, known: Known
) -> tuple[Frames, pd.DataFrame]:
    """The rows of a sheet with one boolean column a rule; and the frames in which doubtful numbers are blank."""
    name = str(schema.name)
    of_reading = [rule for rule in rules_of(schema) if rule.checks[0].name in _OF_READING]
    others = [rule for rule in rules_of(schema) if rule.checks[0].name not in _OF_READING]
    rows = with_context(name, frames, submissions, known)
    doubts = _held(of_reading, rows, frames, known)
    if not all(mask.all() for mask in doubts.values()):
        certain = frames[name].copy()
        for rule in of_reading:
            field = rule.checks[0].statistics["field"]
            certain[field] = certain[field].where(doubts[str(rule.name)])
        as_written, frames = frames[name], {**frames, name: certain}
        rows = with_context(name, frames, submissions, known)
        doubts |= {field: as_written[field] for field in {str(r.checks[0].statistics["field"]) for r in of_reading}}
    return frames, rows.assign(**_held(others, rows, frames, known), **doubts)


def _held(rules: Sequence[pa.Column], rows: pd.DataFrame, frames: Frames, known: Known) -> dict[str, pd.Series]:
    """Where each rule is kept, by the rule's column."""
    held = {}
    for rule in rules:
        facts = rule.checks[0].statistics
        mask = MASKS[rule.checks[0].name](Asked(rows, facts["field"], facts, frames, known))
        held[str(rule.name)] = mask.fillna(value=True).astype(bool)
    return held


def _failures(schema: pa.DataFrameSchema, judged: pd.DataFrame) -> Iterator[Failure]:
    if judged.empty:
        return
    try:
        schema.validate(judged, lazy=True)
    except SchemaErrors as errors:
        places = {name: place for place, name in enumerate(schema.columns)}
        records = _records(judged, errors)
        for error in errors.schema_errors:
            yield from _failed_rows(schema, error, records, places)


def _records(judged: pd.DataFrame, errors: SchemaErrors) -> Mapping[int, Mapping[str, Any]]:
    """The failing rows as plain mappings, made once."""
    wanted = {int(row) for error in errors.schema_errors for row in _row_ids(error)}
    failing = judged.loc[sorted(wanted)]
    return dict(zip(failing.index, failing.to_dict("records"), strict=True))


def _row_ids(error: SchemaError) -> list[int]:
    if error.reason_code not in _STAFF_REASONS:
        raise JudgingError(error.reason_code, error)
    return [int(row) for row in error.failure_cases["index"]]


def _failed_rows(
    schema: pa.DataFrameSchema,
    error: SchemaError,
    records: Mapping[int, Mapping[str, Any]],
    places: Mapping[str, int],
) -> Iterator[Failure]:
    check = error.check if isinstance(error.check, pa.Check) else None
    column = str(error.schema.name)
    for row_id in _row_ids(error):
        yield Failure(schema, column, check, records[row_id], order=(row_id, places[column]))
