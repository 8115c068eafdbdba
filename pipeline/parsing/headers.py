"""What a header says: the field whose label it repeats, or comes unmistakably close to."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pipeline.vietnamese import as_unicode, fold, normalise, possible_readings

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBERED = re.compile(r"^\d+ ")
LONGEST_HEADER = 120
"""A label with a remark behind it; the sentences in a form are longer, and need not be folded to see that."""
_LONGEST_TAG = 40
_SHORTEST_NEAR = 6
_LONG = 14
_CLEARLY_FARTHER = 2
"""How many more letters apart the next label must be: "Từ số" and "Tử số" fold alike, "Mẫu số" is far from both."""

_ABOVE_A_SIGNATURE = re.compile(
    r"(?:(?:kt|tm|tl|tuq|q) )?(?:pho )?"
    r"(?:truong phong|chanh van phong|chanh thanh tra|giam doc|thu truong|to truong|truong ban"
    r"|chi cuc truong|nguoi dung dau)(?: .{1,40})?"
    r"|nguoi (?:lap|duyet|tong hop|bao cao|ky)(?: bieu| bao cao)?"
    r"|noi nhan"
    r"|(?:da )?ky(?: .{1,40})?"
    r"|(?:.{1,40} )?ngay (?:\d{1,2} )?thang (?:\d{1,2} )?nam(?: \d{2,4})?"
)
"""Folded words that stand alone in a cell above a signature: TRƯỞNG PHÒNG, (Ký, ghi rõ họ tên), ngày … tháng … năm …"""


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """The key of a text, kept: each sheet is held against each of a form, and headers come again in every file."""
    return fold(as_unicode(text))


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A tag as it was printed, without the blanks that pasting adds; what is too long for one is left as it is."""
    return normalise(text) if len(text) <= _LONGEST_TAG else text


@lru_cache(maxsize=8192)
def header_keys(text: str) -> tuple[str, ...]:
    """The keys under which a header is looked up: as it is, without remarks in brackets, without its number."""
    if len(text) > LONGEST_HEADER:
        return ()
    bare = folded(_IN_BRACKETS.sub(" ", text))
    keys = (folded(text), bare, _NUMBERED.sub("", bare))
    return tuple(dict.fromkeys(key for key in keys if key))


@lru_cache(maxsize=8192)
def spelled_keys(text: str) -> tuple[str, ...]:
    """The keys of a header as it stands, and as a legacy font would draw it: "Ghi chó" is Ghi chú in .VnTime."""
    if text.isascii() or len(text) > LONGEST_HEADER:
        return header_keys(text)
    return tuple(key for spelling in (text, *possible_readings(text)) for key in header_keys(spelling))


def labelled(text: str, labels: Mapping[str, str]) -> str | None:
    """The field whose label, by its folded key, the header repeats."""
    return named_by(spelled_keys(text), labels)


def named_by(keys: Iterable[str], labels: Mapping[str, str]) -> str | None:
    """The field whose label a header of these keys repeats."""
    for key in keys:
        if key in labels:
            return labels[key]
    return None


def heads_a_signature(text: str) -> bool:
    """Whether a text says no more than who signs below it."""
    return len(text) <= LONGEST_HEADER and _ABOVE_A_SIGNATURE.fullmatch(folded(text)) is not None


def nearly_labelled(text: str, labels: Mapping[str, str]) -> str | None:
    """The field whose label the header is but for one letter, or two of a long one, when no other comes near."""
    for key in header_keys(text):
        ranked = sorted((_distance(key, label), label) for label in labels)
        if len(key) < _SHORTEST_NEAR or not ranked:
            continue
        nearest, label = ranked[0]
        others = [distance for distance, other in ranked[1:] if labels[other] != labels[label]]
        allowed = 2 if len(label) >= _LONG else 1
        if nearest <= allowed and all(other >= nearest + _CLEARLY_FARTHER for other in others):
            return labels[label]
    return None


def label_keys(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Every key of each (label, field); one that two fields would share is left out."""
    whole = [(folded(label), name) for label, name in labels]
    shorter = [(key, name) for label, name in labels for key in header_keys(label)]
    shared = {key for key, name in shorter if any(key == other and name != owner for other, owner in shorter)}
    return {**{key: name for key, name in shorter if key not in shared}, **dict(whole)}


def _distance(text: str, other: str) -> int:
    """Letters to type, leave out, change or swap with the next (Damerau-Levenshtein)."""
    if abs(len(text) - len(other)) > _CLEARLY_FARTHER + 2:
        return abs(len(text) - len(other))
    before: list[int] = []
    above = list(range(len(other) + 1))
    for at, letter in enumerate(text, 1):
        row = [at]
        for place, letter_there in enumerate(other, 1):
            cost = min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != letter_there))
            if at > 1 and place > 1 and (letter, letter_there) == (other[place - 2], text[at - 2]):
                cost = min(cost, before[place - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
