"""What pre-filling saves: at most half of a blank form's cells are typed, for the very same rows (bench/)."""

from pathlib import Path

import pytest

from bench.typed_cells import FORM, PERIODS, Sheet, sheets
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.intake.worker import read_workbook
from pipeline.nightly import RunReport
from pipeline.parsing import parse_form
from pipeline.settings import Settings
from pipeline.vocabulary.lists import lists_of
from pipeline.workspace import Workspace, load_settings


@pytest.fixture(scope="module")
def every(replayed: tuple[Workspace, list[RunReport]]) -> list[Sheet]:
    return list(sheets(replayed[0]))


def test_every_division_with_a_plan_is_measured(every: list[Sheet]) -> None:
    assert [sum(one.period == period for one in every) for period in PERIODS] == [10, 8]


def test_at_most_half_of_the_cells_are_typed_in_every_division(every: list[Sheet]) -> None:
    shares = {(one.division, str(one.period)): one.typed(one.prefilled) / one.typed(one.blank) for one in every}
    assert {key: round(share, 3) for key, share in shares.items() if share > 0.5} == {}


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_both_ways_give_the_very_same_rows(
    period: object, every: list[Sheet], replayed: tuple[Workspace, list[RunReport]], tmp_path: Path
) -> None:
    settings = load_settings(replayed[0]).settings
    for one in (sheet for sheet in every if sheet.period == period):
        filled = [_rows(one.done(template), settings, tmp_path) for template in (one.blank, one.prefilled)]
        assert filled[0] == filled[1]


def _rows(content: bytes, settings: Settings, folder: Path) -> dict[str, list[dict[str, object]]]:
    path = folder / "sent.xlsx"
    path.write_bytes(content)
    read = read_workbook(path)
    assert isinstance(read, RawWorkbook)
    parsed = parse_form(read, FORM, lists_of(settings, 2019))
    assert parsed.findings == ()
    return {sheet: [{**row, "excel_row": 0} for row in rows] for sheet, rows in parsed.rows.items()}
