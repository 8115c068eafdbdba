"""The lexicon: phrases of many words, each with what it means, as a tree that is walked once over a sentence.

The phrases stand in ``lexicon/*.toml``: a table a class, a line a meaning with the ways to say it. Units and
multipliers come from the one list of the project, ``pipeline/vietnamese/units.toml``.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.measurability.tokens import clean, tokenise
from pipeline.vietnamese import OPENERS, multiplier_spellings, unit_spellings

FILES = ("comparators", "numbers", "zero", "time", "words", "vague", "results", "uncheckable")
NAMED_LEFT = frozenset({"vague", "vague_alone", "vague_last"})
"""Classes in which the left side is a phrase itself, and the right side longer phrases that say no more."""


class Node:
    """A place in the tree: the words that may follow, and what the phrase that ends here means."""

    __slots__ = ("follow", "meanings")

    def __init__(self) -> None:
        self.follow: dict[str, Node] = {}
        self.meanings: list[tuple[str, str]] = []


@cache
def phrase_tree() -> Node:
    """The whole lexicon, read once."""
    root = Node()
    for word_class, meaning, phrase in _entries():
        node = root
        for token in tokenise(clean(phrase)):
            node = node.follow.setdefault(token.key, Node())
        if (word_class, meaning) not in node.meanings:
            node.meanings.append((word_class, meaning))
    return root


def lexicon(name: str) -> dict[str, Any]:
    """One file of the lexicon as it stands: class, meaning, phrases."""
    folder = files("pipeline.measurability").joinpath("lexicon")
    return tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _entries() -> Iterator[tuple[str, str, str]]:
    for name in FILES:
        for word_class, meanings in lexicon(name).items():
            yield from _of_class(word_class, meanings)
    for spelling, unit in unit_spellings().items():
        if not spelling[0].isdigit():
            yield "unit", unit, spelling
    for word in OPENERS:
        yield "number_word", word, word
    for spelling, power in multiplier_spellings().items():
        yield "multiplier", str(power), spelling


def _of_class(word_class: str, meanings: dict[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    for meaning, phrases in meanings.items():
        if word_class in NAMED_LEFT:
            yield word_class, meaning, meaning
        for phrase in phrases:
            yield word_class, meaning or phrase, phrase
