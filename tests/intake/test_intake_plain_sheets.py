"""A sheet written as programs write it is taken by a pattern; what is written otherwise is heard, to the same end."""

from pathlib import Path

import pytest
from intake_bases import bases
from intake_packages import write_workbook

from pipeline.intake import formats_xlsx
from pipeline.intake.file_kinds import DEFAULT_LIMITS, Limits, RawWorkbook
from pipeline.intake.worker import read_workbook
from pipeline.spreadsheet import RawCell

ROOT = Path(__file__).parents[2]
PLAIN = {
    "cells, blank ones between": '<row r="2"><c r="B2"><v>1</v></c><c r="C2" s="0"/><c r="D2"><v>2</v></c></row>',
    "a row without cells": '<row r="1" ht="3"/><row r="2"><c r="A2"><v>1</v></c></row><row r="4"></row>',
    "attributes of other programs": '<row r="1" spans="1:2" hidden="false"><c r="A1" s="0" t="n"><v>1</v></c></row>',
    "a formula stored once": (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">1&gt;0</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
    ),
    "formulas without a value": '<row r="1"><c r="A1"><f>1</f></c><c r="B1" t="str"><f>""</f><v></v></c></row>',
    "a formula's empty text": '<row r="1"><c r="A1" t="str"><f>""</f><v/></c><c r="B1"><v>1</v></c></row>',
    "an error of a new program": '<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1"><v>1</v></c></row>',
    "a text in line": '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a &amp; b </t></is></c></row>',
}
OTHERWISE = {
    "a blank between": '<row r="1"> <c r="A1"><v>1</v></c></row>',
    "a row in the place of a cell": '<row r="1"><c r="A1"><v>1</v></c><row r="2"/></row>',
    "a cell behind a closed row": '<row r="1"/><c r="A1"><v>1</v></c>',
    "a cell of another row": '<row r="1"><c r="A2"><v>1</v></c></row>',
    "a cell of a row that was skipped": '<row r="1"><c r="A2"><v>1</v></c></row><row r="3"/>',
    "cells out of order": '<row r="1"><c r="B1"/><c r="A1"><v>1</v></c></row>',
    "rows out of order": '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"/>',
    "a cell twice": '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "two values": '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
    "a value before its formula": '<row r="1"><c r="A1"><v>1</v><f>1</f></c></row>',
    "an attribute twice": '<row r="1" ht="1" ht="2"><c r="A1"><v>1</v></c></row>',
    "a prefix that is not declared": '<row r="1" x14ac:dyDescent="1"><c r="A1"><v>1</v></c></row>',
    "cells of another namespace": '<row r="1" xmlns="urn:x"><c r="A1"><v>1</v></c></row>',
    "a formula that is no XML": '<row r="1"><c r="A1"><f>1&2</f><v>1</v></c></row>',
    "an entity": '<row r="1"><c r="A1" t="str"><f>&x;</f><v>1</v></c></row>',
    "a comment": '<row r="1"><!-- x --><c r="A1"><v>1</v></c></row>',
    "a number in pieces": '<row r="1"><c r="A1"><v>1<![CDATA[2]]></v></c></row>',
    "a number that is none": '<row r="1"><c r="A1"><v>eins</v></c></row>',
    "a text that is not shared": '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
    "a text in line beside its type": '<row r="1"><c r="A1" t="str"><is><t>a</t></is></c></row>',
    "a text in line in runs": '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>',
    "attributes in another order": '<row r="1"><c t="n" r="A1"><v>1</v></c></row>',
    "a far column": '<row r="1"><c r="AAA1"><v>1</v></c></row>',
    "a row beyond all": '<row r="9999999"><c r="A9999999"><v>1</v></c></row>',
    "a second table of cells": '</sheetData><sheetData><row r="1"><c r="A1"><v>1</v></c></row>',
    "nothing": "",
}


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parts of the workbooks that were heard element by element."""
    parts: list[str] = []
    hears = formats_xlsx._as_anybody_writes

    def noted(shared: formats_xlsx._Shared) -> formats_xlsx.WorkbookFormats:
        parts.extend(shared.parts.values())
        return hears(shared)

    monkeypatch.setattr(formats_xlsx, "_as_anybody_writes", noted)
    return parts


def as_heard(path: Path, limits: Limits = DEFAULT_LIMITS) -> object:
    """What comes of a file of which every element is heard."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formats_xlsx, "_as_programs_write", lambda _: None)
        return read_workbook(path, limits)


@pytest.mark.parametrize("cells", PLAIN.values(), ids=PLAIN)
def test_what_programs_write_is_taken_as_it_would_be_heard(cells: str, tmp_path: Path, heard: list[str]) -> None:
    path = write_workbook(tmp_path / "form.xlsx", cells)
    read = read_workbook(path)
    assert heard == []
    assert isinstance(read, RawWorkbook)
    assert read == as_heard(path)


@pytest.mark.parametrize("cells", OTHERWISE.values(), ids=OTHERWISE)
def test_what_is_written_otherwise_is_heard(cells: str, tmp_path: Path, heard: list[str]) -> None:
    path = write_workbook(tmp_path / "form.xlsx", cells)
    read = read_workbook(path)
    assert heard
    assert read == as_heard(path)


@pytest.mark.parametrize("form", sorted((ROOT / "templates_xlsx").glob("*.xlsx")), ids=lambda form: form.name[:5])
def test_every_template_is_taken_as_it_would_be_heard(form: Path, heard: list[str]) -> None:
    read = read_workbook(form)
    assert heard == []
    assert read == as_heard(form)


@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter"])
def test_what_two_writers_save_is_taken(writer: str, tmp_path: Path, heard: list[str]) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(bases()[writer])
    assert read_workbook(path) == as_heard(path)
    assert heard[2:] == []


def test_a_cell_beyond_what_is_carried_back_is_heard(tmp_path: Path, heard: list[str]) -> None:
    path, limits = write_workbook(tmp_path / "form.xlsx", '<row r="9"><c r="A9"><v>1</v></c></row>'), Limits(max_rows=8)
    assert read_workbook(path, limits) == as_heard(path, limits)
    assert heard


def test_a_member_of_a_shared_formula_holds_one(tmp_path: Path) -> None:
    read = read_workbook(write_workbook(tmp_path / "form.xlsx", PLAIN["a formula stored once"]))
    assert isinstance(read, RawWorkbook)
    assert dict(read.sheets[0].cells) == {
        (1, 1): RawCell(1.0, "General", has_formula=True),
        (2, 1): RawCell(2.0, "General", has_formula=True),
    }
