"""From a figure to its rows, from a row to its cell in the file, from a division to its block; the guide's paths."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from recalculation import parts_of

from pipeline.consolidation import Committee

GUIDE = Path(__file__).parents[2] / "docs" / "doc-bang-tong-hop.md"
OVERVIEW = "1 Tổng quan"


def _questions() -> list[tuple[str, str, str, tuple[str, ...]]]:
    """The guide's table: question, the cell of sheet 1, the sheet, the headers of what stands there."""
    rows = [line.strip("| ").split(" | ") for line in GUIDE.read_text(encoding="utf-8").splitlines() if "?" in line]
    spans = [(row[0], *(tuple(re.findall("`([^`]+)`", cell)) for cell in row[1:])) for row in rows if len(row) == 4]
    return [(question, start[0], sheet[0], headers) for question, start, sheet, headers in spans]


def _target(sheet: Worksheet, cell: str) -> tuple[str, str]:
    """The sheet and cell to which a cell's link leads."""
    title, _, place = str(sheet[cell].hyperlink.location).rpartition("!")
    return title.strip("'"), place


def _row_at(sheet: Worksheet, place: str) -> dict[str, object]:
    """The row of a table at or below a place, by the headers of the table."""
    row = int(re.sub(r"\D", "", place))
    below = [table.ref for table in sheet.tables.values() if int(re.findall(r"\d+", table.ref)[1]) >= row]
    first, last = min(below, key=lambda ref: int(re.findall(r"\d+", ref)[0])).split(":")
    header, *rows = sheet[f"{first}:{last}"]
    chosen = rows[max(row - int(header[0].row or 0) - 1, 0)]
    return {str(name.value): cell.value for name, cell in zip(header, chosen, strict=True)}


def test_the_guide_asks_five_questions() -> None:
    assert len(_questions()) == 5


@pytest.mark.parametrize(("question", "start", "sheet", "headers"), _questions(), ids=[q[0] for q in _questions()])
def test_each_question_is_answered_one_click_from_the_first_sheet(
    values: Workbook, question: str, start: str, sheet: str, headers: tuple[str, ...]
) -> None:
    title, place = _target(values[OVERVIEW], start)
    assert title == sheet, question
    row = _row_at(values[title], place)
    assert headers
    assert [header for header in headers if row.get(header) is None] == [], question


def test_who_has_not_submitted_is_the_one_who_has_not(values: Workbook) -> None:
    title, place = _target(values[OVERVIEW], "F27")
    row = _row_at(values[title], place)
    assert (row["Mã Phòng"], row["Biểu mẫu"], row["Tình trạng"]) == ("GDNN", "BM-02", "Trả lại")


def test_the_second_click_opens_the_cell_in_the_archived_original(workbook: bytes, values: Workbook) -> None:
    title, place = _target(values[OVERVIEW], "H23")
    row = _row_at(values[title], place)
    cell = values[title][place.replace("A", "V")]
    assert row["Vị trí trong tệp gốc"] == cell.value == "Kết quả!G10"
    assert cell.hyperlink.location == "'Kết quả'!G10"
    assert re.fullmatch(r"\.\./\.\./archive/originals/[0-9a-f]{64}\.xlsx", str(cell.hyperlink.target))
    assert f'location="{cell.hyperlink.location}"' in parts_of(workbook)["xl/worksheets/sheet4.xml"]


def _tiles(sheet: Worksheet) -> Iterator[tuple[str, object, tuple[str, str], tuple[str, str]]]:
    """Label, count, where the count leads, where the foot of the tile leads."""
    for top in (21, 25):
        for left in "ACEGIK":
            foot = f"{chr(ord(left) + 1)}{top + 2}"
            count = f"{left}{top + 1}"
            yield str(sheet[f"{left}{top}"].value), sheet[count].value, _target(sheet, count), _target(sheet, foot)


COUNTED = {
    "Mục tiêu đạt / đến kỳ đánh giá": ("Trạng thái", {"Đạt", "Vượt"}),
    "Mục tiêu không đạt": ("Hiện nay", {"Không đạt"}),
    "Biểu mẫu nộp đúng hạn": ("Tình trạng", {"Nộp đúng hạn"}),
    "Biểu mẫu nộp trễ": ("Tình trạng", {"Nộp trễ"}),
    "Biểu mẫu của kỳ chưa có bản hợp lệ": ("Tình trạng", {"Trả lại"}),
    "Người đã hiểu CSCL": ("Tình trạng", {"Chưa hiểu"}),
    "Thay đổi phạm vi chưa công bố lại": ("Công bố lại", {"Chưa công bố lại"}),
}


def test_every_figure_leads_to_the_first_of_the_rows_that_it_counts(values: Workbook) -> None:
    found = {label: (count, target) for label, count, target, foot in _tiles(values[OVERVIEW]) if target == foot}
    assert len(found) == 12
    for label, (header, words) in COUNTED.items():
        title, place = found[label][1]
        assert _row_at(values[title], place)[header] in words, label
    title, place = found["Nhiệm vụ quá hạn"][1]
    assert _row_at(values[title], place)["Số ngày quá hạn"] > 0


def test_a_count_by_division_and_status_leads_to_its_block_of_rows(values: Workbook) -> None:
    sheet = values["9 Xu hướng"]
    header = next(row for row in sheet.iter_rows() if row[2].value == "Không đạt" and row[0].value == "Mã")
    followed = 0
    for row in sheet.iter_rows(min_row=header[0].row + 1, max_row=header[0].row + 10):
        for status, cell in zip(header[2:10], row[2:10], strict=True):
            assert bool(cell.value) == bool(cell.hyperlink)
            if cell.hyperlink:
                title, place = _target(sheet, cell.coordinate)
                assert title == "3 Kết quả mục tiêu"
                first = int(place[1:])
                block = [
                    values[title][f"{letter}{number}"].value
                    for number in range(first, first + cell.value)
                    for letter in "AM"
                ]
                assert block == [row[0].value, status.value] * cell.value
                followed += 1
    assert followed > 20


def test_a_division_leads_to_all_its_objectives(values: Workbook, committee: Committee) -> None:
    sheet = values["9 Xu hướng"]
    header = next(row for row in sheet.iter_rows() if row[2].value == "Không đạt" and row[0].value == "Mã")
    counts = committee.trends["division"].value_counts()
    for row in sheet.iter_rows(min_row=header[0].row + 1, max_row=header[0].row + 10):
        code = row[0].value
        title, place = _target(sheet, row[0].coordinate)
        first, many = int(place[1:]), int(counts[code])
        assert title == "9 Xu hướng"
        assert [sheet[f"A{number}"].value for number in range(first, first + many)] == [code] * many


def test_sources_say_in_words_what_they_link_to(values: Workbook) -> None:
    checked = 0
    for sheet in values:
        for row in sheet.iter_rows():
            for cell in row:
                anchored = cell.hyperlink is not None and cell.hyperlink.target and cell.hyperlink.location
                if anchored:
                    title, _, place = str(cell.hyperlink.location).rpartition("!")
                    assert cell.value == f"{title.strip(chr(39))}!{place}"
                    checked += 1
    assert checked > 300
