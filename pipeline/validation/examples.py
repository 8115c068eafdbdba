"""Examples that pass where they stand: the field's own example gives way to what its row, its form and its year allow.

Somebody who types just what the answer suggests shall not be returned a second time for it.
"""

from collections.abc import Iterable
from dataclasses import replace

from pipeline.findings import Finding
from pipeline.parsing import ParsedForm
from pipeline.spreadsheet import cell_position
from pipeline.validation.spots import MAKERS, REFERRING, Spot, Told, first_listed

__all__ = ["Told", "with_examples"]


def with_examples(findings: Iterable[Finding], read: ParsedForm, submission_id: int, told: Told) -> list[Finding]:
    """The findings of a submission, each example that of its own cell where one can be made."""
    sheets = {located.title: name for name, located in read.addresses.maps.items()}
    exemplified = []
    for finding in findings:
        sheet, example = sheets.get(finding.sheet, ""), None
        if sheet and finding.cell and finding.field and "example" in finding.facts:
            row = 1 if sheet in read.addresses.covers else cell_position(finding.cell)[0]
            example = _example(sheet, finding.field, row, submission_id, told)
        exemplified.append(
            replace(finding, facts={**finding.facts, "example": example}) if example is not None else finding
        )
    return exemplified


def _example(sheet: str, field: str, row: int, submission_id: int, told: Told) -> str | None:
    """The example of one cell; None for the field's own."""
    rows = told.rows[sheet]
    own = rows[(rows["submission_id"] == submission_id) & (rows["excel_row"] == row)]
    if own.empty:
        return None
    spot = Spot(told, submission_id, {str(name): value for name, value in own.iloc[0].items()})
    made = MAKERS.get((sheet, field))
    example = made(spot) if made else first_listed(spot, sheet, field)
    return example if example or (sheet, field) in REFERRING else None
