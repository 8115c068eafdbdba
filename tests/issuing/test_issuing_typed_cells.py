"""What pre-filling saves: at most half of a blank form's cells are typed, for the very same rows (bench/)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench import typed_cells
from bench.typed_cells import FORM, PERIODS, Sheet, sheets
from pipeline.demo import filling
from pipeline.desk.starting import blank_templates
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.intake.worker import read_workbook
from pipeline.nightly import RunReport
from pipeline.parsing import parse_form
from pipeline.settings import Settings
from pipeline.vocabulary.lists import lists_of
from pipeline.workspace import Workspace, load_settings

Rows = Mapping[str, Sequence[Mapping[str, object]]]


@dataclass(frozen=True)
class Filled:
    """One report in one of its templates: how many cells were typed, and the rows that are read from it."""

    typed: int
    rows: Rows


@pytest.fixture(scope="module")
def settings(replayed: tuple[Workspace, list[RunReport]]) -> Settings:
    return load_settings(replayed[0]).settings


@pytest.fixture(scope="module")
def every(replayed: tuple[Workspace, list[RunReport]], settings: Settings) -> list[Sheet]:
    """Every report; the blank templates are the same for all."""
    blank = blank_templates(settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typed_cells, "blank_templates", lambda _: blank)
        return list(sheets(replayed[0]))


@pytest.fixture(scope="module")
def filled(
    every: list[Sheet], settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Sheet, Filled, Filled]]:
    """Each report filled in the blank template and in the pre-filled one."""
    folder = tmp_path_factory.mktemp("sent")
    return [
        (one, *(_filled(one, template, settings, folder) for template in (one.blank, one.prefilled))) for one in every
    ]


def _filled(one: Sheet, template: bytes, settings: Settings, folder: Path) -> Filled:
    counts = []
    typing = filling._typed

    def counted(*arguments: object) -> list[filling.Typed]:
        typed = list(typing(*arguments))
        counts.append(len(typed))
        return typed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filling, "_typed", counted)
        content = one.done(template)
    (count,) = counts
    return Filled(count, _rows(content, settings, folder))


def _rows(content: bytes, settings: Settings, folder: Path) -> Rows:
    path = folder / "sent.xlsx"
    path.write_bytes(content)
    read = read_workbook(path)
    assert isinstance(read, RawWorkbook)
    parsed = parse_form(read, FORM, lists_of(settings, 2019))
    assert parsed.findings == ()
    return {sheet: [{**row, "excel_row": 0} for row in rows] for sheet, rows in parsed.rows.items()}


def test_every_division_with_a_plan_is_measured(every: list[Sheet]) -> None:
    assert [sum(one.period == period for one in every) for period in PERIODS] == [10, 8]


def test_at_most_half_of_the_cells_are_typed_in_every_division(filled: list[tuple[Sheet, Filled, Filled]]) -> None:
    shares = {(one.division, str(one.period)): prefilled.typed / blank.typed for one, blank, prefilled in filled}
    assert {key: round(share, 3) for key, share in shares.items() if share > 0.5} == {}


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_what_is_counted_is_what_is_typed(period: object, filled: list[tuple[Sheet, Filled, Filled]]) -> None:
    one, blank, prefilled = next(some for some in filled if some[0].period == period)
    assert (one.typed(one.blank), one.typed(one.prefilled)) == (blank.typed, prefilled.typed)


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_both_ways_give_the_very_same_rows(period: object, filled: list[tuple[Sheet, Filled, Filled]]) -> None:
    for _, blank, prefilled in (some for some in filled if some[0].period == period):
        assert blank.rows == prefilled.rows
