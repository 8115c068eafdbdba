"""Vietnamese number words from không (0) to chín trăm chín mươi chín (999), and thousands with hundreds behind."""

from collections.abc import Sequence

_DIGITS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
# After tens five is lăm: "hai mươi năm" is twenty years, "hai mươi lăm" is 25.
_AFTER_TENS = {word: digit for word, digit in _DIGITS.items() if digit != 5} | {"lăm": 5, "nhăm": 5}
_AFTER_MUOI = _AFTER_TENS | {"mốt": 1, "tư": 4}
_AFTER_LINH = _DIGITS | {"tư": 4}
OPENERS = (*_DIGITS, "không", "mười")
"""The words that can open a number; "không" opens a zero."""


def read_number_words(words: Sequence[str]) -> tuple[int, int] | None:
    """Read the longest number at the start of lower-case NFC words: its value and how many words it took.

    Returns None when the first word opens no number. "năm" is five at the start and a year after a number.
    """
    if not words:
        return None
    if words[0] == "không":
        return 0, 1
    number = _below_thousand(words)
    return number and _with_hundreds(words, *number)


def _with_hundreds(words: Sequence[str], thousands: int, used: int) -> tuple[int, int]:
    """“một nghìn hai trăm” is 1200; a bare "nghìn" is left standing, for it may be of "nghìn tỷ"."""
    behind = words[used + 1 :]
    if words[used : used + 1] not in (["nghìn"], ["ngàn"]) or behind[1:2] != ["trăm"]:
        return thousands, used
    if behind[0] == "không":
        value, more = _below_hundred_after(behind[2:])
        return thousands * 1000 + value, used + 3 + more
    number = _below_thousand(behind)
    return (thousands * 1000 + number[0], used + 1 + number[1]) if number else (thousands, used)


def _below_thousand(words: Sequence[str]) -> tuple[int, int] | None:
    if words[0] in _DIGITS and words[1:2] == ["trăm"]:
        value, used = _below_hundred_after(words[2:])
        return _DIGITS[words[0]] * 100 + value, 2 + used
    return _tens(words) or ((_DIGITS[words[0]], 1) if words[0] in _DIGITS else None)


def _tens(words: Sequence[str]) -> tuple[int, int] | None:
    if words[:1] == ["mười"]:
        value, used = _digit(words[1:], _AFTER_TENS)
        return 10 + value, 1 + used
    if words[:1] and words[0] in _DIGITS and words[1:2] == ["mươi"]:
        value, used = _digit(words[2:], _AFTER_MUOI)
        return _DIGITS[words[0]] * 10 + value, 2 + used
    return None


def _below_hundred_after(words: Sequence[str]) -> tuple[int, int]:
    # A lone digit after trăm is no unit ("hai trăm hai" is said for 220): only linh or lẻ brings one.
    if words[:1] in (["linh"], ["lẻ"]):
        value, used = _digit(words[1:], _AFTER_LINH)
        return value, 1 + used if used else 0
    return _tens(words) or (0, 0)


def _digit(words: Sequence[str], digits: dict[str, int]) -> tuple[int, int]:
    return (digits[words[0]], 1) if words and words[0] in digits else (0, 0)
