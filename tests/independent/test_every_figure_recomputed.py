"""Every figure on sheets 1 to 10 of the demo's workbooks, recomputed from the input files: equal."""

import ast
import datetime as dt
import hashlib
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook
from recompute import compare_workbook, published
from recompute_inputs import Source, check_bytes, read_inputs, read_sources
from recompute_overview import Recomputed, recompute
from recompute_sheets import compare

from pipeline.nightly import RunReport
from pipeline.workspace import Workspace

Replayed = tuple[Workspace, list[RunReport]]

PERIODS = ("2019-6T", "2019-KH")
SPOILT = "2019-6T"
FEWEST = 500
"""Far fewer than the demo has; a comparison that lost its way through a sheet falls below."""

CELLS = {
    "1 Tổng quan": "A9",
    "2 Tình hình nộp": "H21",
    "3 Kết quả mục tiêu": "I6",
    "4 Không đạt": "J8",
    "5 Kế hoạch": "F10",
    "6 Mục tiêu chung": "B6",
    "7 Phổ biến CSCL": "D6",
    "8 Công bố HTQLCL": "E10",
    "9 Xu hướng": "H6",
    "10 Đối chiếu": "E6",
}
"""On each sheet a cell that holds a number."""


@pytest.fixture(scope="session")
def demo_workbooks(replayed: Replayed) -> dict[str, Workbook]:
    return published(replayed[0].root)


@pytest.fixture(scope="session")
def recomputed(replayed: Replayed, demo_workbooks: dict[str, Workbook]) -> Recomputed:
    """What the input files give of the half year; the same whatever stands in the cells that are spoilt."""
    sources = read_sources(demo_workbooks[SPOILT], [demo_workbooks[name] for name in PERIODS if name != SPOILT])
    return recompute(read_inputs(replayed[0].root, sources, replayed[1][-1].as_of.date()), SPOILT)


@pytest.fixture(scope="session")
def before(recomputed: Recomputed, demo_workbooks: dict[str, Workbook]) -> list[str]:
    """What differs in the workbook as it was published."""
    return compare(demo_workbooks[SPOILT], recomputed).differences


@pytest.mark.parametrize("period", PERIODS)
def test_every_figure_equals_its_recomputation(
    replayed: Replayed, demo_workbooks: dict[str, Workbook], period: str
) -> None:
    today = replayed[1][-1].as_of.date()
    done = compare_workbook(replayed[0].root, demo_workbooks, period, today)
    sys.stdout.write(f"{period}: {done.figures} figures compared\n")
    assert not done.differences, "\n".join(["", *done.differences])
    assert done.figures > FEWEST


def test_the_demo_publishes_the_workbooks_that_are_compared(demo_workbooks: dict[str, Workbook]) -> None:
    assert sorted(demo_workbooks) == sorted(PERIODS)


@pytest.mark.parametrize(("sheet", "cell"), CELLS.items())
def test_a_wrong_figure_is_found_in_its_cell(
    recomputed: Recomputed, before: list[str], demo_workbooks: dict[str, Workbook], sheet: str, cell: str
) -> None:
    held = demo_workbooks[SPOILT][sheet][cell]
    right = held.value
    held.value = right + 1
    try:
        found = [one for one in compare(demo_workbooks[SPOILT], recomputed).differences if one not in before]
    finally:
        held.value = right
    assert [one.partition(" (")[0] for one in found] == [f"{sheet}!{cell}"]


@pytest.mark.parametrize("figure", [7, dt.datetime(2019, 6, 10)])
def test_a_figure_that_nothing_was_compared_with_is_found(
    recomputed: Recomputed, before: list[str], demo_workbooks: dict[str, Workbook], figure: object
) -> None:
    stray = demo_workbooks[SPOILT]["4 Không đạt"]["Z99"]
    stray.value = figure
    try:
        found = [one for one in compare(demo_workbooks[SPOILT], recomputed).differences if one not in before]
    finally:
        stray.value = None
    assert found == [f"4 Không đạt!Z99 (compared with nothing): workbook {figure!r}, recomputed None"]


def test_a_file_whose_bytes_are_not_those_of_sheet_11_is_refused(tmp_path: Path) -> None:
    named = hashlib.sha256(b"what was handed in").hexdigest()
    (tmp_path / f"{named}.xlsx").write_bytes(b"something else")
    source = Source("N001", "VP/BM-01.xlsx", named, dt.datetime(2019, 1, 26), "Hợp lệ", 1)
    with pytest.raises(ValueError, match=r"N001 VP/BM-01\.xlsx: the archive holds"):
        check_bytes(tmp_path, source)


def test_the_recomputation_uses_only_openpyxl_and_the_standard_library() -> None:
    modules = sorted(Path(__file__).parent.glob("recompute*.py"))
    own = {module.stem for module in modules}
    used = {name for module in modules for name in _imported(module)}
    assert used - own - sys.stdlib_module_names == {"openpyxl"}


def _imported(module: Path) -> set[str]:
    found = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    plain = {alias.name for node in found if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module or "" for node in found if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in plain | named}
