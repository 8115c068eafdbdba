"""The recount over an agency from which nothing came yet, and over sixty divisions; LibreOffice computes the same."""

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from recompute import compare_workbook, published
from recompute_compare import Comparison, compare_table

from bench import agency

IN_JUNE = dt.date(2019, 6, 10)
CROWDED_ON = dt.datetime.fromisoformat(agency.AS_OF)
"""A night in the year of sixty divisions."""


def _differences(root: Path, period: str, today: dt.date) -> tuple[int, list[str]]:
    done = compare_workbook(root, published(root), period, today)
    sys.stdout.write(f"{root.parent.name} {period}: {done.figures} figures compared\n")
    return done.figures, done.differences


@pytest.mark.parametrize("period", ["2019-KH", "2019-6T"])
def test_every_figure_of_an_empty_workspace_equals_its_recomputation(empty: Path, period: str) -> None:
    figures, differences = _differences(empty, period, IN_JUNE)
    assert differences == []
    assert figures > 400


@pytest.mark.parametrize(
    ("column", "value"), [(0, "Mọi mục tiêu đều đạt"), (1, "MT01"), (2, "Không đạt"), (9, 7), (0, None)]
)
def test_an_empty_table_holds_its_sentence_in_the_first_column_alone(empty: Path, column: int, value: object) -> None:
    """One stray cell used to pass, in whichever column."""
    sheet = published(empty)["2019-6T"]["4 Không đạt"]
    first, last = str(sheet.tables["khong_dat"].ref).split(":")
    cell = sheet[first:last][1][column]
    right, cell.value = cell.value, value
    done = Comparison()
    compare_table(done, sheet, "khong_dat", [], "Kỳ+Mã Phòng+Mã mục tiêu")
    assert [each.partition(" (")[2].partition(")")[0] for each in done.differences] == ["row that was not recomputed"]
    cell.value, untouched = right, Comparison()
    compare_table(untouched, sheet, "khong_dat", [], "Kỳ+Mã Phòng+Mã mục tiêu")
    assert untouched.differences == []


@pytest.mark.libreoffice
def test_libreoffice_computes_the_same_of_an_empty_workspace(
    empty: Path, recalculate: Callable[[Path], dict[str, object]]
) -> None:
    assert recalculate(empty) == {}


@pytest.mark.long
@pytest.mark.parametrize("period", ["2019-KH", "2019-6T", "2019-CN"])
def test_every_figure_of_sixty_divisions_equals_its_recomputation(sixty: Path, period: str) -> None:
    figures, differences = _differences(sixty, period, CROWDED_ON.date())
    assert differences == []
    assert figures > 5_000


@pytest.mark.long
@pytest.mark.libreoffice
def test_libreoffice_computes_the_same_of_sixty_divisions(
    sixty: Path, recalculate: Callable[[Path], dict[str, object]]
) -> None:
    assert recalculate(sixty) == {}
