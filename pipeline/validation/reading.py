"""The findings of reading, with a suggestion that suits the row: reading itself sees one cell alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from pipeline.findings import Finding, entry_of
from pipeline.parsing import ParsedForm
from pipeline.validation.facts import PROPOSAL, Beside
from pipeline.vietnamese import format_date, read_date
from pipeline.vocabulary.fields import Field, Kind
from pipeline.vocabulary.sheets import SheetSchema

_Place = tuple[str, str]
_DAY_AND_MONTH = re.compile(r"\d{1,2} ?/ ?\d{1,2}")


def with_suggestions(
    findings: Sequence[Finding], read: ParsedForm, schema: SheetSchema, rows: pd.DataFrame, beside: Beside
) -> list[Finding]:
    """The findings of one submission, those of reading at cells of one sheet with the value that would suit there.

    ``rows`` are the sheet's rows of the submission with their context.
    """
    suited = _suited(read, schema, rows, beside)
    return [_with(finding, suited.get((finding.sheet, finding.cell))) for finding in findings]


def _with(finding: Finding, suited: Mapping[str, str] | None) -> Finding:
    """The finding with what suits, unless the cell itself says what was meant."""
    wanted = entry_of(finding.code).facts
    if suited is None or finding.facts.get(PROPOSAL):
        return finding
    return replace(finding, facts={**finding.facts, **{name: suited[name] for name in suited if name in wanted}})


def _suited(
    read: ParsedForm, schema: SheetSchema, rows: pd.DataFrame, beside: Beside
) -> Mapping[_Place, Mapping[str, str]]:
    """By title and cell, what would suit where a cell could not be read."""
    strays = [(row, name) for sheet, row, name in read.unreadable if sheet == schema.name]
    by_row = dict(zip(rows["excel_row"], rows.to_dict("records"), strict=True)) if strays else {}
    title = read.addresses.title(schema.name)
    return {
        (title, read.addresses.cell(schema.name, name, row)): {
            **beside.suggestion(schema, schema.field(name), by_row[row]),
            **_day_of_the_year(schema.field(name), read.visible.get((schema.name, row, name), ""), by_row[row]),
        }
        for row, name in strays
    }


def _day_of_the_year(field: Field, typed: str, row: Mapping[str, Any]) -> Mapping[str, str]:
    """For “16/3” the day of that name in the form's year; nothing for anything else."""
    year = str(row.get("year"))
    day = read_date(f"{typed}/{year}").value if field.kind is Kind.DATE and _DAY_AND_MONTH.fullmatch(typed) else None
    return {PROPOSAL: format_date(day)} if day is not None and year.isdecimal() else {}
