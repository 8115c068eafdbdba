"""For which field of which row a value is to be suggested, and what stands around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pipeline.forms import Field, field_named, rules_of
from pipeline.parsing import Frames
from pipeline.validation.context import Known
from pipeline.vietnamese import format_number

Statistics = Mapping[str, Any]


def typed_figure(value: float) -> str:
    """A number as it is to be typed: without the dots between thousands, which beside % could be decimal points."""
    return format_number(value).replace(".", "")


@dataclass(frozen=True)
class Asking:
    """One field of one row with its context columns; ``tables`` are the frames of all sheets of the form."""

    schema: pa.DataFrameSchema
    field: Field
    row: Mapping[str, Any]
    tables: Frames
    known: Known

    @property
    def name(self) -> str:
        """The field's name."""
        return self.field.name

    @property
    def typed(self) -> Any:  # noqa: ANN401 - text, number or day
        """What stands in the cell; None when it is blank or unreadable."""
        return self.value(self.name)

    @cached_property
    def year(self) -> str:
        """The form's year; "" when it has none, or one that is refused: nothing is proposed from that."""
        year, options = str(self.value("year") or ""), self.known.options
        return year if year in set(options.loc[options["list"] == "years", "value"]) else ""

    @property
    def sheet(self) -> pd.DataFrame:
        """The rows of this submission on the field's sheet."""
        return self.table(str(self.schema.name))

    def table(self, name: str) -> pd.DataFrame:
        """The rows of this submission on a sheet."""
        rows = self.tables[name]
        own: pd.DataFrame = rows[rows["submission_id"] == self.row["submission_id"]]
        return own

    @property
    def other_rows(self) -> pd.DataFrame:
        """The other rows of this submission on the field's sheet."""
        rows: pd.DataFrame = self.sheet[self.sheet["excel_row"] != self.row["excel_row"]]
        return rows

    def value(self, column: object) -> Any:  # noqa: ANN401 - text, number or day
        """What stands in another column of the row; None when it is blank or there is no such column."""
        found = self.row.get(str(column))
        return None if found is None or pd.isna(found) else found

    @cached_property
    def rules(self) -> Sequence[tuple[str, Statistics]]:
        """Every rule of the sheet: its kind and its statistics."""
        return [(str(rule.checks[0].name), rule.checks[0].statistics) for rule in rules_of(self.schema)]

    @cached_property
    def own_rules(self) -> Mapping[str, Statistics]:
        """The statistics of the field's own rules by kind; of two of a kind the first."""
        return {kind: said for kind, said in reversed(self.rules) if said["field"] == self.name}

    def holds(self, case: Mapping[str, tuple[object, ...]]) -> bool:
        """Whether every column of a ``when`` or ``unless`` holds one of its values."""
        return all(self.value(column) in {str(value) for value in values} for column, values in case.items())

    def beside(self, name: str) -> Field:
        """Another field of the sheet."""
        return field_named(self.schema, name)
