"""Whether a word is spelt like a Vietnamese syllable: the grammar is data (``syllables.toml``)."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

_GRAMMAR = tomllib.loads(files(__package__).joinpath("syllables.toml").read_text(encoding="utf-8"))
_ONSETS = ("", *_GRAMMAR["onsets"].split())
_RIMES = frozenset(_GRAMMAR["rimes"].split())
_BEFORE_FRONT = frozenset(_GRAMMAR["before_front"].split())
_BEFORE_OTHERS = frozenset(_GRAMMAR["before_others"].split())
_STOPS = tuple(_GRAMMAR["stops"].split())

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_TONES_OF_STOPS = ("\u0301", "\u0323")
_TONED_VOWEL = re.compile(f"(?<=[aeiouy\u0302\u0306\u031b])[{_TONES}]")
_VOWELS = re.compile("[aeiouyăâêôơư]+")
_SHAPED = re.compile("[ăâêôơư]")
_EITHER = ("oa", "oe", "uy")
"""Where the two schools differ: hòa and hoà."""


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether a word is spelt as one Vietnamese syllable, in either case and either placement of its tone.

    Spelling alone is asked: "ghợp" is no word of the language and still a syllable, "tàt" and "kang" are none.
    """
    letters = unicodedata.normalize("NFC", word.casefold())
    tones = [(place, tone) for place, letter in enumerate(letters) for tone in _tones_of(letter)]
    bare = "".join(map(_untoned, letters))
    place, tone = tones[0] if tones else (None, "")
    if len(tones) > 1 or (bare.endswith(_STOPS) and tone not in _TONES_OF_STOPS):
        return False
    return any(_joined(onset, bare, place) for onset in _ONSETS if bare.startswith(onset))


def _tones_of(letter: str) -> list[str]:
    return _TONED_VOWEL.findall(unicodedata.normalize("NFD", letter))


def _untoned(letter: str) -> str:
    return unicodedata.normalize("NFC", _TONED_VOWEL.sub("", unicodedata.normalize("NFD", letter)))


def _joined(onset: str, bare: str, toned: int | None) -> bool:
    """Whether an onset and what follows it make a syllable whose tone, if any, stands on the letter ``toned``."""
    rime = bare[len(onset) :]
    if rime not in _RIMES or (toned is not None and toned - len(onset) not in _may_be_toned(rime)):
        return False
    front = rime[0] in _GRAMMAR["front"]
    if onset in _BEFORE_FRONT:
        return front
    return not (onset in _BEFORE_OTHERS and front) or (onset == "g" and rime[0] == "i")


def _may_be_toned(rime: str) -> set[int]:
    """The letters of a rime that may carry its tone."""
    shaped = [match.start() for match in _SHAPED.finditer(rime)]
    if shaped:
        return {shaped[-1]}
    if rime in _EITHER:
        return {0, 1}
    vowels = _VOWELS.match(rime)
    count = vowels.end() if vowels else 1
    return {count - 1} if count < len(rime) else {max(0, count - 2)}
