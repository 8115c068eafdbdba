"""One spelling for Vietnamese text that was typed on many machines.

macOS sends decomposed letters, web pages send no-break and zero-width characters, and two schools place the
tone mark differently (hòa, hoà). Nothing here decodes legacy fonts; nothing here destroys what they need.
"""

import re
import unicodedata

# U+00AD is not among them: in text typed with a TCVN3 font it is the letter "ư".
_ZERO_WIDTH = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_SPACES = dict.fromkeys((0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_CLEAN = {**_ZERO_WIDTH, **_SPACES}
_LINE_BREAK = re.compile("\r\n|[\r\v\f\u2028\u2029]")
_BLANKS = re.compile(" *\n *|  +")
_TO_CLEAN = re.compile(f"[{''.join(map(chr, _CLEAN))}\r\n\v\f\u2028\u2029]|  ")
"""What most texts have none of."""

# Đ (U+0110) has two doubles that look the same on screen: Ð (U+00D0) and Ɖ (U+0189).
_BARRED_D = str.maketrans("đðɖĐÐƉ", "dddDDD")
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_SHAPES = "\u0302\u0306\u031b"  # â ê ô, ă, ơ ư
_VOWELS = re.compile(f"(?:[aeiouy][{_TONES}{_SHAPES}]*)+")
_TONE = re.compile(f"[{_TONES}]")

_FULLWIDTH = re.compile("[\uff01-\uff5e]")


def normalise(text: str) -> str:
    """Return the text in NFC with ordinary spaces, line feeds for line breaks and no blanks at line ends.

    Every Unicode space becomes one space, runs of them collapse, zero-width characters go. U+00AD stays, so
    that text in a legacy font can still be decoded afterwards.
    """
    if not _TO_CLEAN.search(text):
        return unicodedata.normalize("NFC", text).strip(" ")
    broken = _LINE_BREAK.sub("\n", text.translate(_CLEAN))
    composed = unicodedata.normalize("NFC", broken)
    return _BLANKS.sub(_one_blank, composed).strip(" \n")


def _one_blank(match: re.Match[str]) -> str:
    return "\n" if "\n" in match[0] else " "


def strip_accents(text: str) -> str:
    """Return the text without tone marks, vowel shapes and the bar of đ; everything else stays."""
    decomposed = unicodedata.normalize("NFD", text.translate(_BARRED_D))
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


def fold(text: str) -> str:
    """Return the key by which headers, choices and codes are matched: "Đơn vị tính" gives "don vi tinh".

    Lower case, no accents, letters and digits in words that single spaces separate. Invisible format
    characters, the soft hyphen among them, vanish: a key is compared, never decoded or shown.
    """
    bare = strip_accents(normalise(text).casefold())
    visible = "".join(char for char in bare if unicodedata.category(char) != "Cf")
    return _NOT_ALPHANUMERIC.sub(" ", visible).strip()


def same_text(a: str, b: str) -> bool:
    """Tell whether two texts read the same but for case, blanks and the place of the tone mark.

    "hòa" equals "hoà"; accents keep their meaning, so "hoa" differs from "hòa".
    """
    return sound_key(a) == sound_key(b)


def sound_key(text: str) -> str:
    """Return the key that two texts share exactly when `same_text` calls them the same.

    Each tone is moved to the end of its group of vowels, where both schools agree.
    """
    decomposed = unicodedata.normalize("NFD", normalise(text).casefold())
    return _VOWELS.sub(lambda match: _TONE.sub("", match[0]) + "".join(_TONE.findall(match[0])), decomposed)


def halfwidth(text: str) -> str:
    """Return the text with the full-width digits, letters and signs of East Asian keyboards made ordinary."""
    return _FULLWIDTH.sub(lambda match: chr(ord(match[0]) - 0xFEE0), text)
