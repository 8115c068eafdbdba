"""The marks on the sender's own cells, and a copy that can be sent in again."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from feedback_samples import (
    BLANK,
    EXACT,
    FORM,
    MISSING_SHEET,
    NOBODY,
    NOT_A_NUMBER,
    RED,
    YELLOW,
    colour,
    comment,
    fill,
    links,
    marked_copy,
    register,
    sheet,
    table,
)
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from workbook_samples import issue, looked_into, opened, parsed_back, parts, saved, template_bytes, validations

SHEETS = tuple(f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3))

# ── the marks ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_marked_cell_has_its_colour_and_says_what_to_do(sent: Path) -> None:
    content = marked_copy(sent, sheet(BLANK, NOBODY))
    assert (colour(content, "F6"), colour(content, "P6")) == (RED, YELLOW)
    assert comment(content, "F6") == (
        "[Việc cần sửa]\n✖ Lỗi (C401): So sánh còn để trống.\nĐề nghị điền So sánh vào ô F6.\nĐề xuất: ít nhất"
    )


def test_two_findings_of_a_cell_share_it_and_the_graver_gives_the_colour(sent: Path) -> None:
    content = marked_copy(sent, sheet(EXACT, BLANK))
    assert colour(content, "F6") == RED
    assert [line[:12] for line in str(comment(content, "F6")).splitlines() if "(" in line] == [
        "✖ Lỗi (C401)",
        "▲ Lưu ý (M50",
    ]


def test_a_comment_of_the_sender_is_kept(sent: Path) -> None:
    workbook = opened(sent.read_bytes())
    workbook["Mục tiêu"]["F6"].comment = Comment("Hỏi lại Phòng KHTC", "Mai")
    sent.write_bytes(saved(workbook))
    assert str(comment(marked_copy(sent, sheet(BLANK)), "F6")).startswith("Hỏi lại Phòng KHTC\n\n[Việc cần sửa]\n✖ Lỗi")


def test_a_finding_inside_a_merged_block_marks_its_first_cell(sent: Path) -> None:
    workbook = opened(sent.read_bytes())
    workbook["Mục tiêu"].merge_cells("F6:G6")
    sent.write_bytes(saved(workbook))
    assert colour(marked_copy(sent, sheet(NOT_A_NUMBER)), "F6") == RED


@pytest.mark.parametrize(
    "place", [("Trang khác", "F6"), ("Mục tiêu", ""), ("Mục tiêu", "XFE1"), ("Mục tiêu", "A1048577")]
)
def test_a_place_that_the_workbook_lacks_is_listed_without_a_link(sent: Path, place: tuple[str, str]) -> None:
    content = marked_copy(sent, sheet(replace(BLANK, sheet=place[0], cell=place[1])))
    assert [row[3] for row in table(content)[1:]] == ["1. “So sánh”: Bỏ trống ô bắt buộc (C401)"]
    assert links(content) == {}


# ── the copy sent in again ────────────────────────────────────────────────────────────────────────────────────────


def test_the_marked_copy_is_read_as_the_same_rows(sent: Path, tmp_path: Path) -> None:
    before = parsed_back(sent.read_bytes(), FORM, tmp_path)
    after = parsed_back(marked_copy(sent, sheet(BLANK, NOT_A_NUMBER, NOBODY, MISSING_SHEET)), FORM, tmp_path)
    assert (after.rows, after.findings) == (before.rows, before.findings)


def test_the_marked_copy_keeps_every_drop_down(sent: Path) -> None:
    def kept(content: bytes) -> list[tuple[str, str, object]]:
        return [(worksheet.title, str(v.sqref), v.formula1) for worksheet, v in validations(content)]

    assert kept(marked_copy(sent, sheet(BLANK))) == kept(sent.read_bytes())


def test_the_rows_of_the_marked_copy_can_grow(tmp_path: Path) -> None:
    path = tmp_path / "original.xlsx"
    path.write_bytes(template_bytes(FORM, issue(division="VP", year="2019")))
    before, after = parts(path.read_bytes()), parts(marked_copy(path, sheet(BLANK)))
    assert {name: own_heights(before[name]) for name in SHEETS} == {name: own_heights(after[name]) for name in SHEETS}
    added = [name for name in after.keys() - before.keys() if name.startswith("xl/worksheets/sheet")]
    assert len(added) == 2
    assert not any(own_heights(after[name]) for name in added)


def own_heights(part: str) -> list[str]:
    """The rows of a sheet that do not grow with their text."""
    return re.findall(r'<row r="(\d+)"[^>]*customHeight', part)


def test_the_marks_of_an_earlier_answer_are_taken_off(sent: Path) -> None:
    sent.write_bytes(marked_copy(sent, sheet(BLANK, NOBODY)))
    again = marked_copy(sent, sheet(NOBODY))
    assert (colour(again, "F6"), comment(again, "F6")) == (None, None)
    assert colour(again, "P6") == YELLOW
    assert str(comment(again, "P6")).count("[Việc cần sửa]") == 1


def test_the_marks_of_an_earlier_answer_that_openpyxl_saved_are_taken_off(sent: Path) -> None:
    """As answers were made in 0.3.0: nothing in them says what was before."""
    sent.write_bytes(saved(opened(marked_copy(sent, sheet(BLANK, NOBODY)))))
    again = marked_copy(sent, sheet(NOBODY))
    assert (colour(again, "F6"), comment(again, "F6"), colour(again, "P6")) == (None, None, YELLOW)
    assert [title for title in looked_into(again).sheetnames if "iệc" in title or "viec" in title] == [
        "Việc cần sửa",
        "_qms_viec",
    ]
    assert len(register(again)) == 1


def test_the_fills_of_an_answer_made_before_0_3_0_are_taken_off(sent: Path) -> None:
    """Its sheet of findings keeps in a hidden column which colour each cell had; a colour that is not ours stays."""
    workbook = opened(sent.read_bytes())
    targets, findings = workbook["Mục tiêu"], workbook.create_sheet("Việc cần sửa", 0)
    for row, (cell, colour_before) in enumerate({"": "_qms_colour", "A6": "FFEDEDED", "F6": "", "P6": ""}.items(), 7):
        findings.cell(row, 3, "Mục tiêu"), findings.cell(row, 4, cell), findings.cell(row, 12, colour_before)
    for cell, colour_now in {"A6": RED, "F6": YELLOW, "P6": "FF00FF00"}.items():
        targets[cell].fill = PatternFill("solid", fgColor=colour_now)
    bold = targets["F6"].font.b
    sent.write_bytes(saved(workbook))
    again = marked_copy(sent, sheet(NOBODY))
    assert {cell: fill(again, cell) for cell in ("A6", "F6", "P6")} == {"A6": "FFEDEDED", "F6": None, "P6": "FF00FF00"}
    assert looked_into(again)["Mục tiêu"]["F6"].font.b == bold
    assert [title for title in looked_into(again).sheetnames if title.startswith("Việc")] == ["Việc cần sửa"]


def test_the_sheet_of_an_earlier_answer_without_a_marked_cell_is_replaced(sent: Path) -> None:
    sent.write_bytes(marked_copy(sent, sheet(MISSING_SHEET)))
    titles = looked_into(marked_copy(sent, sheet(MISSING_SHEET))).sheetnames
    assert [title for title in titles if title.startswith("Việc")] == ["Việc cần sửa"]


def test_the_sheet_of_an_earlier_answer_is_replaced(sent: Path) -> None:
    sent.write_bytes(marked_copy(sent, sheet(BLANK, NOBODY)))
    again = marked_copy(sent, sheet(NOBODY))
    assert [row[3] for row in table(again)[1:]] == [
        "1. “Người chịu trách nhiệm”: Người chịu trách nhiệm chưa rõ (R631)"
    ]
    assert looked_into(again).sheetnames == [
        "Việc cần sửa",
        "Thông tin chung",
        "Mục tiêu",
        "Kế hoạch",
        "Hướng dẫn",
        "Danh mục",
        "_qms",
        "_qms_viec",
    ]


def test_the_cells_own_colour_stays_under_the_mark(sent: Path) -> None:
    content = marked_copy(sent, sheet(replace(BLANK, cell="A6"), BLANK))
    assert (fill(content, "A6"), colour(content, "A6")) == ("FFEDEDED", RED)
    assert fill(content, "F6") is None


def test_the_comment_of_the_sender_outlives_our_part_of_it(sent: Path) -> None:
    workbook = opened(sent.read_bytes())
    workbook["Mục tiêu"]["F6"].comment = Comment("Hỏi lại Phòng KHTC", "Mai")
    sent.write_bytes(saved(workbook))
    sent.write_bytes(marked_copy(sent, sheet(BLANK)))
    assert comment(marked_copy(sent, sheet()), "F6") == "Hỏi lại Phòng KHTC"


def test_a_place_of_an_earlier_answer_that_is_gone_is_passed_over(sent: Path) -> None:
    marked = opened(marked_copy(sent, sheet(BLANK)))
    marked.remove(marked["Mục tiêu"])
    sent.write_bytes(saved(marked))
    assert "Mục tiêu" not in looked_into(marked_copy(sent, sheet())).sheetnames


def test_a_private_sheet_under_our_title_stays(sent: Path) -> None:
    workbook = opened(sent.read_bytes())
    workbook.create_sheet("Việc cần sửa").append([1, "x", "Mục tiêu", "A6"])
    sent.write_bytes(saved(workbook))
    content = marked_copy(sent, sheet())
    assert colour(content, "A6") is None
    assert [cell.value for cell in looked_into(content)["Việc cần sửa"][1]] == [1, "x", "Mục tiêu", "A6"]
