"""The marked copy keeps what the sender made: unzipped, and compared part by part with the sender's own workbook."""

import datetime as dt
import io
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from feedback_samples import (
    BLANK,
    FORM,
    MISSING_SHEET,
    NOBODY,
    NOT_A_NUMBER,
    RED,
    colour,
    comment,
    lines,
    marked_copy,
    sheet,
    table,
)
from kept_parts import Package, kept
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from workbook_samples import example_values, filled, issue, opened, saved, template_bytes


def by_openpyxl() -> bytes:
    """A filled BM-01 with a private sheet, everything on it that openpyxl can say."""
    workbook = opened(filled(template_bytes(FORM, issue(division="VP", year="2019")), example_values(FORM)))
    own = workbook.create_sheet("Tính toán riêng", 2)
    for row in range(1, 9):
        own.append([f"Việc {row}", row * 1.5, dt.datetime(2019, 1, row), f"=B{row}*2"])
        own[f"B{row}"].number_format = '#,##0.00 "đ"'
    own["A1"].comment = Comment("Hỏi lại Phòng KHTC", "Mai")
    workbook["Mục tiêu"]["C6"].comment = Comment("Anh Ba duyệt", "Hòa")
    own["A2"].font, own["A2"].alignment = Font("Arial", 14, italic=True), Alignment("right", "top", wrap_text=True)
    own["A2"].border, own["A2"].fill = Border(bottom=Side("double")), PatternFill("solid", fgColor="FF00FF00")
    own["A3"].protection = Protection(locked=False, hidden=True)
    own["A4"].hyperlink = "https://example.com/so"
    own.merge_cells("F1:G3")
    own.column_dimensions["A"].width, own.column_dimensions["C"].hidden = 31.5, True
    own.row_dimensions[2].height, own.row_dimensions[5].hidden = 40, True
    own.freeze_panes, own.auto_filter.ref = "B2", "A1:D8"
    own.add_data_validation(DataValidation("whole", formula1="1", formula2="9", sqref="B1:B8", showErrorMessage=True))
    own.conditional_formatting.add("B1:B8", CellIsRule("greaterThan", ["5"], fill=PatternFill(bgColor="FFFF0000")))
    own.protection.sheet, own.protection.formatColumns = True, False
    own.page_setup.orientation, own.page_setup.paperSize = "landscape", 8
    own.print_area, own.print_title_rows = "A1:D8", "1:1"
    own.oddHeader.left.text = "Riêng"
    own.row_breaks.append(Break(4))
    own.sheet_state = "hidden"
    workbook.defined_names["tong"] = DefinedName("tong", attr_text="'Tính toán riêng'!$B$1:$B$8")
    return saved(workbook)


def by_xlsxwriter() -> bytes:
    """A foreign workbook by xlsxwriter: rich text, an array formula, comments, print set-up."""
    held = io.BytesIO()
    workbook = xlsxwriter.Workbook(held, {"in_memory": True})
    own = workbook.add_worksheet("Chi tiêu")
    bold, money = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "#,##0", "font_color": "red"})
    own.write_rich_string("A1", "Tổng ", bold, "chi", " năm")
    own.write_column("B1", [1200.5, 3, -7], money)
    own.write_formula("B4", "=SUM(B1:B3)", money, 1196.5)
    own.write_array_formula("C1:C3", "{=B1:B3*2}", None, 2401)
    own.write_formula("D1", '=A1&""', None, "Tổng chi năm")
    own.write_formula("D2", "=B4>0", value=True)
    own.write_comment("A2", "Chưa gồm quý IV", {"author": "Lan"})
    own.merge_range("A6:C6", "Ghi chú", bold)
    own.set_column("A:A", 27.5)
    own.set_row(7, 33)
    own.set_row(8, None, None, {"hidden": True})
    own.freeze_panes(1, 1)
    own.autofilter("A1:D4")
    own.data_validation("D5", {"validate": "list", "source": ["có", "không"], "error_message": "Chọn trong danh sách"})
    own.conditional_format("B1:B3", {"type": "cell", "criteria": "<", "value": 0, "format": bold})
    own.protect("", {"format_columns": True})
    own.set_landscape()
    own.set_margins(1, 1, 1, 1)
    own.set_footer("&C&P/&N")
    own.repeat_rows(0)
    workbook.define_name("chi", "='Chi tiêu'!$B$1:$B$3")
    workbook.close()
    return held.getvalue()


MADE = {"openpyxl": by_openpyxl, "xlsxwriter": by_xlsxwriter}


def differences(before: bytes, after: bytes) -> dict[str, Any]:
    """What the marked copy says otherwise, by sheet and part: (before, after)."""
    one, other = kept(Package.of(before)), kept(Package.of(after))
    assert one.keys() == other.keys()
    return {
        f"{title}/{part}": (said, other[title][part])
        for title, parts in one.items()
        for part, said in parts.items()
        if said != other[title][part]
    }


@pytest.mark.parametrize("maker", MADE.values(), ids=MADE)
def test_every_part_of_the_senders_workbook_is_kept(maker: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / "original.xlsx"
    path.write_bytes(maker())
    assert differences(path.read_bytes(), marked_copy(path, sheet(NOBODY))) == {}


@pytest.mark.libreoffice
def test_every_part_of_a_workbook_saved_by_libreoffice_is_kept(
    tmp_path: Path, soffice: Path, libreoffice_profile: Path
) -> None:
    path = tmp_path / "own.xlsx"
    path.write_bytes(by_openpyxl())
    told = f"-env:UserInstallation={libreoffice_profile.as_uri()}"
    to = ("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "saved")
    subprocess.run([soffice, told, "--headless", *to, path], check=True, capture_output=True, timeout=120)
    resaved = tmp_path / "saved" / "own.xlsx"
    with zipfile.ZipFile(resaved) as held:
        assert b"LibreOffice" in held.read("docProps/app.xml")
    assert differences(resaved.read_bytes(), marked_copy(resaved, sheet(BLANK, NOBODY))) == {}


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed, or added."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(held, "w") as after:
        for one in {*before.namelist(), name}:
            part = before.read(one) if one in before.namelist() else b""
            after.writestr(one, change(part) if one == name else part)
    return held.getvalue()


_EXTENDED = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
"""openpyxl, which looks into the answer, does not know what it holds."""
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = '<Relationship Id="rIdOwn" Type="{}" Target="{}"/></Relationships>'
_THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_MACROS = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_ORIGIN = f"{_RELATIONSHIPS}/digital-signature/origin"
_PLAIN, _ENABLED = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"


def related(content: bytes, owner: str, kind: str, target: str) -> bytes:
    """The workbook with one more relation in a part of relations."""
    relation = _RELATION.format(kind, target).encode()
    return with_part(content, owner, lambda part: part.replace(b"</Relationships>", relation))


def foreign(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "original.xlsx"
    path.write_bytes(content)
    return path


def rich() -> bytes:
    """What openpyxl would drop: a text box, sparklines, data bars and lists of 2010, a footer without a place."""
    held = io.BytesIO()
    workbook = xlsxwriter.Workbook(held, {"in_memory": True})
    own, other = workbook.add_worksheet("Mục tiêu"), workbook.add_worksheet("Nguồn")
    own.write_column("A1", [1, 2, 3])
    own.insert_textbox("D1", "Hộp chữ")
    own.add_sparkline("B1", {"range": "'Mục tiêu'!A1:A3"})
    own.conditional_format("A1:A3", {"type": "data_bar", "data_bar_2010": True})
    own.data_validation("C1", {"validate": "list", "source": "='Nguồn'!$A$1:$A$3"})
    own.write_comment("F6", "Lời của người gửi", {"author": "Lan"})
    own.set_footer("Trang &P")
    chart = workbook.add_chart({"type": "line"})
    chart.add_series({"values": "='Mục tiêu'!$A$1:$A$3"})
    other.insert_chart("E2", chart)
    workbook.close()
    return held.getvalue()


def entries(content: bytes) -> dict[str, bytes]:
    """The compressed bytes of each part."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        begins = {one.filename: one.header_offset + 30 + len(one.filename.encode()) for one in package.infolist()}
        return {one.filename: content[begins[one.filename] :][: one.compress_size] for one in package.infolist()}


CHANGED = {
    "[Content_Types].xml",
    "docProps/app.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
}
"""The parts of :func:`rich` that carry a mark, or count what does."""


def test_every_part_without_a_mark_keeps_its_compressed_bytes(tmp_path: Path) -> None:
    before = entries(rich())
    after = entries(marked_copy(foreign(tmp_path, rich()), sheet(BLANK)))
    assert {name for name, content in before.items() if after[name] != content} <= CHANGED
    assert before.keys() - CHANGED
    assert len(after) == len(before) + 2


def test_what_openpyxl_drops_stands_in_the_marked_sheet(tmp_path: Path) -> None:
    part = Package.of(marked_copy(foreign(tmp_path, rich()), sheet(BLANK))).parts["xl/worksheets/sheet1.xml"]
    kept_by_us = (b"<x14:sparkline>", b"<x14:conditionalFormatting", b"Trang &amp;P</oddFooter>", b"<drawing ")
    assert [sign for sign in kept_by_us if sign not in part] == []


@_EXTENDED
def test_nothing_is_said_to_be_lost(tmp_path: Path) -> None:
    assert str(lines(marked_copy(foreign(tmp_path, rich()), sheet(NOBODY)))[-2]).startswith("Đề nghị xem lại")


@_EXTENDED
def test_a_cell_with_a_discussion_has_its_colour_and_its_row_and_no_comment_of_ours(tmp_path: Path) -> None:
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="F6" id="{A}" personId="{P}"><text>Lời của người gửi</text></threadedComment>'
        "</ThreadedComments>"
    )
    place = "threadedComments/threadedComment1.xml"
    content = with_part(rich(), f"xl/{place}", lambda _: thread.encode())
    content = related(content, "xl/worksheets/_rels/sheet1.xml.rels", _THREADS, f"../{place}")
    after = marked_copy(foreign(tmp_path, content), sheet(BLANK, NOT_A_NUMBER))
    assert (colour(after, "F6"), comment(after, "F6")) == (RED, "Lời của người gửi")
    assert str(comment(after, "G6")).startswith("[Việc cần sửa]")
    assert Package.of(after).parts[f"xl/{place}"] == thread.encode()
    assert [row[5] for row in table(after)[1:]] == ["F6", "G6"]


def test_macros_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    content = related(by_xlsxwriter(), "xl/_rels/workbook.xml.rels", _MACROS, "vbaProject.bin")
    content = with_part(content, "xl/vbaProject.bin", lambda _: b"macros")
    content = with_part(content, "[Content_Types].xml", lambda part: part.replace(_PLAIN, _ENABLED))
    after = marked_copy(foreign(tmp_path, content), sheet(NOBODY))
    assert "xl/vbaProject.bin" not in Package.of(after).parts
    assert _PLAIN in Package.of(after).parts["[Content_Types].xml"]
    assert lines(after)[-1] == "Bản này là tệp .xlsx nên không có macro; bản gốc đã nộp vẫn còn nguyên."


def test_a_signature_that_a_mark_breaks_is_said(tmp_path: Path) -> None:
    content = related(by_xlsxwriter(), "_rels/.rels", _ORIGIN, "_xmlsignatures/origin.sigs")
    content = with_part(content, "_xmlsignatures/origin.sigs", lambda _: b"")
    after = marked_copy(foreign(tmp_path, content), sheet(NOBODY))
    assert "_xmlsignatures/origin.sigs" not in Package.of(after).parts
    assert str(lines(after)[-1]).startswith("Tệp đã nộp có chữ ký số;")


def test_the_senders_formats_keep_their_order_below_our_marks_and_come_back(tmp_path: Path) -> None:
    path = foreign(tmp_path, by_xlsxwriter())
    path.write_bytes(marked_copy(path, sheet(replace(BLANK, sheet="Chi tiêu", cell="B2"))))
    again = marked_copy(path, sheet(MISSING_SHEET))
    assert differences(by_xlsxwriter(), again) == {}
    before = Package.of(by_xlsxwriter()).parts
    after = Package.of(again).parts
    assert after["xl/worksheets/sheet1.xml"].count(b"<cfRule") == before["xl/worksheets/sheet1.xml"].count(b"<cfRule")


def test_the_live_checks_of_our_own_template_stay_formulas_with_their_values(tmp_path: Path) -> None:
    path = tmp_path / "original.xlsx"
    path.write_bytes(template_bytes(FORM, issue(division="VP", year="2019")))
    before, after = (kept(Package.of(content)) for content in (path.read_bytes(), marked_copy(path, sheet(BLANK))))
    formulas = {title: {c: v for c, v in one["cells"].items() if v[0]} for title, one in before.items() if title}
    assert sum(map(len, formulas.values())) > 60
    assert formulas == {title: {c: after[title]["cells"][c] for c in cells} for title, cells in formulas.items()}
