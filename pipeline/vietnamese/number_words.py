"""Vietnamese number words from không (0) to chín trăm chín mươi chín (999), and thousands with hundreds behind."""

from collections.abc import Mapping, Sequence

_DIGITS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
OPENERS = (*_DIGITS, "không", "mười")
"""The words that can open a number; "không" opens a zero."""
# After tens five is lăm: "hai mươi năm" is twenty years, "hai mươi lăm" is 25.
_AFTER_TENS = {word: digit for word, digit in _DIGITS.items() if digit != 5} | {"lăm": 5, "nhăm": 5}
_AFTER_MUOI = _AFTER_TENS | {"mốt": 1, "tư": 4}
_TENS: dict[tuple[str, ...], int] = {
    ("mười",): 10,
    **{("mười", word): 10 + digit for word, digit in _AFTER_TENS.items()},
    **{(tens, "mươi"): 10 * ten for tens, ten in _DIGITS.items()},
    **{(tens, "mươi", word): 10 * _DIGITS[tens] + digit for tens in _DIGITS for word, digit in _AFTER_MUOI.items()},
}
_AFTER_LINH: dict[tuple[str, ...], int] = {
    (linh, word): digit for linh in ("linh", "lẻ") for word, digit in (_DIGITS | {"tư": 4}).items()
}
_BELOW_HUNDRED: dict[tuple[str, ...], int] = _TENS | {(word,): digit for word, digit in _DIGITS.items()}
_AFTER_HUNDREDS = _TENS | _AFTER_LINH
"""A lone digit after trăm is no unit ("hai trăm hai" is said for 220): only linh or lẻ brings one."""


def read_number_words(words: Sequence[str]) -> tuple[int, int] | None:
    """Read the longest number at the start of lower-case NFC words: its value and how many words it took.

    Returns None when the first word opens no number. "năm" is five at the start and a year after a number.
    """
    if words[:1] == ["không"]:
        return 0, 1
    number = _below_thousand(words, _DIGITS)
    if number is None or words[number[1] : number[1] + 1] not in (["nghìn"], ["ngàn"]):
        return number
    # “một nghìn hai trăm” is 1200; a bare "nghìn" is left standing, for it may be of "nghìn tỷ".
    thousands, used = number
    behind = words[used + 1 :]
    rest = _below_thousand(behind, _DIGITS | {"không": 0}) if behind[1:2] == ["trăm"] else None
    return (1000 * thousands + rest[0], used + 1 + rest[1]) if rest else number


def _below_thousand(words: Sequence[str], hundreds: Mapping[str, int]) -> tuple[int, int] | None:
    """The longest number below a thousand, whose hundreds, if it has any, are among these."""
    if words[1:2] == ["trăm"] and words[0] in hundreds:
        value, used = _longest(_AFTER_HUNDREDS, words[2:]) or (0, 0)
        return hundreds[words[0]] * 100 + value, 2 + used
    return _longest(_BELOW_HUNDRED, words)


def _longest(table: Mapping[tuple[str, ...], int], words: Sequence[str]) -> tuple[int, int] | None:
    keys = (tuple(words[:length]) for length in (3, 2, 1))
    return next(((table[key], len(key)) for key in keys if key in table), None)
