"""A mistake in danh_muc.xlsx stops the night before anything is touched, each night, and names the cell."""

import datetime as dt
import io
from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest
from nights_books import book_bytes
from openpyxl import load_workbook
from rules_bases import BASES
from rules_examples import Example
from rules_sheets import Case, read_bytes
from rules_table import examples

from pipeline import directory
from pipeline.demo.content import settings_text
from pipeline.desk.starting import furnish
from pipeline.faults import OperatorError
from pipeline.findings import CATALOGUE, Severity
from pipeline.forms import BY_NUMBER
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.nightly import run_night
from pipeline.vocabulary.sheets import duty_column
from pipeline.workspace import Workspace

_OF_DIRECTORY = [one for one in examples() if one.base == "DM-01"]
_STOPPING = [
    one for one in _OF_DIRECTORY if any(CATALOGUE[code].severity is Severity.ERROR for code, _ in one.expected)
]
_NIGHT = dt.datetime(2019, 1, 20, 0, 5)


@pytest.fixture(scope="module")
def furnished_desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("desk") / "so"
    furnish(folder, settings_text(), book_bytes(Case("DM-01").workbook))
    return Workspace(folder)


@pytest.mark.parametrize("example", _STOPPING, ids=lambda one: one.name)
def test_the_first_cell_that_is_wrong_is_named_and_nothing_is_written(
    example: Example, furnished_desk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The reader's process is another test's business; a spawn a file would take a minute here.
    monkeypatch.setattr(directory, "_read", lambda content, _: _read_once(content))
    furnished_desk.directory_file.write_bytes(book_bytes(example.case().workbook))
    before = _files(furnished_desk)
    wanted = next(place for code, place in example.expected_places if CATALOGUE[code].severity is Severity.ERROR)
    for minutes in (0, 15):
        with pytest.raises(OperatorError) as stopped:
            run_night(furnished_desk, _NIGHT + dt.timedelta(minutes=minutes))
        assert (stopped.value.finding.code, stopped.value.finding.facts["place"]) == ("E803", wanted or "danh_muc.xlsx")
    assert _files(furnished_desk) == before


@lru_cache(1)
def _read_once(content: bytes) -> RawWorkbook:
    return read_bytes(content)


def test_a_valid_directory_lets_the_night_pass(furnished_desk: Workspace) -> None:
    furnished_desk.directory_file.write_bytes(book_bytes(Case("DM-01").workbook))
    assert run_night(furnished_desk, _NIGHT).arrived == 0


def test_every_rule_of_the_directory_is_tried() -> None:
    assert BASES["DM-01"].number == "DM-01"
    assert len(_STOPPING) == len(_OF_DIRECTORY) > 50


def _files(workspace: Workspace) -> list[Path]:
    return sorted(path for path in workspace.root.rglob("*") if path.is_file())


def test_a_directory_without_the_column_of_a_newer_form_says_that_nobody_submits_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(directory, "_read", lambda content, _: read_bytes(content))
    workbook = load_workbook(io.BytesIO(book_bytes(Case("DM-01").workbook)))
    divisions = workbook["Phòng, đơn vị"]
    tags = next(row for row in divisions.iter_rows() if row[0].value == "code")
    (column,) = (cell.column for cell in tags if cell.value == duty_column(BY_NUMBER["BM-03"]))
    before, _ = directory.read_directory(_saved(workbook), "danh_muc.xlsx")
    divisions.delete_cols(column)
    after, _ = directory.read_directory(_saved(workbook), "danh_muc.xlsx")
    assert any("BM-03" in one["owes"] for one in before)  # type: ignore[operator]
    without = [{**one, "owes": [form for form in one["owes"] if form != "BM-03"]} for one in before]  # type: ignore[attr-defined]
    assert after == without


def _saved(workbook: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
