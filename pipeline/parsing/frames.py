"""Rows of all submissions as one typed frame a sheet kind: the shape that pandera judges."""

from collections.abc import Iterable, Mapping

import pandas as pd

from pipeline.parsing.form import ParsedForm
from pipeline.vocabulary.fields import decimals_column, unit_column
from pipeline.vocabulary.sheets import SheetSchema

Frames = Mapping[str, pd.DataFrame]
"""Sheet name to frame. Index ``row_id`` (unique integers); columns ``submission_id``, ``excel_row``, the fields and
their companions. Text is ``str``, numbers ``float64``, days ``datetime64[us]``; a blank is missing."""


def as_frames(parsed: Mapping[int, ParsedForm], sheets: Iterable[SheetSchema]) -> Frames:
    """One frame a sheet over all submissions; ``parsed`` maps submission_id to what was read."""
    return {sheet.name: _frame(parsed, sheet) for sheet in sheets}


def storable_columns(sheet: SheetSchema) -> dict[str, str]:
    """The columns that the ledger keeps for a sheet and their dtypes: fields and coded answers, not typing traces."""
    traces = {name for field in sheet.fields for name in (unit_column(field.name), decimals_column(field.name))}
    return {name: dtype for field in sheet.fields for name, dtype in field.dtypes.items() if name not in traces}


def _frame(parsed: Mapping[int, ParsedForm], sheet: SheetSchema) -> pd.DataFrame:
    rows = [
        {"submission_id": submission_id, **row}
        for submission_id, form in parsed.items()
        for row in form.rows.get(sheet.name, ())
    ]
    columns = {"submission_id": "int64", "excel_row": "int64"}
    columns |= {name: dtype for field in sheet.fields for name, dtype in field.dtypes.items()}
    index = pd.RangeIndex(len(rows), name="row_id")
    return pd.DataFrame(
        {
            # pandas 3 would infer object for a column of None; the dtype is always said.
            name: pd.Series([row.get(name) for row in rows], index=index, dtype=dtype)
            for name, dtype in columns.items()
        },
        index=index,
    )
