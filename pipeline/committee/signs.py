"""States as they are shown: a word, a symbol and a colour, all three from ``wording/``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.committee.looks import CENTRED, Properties, Tone, toned
from pipeline.excel.cells import Book, Look
from pipeline.wording import topic

_TOLD_ELSEWHERE = {"state", "verdict"}
_HOMES = {"effect": "receipts"}
"""Groups that other workbooks have brought: their topic in ``wording``."""


@dataclass(frozen=True)
class Sign:
    """One state as it is shown. The cell holds the word alone; the symbol comes with its number format."""

    word: str
    symbol: str
    tone: Tone

    @property
    def properties(self) -> Properties:
        """The cell's look."""
        return {**CENTRED, **toned(self.tone), "bold": self.tone is not Tone.PLAIN, "num_format": f'"{self.symbol} "@'}

    def look(self, book: Book) -> Look:
        """The cell's look in a workbook."""
        return book.look(**self.properties)


@cache
def signs(group: str) -> Mapping[str, Sign]:
    """Every sign of a group (``status``, ``state``…) by its code; where no word is given, the code is the word."""
    words = topic("run")[group] if group in _TOLD_ELSEWHERE else {}
    return {
        code: Sign(told.get("word", words.get(code, code)), told["symbol"], Tone(told["tone"]))
        for code, told in topic(_HOMES.get(group, "committee"))["sign"][group].items()
    }


def word(group: str, code: object) -> str:
    """The word of one state."""
    return signs(group)[_key(code)].word


def sign(group: str, code: object) -> Sign:
    """One state's sign; truth values are told as ``true`` and ``false``.

    Raises:
        KeyError: the group has no such code.
    """
    return signs(group)[_key(code)]


def _key(code: object) -> str:
    return str(code).lower() if str(code) in {"True", "False"} else str(code)
