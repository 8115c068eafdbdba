"""Which word of a list, which code or which person a text means: as it stands there, or in other words."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.vietnamese import fold, normalise, sound_key
from pipeline.vocabulary.fields import Options
from pipeline.vocabulary.synonyms import around, family_of_code, is_code, parts_of_code

_QUOTES = "\"'“”‘’«»` "
_ENDS = ".,;:… "
_SIGNS = str.maketrans({"≥": ">=", "≤": "<=", "％": "%", " ": None})
_EXPLAINED = re.compile(r"\s+[-\u2010-\u2015]\s+|:\s|\s*\(", re.DOTALL)
"""Where an explanation begins: “CS1 - …”, “Mức: …”, “tỷ lệ (%)”."""
_BEHIND_A_CODE = re.compile(r"\s*(?:[-\u2010-\u2015]\s*(?!\d).*|[:(].*|/\s*\d{4}|năm \d{4})?\s*", re.DOTALL)
_FORMER = re.compile(r"\s*([A-Z][A-Z0-9]{1,11})\s*[-\u2010-\u2015]\s*", re.IGNORECASE)
_YEAR_BEHIND = (re.compile(r"\s+(?:19|20)\d\d$"), re.compile(r"\s+năm\s+(?:19|20)\d\d$", re.IGNORECASE))
_WORDS_OF_A_BEGINNING = 2
_NUMBERS_OF_A_REST = 2


@dataclass(frozen=True)
class Choices:
    """What a text may name: stored values with their words, other words for them, and what else is known of them.

    Attributes:
        options: stored value to the words for it.
        synonyms: other word to stored value.
        are_persons: the stored values are names of people, before which a title may stand.
        may_be_taken_over: before a code may stand that of a former division, NCC-MT01.
    """

    options: Options
    synonyms: Mapping[str, str]
    are_persons: bool = False
    may_be_taken_over: bool = False

    def understood(self, text: str) -> str | None:
        """The stored value that a text means in other words than those of the list; None where it may mean two."""
        bare = _bare(text)
        ways = (self._named, self._coded, self._by_its_words, self._explained, self._of_a_year, self._titled)
        return next((value for way in ways if (value := way(bare)) is not None), None) if bare else None

    def _named(self, bare: str) -> str | None:
        value = chosen(bare, self.options)
        return _alike(bare, self.synonyms.items()) if value is None else value

    def _coded(self, bare: str) -> str | None:
        """The one code of the list that the text names, with nothing beside it but a label or an explanation."""
        codes = _codes(tuple(self.options))
        matches = [match for family in codes.families for match in family.finditer(bare)]
        if len(matches) != 1:
            return codes.by_rest.get(parts_of_code(bare)) if not matches and _bare_of_words(bare) else None
        (match,) = matches
        code, before = codes.by_parts.get(parts_of_code(match[0])), bare[: match.start()]
        if code is None or not _BEHIND_A_CODE.fullmatch(bare[match.end() :]):
            return None
        if _is_label(before):
            return code
        former = _FORMER.fullmatch(before) if self.may_be_taken_over else None
        return f"{former[1].upper()}-{code}" if former else None

    def _by_its_words(self, bare: str) -> str | None:
        """The value whose words stand there without its code, or begin so."""
        words = [(key, text.removeprefix(f"{key} - ")) for key, text in self.options.items() if text != key]
        whole = _alike(bare, ((text, key) for key, text in words))
        if whole is not None or len(bare.split()) < _WORDS_OF_A_BEGINNING:
            return whole
        beginning = f"{fold(bare)} "
        begun = [key for key, text in words if fold(text).startswith(beginning)]
        return begun[0] if len(begun) == 1 else None

    def _explained(self, bare: str) -> str | None:
        """The value before an explanation, when that is no other value of the list."""
        head, *rest = _EXPLAINED.split(bare, maxsplit=1)
        if not rest or not head:
            return None
        value, other = self._named(_bare(head)), self._named(_bare(rest[0]))
        return value if other in {None, value} else None

    def _of_a_year(self, bare: str) -> str | None:
        """The value before a year: “6 tháng đầu năm 2019”."""
        heads = [bare[: match.start()] for of in _YEAR_BEHIND if (match := of.search(bare))]
        return next((value for head in heads if (value := self._named(head)) is not None), None)

    def _titled(self, bare: str) -> str | None:
        """The person behind a title and before an office: “Đ/c Trần Thị Mai - Chuyên viên”."""
        if not self.are_persons:
            return None
        name = re.split(r"\s+[-\u2010-\u2015]\s+|\s*[(,;]", without_words_before(bare, "person"), maxsplit=1)[0]
        return _alike(name, ((each, each) for each in self.options))


def chosen(text: str, options: Options) -> str | None:
    """The stored value whose words, or whose own spelling, the text repeats but for case, accents and spaces."""
    if text in options:
        return text
    return _alike(text, ((spelling, key) for key, words in options.items() for spelling in (key, words)))


def without_words_before(text: str, what: str) -> str:
    """The text without the words before it that change nothing."""
    for word in sorted(around(what), key=len, reverse=True):
        begins = re.compile(rf"{re.escape(word)}[\s.:,]+", re.IGNORECASE)
        if match := begins.match(text):
            return text[match.end() :].strip()
    return text


def _alike(text: str, spellings: Iterable[tuple[str, str]]) -> str | None:
    """The one value that a spelling like the text stands for, the more exactly alike the better."""
    pairs = list(spellings)
    for same in _SAMENESS:
        target = same(text)
        alike = dict.fromkeys(value for spelling, value in pairs if target and target == same(spelling))
        if len(alike) == 1:
            return next(iter(alike))
    return None


@dataclass(frozen=True)
class _Codes:
    """The codes among some values: what each looks like, by its parts, and by its parts without the letters before."""

    families: Sequence[re.Pattern[str]]
    by_parts: Mapping[tuple[str, ...], str]
    by_rest: Mapping[tuple[str, ...], str]


@lru_cache(maxsize=256)
def _codes(values: tuple[str, ...]) -> _Codes:
    codes = [value for value in values if is_code(value)]
    if len(codes) < len(values):
        return _Codes((), {}, {})
    parts = {code: parts_of_code(code) for code in codes}
    families = {family_of_code(code).pattern: family_of_code(code) for code in codes}
    return _Codes(tuple(families.values()), _only(parts.items()), _only(_rests(parts)))


def _rests(parts: Mapping[str, Sequence[str]]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """What is left of each code when letters before are left out, as long as two numbers are."""
    for code, all_parts in parts.items():
        for left_out in range(1, len(all_parts)):
            rest = tuple(all_parts[left_out:])
            letters_only = not any(part.isdecimal() for part in all_parts[:left_out])
            if letters_only and sum(part.isdecimal() for part in rest) >= _NUMBERS_OF_A_REST:
                yield code, rest


def _only(named: Iterable[tuple[str, tuple[str, ...]]]) -> Mapping[tuple[str, ...], str]:
    """By parts the code that alone has them."""
    codes: dict[tuple[str, ...], list[str]] = {}
    for code, parts in named:
        codes.setdefault(parts, []).append(code)
    return {parts: of[0] for parts, of in codes.items() if len(of) == 1}


def _bare_of_words(text: str) -> bool:
    return len(parts_of_code(text)) > 1


def _is_label(before: str) -> bool:
    label = fold(before)
    return not label or label in {fold(word) for word in around("code")}


def _bare(text: str) -> str:
    """The text without quotes around it and points behind it."""
    return normalise(text).strip(_QUOTES).rstrip(_ENDS).strip(_QUOTES)


@lru_cache(maxsize=8192)
def _exactly(text: str) -> str:
    """Kept, as the two below: the same choices are held against every cell."""
    return sound_key(text)


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    """The key of a text; of one that is all signs these signs."""
    return fold(text) or text.translate(_SIGNS)


def _sounding(text: str) -> str:
    """Tỉ lệ and tỷ lệ, quí and quý: two schools of spelling, one word."""
    return _folded(text).replace("y", "i")


_SAMENESS: tuple[Callable[[str], str], ...] = (_exactly, _folded, _sounding)
