"""The columns of a frame, each written once, with its dtype."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

import pandas as pd

from pipeline.vocabulary.fields import DTYPES, Columns, coded_column

TEXT: Final = "str"
NUMBER: Final = "float64"
COUNT: Final = "int64"
DAY: Final = "datetime64[us]"
TRUTH: Final = "bool"
ROW: Final = "row"
"""An id or an Excel row: whole, and with a point where one is missing."""
SOURCE: Final = "source"
"""The N-code of a file, put beside an id when every frame is there."""


class Frame:
    """The columns of a frame with their dtypes, as names: in ``due_on = DAY`` it is ``Obligations.due_on == "due_on"``.

    ``fields`` are the columns of a form's sheet, which stand before its own; ``pattern`` is that of further columns.
    """

    dtypes: ClassVar[Mapping[str, str]] = {}
    pattern: ClassVar[str] = ""

    def __init_subclass__(cls, fields: type[Columns] | None = None, pattern: str = "") -> None:
        own = {name: dtype for name, dtype in vars(cls).items() if not name.startswith("_")}
        cls.dtypes, cls.pattern = {**cls.dtypes, **(_columns_of(fields) if fields else {}), **own}, pattern
        for name in own:
            setattr(cls, name, name)

    @classmethod
    def columns(cls) -> list[str]:
        """The columns that the maker of the frame gives it, in their order."""
        return [name for name, dtype in cls.dtypes.items() if dtype != SOURCE]

    @classmethod
    def of(cls, rows: Iterable[Any] = ()) -> pd.DataFrame:
        """The frame of these rows, each in the order of the columns; without any the empty one."""
        names, every = cls.columns(), list(rows)
        dtypes = {name: NUMBER if cls.dtypes[name] == ROW else cls.dtypes[name] for name in names}
        # Each column in its dtype at once, as the ledger's tables are read.
        values = zip(*every, strict=True) if every else [()] * len(names)
        columns = zip(names, values, strict=True)
        return pd.DataFrame({name: pd.Series(of, dtype=dtypes[name]) for name, of in columns})


def _columns_of(fields: type[Columns]) -> dict[str, str]:
    """What the ledger keeps of a sheet."""
    every = {field.name: field for field in fields.fields()}
    coded = {coded_column(name): TEXT for name, field in every.items() if field.coded}
    return {name: DTYPES[field.kind] for name, field in every.items()} | coded
