"""The house's budget (house style 2): functions under 40 lines, files under 300, five parameters, nesting of three."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import pytest
from architecture_code import nodes, sources

Function = ast.FunctionDef | ast.AsyncFunctionDef
LONGEST_FILE, LONGEST_FUNCTION, MOST_PARAMETERS, DEEPEST = 300, 40, 5, 3
NESTING = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)
REFUSED = (
    *("told", "asked", "shown", "said", "known", "made", "found", "owed"),
    *("utils", "helpers", "helper", "common", "misc", "manager", "process", "handle", "df", "data", "tmp"),
)


@cache
def functions() -> Sequence[tuple[str, Function]]:
    """Every function with its place and name: namesakes hide none of each other."""
    return [
        (f"{module}:{node.lineno} {node.name}", node)
        for module, some in nodes().items()
        for node in some
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_file_is_longer_than_300_lines() -> None:
    assert {name: text.count("\n") for name, text in sources().items() if text.count("\n") > LONGEST_FILE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    lengths = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node in functions()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_no_function_takes_more_than_five_parameters() -> None:
    counts = {name: _parameters(node) for name, node in functions()}
    assert {name: count for name, count in counts.items() if count > MOST_PARAMETERS} == {}


def _parameters(node: Function) -> int:
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return sum(argument.arg not in {"self", "cls"} for argument in every)


def test_no_function_nests_deeper_than_three() -> None:
    depths = {name: _depth(node.body) for name, node in functions()}
    assert {name: depth for name, depth in depths.items() if depth > DEEPEST} == {}


def _depth(body: list[ast.stmt], at: int = 0) -> int:
    deepest = at
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if isinstance(statement, NESTING):
            deepest = max(deepest, at + 1, *(_depth(child, at + 1) for child in _bodies(statement)))
    return deepest


def _bodies(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for field in ("body", "finalbody", "orelse"):
        child = getattr(statement, field, [])
        if field == "orelse" and len(child) == 1 and isinstance(child[0], ast.If):
            yield from _bodies(child[0])  # elif is no deeper
        else:
            yield child
    for branch in (*getattr(statement, "handlers", []), *getattr(statement, "cases", [])):
        yield branch.body


@pytest.mark.parametrize("refused", REFUSED)
def test_a_name_says_what_a_thing_is(refused: str) -> None:
    """A participle serves for everything and tells nothing; so does a drawer for the rest (CONTRIBUTING, names)."""
    assert places_of_names().get(refused, set()) == set()


@cache
def places_of_names() -> Mapping[str, set[str]]:
    """Every name that the code binds, without its underscores, and where: "night/answering.py: _answer"."""
    places = defaultdict(set)
    for module, some in nodes().items():
        for name in _bound(some):
            places[name.strip("_")].add(f"{module}: {name}")
    return dict(places)


def _bound(some: Iterable[ast.AST]) -> Iterator[str]:
    for node in some:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.alias(asname=str(name)):
                yield name
