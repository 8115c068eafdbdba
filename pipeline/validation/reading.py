"""The findings of reading, with a suggestion that suits the row: reading itself sees one cell alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from pipeline.findings import Code, Finding
from pipeline.parsing import ParsedForm
from pipeline.validation.facts import Beside
from pipeline.vocabulary.sheets import SheetSchema

_Place = tuple[str, str]
_FROM_THE_CELL = frozenset({Code.V317})
"""Codes whose example is what the cell itself says."""


def with_suggestions(
    findings: Sequence[Finding], read: ParsedForm, schema: SheetSchema, rows: pd.DataFrame, beside: Beside
) -> list[Finding]:
    """The findings of one submission, those of reading at cells of one sheet with the value that would suit there.

    ``rows`` are the sheet's rows of the submission with their context.
    """
    suited = _suited(read, schema, rows, beside)
    return [_with(finding, suited.get((finding.sheet, finding.cell))) for finding in findings]


def _with(finding: Finding, example: str | None) -> Finding:
    if example is None or finding.code in _FROM_THE_CELL or "example" not in finding.facts:
        return finding
    return replace(finding, facts={**finding.facts, "example": example})


def _suited(read: ParsedForm, schema: SheetSchema, rows: pd.DataFrame, beside: Beside) -> Mapping[_Place, str]:
    """By title and cell, what would suit where a cell could not be read."""
    strays = [(row, name) for sheet, row, name in read.unreadable if sheet == schema.name]
    by_row = dict(zip(rows["excel_row"], rows.to_dict("records"), strict=True)) if strays else {}
    title = read.addresses.title(schema.name)
    return {
        (title, read.addresses.cell(schema.name, name, row)): beside.suggestion(schema, schema.field(name), by_row[row])
        for row, name in strays
    }
