"""Several numbers of decisions in one cell: how people write them apart, and how they are kept."""

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

APART: Final = "; "
SIGNS: Final = (",", "+", "&", " và ", "\n")
"""What may stand between two of them in place of the semicolon."""
_BETWEEN = re.compile(r"[;,+&\n]|\s+và\s+|\s+(?=\d+\s*/)", re.IGNORECASE)
_DAY_BEHIND = re.compile(r"\s*,?\s*(?:ký\s+)?ngày\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"(?:\b(?:quyết định|qđ)\s*)?\bsố\s*:?\s*(?=\d)|\b(?:quyết định|qđ)\s+(?=\d)", re.IGNORECASE)


def several_of(text: str) -> Sequence[str]:
    """The numbers that a cell names, each once, without the word *Quyết định* before and the day behind them."""
    pieces = _BETWEEN.split(_NAME_BEFORE.sub(";", _DAY_BEHIND.sub("", text)))
    return tuple(dict.fromkeys(piece.strip() for piece in pieces if piece.strip()))


def as_kept(text: str) -> str:
    """The cell as it is kept: its numbers in their order, apart by a semicolon."""
    return APART.join(several_of(text))


def each_of(values: pd.Series) -> pd.Series:
    """The numbers that the kept cells of a column name, one a row, under the index of their cell."""
    return values.str.split(APART).explode().dropna()
