"""Number formats, fonts, errors and uncalculated formulas, read from the parts of an .xlsx."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from intake_packages import (
    FAR_CELLS,
    MAIN,
    OFFICE,
    sheet_part,
    workbook_parts,
    write_parts,
    write_workbook,
)
from openpyxl.styles import Font

from pipeline.intake.file_kinds import Limits
from pipeline.intake.formats import SheetFormats
from pipeline.intake.formats_xlsx import number_formats
from pipeline.ooxml import Repair, WouldRepairError


def formats_of_cells(tmp_path: Path, cells: str) -> SheetFormats:
    return number_formats(write_workbook(tmp_path / "form.xlsx", cells)).sheets["S"]


def test_numbers_carry_the_format_they_were_given(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Mục tiêu")
        sheet.write_number("A1", 5)
        for row, code in enumerate(["0%", "0.00%", "dd/mm/yyyy", '0" hồ sơ"', "mm-dd-yy"], 1):
            sheet.write_number(row, 0, 0.95, workbook.add_format({"num_format": code}))
    assert number_formats(path).sheets["Mục tiêu"].number_formats == {
        (1, 1): "General",
        (2, 1): "0%",
        (3, 1): "0.00%",
        (4, 1): "dd/mm/yyyy",
        (5, 1): '0" hồ sơ"',
        (6, 1): "mm-dd-yy",
    }


def test_text_carries_its_font_and_no_format(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"] = "Môc tiªu"
    sheet["A1"].font = Font(name=".VnTime")
    workbook.save(path)
    found = number_formats(path).sheets[sheet.title]
    assert (found.fonts, found.number_formats) == ({(1, 1): ".VnTime"}, {})


def test_a_formula_that_openpyxl_wrote_has_no_value(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet["B2"] = "=1+1"
    workbook.save(path)
    assert number_formats(path).sheets[sheet.title].formulas_without_value == {(2, 2)}


def test_a_formula_that_gives_no_text_is_calculated(tmp_path: Path) -> None:
    found = formats_of_cells(tmp_path, '<row r="1"><c r="A1" t="str"><f>IF(1,"")</f><v></v></c></row>')
    assert found.formulas_without_value == frozenset()


def test_errors_carry_their_text(tmp_path: Path) -> None:
    found = formats_of_cells(tmp_path, '<row r="1"><c r="A1" t="e"><f>A0</f><v>#REF!</v></c></row>')
    assert found.errors == {(1, 1): "#REF!"}


def test_cells_without_references_stand_one_after_the_other(tmp_path: Path) -> None:
    found = formats_of_cells(tmp_path, "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert set(found.number_formats) == {(1, 1), (1, 2), (2, 1)}


def test_prefixed_elements_are_heard(tmp_path: Path) -> None:
    parts = workbook_parts("")
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="B1"><x:v>1</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    found = number_formats(write_parts(tmp_path / "form.xlsx", parts)).sheets["S"]
    assert found.number_formats == {(1, 2): "General"}


def test_differential_formats_are_not_taken_for_cell_formats(tmp_path: Path) -> None:
    parts = workbook_parts('<row r="1"><c r="A1" s="0"><v>1</v></c></row>')
    relations = parts["xl/_rels/workbook.xml.rels"]
    styles = f'<Relationship Id="rId9" Type="{OFFICE}/styles" Target="/xl/styles.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = relations.replace("</Relationships>", styles)
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="170"/></cellXfs>'
        '<dxfs><dxf><font><name val="Arial"/></font><numFmt numFmtId="170" formatCode="0"/></dxf></dxfs>'
        "</styleSheet>"
    )
    found = number_formats(write_parts(tmp_path / "form.xlsx", parts)).sheets["S"]
    assert found.number_formats == {(1, 1): "0.0%"}


def test_a_style_that_the_file_does_not_define_is_unknown(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["A1"] = 1
    workbook.save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet_part('<row r="1"><c r="A1" s="99"><v>1</v></c></row>')
    found = number_formats(write_parts(path, parts)).sheets["Sheet"]
    assert found.number_formats == {}


def test_the_last_filled_cell_is_known_beyond_the_bounds(tmp_path: Path) -> None:
    found = formats_of_cells(tmp_path, FAR_CELLS)
    assert (found.last_row, found.last_column, set(found.number_formats)) == (1_048_576, 16_384, {(1, 1)})


def test_cells_beyond_the_bounds_are_not_kept(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "form.xlsx", '<row r="3"><c r="C3"><v>1</v></c></row>')
    assert number_formats(path, Limits(max_rows=2)).sheets["S"].number_formats == {}


@pytest.mark.parametrize("date_1904", [True, False])
def test_the_date_system_is_known(tmp_path: Path, date_1904: bool) -> None:  # noqa: FBT001 - pytest names it
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": date_1904}) as workbook:
        workbook.add_worksheet()
    assert number_formats(path).date_1904 is date_1904


def test_a_document_type_declaration_is_hostile(tmp_path: Path) -> None:
    parts = workbook_parts("")
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts["xl/worksheets/sheet1.xml"] = bomb + sheet_part("&b;")
    with pytest.raises(WouldRepairError, match=Repair.DOCUMENT_TYPE):
        number_formats(write_parts(tmp_path / "form.xlsx", parts))


@pytest.mark.parametrize("reference", ["XFE1", "A1048577", "A0", "1", "AAAAAA1", "A99999999999"])
def test_a_cell_outside_the_sheet_is_refused(tmp_path: Path, reference: str) -> None:
    with pytest.raises(WouldRepairError, match=Repair.REFERENCE):
        formats_of_cells(tmp_path, f'<row r="1"><c r="{reference}"><v>1</v></c></row>')
