"""Number formats of .xls and .ods: a percentage is known to be one, and no file makes the scan run away."""

import struct
import zipfile
from pathlib import Path

import pytest
from intake_packages import FIXTURES, workbook_parts, write_open_document, write_parts
from intake_records import BIFF5, bof, cell, globals_with, write_xls

from pipeline.intake import formats_ods, formats_xls
from pipeline.intake.compound_file import CompoundFile
from pipeline.intake.file_kinds import FileKind, FileProblem, Limits, RawWorkbook
from pipeline.intake.formats import FormatsUnreadableError, SheetFormats
from pipeline.intake.formats_ods import unindented
from pipeline.intake.worker import read_workbook
from pipeline.ooxml import HostileWorkbookError, Repair, WouldRepairError

_SPACES = "urn:oasis:names:tc:opendocument:xmlns"


def of_xls(tmp_path: Path, *records: bytes) -> SheetFormats:
    """What a worksheet "S" with these cells says; cell format 0 is General, 1 is 0%, 2 is of the font .VnTime."""
    return formats_xls.number_formats(write_xls(tmp_path / "form.xls", records)).sheets["S"]


def of_ods(tmp_path: Path, cells: str, limits: Limits | None = None) -> SheetFormats:
    path = write_open_document(tmp_path / "form.ods", cells)
    return formats_ods.number_formats(path, limits or Limits()).sheets["S"]


@pytest.mark.parametrize(
    "record",
    [
        cell(0x0203, 0, 0, 1, struct.pack("<d", 0.95)),
        cell(0x027E, 0, 0, 1, struct.pack("<I", 0)),
        cell(0x0006, 0, 0, 1, struct.pack("<d", 0.95), bytes(8)),
        struct.pack("<HHHH", 0x00BD, 12, 0, 0) + struct.pack("<HIH", 1, 0, 0),
    ],
    ids=["NUMBER", "RK", "FORMULA", "MULRK"],
)
def test_a_percentage_of_an_xls_is_known_in_every_record_that_holds_a_number(tmp_path: Path, record: bytes) -> None:
    assert of_xls(tmp_path, record).number_formats == {(1, 1): "0%"}


def test_numbers_that_stand_side_by_side_in_an_xls_have_their_own_formats(tmp_path: Path) -> None:
    record = struct.pack("<HHHH", 0x00BD, 24, 4, 2) + b"".join(struct.pack("<HI", style, 0) for style in (0, 1, 0))
    assert of_xls(tmp_path, record + struct.pack("<H", 4)).number_formats == {
        (5, 3): "General",
        (5, 4): "0%",
        (5, 5): "General",
    }


def test_errors_of_an_xls_are_known_typed_and_calculated(tmp_path: Path) -> None:
    typed = cell(0x0205, 0, 0, 0, b"\x07\x01")
    calculated = cell(0x0006, 0, 1, 0, b"\x02\x00\x17\x00\x00\x00\xff\xff", bytes(8))
    assert of_xls(tmp_path, typed, calculated).errors == {(1, 1): "#DIV/0!", (1, 2): "#REF!"}


def test_a_font_behind_the_missing_number_four_is_the_right_one(tmp_path: Path) -> None:
    assert of_xls(tmp_path, cell(0x00FD, 0, 0, 2, bytes(4))).fonts == {(1, 1): ".VnTime"}


def test_an_embedded_chart_is_no_part_of_its_sheet(tmp_path: Path) -> None:
    chart = bof(0x0020) + cell(0x0203, 9, 9, 1, bytes(8)) + struct.pack("<HH", 0x000A, 0)
    assert of_xls(tmp_path, chart, cell(0x0203, 0, 0, 1, bytes(8))).number_formats == {(1, 1): "0%"}


def test_an_xls_older_than_excel_97_counts_as_unknown(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "form.xls", (), version=BIFF5)
    with pytest.raises(FormatsUnreadableError):
        formats_xls.number_formats(path)


@pytest.mark.parametrize(
    "records",
    [
        (struct.pack("<HH", 0x0203, 2) + b"\x00\x00",),
        (cell(0x0203, 0, 0, 999, bytes(8)),),
        (struct.pack("<HH", 0x0006, 6) + bytes(6),),
    ],
    ids=["cut record", "style that is not there", "cut formula"],
)
def test_damaged_records_make_formats_unknown(tmp_path: Path, records: tuple[bytes, ...]) -> None:
    with pytest.raises(FormatsUnreadableError):
        of_xls(tmp_path, *records)


def test_a_small_stream_of_a_compound_file_is_read_whole() -> None:
    small = CompoundFile((FIXTURES / "form.xls").read_bytes()).content("\x05summaryinformation")
    assert small.startswith(b"\xfe\xff\x00\x00")
    assert b"\x30\x00\x00\x00" in small[:64]


def test_the_date_system_of_an_xls_is_known(tmp_path: Path) -> None:
    records = globals_with(date_1904=True)
    assert formats_xls.number_formats(write_xls(tmp_path / "form.xls", (), before=records)).date_1904


@pytest.mark.parametrize(("kind", "expected"), [("percentage", "0%"), ("float", "General"), ("currency", "General")])
def test_a_cell_of_an_ods_says_whether_it_is_a_percentage(tmp_path: Path, kind: str, expected: str) -> None:
    written = f'<table:table-cell office:value-type="{kind}" office:value="0.95"/>'
    assert of_ods(tmp_path, written).number_formats == {(1, 1): expected}


def test_repeated_and_blank_cells_of_an_ods_keep_their_places(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="1"/>'
        '<table:covered-table-cell/><table:table-cell office:value-type="float" office:value="1"/>'
    )
    assert of_ods(tmp_path, cells).number_formats == {(1, 3): "0%", (1, 4): "0%", (1, 6): "General"}


def test_an_error_of_an_ods_is_known_by_what_it_shows(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    assert of_ods(tmp_path, cell).errors == {(1, 1): "#DIV/0!"}


def test_a_text_that_looks_like_an_error_is_a_text(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>#REF!</text:p></table:table-cell>'
    assert of_ods(tmp_path, cell).errors == {}


def test_a_formula_of_an_ods_without_a_value_is_uncalculated(tmp_path: Path) -> None:
    assert of_ods(tmp_path, '<table:table-cell table:formula="of:=1+1"/>').formulas_without_value == {(1, 1)}


def test_a_table_inside_a_cell_of_an_ods_is_no_sheet(tmp_path: Path) -> None:
    inner = (
        '<table:table table:name="I"><table:table-row><table:table-cell office:value-type="percentage"/>'
        "</table:table-row></table:table>"
    )
    cells = f'<table:table-cell office:value-type="float" office:value="1">{inner}</table:table-cell>'
    more = '<table:table-cell office:value-type="percentage" office:value="1"/>'
    assert of_ods(tmp_path, cells + more).number_formats == {(1, 1): "General", (1, 2): "0%"}


def test_cells_that_are_repeated_without_end_are_kept_within_the_bounds(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16000" office:value-type="percentage" office:value="1"/>'
    found = of_ods(tmp_path, cell)
    assert (len(found.number_formats), found.last_column) == (Limits().max_columns, 16_000)


def test_more_cells_than_are_carried_back_make_formats_unknown(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="200" office:value-type="percentage" office:value="1"/>'
    with pytest.raises(FormatsUnreadableError):
        of_ods(tmp_path, cell, Limits(max_cells=199))


def test_a_cell_beyond_every_worksheet_is_hostile(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="99999" office:value-type="float" office:value="1"/>'
    with pytest.raises(HostileWorkbookError, match="column 99999"):
        of_ods(tmp_path, cell)


def test_an_ods_that_would_outgrow_the_memory_is_refused_before_calamine_aborts(tmp_path: Path) -> None:
    far = (
        '<table:table-cell table:number-columns-repeated="16383"/>'
        '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="float" office:value="1"/>'
    )
    found = read_workbook(write_open_document(tmp_path / "form.ods", far))
    assert (found.problem, found.kind) == (FileProblem.OUT_OF_MEMORY, FileKind.ODS)  # type: ignore[union-attr]


def test_a_document_type_declaration_of_an_ods_is_hostile(tmp_path: Path) -> None:
    path = write_open_document(tmp_path / "form.ods", "")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    parts["content.xml"] = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + parts["content.xml"]
    with pytest.raises(WouldRepairError, match=Repair.DOCUMENT_TYPE):
        formats_ods.number_formats(write_parts(path, parts))


def test_prefixes_of_an_ods_do_not_matter(tmp_path: Path) -> None:
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f'<o:document-content xmlns:o="{_SPACES}:office:1.0" xmlns:t="{_SPACES}:table:1.0"><o:body>'
        '<o:spreadsheet><t:table t:name="S"><t:table-row><t:table-cell o:value-type="percentage" o:value="1"/>'
        "</t:table-row></t:table></o:spreadsheet></o:body></o:document-content>",
    }
    found = formats_ods.number_formats(write_parts(tmp_path / "form.ods", parts))
    assert found.sheets["S"].number_formats == {(1, 1): "0%"}


def test_an_indented_ods_is_read_with_the_blanks_inside_its_paragraphs(tmp_path: Path) -> None:
    cell = (
        '\n  <table:table-cell office:value-type="string">\n    <text:p>Giải quyết <text:span>đúng</text:span> '
        "<text:span>hạn</text:span></text:p>\n  </table:table-cell>\n"
    )
    found = read_workbook(write_open_document(tmp_path / "form.ods", cell))
    assert isinstance(found, RawWorkbook)
    assert {at: one.value for at, one in found.sheets[0].cells.items()} == {(1, 1): "Giải quyết đúng hạn"}


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"PK\x05\x06" + bytes(18)], ids=["nothing", "cut", "no parts"])
def test_a_damaged_package_cannot_be_unindented(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unindented(content)


def test_joined_cells_are_told_in_every_kind(tmp_path: Path) -> None:
    area = ((2, 1), (3, 2))
    merged = struct.pack("<HHH4H", 0x00E5, 10, 1, 1, 2, 0, 1)
    assert of_xls(tmp_path, cell(0x0203, 1, 0, 0, bytes(8)), merged).merged == [area]
    spanned = (
        "</table:table-row><table:table-row>"
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-spanned="2" '
        'table:number-rows-spanned="2"/>'
    )
    assert of_ods(tmp_path, spanned).merged == [area]
    parts = workbook_parts('<row r="2"><c r="A2"><v>1</v></c></row>')
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A2:B3"/></mergeCells>')
    found = read_workbook(write_parts(tmp_path / "form.xlsx", parts))
    assert isinstance(found, RawWorkbook)
    assert found.sheets[0].merged == (area,)
