"""Text typed with the fonts of the time before Unicode: recognised cell by cell, read, and never silently converted.

A cell in .VnTime or VNI-Times holds Latin-1 characters that only its font draws as Vietnamese: "Së" for "Sở". The
font's name is the best sign; without it each word is asked whether it is spelt like a Vietnamese syllable as it
stands, and whether it is when it is decoded. Words that only make sense decoded decide for the words beside them that
make sense either way ("cã" is a syllable, and "có" in TCVN3). The tables and their sources stand in ``legacy.toml``.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from pipeline.vietnamese.syllables import is_syllable
from pipeline.vietnamese.text import normalise

_DATA = tomllib.loads(files(__package__).joinpath("legacy.toml").read_text(encoding="utf-8"))
_FOREIGN = frozenset(_DATA["foreign"].split())
_COMMON = frozenset(_DATA["common"].split())

_WORD = re.compile("[A-Za-z\u00a1-\u024f\u0300-\u036f\u1e00-\u1eff]+")
_ABOVE_LATIN_1 = re.compile("[^\x00-\xff]")
_VIETNAMESE = frozenset("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
"""The letters of Latin-1 that clean Vietnamese text has, too; any other one within a word is a sign of legacy text."""
_ABBREVIATION = re.compile("(?=..)[A-Z]*Đ(?:[B-DF-HJ-NP-TV-Z][A-Z]*)?")
"""QĐ, SLĐTBXH: capitals among which Đ stands, never before a vowel as Ñ does in Spanish (ESPAÑA)."""


class Encoding(StrEnum):
    """A legacy encoding, by the name that offices know."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"


@dataclass(frozen=True)
class LegacyReading:
    """The Unicode reading of a text in a legacy encoding; words that were Unicode already stand in it as they were."""

    text: str
    encoding: Encoding


def encoding_of_font(name: str) -> Encoding | None:
    """The encoding for which a font draws; None for a Unicode font, and when no name is known."""
    plain = name.strip().casefold()
    if plain.startswith((".vn", "vntime", "vnarial")):
        return Encoding.TCVN3
    return Encoding.VNI if plain.startswith(("vni-", "vni ")) else None


def read_legacy(text: str, font: str = "") -> LegacyReading | None:
    """The reading of a cell's text that was typed, in whole or in part, in a legacy encoding; None for clean text.

    ``font`` is the cell's font, "" when it is not known. Never None where the text holds a word that is no Vietnamese
    syllable as it stands and is one when decoded; a text whose every word makes sense as it stands is clean, unless
    its font says otherwise and nothing in it is Unicode for certain.
    """
    return None if text.isascii() else _read(normalise(text), font)


@lru_cache(maxsize=4096)
def possible_readings(text: str) -> tuple[str, ...]:
    """The text with every word decoded, once in each encoding that could have given it.

    "giê" gives "giờ" although it is a syllable as it stands: for who knows which words may stand in the cell.
    """
    plain = normalise(text)
    decoded = [_decoded_throughout(plain, decode) for decode in _DECODERS.values()]
    return tuple(reading for reading in decoded if reading not in {None, plain} and reading)


def _decoded_throughout(text: str, decode: Callable[[str], str | None]) -> str | None:
    parts = [(word[0], decode(word[0])) for word in _WORD.finditer(text)]
    if any(reading is None for _, reading in parts):
        return None
    readings = iter(reading or "" for _, reading in parts)
    return _WORD.sub(lambda _: next(readings), text)


def as_unicode(text: str, font: str = "") -> str:
    """The text, decoded where it was typed in a legacy encoding: to compare with, never to keep."""
    reading = read_legacy(text, font)
    return text if reading is None else reading.text


@dataclass(frozen=True)
class _Word:
    """One word with what it says: ``signs`` are the encodings in which alone it makes sense, empty when any may do."""

    start: int
    typed: str
    signs: frozenset[Encoding] = frozenset()
    is_unicode: bool = False


@lru_cache(maxsize=4096)
def _read(text: str, font: str) -> LegacyReading | None:
    of_font = encoding_of_font(font)
    words = [_judged(match, of_font) for match in _WORD.finditer(text) if not match[0].isascii()]
    encoding = _encoding(words, of_font)
    if encoding is None:
        return None
    decoded = text
    for word, is_legacy in reversed([*zip(words, _are_legacy(words, encoding), strict=True)]):
        if is_legacy and (reading := _DECODERS[encoding](word.typed)) is not None:
            decoded = decoded[: word.start] + reading + decoded[word.start + len(word.typed) :]
    decoded = _in_capitals(text, decoded, font, encoding)
    return LegacyReading(decoded, encoding) if decoded != text else None


def _judged(match: re.Match[str], of_font: Encoding | None) -> _Word:
    signs, is_unicode = _spoken(match[0], of_font)
    return _Word(match.start(), match[0], frozenset() if signs and _is_a_sign(match) else signs, is_unicode)


@lru_cache(maxsize=16384)
def _spoken(typed: str, of_font: Encoding | None) -> tuple[frozenset[Encoding], bool]:
    """The encodings for which a word speaks, and whether it is Unicode for certain."""
    if _ABOVE_LATIN_1.search(typed):
        return frozenset(), True
    readings = {encoding: reading for encoding in Encoding if (reading := _DECODERS[encoding](typed)) is not None}
    sensible = {encoding for encoding, reading in readings.items() if _makes_sense(reading)}
    if is_syllable(typed):
        return frozenset(), not sensible
    if of_font in readings and _is_marked(typed):
        sensible.add(of_font)
    return frozenset(sensible), False


def _makes_sense(word: str) -> bool:
    return is_syllable(word) or _ABBREVIATION.fullmatch(word) is not None


def _is_marked(typed: str) -> bool:
    """Whether characters that clean Vietnamese never has stand among ASCII letters."""
    strange = {char for char in typed if not char.isascii()} - _VIETNAMESE
    return bool(strange) and any(char.isascii() for char in typed)


def _is_a_sign(match: re.Match[str]) -> bool:
    """Whether it may be a sign or a foreign word: «, ½, 5µm, où."""
    after_a_digit = match.start() > 0 and match.string[match.start() - 1].isdigit() and not match[0][0].isascii()
    return after_a_digit or _is_foreign(match[0]) or not re.search("[A-Za-z]", match[0])


def _is_foreign(word: str) -> bool:
    return word.lower() in _FOREIGN  # casefold() would make another sign of µ


def _encoding(words: Sequence[_Word], of_font: Encoding | None) -> Encoding | None:
    """The encoding for which most words speak; where none speaks, the font's unless a word is surely Unicode."""
    signs = Counter(encoding for word in words for encoding in word.signs)
    if signs:
        return max(signs, key=lambda encoding: (signs[encoding], encoding is of_font, *_likeliness(words, encoding)))
    if of_font is None or any(word.is_unicode for word in words):
        return None
    return of_font


def _likeliness(words: Sequence[_Word], encoding: Encoding) -> tuple[int, int]:
    """How many words make sense in an encoding, and how many of them are frequent ones."""
    readings = [_DECODERS[encoding](word.typed) for word in words]
    sensible = [reading for reading in readings if reading is not None and _makes_sense(reading)]
    return len(sensible), sum(reading.casefold() in _COMMON for reading in sensible)


def _are_legacy(words: Sequence[_Word], encoding: Encoding) -> Iterator[bool]:
    """Whether each word is to be decoded: one that makes sense either way goes with the nearest one that does not."""
    decided = [place for place, word in enumerate(words) if word.is_unicode or word.signs]
    for place, word in enumerate(words):
        if word.is_unicode or encoding in word.signs:
            yield not word.is_unicode
            continue
        nearest = min(decided, key=lambda other, place=place: abs(other - place), default=None)  # type: ignore[misc]
        reading = _DECODERS[encoding](word.typed)
        sensible = reading is not None and (is_syllable(reading) or _is_marked(word.typed))
        sensible = sensible and not _is_foreign(word.typed)
        yield sensible and (nearest is None or not words[nearest].is_unicode)


def _in_capitals(typed: str, decoded: str, font: str, encoding: Encoding) -> str:
    """TCVN3 has no capital vowels with a tone: a font in H draws them, or they stay small among capitals (TR¦êNG)."""
    if encoding is not Encoding.TCVN3:
        return decoded
    letters = re.findall("[A-Za-z]", typed)
    among_capitals = len(letters) > 1 and all(letter.isupper() for letter in letters)
    of_capitals = encoding_of_font(font) is Encoding.TCVN3 and font.strip().casefold().endswith("h")
    return decoded.upper() if among_capitals or of_capitals else decoded


def _pairs(table: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in table.split())


_TCVN3 = str.maketrans(_pairs(_DATA["tcvn3"]))
_TCVN3_LETTERS = frozenset(map(chr, _TCVN3))


def _from_tcvn3(word: str) -> str | None:
    if any(not char.isascii() and char not in _TCVN3_LETTERS for char in word):
        return None
    return word.translate(_TCVN3)


def _vni_pairs() -> dict[str, str]:
    """The pairs, in capitals, and with a capital before a small mark, which people type as well."""
    small = _pairs(_DATA["vni"])
    capital = {typed[0].upper() + typed[1:]: letter.upper() for typed, letter in small.items()}
    return small | capital | {typed.upper(): letter.upper() for typed, letter in small.items()}


_VNI = _vni_pairs()
_VNI_PARTS = re.compile("|".join([*sorted(_VNI, key=len, reverse=True), "[\x00-\x7f]"]))


def _from_vni(word: str) -> str | None:
    parts = _VNI_PARTS.findall(word)
    if sum(map(len, parts)) != len(word):
        return None
    return "".join(_VNI.get(part, part) for part in parts)


_DECODERS: Mapping[Encoding, Callable[[str], str | None]] = {Encoding.TCVN3: _from_tcvn3, Encoding.VNI: _from_vni}
