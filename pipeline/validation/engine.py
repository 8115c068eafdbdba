"""Two pandera calls a sheet kind, over the rows of all submissions; their error frames become findings at their cells.

First each value by itself, then, with the wrong ones blank, what holds between values (``doubts``).

What pandera 0.35 does, measured here: a call costs 12-30 ms for 15 rows as for 1,500; the lazy report carries the Check
itself, so codes and facts are taken from it and not from its text; a check that raises is reported like a failed one,
which would send staff our own fault, so it is raised instead (Z9xx).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from pipeline.findings import Finding
from pipeline.parsing import Frames, ParsedForm, as_frames
from pipeline.validation.doubts import Doubts
from pipeline.validation.facts import Beside, Failure, to_finding
from pipeline.validation.reading import with_suggestions
from pipeline.validation.unanswered import unanswered_findings
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
    written = as_frames(parsed, form.all_sheets)
    of_values = {each.name: _of_values(each, written, submissions, knowledge) for each in form.all_sheets}
    doubts = Doubts.of(parsed, of_values)
    certain, context = doubts.blanked(written), doubts.without_wrong_covers(submissions)
    findings = {submission_id: list(read.findings) for submission_id, read in parsed.items()}
    beside = Beside(written, knowledge)
    for schema in form.all_sheets:
        judged = _related(schema, certain, context, knowledge)
        for submission_id, read in parsed.items():
            if read.unreadable:
                own = judged[judged["submission_id"] == submission_id]
                findings[submission_id] = with_suggestions(findings[submission_id], read, schema, own, beside)
        relations = [failure for failure in _failures(schema, schema.relation_checks, judged) if doubts.allow(failure)]
        values = _beside_context(doubts.causes(of_values[schema.name]), judged)
        for failure in _one_a_cell(sorted((*values, *relations), key=lambda failure: failure.order)):
            submission_id = int(failure.row["submission_id"])
            finding = to_finding(failure, form, parsed[submission_id], beside)
            if finding is not None:
                findings[submission_id].append(finding)
    for submission_id, read in parsed.items():
        findings[submission_id] += unanswered_findings(read, submissions.loc[submission_id].to_dict(), knowledge)
    return findings


def _one_a_cell(failures: Sequence[Failure]) -> Iterator[Failure]:
    """A wrong value is told once, by the first that says so; what rules then say of the same cell only follows."""
    values = {(f.order[0], f.field.name): f for f in reversed(failures) if f.is_of_value and not f.place}
    for failure in failures:
        if failure.place or values.get((failure.order[0], failure.field.name), failure) is failure:
            yield failure


def _of_values(
    schema: SheetSchema, tables: Frames, submissions: pd.DataFrame, knowledge: Knowledge
) -> tuple[list[Failure], pd.DataFrame]:
    """Where a value of a sheet is wrong in itself, and which cells are in doubt by it: a boolean column a rule."""
    rules = [rule for rule in schema.rules if rule.is_of_value]
    rows = _with_context(rules, Rows(tables[schema.name], tables, knowledge), submissions)
    failures = list(_failures(schema, schema.value_checks, rows.frame.assign(**_held(rules, rows))))
    broken = {column_of(failure.rule) for failure in failures if failure.rule}
    in_doubt = {column_of(rule): rule.doubts(rows) for rule in rules if column_of(rule) in broken}
    return failures, rows.frame[["submission_id", "excel_row"]].assign(**in_doubt)


def _beside_context(failures: Iterable[Failure], judged: pd.DataFrame) -> Iterator[Failure]:
    """The failures of values, their rows with all that is joined to them, for the words and proposals."""
    for failure in failures:
        joined = {str(name): value for name, value in judged.loc[failure.order[0]].to_dict().items()}
        own = {name: failure.row[name] for field in failure.schema.fields for name in field.dtypes}
        yield replace(failure, row={**failure.row, **joined, **own})


def _related(schema: SheetSchema, tables: Frames, submissions: pd.DataFrame, knowledge: Knowledge) -> pd.DataFrame:
    """The rows of a sheet, wrong values blank, with one boolean column a rule between values."""
    rows = _with_context(schema.rules, Rows(tables[schema.name], tables, knowledge), submissions)
    return rows.frame.assign(**_held([rule for rule in schema.rules if not rule.is_of_value], rows))


def _with_context(rules: Iterable[Rule], rows: Rows, submissions: pd.DataFrame) -> Rows:
    """The rows with what is known of their submission, and with every column that the rules lean on."""
    carried = submissions.drop(columns=[column for column in submissions if column in rows.frame.columns])
    rows = Rows(rows.frame.join(carried, on="submission_id"), rows.tables, rows.knowledge)
    for join in dict.fromkeys(join for rule in rules for join in rule.needs):
        rows = Rows(rows.frame.assign(**join(rows)), rows.tables, rows.knowledge)
    return rows


def _held(rules: Sequence[Rule], rows: Rows) -> dict[str, Mask]:
    """Where each rule is kept, by the rule's column."""
    return {column_of(rule): rule.kept(rows).fillna(value=True).astype(bool) for rule in rules}


def _failures(schema: SheetSchema, checks: pa.DataFrameSchema, judged: pd.DataFrame) -> Iterator[Failure]:
    if judged.empty:
        return
    try:
        checks.validate(judged, lazy=True)
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
