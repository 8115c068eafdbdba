"""Reads a live formula into a tree: the part of Excel's grammar that ``expressions`` writes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_$][\w.$]*)|(?P<sign><>|<=|>=|.))"""
)
_BINDING: Final = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
"""In Excel a minus binds closer than a power: ``10^-1`` and ``--x``."""


@dataclass(frozen=True)
class Node:
    """A piece of a formula: ``kind`` is text, number, name, array, call or operator, ``said`` its word or sign."""

    kind: str
    said: str = ""
    parts: tuple["Node", ...] = field(default=())


@lru_cache(maxsize=256)
def read_formula(formula: str) -> Node:
    """The tree of a formula without its ``=``.

    Raises:
        ValueError: the formula holds what live formulas never hold.
    """
    reading = _Reading(list(_tokens(formula)))
    tree = reading.expression(0)
    if reading.tokens[reading.at][0] != "end":
        raise ValueError(formula)
    return tree


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(formula):
        yield str(found.lastgroup), found[str(found.lastgroup)]
    yield "end", ""


class _Reading:
    """Precedence climbing over the tokens."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0

    def expression(self, above: int) -> Node:
        left = self._unary()
        while (binding := _BINDING.get(self._sign(), 0)) > above:
            sign = self._take()
            left = Node("operator", sign, (left, self.expression(binding)))
        return left

    def _unary(self) -> Node:
        if self._sign() == "-":
            self._take()
            return Node("operator", "neg", (self._unary(),))
        return self._atom()

    def _atom(self) -> Node:
        kind, said = self.tokens[self.at]
        self._take()
        if kind == "text":
            return Node("text", said[1:-1].replace('""', '"'))
        if kind == "number":
            return Node("number", said)
        if kind == "name":
            return Node("call", said, self._arguments(")")) if self._sign() == "(" else Node("name", said)
        if said == "{":
            self.at -= 1
            return Node("array", "", self._arguments("}"))
        if said == "(":
            inner = self.expression(0)
            self._expect(")")
            return inner
        raise ValueError(said)

    def _arguments(self, closing: str) -> tuple[Node, ...]:
        self._take()
        parts: list[Node] = []
        while self._sign() != closing:
            parts.append(self.expression(0))
            if self._sign() == ",":
                self._take()
        self._take()
        return tuple(parts)

    def _sign(self) -> str:
        kind, said = self.tokens[self.at]
        return said if kind == "sign" else ""

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]

    def _expect(self, sign: str) -> None:
        if self._take() != sign:
            raise ValueError(sign)
