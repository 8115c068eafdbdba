"""Which rooms may import what touches the world, each once; and rooms whose modules lean on each other in no circle."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

import pytest
from architecture_code import imports

MAY_IMPORT: Mapping[str, set[str]] = {
    "click": {"cli"},
    "docx": {"letters"},
    "lxml": {"patching"},
    "distributed": {"intake"},
    "openpyxl": {"excel", "second_reader"},
    "os": {"guards", "cli", "demo", "desk", "intake", "ledger", "memory", "writing"},
    "pathlib": {
        "guards",
        "audit",
        "cli",
        "demo",
        "desk",
        "directory",
        "excel",
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
    "segno": {"seals"},
    "sqlite3": {"audit", "desk", "evidence", "ledger", "workspace"},
    "xlrd": {"second_reader"},
    "xlsxwriter": {"committee", "excel"},
}
"""Whoever is not named may not: the core knows neither disk nor database nor command line."""
WITHOUT_CIRCLES = ("audit", "editions", "judging", "ledger", "night")


@pytest.mark.parametrize("library", MAY_IMPORT)
def test_a_library_is_imported_by_the_rooms_that_may(library: str) -> None:
    importers = {
        module.split("/")[0].removesuffix(".py")
        for module, names in imports().items()
        if any(name.partition(".")[0] == library for name in names)
    }
    assert importers == MAY_IMPORT[library]


@pytest.mark.parametrize("room", WITHOUT_CIRCLES)
def test_the_modules_of_a_room_lean_on_each_other_in_no_circle(room: str) -> None:
    modules = {
        f"pipeline.{room}.{module.removeprefix(f'{room}/').removesuffix('.py')}": names
        for module, names in imports().items()
        if module.rpartition("/")[0] == room
    }
    graph = {module: names & modules.keys() - {module} for module, names in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" <- ".join(circle.args[1]))
