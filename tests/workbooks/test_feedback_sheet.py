"""The sheet *Việc cần sửa*: the verdict, and every finding in its row."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from feedback_samples import (
    BLANK,
    FAULT,
    FORM,
    HEADER,
    MISSING_SHEET,
    NOBODY,
    NOT_A_NUMBER,
    changed,
    findings_of,
    lines,
    links,
    marked_anew,
    marked_copy,
    register,
    sheet,
    table,
)
from openpyxl import Workbook, load_workbook
from workbook_samples import filled, looked_into, saved

from pipeline.feedback import marked_copy as feedback
from pipeline.feedback.marked_copy import PatchError, Unmarked, findings_only
from pipeline.findings import Finding
from pipeline.intake.file_kinds import DEFAULT_LIMITS, RawWorkbook
from pipeline.intake.worker import read_workbook
from pipeline.night.marking import mark
from pipeline.wording import say

# ── the sheet of findings ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_sheet_of_findings_comes_first_and_is_selected_alone(sent: Path) -> None:
    workbook = looked_into(marked_copy(sent, sheet(BLANK)))
    assert workbook.active is workbook.worksheets[0]
    selected = [worksheet.title for worksheet in workbook.worksheets if worksheet.sheet_view.tabSelected]
    assert selected == ["Việc cần sửa"]


def test_above_the_table_stand_the_verdict_the_form_the_file_and_what_to_do(sent: Path) -> None:
    said = lines(marked_copy(sent, sheet(BLANK, NOT_A_NUMBER, NOBODY)))
    assert [*said[:2], *said[3:5]] == [
        "PHIẾU THÔNG BÁO KẾT QUẢ KIỂM TRA BIỂU MẪU",
        "Kết quả: Trả lại. 2 lỗi phải sửa, 1 lưu ý.",
        (
            "Biểu mẫu: Mục tiêu chất lượng và Kế hoạch thực hiện mục tiêu chất lượng, VP - Văn phòng Sở, "
            "kế hoạch năm 2019 (2019-KH)"
        ),
        "Tệp: VP/BC ISO (final).xlsx. Kiểm tra lúc 00:05 31/01/2019.",
    ]
    assert str(said[5]).startswith("Đề nghị sửa tất cả các lỗi (dòng ✖), lưu tệp rồi nộp lại;")


def test_warnings_alone_ask_for_a_look_only(sent: Path) -> None:
    *_, asked, kinds = lines(marked_copy(sent, sheet(NOBODY)))
    assert str(asked).startswith("Đề nghị xem lại các lưu ý (dòng ▲);")
    assert kinds == say("feedback.suggests.explained")


def test_no_findings_are_said(sent: Path) -> None:
    content = marked_copy(sent, sheet())
    assert lines(content)[1] == "Kết quả: Trả lại. Không có nội dung phải sửa."
    assert table(content) == [HEADER]


def test_a_fault_of_ours_asks_nothing_of_the_sender() -> None:
    assert lines(findings_only(sheet(FAULT)))[-1] == "Đề nghị giữ nguyên tệp đã nộp; Thư ký ISO sẽ liên hệ khi cần."


def test_errors_come_before_warnings_each_with_its_place_and_words(sent: Path) -> None:
    rows = table(marked_copy(sent, sheet(NOBODY, MISSING_SHEET, BLANK)))
    assert [row[:2] + row[3:6] for row in rows[1:]] == [
        ["1", "✖ Lỗi", "1. Thiếu trang tính (T205)", None, None],
        ["2", "✖ Lỗi", "2. “So sánh”: Bỏ trống ô bắt buộc (C401)", "Mục tiêu", "F6"],
        ["3", "▲ Lưu ý", "3. “Người chịu trách nhiệm”: Người chịu trách nhiệm chưa rõ (R631)", "Mục tiêu", "P6"],
    ]
    assert rows[2][6:] == [
        "So sánh còn để trống.",
        "Cách so sánh.",
        "Đề xuất",
        "ít nhất",
        "Đề nghị điền So sánh vào ô F6.",
    ]


def test_findings_of_one_repair_follow_each_other_and_its_words_are_the_same(sent: Path) -> None:
    again = replace(BLANK, cell="F8")
    rows = table(marked_copy(sent, sheet(BLANK, NOT_A_NUMBER, again)))
    assert [(row[3], row[5]) for row in rows[1:]] == [
        ("1. “So sánh”: Bỏ trống ô bắt buộc (C401) (2 ô)", "F6"),
        ("1. “So sánh”: Bỏ trống ô bắt buộc (C401) (2 ô)", "F8"),
        ("2. “Giá trị mục tiêu”: Không phải số (V301)", "G6"),
    ]
    assert [row[10] for row in rows[1:3]] == ["Đề nghị điền So sánh vào ô đã nêu."] * 2


def test_the_words_of_a_repair_are_shown_once_though_every_row_holds_them(sent: Path) -> None:
    worksheet = findings_of(marked_copy(sent, sheet(BLANK, replace(BLANK, cell="F8"))))
    (block,) = (b for b in worksheet.conditional_formatting if "SUBTOTAL" in b.rules[0].formula[0])
    assert str(block.sqref) == "D10:D11 H10:H11 K10:K11"
    assert block.rules[0].formula == ["AND($D10=$D9,D10=D9,SUBTOTAL(103,$D9)=1)"]
    assert block.rules[0].dxf.font.color.rgb == "FFFFFFFF"


def test_a_finding_recorded_before_its_code_suggested_a_value_is_told_without_one() -> None:
    earlier = Finding("R605", "Kết quả", "E6", "numerator", "Tử số", {"found": "9", "other": "5"})
    in_year = Finding("V310", "Mục tiêu", "O6", "due_on", "Thời hạn", {"found": "31/12/2020", "year": "2019"})
    told = [row[8:10] for row in table(findings_only(sheet(earlier, in_year)))[1:]]
    assert told == [["Minh họa", "Tử số ‹5›, Mẫu số ‹9› nếu đã ghi đảo"], [None, None]]


def test_a_proposal_is_told_from_an_illustration() -> None:
    """D8: what can be copied is told from the form of an answer, by a word and by its look."""
    proposed = replace(NOT_A_NUMBER, facts={**NOT_A_NUMBER.facts, "proposal": "95,5"})
    asked = Finding("C417", "Kết quả", "Q6", "evidence", "Minh chứng", {"illustration": "‹tên sổ›"})
    content = findings_only(sheet(proposed, asked))
    assert [row[8:10] for row in table(content)[1:]] == [["Đề xuất", "95,5"], ["Minh họa", "‹tên sổ›"]]
    fonts = [c.font for row in findings_of(content).iter_rows() for c in row if c.value in {"95,5", "‹tên sổ›"}]
    assert [(font.b, font.i) for font in fonts] == [(True, False), (False, True)]


def test_what_was_found_stays_text(sent: Path) -> None:
    content = marked_copy(sent, sheet(replace(NOT_A_NUMBER, facts={"found": "=90+5", "proposal": "=95"})))
    (example,) = (c for row in findings_of(content).iter_rows() for c in row if c.value == "=95")
    assert example.data_type == "s"


def test_signs_that_no_workbook_holds_are_left_out() -> None:
    content = findings_only(sheet(replace(NOT_A_NUMBER, facts={"found": "9\x0b5", "proposal": "95"})))
    assert table(content)[1][6] == "“95” không phải là số."


def test_the_address_leads_to_the_cell(sent: Path) -> None:
    assert links(marked_copy(sent, sheet(BLANK))) == {"F10": "'Mục tiêu'!F6"}


def test_the_table_can_be_filtered_and_its_header_repeats(sent: Path) -> None:
    worksheet = findings_of(marked_copy(sent, sheet(BLANK, NOBODY)))
    found = worksheet.auto_filter.ref, worksheet.print_title_rows, worksheet.freeze_panes
    assert found == ("A9:L11", "$9:$9", "A10")
    assert (worksheet.page_setup.paperSize, worksheet.page_setup.orientation) == (9, "landscape")


def test_the_same_answer_has_the_same_bytes(sent: Path) -> None:
    assert marked_anew(sent, sheet(BLANK)) == marked_anew(sent, sheet(BLANK))


# ── formulas ──────────────────────────────────────────────────────────────────────────────────────────────────────


def with_stored_value(path: Path, formula: str, value: str) -> Path:
    """The workbook with a formula in Mục tiêu!G6 that carries its value, as Excel saves it."""
    content = filled(path.read_bytes(), {"Mục tiêu": {"G6": f"={formula}"}})
    stored = f"<f>{formula}</f><v>{value}</v>".encode()
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(held, "w") as after:
        for name in before.namelist():
            after.writestr(name, re.sub(rb"<f>[^<]+</f><v ?/?>(</v>)?", stored, before.read(name)))
    path.write_bytes(held.getvalue())
    return path


def test_a_formula_in_the_form_stays_one_with_the_value_that_was_seen(sent: Path) -> None:
    content = marked_copy(with_stored_value(sent, "90+5", "95"), sheet(BLANK))
    assert looked_into(content)["Mục tiêu"]["G6"].value == "=90+5"
    assert load_workbook(io.BytesIO(content), data_only=True)["Mục tiêu"]["G6"].value == 95
    assert "công thức" not in str(lines(content)[-1])


def test_what_a_formula_gave_is_kept_where_its_content_is_watched(sent: Path) -> None:
    other = Finding("M507", "Mục tiêu", "G6", "target", "Giá trị mục tiêu", {"found": "x", "value": "95", "unit": "%"})
    content = marked_copy(with_stored_value(sent, "90+5", "95"), sheet(other))
    ((_, _, is_open, held, *_),) = register(content)
    assert str(is_open).startswith("=AND(IFERROR(EXACT('Mục tiêu'!$G$6")
    assert held == 95


def test_a_formula_that_was_never_calculated_stays(sent: Path) -> None:
    content = marked_copy(changed(sent, "Mục tiêu", "G6", "=90+5"), sheet(BLANK))
    assert looked_into(content)["Mục tiêu"]["G6"].value == "=90+5"


# ── files that cannot be marked ───────────────────────────────────────────────────────────────────────────────────


def test_a_file_that_cannot_be_marked_gets_the_findings_alone() -> None:
    content = findings_only(sheet(BLANK))
    assert looked_into(content).sheetnames == ["Việc cần sửa"]
    assert table(content)[1][5] == "F6"


@pytest.mark.parametrize("why", Unmarked)
def test_it_says_why_nothing_is_marked(why: Unmarked) -> None:
    assert lines(findings_only(sheet(BLANK), why))[-1] == say(f"feedback.unmarked.{why}")


@pytest.mark.parametrize(
    "damage",
    [b"", b"PK\x03\x04", b"no workbook at all"],
    ids=["empty", "cut", "text"],
)
def test_what_is_no_package_cannot_be_marked(damage: bytes) -> None:
    with pytest.raises(PatchError):
        feedback.marked_copy(damage, RawWorkbook(()), sheet(BLANK))


def test_a_workbook_with_a_broken_part_cannot_be_marked(sent: Path) -> None:
    workbook = read_workbook(sent)
    assert isinstance(workbook, RawWorkbook)
    content = replaced(sent, "xl/worksheets/sheet2.xml", b"<broken").read_bytes()
    with pytest.raises(PatchError):
        feedback.marked_copy(content, workbook, sheet(BLANK))


def test_a_workbook_that_says_nothing_of_calculation_is_marked(sent: Path) -> None:
    with zipfile.ZipFile(sent) as package:
        workbook = package.read("xl/workbook.xml")
    silent = re.sub(rb"<calcPr[^>]*/>", b"", workbook)
    assert silent != workbook
    assert (
        looked_into(marked_copy(replaced(sent, "xl/workbook.xml", silent), sheet(BLANK))).sheetnames[0]
        == "Việc cần sửa"
    )


def test_a_slip_of_ours_is_no_oddity_of_the_senders(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slip(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr("pipeline.feedback.marked_copy.write_findings", slip)
    with pytest.raises(KeyError):
        mark(sent, sheet(BLANK), FORM.number, DEFAULT_LIMITS)


def replaced(path: Path, part: str, content: bytes) -> Path:
    held = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, content if name == part else before.read(name))
    path.write_bytes(held.getvalue())
    return path


def test_a_foreign_workbook_is_marked_like_a_form(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0].title = "Chi tiêu"
    path = tmp_path / "x.xlsx"
    path.write_bytes(saved(workbook))
    assert looked_into(marked_copy(path, sheet(MISSING_SHEET))).sheetnames == ["Việc cần sửa", "Chi tiêu"]
