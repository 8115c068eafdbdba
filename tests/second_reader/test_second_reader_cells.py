"""The second reader sees what the first one sees, and the number formats that the first one cannot tell."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from pipeline.intake.file_kinds import RawWorkbook as FirstRead
from pipeline.intake.worker import read_workbook
from pipeline.second_reader import NotReadAgainError, NotServedError, read_again
from pipeline.spreadsheet import Position, RawCell, RawWorkbook

FIXTURES = Path(__file__).parents[1] / "intake" / "fixtures"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def values(workbook: RawWorkbook) -> list[tuple[str, bool, dict[str, object]]]:
    """Titles and values; a date is what its day is."""
    return [
        (sheet.title, sheet.hidden, {f"{position}": _value(cell) for position, cell in sorted(sheet.cells.items())})
        for sheet in workbook.sheets
    ]


def _value(cell: RawCell) -> object:
    midnight = isinstance(cell.value, dt.datetime) and cell.value.time() == dt.time()
    return cell.value.date() if midnight and isinstance(cell.value, dt.datetime) else cell.value


def first_read(path: Path) -> RawWorkbook:
    outcome = read_workbook(path)
    assert isinstance(outcome, FirstRead)
    return outcome


def with_cells(cells: str) -> bytes:
    """A workbook as xlsxwriter writes it, whose only sheet holds other cells."""
    written, changed = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(written) as workbook:
        workbook.add_worksheet("S").write(0, 0, 1)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.infolist():
            sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'.encode()
            new.writestr(part.filename, sheet if part.filename.endswith("sheet1.xml") else old.read(part))
    return changed.getvalue()


def open_document(cells: str, before: str = "") -> bytes:
    written = io.BytesIO()
    spaces = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    with zipfile.ZipFile(written, "w") as package:
        package.writestr(
            "content.xml",
            f"{before}<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{cells}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return written.getvalue()


@pytest.mark.parametrize("name", ["form.xls", "form.ods", "long.xls"])
def test_older_kinds_give_the_values_of_the_first_reader(name: str) -> None:
    first, second = first_read(FIXTURES / name), read_again((FIXTURES / name).read_bytes())
    told = [(title, found) for title, _, found in values(first)]
    assert told == [(title, found) for title, _, found in values(second)]


@pytest.mark.parametrize("name", ["form.xls", "form.ods", "long.xls"])
def test_both_readers_see_the_same_percentages_and_errors_in_older_kinds(name: str) -> None:
    first, second = first_read(FIXTURES / name), read_again((FIXTURES / name).read_bytes())
    assert _signs(first) == _signs(second)


def _signs(workbook: RawWorkbook) -> dict[tuple[str, Position], tuple[bool, bool]]:
    return {
        (sheet.title, position): ("%" in (cell.number_format or ""), cell.is_error)
        for sheet in workbook.sheets
        for position, cell in sheet.cells.items()
    }


@pytest.mark.parametrize("name", ["form.xls", "form.ods"])
def test_a_percentage_of_an_older_kind_is_known_by_its_format(name: str) -> None:
    assert read_again((FIXTURES / name).read_bytes()).sheets[0].cells[3, 4] == RawCell(0.95, "0%")


@pytest.mark.parametrize("name", ["form.xls", "form.ods"])
def test_errors_of_older_kinds_are_seen(name: str) -> None:
    assert read_again((FIXTURES / name).read_bytes()).sheets[0].cells[3, 8] == RawCell("#DIV/0!", is_error=True)


def test_every_kind_of_cell_of_an_xlsx_is_as_the_first_reader_sees_it(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Mục tiêu")
        day, span = (workbook.add_format({"num_format": code}) for code in ("dd/mm/yyyy", "[h]:mm"))
        bold = workbook.add_format({"bold": True})
        sheet.write_string("C5", "chữ")
        sheet.write_number("D5", 5)
        sheet.write_number("E5", 0.95, workbook.add_format({"num_format": "0%"}))
        sheet.write_boolean("F5", boolean=True)
        sheet.write_datetime("C7", dt.date(2019, 6, 9), day)
        sheet.write_number("D7", 1.5, span)
        sheet.write_formula("E7", "=1+1", None, 2)
        sheet.write_rich_string("F7", "một ", bold, "hai", " ba")
        sheet.write_formula("C9", "=1/0", None, "#DIV/0!")
        workbook.add_worksheet("Ẩn").very_hidden()
        workbook.add_chartsheet("Biểu đồ").set_chart(_chart(workbook))
    again = read_again(path.read_bytes())
    assert values(again) == values(first_read(path))
    cells = again.sheets[0].cells
    assert (cells[5, 5].number_format, cells[9, 3].is_error) == ("0%", True)


def _chart(workbook: xlsxwriter.Workbook) -> object:
    chart = workbook.add_chart({"type": "line"})
    assert chart is not None
    chart.add_series({"values": "='Mục tiêu'!$D$5"})
    return chart


def test_dates_of_a_1904_workbook_are_right(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        workbook.add_worksheet().write_datetime("A1", dt.date(2019, 6, 9), day)
    found = read_again(path.read_bytes())
    assert (found.date_1904, found.sheets[0].cells[1, 1].value) == (True, dt.datetime(2019, 6, 9))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1" t="inlineStr"><is><t>a_x000D_&#10;b</t></is></c>', "a\r\nb"),
        ('<c r="A1" t="str"><f>1</f><v>a_x000D_b</v></c>', "a\rb"),
        ('<c r="A1" t="d"><v>2019-06-09</v></c>', dt.date(2019, 6, 9)),
        ('<c t="inlineStr"><is><r><t xml:space="preserve">Đạt </t></r><r><t>95%</t></r></is></c>', "Đạt 95%"),
    ],
    ids=["carriage return", "in a formula", "ISO date", "no address"],
)
def test_odd_cells_of_other_programs_are_read(cell: str, expected: object, tmp_path: Path) -> None:
    content = with_cells(f'<row r="1">{cell}</row>')
    assert _value(read_again(content).sheets[0].cells[1, 1]) == expected
    (tmp_path / "form.xlsx").write_bytes(content)
    first = first_read(tmp_path / "form.xlsx").sheets[0].cells[1, 1]
    assert _value(first) == expected


def test_a_formula_without_a_value_holds_nothing() -> None:
    assert read_again(with_cells('<row r="1"><c r="A1"><f>1+1</f></c></row>')).sheets[0].cells == {}


def test_a_cell_at_the_end_of_the_world_costs_nothing() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert set(read_again(with_cells(far)).sheets[0].cells) == {(1, 1)}


ROW = "<table:table-row>{}</table:table-row>"
NOTE = "<office:annotation><text:p>ghi chú</text:p></office:annotation>"
TEXT = f'{NOTE}<text:p>một<text:s text:c="2"/>hai<text:line-break/>ba</text:p><text:p>bốn</text:p>'
SEVEN = '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>'
TRUE = '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
LONG = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
WORD = ROW.format("<table:table-cell><text:p>x</text:p></table:table-cell>")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            ROW.format(SEVEN).replace("row>", 'row table:number-rows-repeated="2">', 1),
            {(1, 1): 7.0, (1, 2): 7.0, (2, 1): 7.0, (2, 2): 7.0},
        ),
        (LONG + WORD, {}),
        (ROW.format(f"<table:table-cell>{TEXT}</table:table-cell>"), {(1, 1): "một  hai\nba\nbốn"}),
        (ROW.format(f"<table:covered-table-cell/>{TRUE}"), {(1, 2): True}),
    ],
    ids=["repeated", "beyond the rows", "text without its note", "boolean"],
)
def test_cells_of_an_open_document_stand_where_they_stand(cells: str, expected: dict[object, object]) -> None:
    found = read_again(open_document(cells)).sheets[0].cells
    assert {position: cell.value for position, cell in found.items()} == expected


def test_a_hidden_sheet_of_an_xls_is_marked() -> None:
    assert [sheet.hidden for sheet in read_again((FIXTURES / "form.xls").read_bytes()).sheets] == [False, True]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 and no more",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more",
        (FIXTURES / "form.xls").read_bytes()[:3000],
        (FIXTURES / "form.ods").read_bytes()[:-40],
        (FIXTURES / "password.xlsx").read_bytes(),
        (FIXTURES / "form.pdf").read_bytes(),
        open_document("", before='<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
        open_document('<table:table-row><table:table-cell office:value-type="float" office:value="x"/>'),
        with_cells('<row r="1"><c r="A1"><v>1</v>'),
    ],
    ids=["empty", "cut zip", "cut ole", "cut xls", "cut ods", "password", "pdf", "doctype", "no number", "cut sheet"],
)
def test_damage_is_told_as_one_error(content: bytes) -> None:
    with pytest.raises(NotReadAgainError):
        read_again(content)


def test_a_sheet_of_too_many_cells_is_refused() -> None:
    row = '<table:table-row table:number-rows-repeated="3000"><table:table-cell table:number-columns-repeated="200"'
    with pytest.raises(NotReadAgainError):
        read_again(open_document(f"{row}><text:p>x</text:p></table:table-cell></table:table-row>"))


def test_what_would_inflate_to_more_than_memory_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package, package.open("xl/a.xml", "w") as part:
        for _ in range(201):
            part.write(bytes(1 << 20))
    with pytest.raises(NotReadAgainError):
        read_again(written.getvalue())


def test_a_kind_without_a_second_reader_says_so() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("xl/workbook.bin", b"x")
    with pytest.raises(NotServedError):
        read_again(written.getvalue())
