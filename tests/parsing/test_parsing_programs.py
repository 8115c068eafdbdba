"""Forms filled or saved by SheetJS, exceljs, Gnumeric and openpyxl are read to the same rows (issue 4, item 5).

The files stand in ``fixtures``; ``programs/make_fixtures.py`` makes them. LibreOffice: ``tests/libreoffice``.
"""

import zlib
from pathlib import Path

import pytest
from parsing_desk import parsed_of, rows_of, short, untouched, whole
from rules_sheets import read_bytes

from pipeline.forms import FORMS
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.intake.worker import read_workbook
from pipeline.parsing import recognise

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("BM-*"))
PROGRAMS = {"exceljs", "gnumeric", "sheetjs"}
EVERY_FIXTURE = pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)


def opened(path: Path) -> RawWorkbook:
    found = read_workbook(path)
    assert isinstance(found, RawWorkbook)
    return found


def base(path: Path) -> str:
    return path.name.split("_")[0]


def test_every_form_was_saved_by_every_program_and_one_in_every_kind() -> None:
    saved = {tuple(path.stem.split("_")) for path in FIXTURES if path.suffix == ".xlsx"}
    assert saved == {(form.number, program) for form in FORMS for program in PROGRAMS}
    older = {path.name for path in FIXTURES if path.suffix != ".xlsx"}
    assert older == {f"BM-02_{program}.{kind}" for program in ("gnumeric", "sheetjs") for kind in ("xls", "ods")}


@EVERY_FIXTURE
def test_a_form_saved_by_another_program_gives_the_same_rows(path: Path) -> None:
    assert rows_of(opened(path), base(path)) == untouched(base(path))


@EVERY_FIXTURE
def test_every_column_of_it_is_found_by_its_tag(path: Path) -> None:
    assert parsed_of(opened(path), base(path)).findings == ()


@EVERY_FIXTURE
def test_it_is_recognised_by_its_hidden_sheet(path: Path) -> None:
    form, identity = recognise(opened(path), FORMS)
    assert form is not None
    assert (form.number, identity is not None) == (base(path), True)


@EVERY_FIXTURE
def test_its_formats_are_known(path: Path) -> None:
    assert opened(path).formats_known


@pytest.mark.parametrize("name", [form.number for form in FORMS])
def test_a_form_saved_by_openpyxl_gives_the_same_rows_long_or_short(name: str) -> None:
    assert rows_of(read_bytes(whole(name)), name) == rows_of(read_bytes(short(name)), name) == untouched(name)


@EVERY_FIXTURE
def test_a_fixture_is_small(path: Path) -> None:
    assert len(zlib.compress(path.read_bytes())) < 100_000, "as git keeps it"
