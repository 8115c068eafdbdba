"""Rows of all submissions as one typed frame a sheet kind: the shape that pandera judges."""

from collections.abc import Iterable, Mapping

import pandas as pd

from pipeline.parsing.form import ParsedForm
from pipeline.vocabulary.fields import Field, Kind, coded_column, decimals_column, unit_column
from pipeline.vocabulary.sheets import SheetSchema

Frames = Mapping[str, pd.DataFrame]
"""Sheet name to frame. Index ``row_id`` (unique integers); columns ``submission_id``, ``excel_row``, the fields and
their companions. Text is ``str``, numbers ``float64``, days ``datetime64[us]``; a blank is missing."""

_DTYPES = {Kind.TEXT: "str", Kind.CHOICE: "str", Kind.NUMBER: "float64", Kind.DATE: "datetime64[us]"}


def as_frames(parsed: Mapping[int, ParsedForm], sheets: Iterable[SheetSchema]) -> Frames:
    """One frame a sheet over all submissions; ``parsed`` maps submission_id to what was read."""
    return {sheet.name: _frame(parsed, sheet) for sheet in sheets}


def empty_frame(sheet: SheetSchema) -> pd.DataFrame:
    """The frame of a sheet without rows, with every column in its type."""
    return _frame({}, sheet)


def storable_columns(sheet: SheetSchema) -> dict[str, str]:
    """The columns that the ledger keeps for a sheet and their dtypes: fields and coded answers, not typing traces."""
    kept: dict[str, str] = {}
    for field in sheet.fields:
        kept[field.name] = _DTYPES[field.kind]
        if field.coded:
            kept[coded_column(field.name)] = "str"
    return kept


def _frame(parsed: Mapping[int, ParsedForm], sheet: SheetSchema) -> pd.DataFrame:
    rows = [
        {"submission_id": submission_id, **row}
        for submission_id, form in parsed.items()
        for row in form.rows.get(sheet.name, ())
    ]
    columns = {"submission_id": "int64", "excel_row": "int64"}
    for field in sheet.fields:
        columns |= _dtypes(field)
    index = pd.RangeIndex(len(rows), name="row_id")
    return pd.DataFrame(
        {
            # pandas 3 would infer object for a column of None; the dtype is always said.
            name: pd.Series([row.get(name) for row in rows], index=index, dtype=dtype)
            for name, dtype in columns.items()
        },
        index=index,
    )


def _dtypes(field: Field) -> dict[str, str]:
    made = {field.name: _DTYPES[field.kind]}
    if field.coded:
        made[coded_column(field.name)] = "str"
    if field.measured_in:
        made |= {unit_column(field.name): "str", decimals_column(field.name): "float64"}
    return made
