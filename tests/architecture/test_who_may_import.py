"""Which rooms may import what touches the world, each once; and rooms whose modules lean on each other in no circle."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PIPELINE = Path(__file__).parents[2] / "pipeline"
MAY_IMPORT: Mapping[str, set[str]] = {
    "click": {"cli"},
    "docx": {"letters"},
    "lxml": {"patching"},
    "openpyxl": {"demo", "excel", "feedback", "second_reader"},
    "os": {"guards", "cli", "demo", "desk", "intake", "ledger", "memory", "writing"},
    "pathlib": {
        "guards",
        "audit",
        "cli",
        "demo",
        "desk",
        "directory",
        "excel",
        "feedback",
        "intake",
        "judging",
        "ledger",
        "memory",
        "night",
        "ooxml",
        "outbox",
        "patching",
        "workspace",
        "writing",
    },
    "python_calamine": {"intake"},
    "sqlite3": {"audit", "desk", "ledger", "workspace"},
    "xlrd": {"second_reader"},
    "xlsxwriter": {"committee", "excel"},
}
"""Whoever is not named may not: the core knows neither disk nor database nor command line."""
WITHOUT_CIRCLES = ("audit", "editions", "judging", "ledger", "night")


def _imported(path: Path) -> Iterator[str]:
    """Everything that a module imports by its whole name, also late and for types alone; relative imports are none."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("library", MAY_IMPORT)
def test_a_library_is_imported_by_the_rooms_that_may(library: str) -> None:
    importers = {
        path.relative_to(PIPELINE).parts[0].removesuffix(".py")
        for path in PIPELINE.rglob("*.py")
        if any(name.partition(".")[0] == library for name in _imported(path))
    }
    assert importers == MAY_IMPORT[library]


@pytest.mark.parametrize("room", WITHOUT_CIRCLES)
def test_the_modules_of_a_room_lean_on_each_other_in_no_circle(room: str) -> None:
    modules = {f"pipeline.{room}.{path.stem}": path for path in (PIPELINE / room).glob("*.py")}
    graph = {module: set(_imported(path)) & modules.keys() - {module} for module, path in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" <- ".join(circle.args[1]))
