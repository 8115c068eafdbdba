"""Reads a live formula into a tree: the part of Excel's grammar that ``expressions`` writes."""

import re
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

_TOKEN: Final = re.compile(r'"(?:[^"]|"")*"|\d+(?:\.\d+)?|[A-Za-z_$][\w.$\x00]*|<>|<=|>=|[^\s]')
_BINDING: Final = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_NAME: Final = re.compile(r"[A-Za-z_$]")


@dataclass(frozen=True)
class Node:
    """A piece of a formula; ``word`` is its text, number, name, function or sign (``neg`` for a minus before it)."""

    kind: Literal["text", "number", "name", "array", "call"]
    word: str
    parts: tuple["Node", ...] = ()


@lru_cache(maxsize=256)
def read_formula(formula: str) -> Node:
    """The tree of a formula without its ``=``, by precedence climbing.

    Raises:
        ValueError: the formula holds what live formulas never hold.
    """
    tokens = deque([*_TOKEN.findall(formula), ""])
    tree = _expression(tokens, 0)
    if len(tokens) > 1:
        raise ValueError(formula)
    return tree


def _expression(tokens: deque[str], above: int) -> Node:
    left = _operand(tokens)
    while (binding := _BINDING.get(tokens[0], 0)) > above:
        sign = tokens.popleft()
        left = Node("call", sign, (left, _expression(tokens, binding)))
    return left


def _operand(tokens: deque[str]) -> Node:
    word = tokens.popleft()
    match word[:1]:
        case "-":  # in Excel a minus binds closer than a power: 10^-1 and --x
            return Node("call", "neg", (_operand(tokens),))
        case "(":
            (inner,) = _parts(tokens, ")")
            return inner
        case "{":
            return Node("array", "", _parts(tokens, "}"))
        case '"':
            return Node("text", word[1:-1].replace('""', '"'))
        case first if first.isdecimal():
            return Node("number", word)
        case first if _NAME.match(first):
            return _named(tokens, word)
        case _:
            raise ValueError(word)


def _named(tokens: deque[str], word: str) -> Node:
    if tokens[0] != "(":
        return Node("name", word)
    tokens.popleft()
    return Node("call", word, _parts(tokens, ")"))


def _parts(tokens: deque[str], closing: str) -> tuple[Node, ...]:
    parts: list[Node] = []
    while tokens[0] != closing:
        parts.append(_expression(tokens, 0))
        if tokens[0] == ",":
            tokens.popleft()
    tokens.popleft()
    return tuple(parts)
