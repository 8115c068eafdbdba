"""One valid submission of each form, as it is typed: the cover, and the rows of each sheet from the first row on."""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.spreadsheet import RawCell

Value = str | float | dt.date | RawCell | None
"""What is typed into a cell; None clears it."""

Typed = Mapping[str, Value]

_FOLDER = Path(__file__).parent / "bases"

COVER: Typed = {
    "document_no": "12/BC-VP",
    "document_on": dt.date(2019, 1, 15),
    "prepared_by": "Trần Thị Mai",
    "telephone": "0299 3821 234",
    "approved_by": "Nguyễn Văn Hòa",
    "signed_on": dt.date(2019, 1, 15),
}


@dataclass(frozen=True)
class Base:
    """A valid submission in which nothing is found; its rows stand in ``bases/<name>.toml``."""

    name: str
    number: str
    division: str
    period: str
    arrived_at: dt.datetime

    @cached_property
    def rows(self) -> Mapping[str, Sequence[Typed]]:
        """The rows by sheet."""
        return tomllib.loads((_FOLDER / f"{self.name}.toml").read_text(encoding="utf-8"))


BASES: Mapping[str, Base] = {
    base.name: base
    for base in (
        Base("BM-01", "BM-01", "VP", "KH", dt.datetime(2019, 1, 20, 9)),
        Base("BM-02", "BM-02", "VP", "6T", dt.datetime(2019, 6, 5, 9)),
        Base("BM-02-CN", "BM-02", "VP", "CN", dt.datetime(2019, 11, 5, 9)),
        Base("BM-03", "BM-03", "VP", "KH", dt.datetime(2019, 3, 20, 9)),
        Base("BM-04", "BM-04", "TCT", "6T", dt.datetime(2019, 6, 5, 9)),
        Base("DM-01", "DM-01", "", "", dt.datetime(2019, 1, 1, 9)),
    )
}
