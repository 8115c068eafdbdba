"""Reading one workbook: every kind of cell at its true address, every refusal a value."""

import datetime as dt
import pickle
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import python_calamine as calamine
import xlsxwriter
from intake_packages import (
    FAR_CELLS,
    FIXTURES,
    workbook_parts,
    write_open_document,
    write_parts,
    write_workbook,
)

from pipeline.intake import worker
from pipeline.intake.file_kinds import FileKind, FileProblem, Limits, RawWorkbook, ReadFailure
from pipeline.intake.formats import FormatsUnreadableError
from pipeline.intake.worker import read_workbook
from pipeline.spreadsheet import Position, RawCell

FORM_ROW = {
    (3, 2): RawCell("Đạt", None),
    (3, 3): RawCell(5.0, "General"),
    (3, 4): RawCell(0.95, "0%"),
    (3, 8): RawCell("#DIV/0!", None, is_error=True),
    (3, 9): RawCell(6.0, "General"),
}
"""What both older kinds tell alike; an .ods tells no format of a day."""
OF_FORMULAS = {
    (3, 9): RawCell(6.0, "General", has_formula=True),
    (3, 10): RawCell(1.0, "General", has_formula=True),
}
"""In an .ods; LibreOffice stores =TRUE() as a number."""
FORM_DAYS = {
    (3, 5): (dt.date(2019, 6, 9), "dd/mm/yyyy"),
    (3, 6): (dt.datetime(2019, 6, 9, 13, 5), r"dd/mm/yyyy\ hh:mm"),
    (3, 7): (dt.timedelta(hours=36), "[h]:mm"),
}


def workbook_at(path: Path, limits: Limits | None = None) -> RawWorkbook:
    outcome = read_workbook(path, limits or Limits())
    assert isinstance(outcome, RawWorkbook)
    return outcome


def cells_at(path: Path, limits: Limits | None = None) -> dict[Position, RawCell]:
    return dict(workbook_at(path, limits).sheets[0].cells)


def cells_of(tmp_path: Path, cells: str) -> dict[Position, RawCell]:
    return cells_at(write_workbook(tmp_path / "form.xlsx", cells))


def test_every_kind_of_value_stands_at_its_address(tmp_path: Path) -> None:
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
        sheet.write_blank("D9", None, bold)
    assert cells_at(path) == {
        (5, 3): RawCell("chữ", None),
        (5, 4): RawCell(5.0, "General"),
        (5, 5): RawCell(0.95, "0%"),
        (5, 6): RawCell(value=True, number_format=None),
        (7, 3): RawCell(dt.date(2019, 6, 9), "dd/mm/yyyy"),
        (7, 4): RawCell(dt.timedelta(hours=36), "[h]:mm"),
        (7, 5): RawCell(2.0, "General", has_formula=True),
        (7, 6): RawCell("một hai ba", None),
        (9, 3): RawCell("#DIV/0!", None, is_error=True),
    }


def test_whole_numbers_of_an_xls_are_floats() -> None:
    assert type(cells_at(FIXTURES / "form.xls")[3, 3].value) is float


def test_an_xls_is_read_with_its_formats_and_errors() -> None:
    found = workbook_at(FIXTURES / "form.xls")
    days = {position: RawCell(day, code) for position, (day, code) in FORM_DAYS.items()}
    expected = {**FORM_ROW, **days, (3, 10): RawCell(value=True, number_format=None)}
    assert (found.sheets[0].cells, found.formats_known, found.kind) == (expected, True, FileKind.XLS)


def test_an_ods_is_read_with_percentages_and_errors_and_its_durations_are_understood() -> None:
    found = workbook_at(FIXTURES / "form.ods")
    days = {position: RawCell(day, None) for position, (day, _) in FORM_DAYS.items()}
    expected = {**FORM_ROW, **days, **OF_FORMULAS}
    assert (found.sheets[0].cells, found.formats_known, found.kind) == (expected, True, FileKind.ODS)


@pytest.mark.parametrize("name", ["form.xls", "form.ods"])
def test_older_kinds_whose_formats_cannot_be_read_are_read_without(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_: object) -> None:
        raise FormatsUnreadableError

    monkeypatch.setattr(worker, "_FORMATS_OF", dict.fromkeys(FileKind, damaged))
    found = workbook_at(FIXTURES / name)
    assert (found.formats_known, found.sheets[0].cells[3, 4]) == (False, RawCell(0.95, None))


def test_a_boolean_of_an_ods_stays_one(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
    found = cells_at(write_open_document(tmp_path / "form.ods", cell))
    assert found == {(1, 1): RawCell(value=True, number_format=None)}


@pytest.mark.parametrize("name", ["form.xls", "form.ods", "form", "form.bin"])
def test_the_name_does_not_matter(tmp_path: Path, name: str) -> None:
    found = workbook_at(write_workbook(tmp_path / name, '<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert (found.kind, found.sheets[0].cells) == (FileKind.XLSX, {(1, 1): RawCell(1.0, "General")})


def test_dates_stored_as_text_of_type_d_are_dates(tmp_path: Path) -> None:
    found = cells_of(tmp_path, '<row r="2"><c r="B2" t="d"><v>2019-06-09</v></c></row>')
    assert found == {(2, 2): RawCell(dt.date(2019, 6, 9), "General")}


def test_inline_strings_are_joined(tmp_path: Path) -> None:
    cell = '<c r="A1" t="inlineStr"><is><r><t xml:space="preserve">Đạt </t></r><r><t>95%</t></r></is></c>'
    assert cells_of(tmp_path, f'<row r="1">{cell}</row>') == {(1, 1): RawCell("Đạt 95%", None)}


def test_a_leading_apostrophe_is_not_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    workbook = openpyxl.Workbook()
    cell = workbook.worksheets[0]["A1"]
    cell.value = "001"
    cell.style = openpyxl.styles.NamedStyle("text", number_format="@")
    cell.quotePrefix = True
    workbook.save(path)
    assert cells_at(path) == {(1, 1): RawCell("001", None)}


def test_a_formula_without_a_value_is_there_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["F7"] = "=1+1"
    workbook.save(path)
    sheet = workbook_at(path).sheets[0]
    expected = {(7, 6): RawCell("", None, formula_without_value=True)}
    assert (sheet.cells, sheet.last_row) == (expected, 7)


def test_dates_of_a_1904_workbook_are_right(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        workbook.add_worksheet().write_datetime("A1", dt.date(2019, 6, 9), day)
    found = workbook_at(path)
    assert (found.date_1904, found.sheets[0].cells[1, 1].value) == (True, dt.date(2019, 6, 9))


def test_hidden_sheets_are_marked_and_chart_sheets_left_out(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("Bìa").write("A1", 1)
        workbook.add_worksheet("Ẩn").hide()
        workbook.add_worksheet("Rất ẩn").very_hidden()
        chart = workbook.add_chart({"type": "line"})
        assert chart is not None
        chart.add_series({"values": "=Bìa!$A$1"})
        workbook.add_chartsheet("Biểu đồ").set_chart(chart)
    assert [(sheet.title, sheet.hidden) for sheet in workbook_at(path).sheets] == [
        ("Bìa", False),
        ("Ẩn", True),
        ("Rất ẩn", True),
    ]


def test_fonts_of_text_cells_come_by_sheet(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        font = workbook.add_format({"font_name": ".VnTime"})
        workbook.add_worksheet("S").write_string("B2", "Môc tiªu", font)
    assert workbook_at(path).fonts == {"S": {(2, 2): ".VnTime"}}


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(max_rows=2), {(1, 1), (1, 2), (2, 1), (2, 2)}),
        (Limits(max_columns=1), {(1, 1), (2, 1), (3, 1)}),
        (Limits(max_cells=3), {(1, 1), (1, 2), (2, 1)}),
        (Limits(max_characters=5), {(1, 1), (1, 2), (2, 1), (2, 2), (3, 1)}),
    ],
)
def test_a_sheet_beyond_a_bound_is_truncated(tmp_path: Path, limits: Limits, expected: set[Position]) -> None:
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for row in range(3):
            sheet.write_row(row, 0, ["a", "b"])
    found = workbook_at(path, limits).sheets[0]
    assert (set(found.cells), found.truncated, found.last_row) == (expected, True, 3)


def test_a_sheet_within_the_bounds_is_not_truncated() -> None:
    assert [sheet.truncated for sheet in workbook_at(FIXTURES / "form.xls").sheets] == [False, False]


def test_a_far_cell_is_refused_by_name_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "form.xlsx", FAR_CELLS)
    facts = {"sheet": "S", "cell": "XFD1048576"}
    assert read_workbook(path) == ReadFailure(FileProblem.OUT_OF_MEMORY, facts, FileKind.XLSX)


def test_a_workbook_that_excel_would_repair_says_what_and_where(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "form.xlsx", '<row r="1"><c r="XFE1"><v>1</v></c></row>')
    facts = {"repair": "reference", "where": "cell in row 1, column 16385"}
    assert read_workbook(path) == ReadFailure(FileProblem.EXCEL_WOULD_REPAIR, facts, FileKind.XLSX)


def test_a_workbook_that_calamine_refuses_is_unreadable(tmp_path: Path) -> None:
    parts = workbook_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('sheetId="1"', 'sheetId="1" state="gone"')
    outcome = read_workbook(write_parts(tmp_path / "form.xlsx", parts))
    assert isinstance(outcome, ReadFailure)
    assert (outcome.problem, outcome.kind) == (FileProblem.UNREADABLE, FileKind.XLSX)


def test_what_inspection_refuses_is_not_read() -> None:
    outcome = read_workbook(FIXTURES / "form.pdf")
    expected = ReadFailure(FileProblem.NOT_A_WORKBOOK, {"what": "pdf"}, FileKind.PDF)
    assert outcome == expected


class PanicException(BaseException):
    """The name under which pyo3 raises a Rust panic."""


@pytest.mark.parametrize(
    ("raised", "problem"),
    [
        (PanicException("index out of bounds"), FileProblem.UNREADABLE),
        (MemoryError(), FileProblem.OUT_OF_MEMORY),
        (calamine.PasswordError("locked"), FileProblem.PASSWORD),
        (FileNotFoundError(2, "gone"), FileProblem.VANISHED),
    ],
)
def test_what_calamine_throws_is_a_result(
    monkeypatch: pytest.MonkeyPatch, raised: BaseException, problem: FileProblem
) -> None:
    def throw(_: object) -> None:
        raise raised

    monkeypatch.setattr(worker.calamine, "load_workbook", throw)
    outcome = read_workbook(FIXTURES / "form.xls")
    assert isinstance(outcome, ReadFailure)
    assert outcome.problem is problem


def test_an_interrupt_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(worker.calamine, "load_workbook", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_workbook(FIXTURES / "form.xls")


def test_a_workbook_travels_between_processes_unchanged() -> None:
    found = read_workbook(FIXTURES / "form.ods")
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bound")
def test_a_prepared_worker_gets_no_more_memory_than_its_bound() -> None:
    program = (
        "from pipeline.intake.worker_bounds import prepare_worker\n"
        "prepare_worker(1 << 29)\n"
        "try:\n    bytearray(1 << 30)\nexcept MemoryError:\n    print('refused')\n"
        "raise SystemExit('last words')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("refused\n", "")


def test_the_worker_imports_no_frame_library() -> None:
    program = "import sys, pipeline.intake.worker; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert not {"pandas", "numpy", "pandera", "openpyxl", "pydantic"} & set(modules.split())
