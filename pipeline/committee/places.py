"""From a row back to the file, sheet and cell that it was read from: as words and as a link (committee_workbook.md)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pandas as pd
from xlsxwriter.url import Url

from pipeline.forms import FORMS
from pipeline.spreadsheet import cell_name
from pipeline.vocabulary.sheets import Form, SheetSchema


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


Layout = Mapping[str, tuple[str, Mapping[str, int]]]
"""Each table sheet's title and the column of each of its fields."""


@cache
def _laid_out() -> Layout:
    """As today's templates lay them out."""
    return _of_forms(lambda _form: frozenset())


@cache
def _laid_out_before() -> Layout:
    """As the earlier version that is still taken laid them out: what was added since was not there."""
    return _of_forms(lambda form: frozenset(added for each in form.earlier if each.is_taken for added in each.lacks))


def _of_forms(lacking: Callable[[Form], frozenset[tuple[str, str]]]) -> Layout:
    return {schema.name: (schema.title, _columns(schema, lacking(form))) for form in FORMS for schema in form.sheets}


def _columns(schema: SheetSchema, lacks: frozenset[tuple[str, str]]) -> Mapping[str, int]:
    names = [field.name for field in schema.fields if (schema.name, field.name) not in lacks]
    return {name: column for column, name in enumerate(names, 1)}


@dataclass(frozen=True)
class Addresses:
    """Where the rows of the files stand; ``earlier`` are the N-codes of those on an earlier version of their form."""

    earlier: frozenset[str]

    def of(self, sources: pd.Series, rows: pd.Series, table: str, fields: str | Iterable[str]) -> pd.Series:
        """Each row's place in its file, missing where it has none: ``table`` and ``fields`` as the forms name them.

        The row is the one that was read. The column is that of the version's template: where a clerk moved columns,
        the cell lies in the same row.
        """
        named = [fields] * len(sources) if isinstance(fields, str) else list(fields)
        made = [
            None if pd.isna(source) or pd.isna(row) else self._place(str(source), table, field, int(row))
            for source, row, field in zip(sources, rows, named, strict=True)
        ]
        return pd.Series(made, index=sources.index, dtype=object)

    def of_results(self, frame: pd.DataFrame) -> pd.Series:
        """Where each figure of a BM-02 was read: its result, or the estimate of the whole year that it is judged by."""
        fields = frame["by_estimate"].map({True: "full_year_estimate", False: "actual"})
        return self.of(frame["report_source"], frame["report_row"], "results", fields)

    def _place(self, source: str, table: str, field: str, row: int) -> Place:
        title, columns = (_laid_out_before() if source in self.earlier else _laid_out())[table]
        return Place(source, title, cell_name(row, columns[field]))
