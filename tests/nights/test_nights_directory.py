"""A mistake in danh_muc.xlsx stops the night before anything is touched, each night, and names the cell."""

import datetime as dt
import io
from dataclasses import replace
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
from pipeline.demo.filling import Filling, fill
from pipeline.desk.starting import furnish
from pipeline.faults import OperatorError
from pipeline.findings import CATALOGUE, Severity
from pipeline.forms import BY_NUMBER, DIRECTORY
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.nightly import run_night
from pipeline.settings import AgencyName
from pipeline.templates.template import Issue, template_bytes
from pipeline.vocabulary.sheets import duty_column
from pipeline.workspace import Workspace

_OF_DIRECTORY = [one for one in examples() if one.base == "DM-01"]
_STOPPING = [
    one for one in _OF_DIRECTORY if any(CATALOGUE[code].severity is Severity.ERROR for code, _ in one.expected)
]
_LATER = ("head_title", "symbol")
_NIGHT = dt.datetime(2019, 1, 20, 0, 5)
TAG_ROW = 4
_DIVISION = {"name": "Phòng", "kind": "phòng", "in_scope": "có", "valid_from": dt.date(2018, 1, 1)}


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
    # Of somebody who is left in a division that has ended the sheet warns: no night waits for that.
    assert [one.code for one in _OF_DIRECTORY if one not in _STOPPING] == ["R652"]
    assert len(_STOPPING) > 50


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


def test_a_directory_of_version_1_is_read_without_title_and_symbol(monkeypatch: pytest.MonkeyPatch) -> None:
    """d: an older directory has no column for the title of the head and for the symbol of the division."""
    monkeypatch.setattr(directory, "_read", lambda content, _: read_bytes(content))
    workbook = load_workbook(io.BytesIO(book_bytes(Case("DM-01").workbook)))
    before, _ = directory.read_directory(_saved(workbook), "danh_muc.xlsx")
    divisions = workbook["Phòng, đơn vị"]
    tags = next(row for row in divisions.iter_rows() if row[0].value == "code")
    for column in sorted((cell.column for cell in tags if cell.value in _LATER), reverse=True):
        divisions.delete_cols(column)
    after, _ = directory.read_directory(_saved(workbook), "danh_muc.xlsx")
    assert any(_LATER[0] in each for each in before)
    assert after == [{name: value for name, value in each.items() if name not in _LATER} for each in before]


def _saved(workbook: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_any_number_of_divisions_is_read_and_their_drop_downs_reach_below_the_rows_laid_out() -> None:
    issue = Issue(lists={}, agency=AgencyName(name="", superior="", place=""), made_on=dt.date(2019, 1, 1))
    template = template_bytes(DIRECTORY, issue)
    book = load_workbook(io.BytesIO(template))
    sheet = book["Phòng, đơn vị"]
    (kinds,) = (
        each for each in sheet.data_validations.dataValidation if each.type == "list" and "C6" in str(each.sqref)
    )
    assert str(kinds.sqref) == "C6:C20005"
    # A cell that is not there has the look of its column, and of a protected sheet only unlocked ones can be filled.
    assert not sheet.column_dimensions["A"].protection.locked
    owed = {duty_column(form): "không" for form in BY_NUMBER.values()}
    rows = [{**_DIVISION, **owed, "code": f"D{place:04d}"} for place in range(1200)]
    columns = {cell.value: cell.column for cell in sheet[TAG_ROW]}
    for at, row in enumerate(rows, TAG_ROW + 2):
        for name, value in row.items():
            sheet.cell(at, columns[name], value)
    written = io.BytesIO()
    book.save(written)
    divisions, staff = directory.read_directory(written.getvalue(), "danh_muc.xlsx")
    assert ([one["code"] for one in divisions], staff) == ([row["code"] for row in rows], [])


def test_too_many_divisions_are_refused_with_how_many_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "_read", lambda content, _: read_bytes(content))
    sheet = DIRECTORY.sheets[0]
    few = replace(DIRECTORY, sheets=(replace(sheet, plan=replace(sheet.plan, rows=1, most=1)), *DIRECTORY.sheets[1:]))
    monkeypatch.setattr(directory, "DIRECTORY", few)
    owed = {duty_column(form): "không" for form in BY_NUMBER.values()}
    issue = Issue(lists={}, agency=AgencyName(name="", superior="", place=""), made_on=dt.date(2019, 1, 1))
    rows = [{**_DIVISION, **owed, "code": code} for code in ("D1", "D2")]
    filled = fill(template_bytes(DIRECTORY, issue), DIRECTORY, Filling(rows={"divisions": rows}), {})
    with pytest.raises(OperatorError) as refused:
        directory.read_directory(filled, "danh_muc.xlsx")
    assert refused.value.finding.facts["place"] == "Phòng, đơn vị!A7"
    assert refused.value.finding.facts["reason"] == ("Trang “Phòng, đơn vị” có 2 dòng số liệu, vượt mức tối đa 1 dòng.")
