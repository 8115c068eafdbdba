"""Nothing stands there that nobody uses: each name that the code defines is spelled elsewhere too."""

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from architecture_code import nodes, trees

ROOT = Path(__file__).parents[2]
_CALLED_BY_OTHERS = frozenset({"handleError", "doctype", "_write_formula", "emit"})
"""Names that a library looks for: logging's, ElementTree's, XlsxWriter's."""
_CLICKS = ("format_", "get_", "list_")
"""How names begin that click looks for."""
_OF_DATA = {
    name
    for path in (ROOT / "pipeline").rglob("*.toml")
    for name in re.findall(r"\w+", path.read_text(encoding="utf-8"))
}
"""Names that data names: what befalls the demo's forms."""
_OF_READMES = {
    name
    for path in (ROOT / "pipeline").glob("*/README.md")
    for code in re.findall(r"`+[^`]+`+", path.read_text(encoding="utf-8"))
    for name in re.findall(r"\w+", code)
}
"""What a package offers that has a page of its own, and is fit to be used without the rest: names set as code there."""


def _defined(module: str) -> Iterator[str]:
    for node in nodes()[module]:
        match node:
            case ast.FunctionDef(name=name, decorator_list=decorators) if not _is_registered(decorators):
                yield name
            case ast.ClassDef(name=name):
                yield name
    for statement in trees()[module].body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _is_registered(decorators: list[ast.expr]) -> bool:
    """Click and pydantic keep what they decorate."""
    kept = ("command", "group", "validator", "serializer")
    return any(word in ast.dump(decorator) for decorator in decorators for word in kept)


def _documentation() -> Iterator[ast.AST]:
    for path in sorted((ROOT / "docs").glob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def _used(some: Iterable[ast.AST]) -> set[str]:
    names: set[str] = set()
    for node in some:
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name):
                names.add(name)
            case ast.Constant(value=str(text)) if text.isidentifier():
                names.add(text)
            case ast.ImportFrom(names=aliases):
                names |= {alias.name for alias in aliases}
            case ast.keyword(arg=str(name)):
                names.add(name)
    return names


def test_every_name_is_used() -> None:
    used = _used(chain(*nodes().values(), _documentation())) | _CALLED_BY_OTHERS | _OF_DATA | _OF_READMES
    unused = {
        name
        for module in trees()
        for name in _defined(module)
        if name not in used and not name.startswith(("__", *_CLICKS))
    }
    assert unused == set()
