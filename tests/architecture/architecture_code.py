"""The code of ``pipeline/``, read and parsed once a session for all tests on it; by path below the package."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

PIPELINE = Path(__file__).parents[2] / "pipeline"


@cache
def modules() -> Sequence[str]:
    """Every module by its path below the package: "night/answering.py"."""
    return [path.relative_to(PIPELINE).as_posix() for path in sorted(PIPELINE.rglob("*.py"))]


@cache
def sources() -> Mapping[str, str]:
    """The text of every module."""
    return {module: (PIPELINE / module).read_text(encoding="utf-8") for module in modules()}


@cache
def trees() -> Mapping[str, ast.Module]:
    """The syntax tree of every module."""
    return {module: ast.parse(text) for module, text in sources().items()}


@cache
def nodes() -> Mapping[str, Sequence[ast.AST]]:
    """Every node of a module's tree."""
    return {module: tuple(ast.walk(tree)) for module, tree in trees().items()}


@cache
def imports() -> Mapping[str, frozenset[str]]:
    """What each module imports by its whole name, also late and for types alone; relative imports are none."""
    return {module: frozenset(_imported(some)) for module, some in nodes().items()}


def _imported(some: Iterable[ast.AST]) -> Iterator[str]:
    for node in some:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
