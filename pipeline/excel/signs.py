"""States as they stand in a cell: a word, a symbol and a colour, all three from ``wording/``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.excel import looks
from pipeline.excel.cells import Book, Look
from pipeline.wording import topic

_WORDS_OF_A_RUN = {"state", "verdict"}
_TOPICS = {"effect": "receipts"}
"""Groups of signs that other workbooks have brought: their topic in ``wording``."""


@dataclass(frozen=True)
class Sign:
    """One state: a word, a symbol and a colour. The cell holds the word alone; the symbol is in its number format."""

    word: str
    symbol: str
    tone: looks.Tone

    @property
    def properties(self) -> looks.Properties:
        """The cell's look."""
        toned, bold = looks.toned(self.tone), self.tone is not looks.Tone.PLAIN
        return {**looks.CENTRED, **toned, "bold": bold, "num_format": f'"{self.symbol} "@'}

    def look(self, book: Book) -> Look:
        """The cell's look in a workbook."""
        return book.look(**self.properties)


@cache
def signs(group: str) -> Mapping[str, Sign]:
    """Every sign of a group (``status``, ``state``…) by its code; where no word is given, the code is the word."""
    words = topic("run")[group] if group in _WORDS_OF_A_RUN else {}
    return {
        code: Sign(entry.get("word", words.get(code, code)), entry["symbol"], looks.Tone(entry["tone"]))
        for code, entry in topic(_TOPICS.get(group, "committee"))["sign"][group].items()
    }


def sign(group: str, code: object) -> Sign:
    """One state's sign; truth values have the codes ``true`` and ``false``.

    Raises:
        KeyError: the group has no such code.
    """
    return signs(group)[str(code).lower() if str(code) in {"True", "False"} else str(code)]


def word(group: str, code: object) -> str:
    """The word of one state."""
    return sign(group, code).word
