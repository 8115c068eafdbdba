"""The few pieces that every live formula is made of: what Excel 2010, LibreOffice and WPS all compute alike."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.vietnamese import strip_accents

ALWAYS: Final = "TRUE"
NEVER: Final = "FALSE"
# macOS writes letters in pieces: no formula knows such a text again.
PIECES: Final = tuple("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
_LONGEST_CRITERION: Final = 200
"""Excel refuses a criterion of more than 255 signs."""


def quoted(text: str) -> str:
    """A text as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'


def array(items: Sequence[str]) -> str:
    """Texts as an array constant; a conditional format or a validation may not hold one."""
    return "{" + ",".join(map(quoted, items)) + "}"


def every(*parts: str) -> str:
    """TRUE where all parts are; parts that always hold are left out."""
    return _joined("AND", parts, ALWAYS, NEVER)


def some(*parts: str) -> str:
    """TRUE where one part is; parts that never hold are left out."""
    return _joined("OR", parts, NEVER, ALWAYS)


def negated(part: str) -> str:
    """TRUE where the part is not."""
    return {ALWAYS: NEVER, NEVER: ALWAYS}.get(part, f"NOT({part})")


def blank(cell: str) -> str:
    """Nothing but spaces stands there."""
    return f'TRIM({cell})=""'


def filled(cell: str) -> str:
    """Something stands there."""
    return f'TRIM({cell})<>""'


def is_text(value: str) -> str:
    """A text that is not blank."""
    return every(f"ISTEXT({value})", filled(value))


def is_one(cell: str, words: Sequence[str]) -> str:
    """The cell holds one of the words, whatever their case. Excel tells accents apart."""
    if not words:
        return NEVER
    if len(words) == 1:
        return f"TRIM({cell})={quoted(words[0])}"
    return f"OR(TRIM({cell})={array(words)})"


def is_listed(cell: str, texts: str) -> str:
    """The cell holds one of the texts of a list, be it an array constant or a range."""
    return f"SUMPRODUCT(--(TRIM({cell})={texts}))>0"


def plainly(text: str) -> str:
    """A text as MATCH and COUNTIF take it for itself, without wildcards: for whatever somebody typed."""
    for sign in "~*?":
        text = f'SUBSTITUTE({text},"{sign}","~{sign}")'
    return text


def looked_up(key: str, column: str, cell: str) -> str:
    """The value of a column in the first row whose key is the cell's text; an empty text where no row has it."""
    return f'IFERROR(INDEX({column},MATCH({plainly(f"TRIM({cell})")},{key},0)),"")'


def is_nearly(cell: str, patterns: str) -> str:
    """The cell looks like one of our own patterns: the pattern is the criterion, never what somebody typed."""
    return f"SUMPRODUCT(COUNTIF({cell},{patterns}))>0"


def holds_any(cell: str, parts: str) -> str:
    """One of the parts stands in the cell's text, in whatever case."""
    return f"SUMPRODUCT(--ISNUMBER(SEARCH({parts},{cell})))>0"


def in_pieces(cell: str, pieces: str) -> str:
    """The text is written in pieces (NFD); ``pieces`` is the list of them."""
    return f"SUMPRODUCT(--ISNUMBER(FIND({pieces},{cell})))>0"


def patterns_of(words: Iterable[str]) -> tuple[str, ...]:
    """Wildcard patterns of choices, as wide as the reader is: any letter for one with accents, one sign may stray.

    ``fold`` and the two spellings of i and y (``parsing.values``) match nothing that these do not.
    """
    plain = (strip_accents(word).casefold() for word in words if len(word) <= _LONGEST_CRITERION)
    cores = dict.fromkeys(re.sub("[adeiouy]", "?", re.sub(r"[^\w%]+|_+", "*", word)) for word in plain)
    return tuple(pattern for core in cores for pattern in (core, f"{core}?", f"?{core}"))


def _joined(function: str, parts: Sequence[str], neutral: str, decisive: str) -> str:
    if decisive in parts:
        return decisive
    left = [part for part in parts if part != neutral]
    if not left:
        return neutral
    return left[0] if len(left) == 1 else f"{function}({','.join(left)})"
