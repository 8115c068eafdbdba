"""The answer to an .xls or .ods: an .xlsx of its values, marked like any other."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from feedback_samples import NOBODY, RED, colour, comment, fill, lines, register, sheet, table
from workbook_samples import LISTS, looked_into, parsed_back

from pipeline.feedback.marked_copy import PatchError, marked_values
from pipeline.feedback.values_copy import values_copy
from pipeline.findings import Finding
from pipeline.forms import BY_NUMBER
from pipeline.intake.file_kinds import DEFAULT_LIMITS, RawWorkbook
from pipeline.intake.worker import read_workbook
from pipeline.night.marking import mark
from pipeline.parsing import parse_form
from pipeline.spreadsheet import RawCell, RawSheet

FIXTURES = Path(__file__).parents[1] / "parsing" / "fixtures"
OF_OTHER_FORMATS = sorted(path for path in FIXTURES.iterdir() if path.suffix in {".xls", ".ods"})
REPORT = BY_NUMBER["BM-02"]
BLANK = Finding("C401", "Kết quả", "I6", "self_assessment", "Tự đánh giá", {"hint": "Chọn.", "proposal": "Đạt"})


@pytest.fixture(params=OF_OTHER_FORMATS, ids=lambda path: path.name)
def original(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def answer(original: Path, *findings: Finding) -> bytes:
    outcome = mark(original, replace(sheet(*findings), form=None), REPORT.number, DEFAULT_LIMITS)
    assert isinstance(outcome, bytes), outcome
    return outcome


def test_its_values_are_read_as_the_same_rows(original: Path, tmp_path: Path) -> None:
    before = read_workbook(original)
    assert isinstance(before, RawWorkbook)
    parsed, after = parse_form(before, REPORT, LISTS), parsed_back(answer(original, BLANK), REPORT, tmp_path)
    assert after.rows == parsed.rows
    assert {name: len(rows) for name, rows in after.rows.items() if rows}


def test_it_is_marked_at_the_cell_and_says_what_it_is(original: Path) -> None:
    content = answer(original, BLANK)
    assert (colour(content, "I6", "Kết quả"), fill(content, "I6", "Kết quả")) == (RED, None)
    assert str(comment(content, "I6", "Kết quả")).startswith("[Việc cần sửa]")
    assert str(lines(content)[-1]).startswith("Tệp đã nộp không phải dạng .xlsx.")
    assert [row[5] for row in table(content)[1:]] == ["I6"]


def test_what_was_hidden_stays_hidden_and_the_sheet_of_findings_comes_first(original: Path) -> None:
    before, after = read_workbook(original), looked_into(answer(original, BLANK))
    assert isinstance(before, RawWorkbook)
    titles = [sheet.title for sheet in before.sheets]
    assert after.sheetnames == ["Việc cần sửa", *titles, "_qms_viec"]
    assert {title: after[title].sheet_state != "visible" for title in titles} == {
        sheet.title: sheet.hidden for sheet in before.sheets
    }


CELLS = {
    (1, 1): RawCell(dt.date(2019, 1, 31)),
    (2, 1): RawCell(dt.datetime(2019, 1, 31, 8, 15)),
    (3, 1): RawCell(dt.time(8, 15)),
    (4, 1): RawCell(dt.timedelta(hours=30)),
    (5, 1): RawCell(value=True),
    (6, 1): RawCell("=A1"),
    (7, 1): RawCell("#N/A", is_error=True),
    (8, 1): RawCell(0.95, "0%"),
    (9, 1): RawCell("", formula_without_value=True),
    (10, 1): RawCell(dt.date(1850, 1, 1)),
    (11, 1): RawCell(dt.date(1900, 1, 1)),
}


def test_every_kind_of_value_is_kept_as_what_it_is() -> None:
    cells = looked_into(values_copy(RawWorkbook((RawSheet("A", CELLS),))))["A"]
    assert [cells.cell(row, 1).value for row in (1, 2, 3, 5, 6, 8, 9, 10, 11)] == [
        dt.datetime(2019, 1, 31),
        dt.datetime(2019, 1, 31, 8, 15),
        dt.time(8, 15),
        True,
        "=A1",
        0.95,
        None,
        "01/01/1850",
        dt.datetime(1900, 1, 1),
    ]
    assert (cells["A6"].data_type, cells["A7"].value, cells["A8"].number_format) == ("s", "=#N/A", "0%")


def test_a_day_is_watched_as_the_number_that_the_copy_counts() -> None:
    workbook = RawWorkbook((RawSheet("Mục tiêu", CELLS),), date_1904=True)
    watched = Finding("M507", "Mục tiêu", "A1", "comparator", "So sánh", {"found": "x", "value": "95", "unit": "%"})
    ((_, _, is_open, held),) = register(marked_values(workbook, replace(sheet(watched), form=None)))
    assert str(is_open).startswith("=AND(")
    assert held == (dt.date(2019, 1, 31) - dt.date(1899, 12, 30)).days


def test_a_sheet_whose_title_excel_does_not_take_is_refused() -> None:
    with pytest.raises(PatchError):
        marked_values(RawWorkbook((RawSheet("Một trang có tên dài hơn ba mươi mốt ký tự", {}),)), sheet(NOBODY))
