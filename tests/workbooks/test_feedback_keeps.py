"""The marked copy keeps what the sender made: unzipped, and compared part by part with the sender's own workbook."""

import datetime as dt
import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from feedback_samples import BLANK, FORM, NOBODY, lines, marked_copy, sheet
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


SHAPE = b'<xdr:wsDr xmlns:xdr="x"><xdr:twoCellAnchor><xdr:sp macro=""/></xdr:twoCellAnchor></xdr:wsDr>'
PICTURE = b'<xdr:wsDr xmlns:xdr="x"><xdr:twoCellAnchor><xdr:pic/></xdr:twoCellAnchor></xdr:wsDr>'
LOST = {
    "macro": ("xl/vbaProject.bin", b"x"),
    "hộp kiểm, nút bấm": ("xl/ctrlProps/ctrlProp1.xml", b"<x/>"),
    "bộ lọc dạng nút": ("xl/slicers/slicer1.xml", b"<x/>"),
    "chuỗi trao đổi trong ghi chú (chỉ còn ghi chú thường)": ("xl/threadedComments/threadedComment1.xml", b"<x/>"),
    "đối tượng nhúng": ("xl/embeddings/oleObject1.bin", b"x"),
    "kết nối dữ liệu": ("xl/connections.xml", b"<x/>"),
    "biểu đồ kiểu mới": ("xl/charts/chartEx1.xml", b"<x/>"),
    "hộp văn bản, hình vẽ": ("xl/drawings/drawing1.xml", SHAPE),
    "hình ảnh": ("xl/drawings/drawing1.xml", PICTURE),
}


@pytest.mark.parametrize("thing", LOST)
def test_what_openpyxl_cannot_keep_is_told_by_its_part(thing: str, tmp_path: Path) -> None:
    path = tmp_path / "original.xlsx"
    name, part = LOST[thing]
    path.write_bytes(with_part(by_xlsxwriter(), name, lambda _: part))
    told = f"Bản này không giữ được: {thing}; bản gốc đã nộp vẫn còn nguyên."
    assert lines(marked_copy(path, sheet(NOBODY)))[-1] == told


def test_sparklines_and_data_bars_of_2010_are_told(tmp_path: Path) -> None:
    held = io.BytesIO()
    workbook = xlsxwriter.Workbook(held, {"in_memory": True})
    own = workbook.add_worksheet("Chi tiêu")
    own.write_column("A1", [1, 2, 3])
    own.add_sparkline("B1", {"range": "'Chi tiêu'!A1:A3"})
    own.conditional_format("A1:A3", {"type": "data_bar", "data_bar_2010": True})
    own.set_footer("Trang &P")
    workbook.close()
    path = tmp_path / "original.xlsx"
    path.write_bytes(held.getvalue())
    assert lines(marked_copy(path, sheet(NOBODY)))[-1] == (
        "Bản này không giữ được: biểu đồ nhỏ trong ô, thanh dữ liệu, biểu tượng kiểu mới, "
        "đầu trang, chân trang không ghi rõ trái, giữa hay phải; bản gốc đã nộp vẫn còn nguyên."
    )


def test_nothing_is_said_to_be_lost_of_a_form_as_it_was_issued(sent: Path) -> None:
    sent.write_bytes(template_bytes(FORM, issue(division="VP", year="2019")))
    assert not [words for words in lines(marked_copy(sent, sheet(BLANK))) if "không giữ được" in str(words)]


def test_the_live_checks_of_our_own_template_stay_formulas_with_their_values(tmp_path: Path) -> None:
    path = tmp_path / "original.xlsx"
    path.write_bytes(template_bytes(FORM, issue(division="VP", year="2019")))
    before, after = (kept(Package.of(content)) for content in (path.read_bytes(), marked_copy(path, sheet(BLANK))))
    formulas = {title: {c: v for c, v in one["cells"].items() if v[0]} for title, one in before.items() if title}
    assert sum(map(len, formulas.values())) > 60
    assert formulas == {title: {c: after[title]["cells"][c] for c in cells} for title, cells in formulas.items()}
