"""From a row back to the file, sheet and cell that it was read from: as words and as a link (committee_workbook.md)."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd
from xlsxwriter.url import Url

from pipeline.forms import FORMS, fields_of
from pipeline.spreadsheet import cell_name


class Place(NamedTuple):
    """A cell of a submitted file; ``source`` is the file's N-code."""

    source: str
    sheet: str
    cell: str

    @property
    def words(self) -> str:
        """The sheet and the cell: ``Kết quả!E7``."""
        return f"{self.sheet}!{self.cell}"

    @property
    def anchor(self) -> str:
        """The same as Excel takes it behind a path."""
        return f"'{self.sheet}'!{self.cell}"


class Original(Url):  # type: ignore[misc] # XlsxWriter brings no types
    """A link to an archived original. XlsxWriter would write it with the backslashes that only Windows understands."""

    def _target(self) -> str:
        return str(super()._target()).replace("\\", "/")


@cache
def _laid_out() -> Mapping[str, tuple[str, Mapping[str, int]]]:
    """Each table sheet's title and the column of each of its fields, as the template lays them out."""
    return {
        str(schema.name): (
            str(schema.title),
            {field.name: column for column, field in enumerate(fields_of(schema), 1)},
        )
        for form in FORMS
        for schema in form.sheets
    }


def places(sources: pd.Series, rows: pd.Series, table: str, fields: str | Iterable[str]) -> pd.Series:
    """Each row's place in its file, missing where it has none: ``table`` and ``fields`` as the forms name them.

    The row is the one that was read. The column is the template's: where a clerk moved columns, the cell lies in the
    same row.
    """
    title, columns = _laid_out()[table]
    named = [fields] * len(sources) if isinstance(fields, str) else list(fields)
    made = [
        None if pd.isna(source) or pd.isna(row) else Place(str(source), title, cell_name(int(row), columns[field]))
        for source, row, field in zip(sources, rows, named, strict=True)
    ]
    return pd.Series(made, index=sources.index, dtype=object)


def result_places(frame: pd.DataFrame) -> pd.Series:
    """Where each figure of a BM-02 was read: its result, or the estimate of the whole year that it is judged by."""
    fields = frame["by_estimate"].map({True: "full_year_estimate", False: "actual"})
    return places(frame["report_source"], frame["report_row"], "results", fields)
