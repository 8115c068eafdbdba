"""What the lexicon finds in one sentence: every phrase, by class and by where it starts or ends."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.measurability.phrases import Node, phrase_tree
from pipeline.measurability.tokens import Kind, Token, tokenise


class Mark(NamedTuple):
    """A phrase over the tokens ``start`` to ``end`` (exclusive) with its meaning."""

    start: int
    end: int
    value: str


Marks = dict[int, Mark]
_NOTHING: Marks = {}
_FIGURES = frozenset({Kind.NUMBER, Kind.FRACTION, Kind.DATE, Kind.MONTH})


class Chart:
    """A sentence, its tokens and its marks.

    A phrase of the class ``shield`` hides what lies strictly inside it: in "tốt nghiệp" there is no "tốt".
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = tokenise(text)
        self.keys: list[str] = [token.key for token in self.tokens]
        self.size = len(self.tokens)
        self._begins: list[int] = [token.start for token in self.tokens]
        self.figures: list[int] = [place for place, token in enumerate(self.tokens) if token.kind in _FIGURES]
        self._starts: dict[str, Marks] = defaultdict(dict)
        self._ends: dict[str, Marks] = defaultdict(dict)
        for word_class, mark in _unshielded(_walk(self.keys, phrase_tree())):
            self._starts[word_class][mark.start] = mark
            self._ends[word_class].setdefault(mark.end, mark)

    def at(self, word_class: str, start: int) -> Mark | None:
        """The longest phrase of a class that starts at a token."""
        marks = self._starts.get(word_class)
        return marks.get(start) if marks else None

    def ending(self, word_class: str, end: int) -> Mark | None:
        """The longest phrase of a class that ends right before a token."""
        marks = self._ends.get(word_class)
        return marks.get(end) if marks else None

    def every(self, word_class: str) -> Iterable[Mark]:
        """The longest phrase at each place where a class has one, from left to right."""
        return self._starts.get(word_class, _NOTHING).values()

    def places(self, classes: Iterable[str]) -> list[int]:
        """Where a figure stands or a phrase of some classes starts, in order."""
        starts = (start for name in classes for start in self._starts.get(name, _NOTHING))
        return sorted({*self.figures, *starts})

    def first(self, word_class: str, start: int = 0, end: int | None = None) -> Mark | None:
        """The first phrase of a class that lies between two tokens."""
        last = self.size if end is None else end
        for mark in self._starts.get(word_class, _NOTHING).values():
            if mark.start >= start and mark.end <= last:
                return mark
        return None

    def any_of(self, classes: Iterable[str], start: int) -> Mark | None:
        """The first of some classes that has a phrase at a token."""
        for name in classes:
            marks = self._starts.get(name)
            if marks and start in marks:
                return marks[start]
        return None

    def words(self, start: int, end: int) -> str:
        """The text from one token up to another, as it stands in the sentence."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""

    def place_of(self, character: int) -> int:
        """The token that starts at or after a character of the text."""
        return bisect_left(self._begins, character)

    def kind(self, place: int) -> str:
        """The kind of a token, none beyond the ends."""
        return self.tokens[place].kind if 0 <= place < self.size else ""

    def is_number(self, place: int) -> bool:
        """Whether a token is a plain number."""
        return self.kind(place) == Kind.NUMBER


def _walk(keys: list[str], root: Node) -> list[tuple[str, Mark]]:
    """Every phrase with its class, by start and then by length."""
    marks = []
    first, size = root.follow, len(keys)
    for start, key in enumerate(keys):
        node, place = first.get(key), start
        while node is not None:
            place += 1
            for word_class, value in node.meanings:
                marks.append((word_class, Mark(start, place, value)))
            node = node.follow.get(keys[place]) if place < size else None
    return marks


def _unshielded(marks: list[tuple[str, Mark]]) -> list[tuple[str, Mark]]:
    shields = [mark for word_class, mark in marks if word_class == "shield"]
    if not shields:
        return marks
    return [(word_class, mark) for word_class, mark in marks if not _is_hidden(mark, shields)]


def _is_hidden(mark: Mark, shields: list[Mark]) -> bool:
    start, end, _ = mark
    return any(
        shield.start <= start and end <= shield.end and (shield.start, shield.end) != (start, end) for shield in shields
    )
