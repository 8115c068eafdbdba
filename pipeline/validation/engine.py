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
from pipeline.parsing import Frames, ParsedForm, as_frames
from pipeline.validation.facts import Beside, Failure, to_finding
from pipeline.validation.reading import with_suggestions
from pipeline.vocabulary.rows import Knowledge, Mask, Rows
from pipeline.vocabulary.rules import Rule, column_of
from pipeline.vocabulary.sheets import Form, SheetSchema

_STAFF_REASONS = {SchemaErrorReason.DATAFRAME_CHECK, SchemaErrorReason.SERIES_CONTAINS_NULLS}


class JudgingError(RuntimeError):
    """Our own fault while judging: a check that raised, a column of the wrong type."""


def judge(
    parsed: Mapping[int, ParsedForm], form: Form, submissions: pd.DataFrame, knowledge: Knowledge
) -> dict[int, list[Finding]]:
    """Every finding of every submission of one form, reading first, then sheet by sheet, row by row.

    ``parsed`` maps submission_id to what was read; ``submissions`` is indexed by the same ids and carries division,
    year, period, period_code, period_kind, arrived_on, form_due_on, formats_known, is_revision, identity_division,
    identity_year and identity_period.

    Raises:
        JudgingError: a check raised or a frame did not have the promised shape: ours, never the sender's.
    """
    tables = as_frames(parsed, form.all_sheets)
    findings = {submission_id: list(read.findings) for submission_id, read in parsed.items()}
    for schema in form.all_sheets:
        tables, judged = _judged_rows(schema, tables, submissions, knowledge)
        beside = Beside(tables, knowledge)
        for submission_id, read in parsed.items():
            if read.unreadable:
                own = judged[judged["submission_id"] == submission_id]
                findings[submission_id] = with_suggestions(findings[submission_id], read, schema, own, beside)
        for failure in _one_a_cell(sorted(_failures(schema, judged), key=lambda failure: failure.order)):
            submission_id = int(failure.row["submission_id"])
            finding = to_finding(failure, form, parsed[submission_id], beside)
            if finding is not None:
                findings[submission_id].append(finding)
    return findings


def _one_a_cell(failures: Sequence[Failure]) -> Iterator[Failure]:
    """A value that is wrong in itself is told once: what other rules then say of the same cell only follows from it."""
    spoilt = {(failure.order[0], failure.field.name) for failure in failures if failure.is_of_value}
    for failure in failures:
        if failure.is_of_value or failure.place or (failure.order[0], failure.field.name) not in spoilt:
            yield failure


def _judged_rows(
    schema: SheetSchema, tables: Frames, submissions: pd.DataFrame, knowledge: Knowledge
) -> tuple[Frames, pd.DataFrame]:
    """The rows of a sheet with one boolean column a rule; and the frames in which doubtful numbers are blank."""
    of_reading = [rule for rule in schema.rules if rule.is_of_reading]
    others = [rule for rule in schema.rules if not rule.is_of_reading]
    rows = _with_context(schema, Rows(tables[schema.name], tables, knowledge), submissions)
    doubts = _held(of_reading, rows)
    if not all(mask.all() for mask in doubts.values()):
        as_written, certain = tables[schema.name], tables[schema.name].copy()
        for rule in of_reading:
            certain[rule.field] = certain[rule.field].where(doubts[column_of(rule)])
        tables = {**tables, schema.name: certain}
        rows = _with_context(schema, Rows(certain, tables, knowledge), submissions)
        doubts |= {rule.field: as_written[rule.field] for rule in of_reading}
    return tables, rows.frame.assign(**_held(others, rows), **doubts)


def _with_context(schema: SheetSchema, rows: Rows, submissions: pd.DataFrame) -> Rows:
    """The rows with what is known of their submission, and with every column that the sheet's rules lean on."""
    carried = submissions.drop(columns=[column for column in submissions if column in rows.frame.columns])
    rows = Rows(rows.frame.join(carried, on="submission_id"), rows.tables, rows.knowledge)
    for join in dict.fromkeys(join for rule in schema.rules for join in rule.needs):
        rows = Rows(rows.frame.assign(**join(rows)), rows.tables, rows.knowledge)
    return rows


def _held(rules: Sequence[Rule], rows: Rows) -> dict[str, Mask]:
    """Where each rule is kept, by the rule's column."""
    return {column_of(rule): rule.kept(rows).fillna(value=True).astype(bool) for rule in rules}


def _failures(schema: SheetSchema, judged: pd.DataFrame) -> Iterator[Failure]:
    if judged.empty:
        return
    try:
        schema.checks.validate(judged, lazy=True)
    except SchemaErrors as errors:
        places = {name: place for place, name in enumerate(schema.checks.columns)}
        records = _records(judged, errors)
        for error in errors.schema_errors:
            yield from _failed_rows(schema, error, records, places)


def _records(judged: pd.DataFrame, errors: SchemaErrors) -> Mapping[int, Mapping[str, Any]]:
    """The failing rows as plain mappings, made once."""
    numbers = {int(row) for error in errors.schema_errors for row in _row_ids(error)}
    failing = judged.loc[sorted(numbers)]
    return dict(zip(failing.index, failing.to_dict("records"), strict=True))


def _row_ids(error: SchemaError) -> list[int]:
    if error.reason_code not in _STAFF_REASONS:
        raise JudgingError(error.reason_code, error)
    return [int(row) for row in error.failure_cases["index"]]


def _failed_rows(
    schema: SheetSchema, error: SchemaError, records: Mapping[int, Mapping[str, Any]], places: Mapping[str, int]
) -> Iterator[Failure]:
    column = error.schema.name
    code = str(error.check.error) if isinstance(error.check, pa.Check) else None
    rule = (error.schema.metadata or {}).get("rule")
    for row_id in _row_ids(error):
        yield Failure(schema, column, code, rule, records[row_id], order=(row_id, places[column]))
