"""Whole sheets of another workbook: in with their looks, names and links, and what counts sheets counts on."""

import io
import re

import pytest
import xlsxwriter
from lxml import etree
from patching_samples import (
    FRONT,
    MAIN,
    REGISTER,
    REGISTER_NAME,
    bare,
    canonical,
    donor,
    marked,
    of_openpyxl,
    parts_of,
    plain,
    prefixed,
    read,
    rich,
    strict,
    unmarked,
    with_parts,
    without_styles,
)

from pipeline.patching import Donor, Name, Package, PatchError, State


def _added(content: bytes) -> bytes:
    package = Package(content)
    package.add_sheet(Donor(donor()), FRONT, at_front=True)
    package.add_sheet(Donor(donor()), REGISTER, state=State.VERY_HIDDEN)
    package.activate(FRONT)
    return package.saved()


@pytest.mark.parametrize("content", [plain(), rich(), of_openpyxl(), without_styles(), bare(), prefixed(rich())])
def test_a_sheet_looks_and_reads_as_in_its_own_workbook(content: bytes) -> None:
    ours = read(_added(content))[FRONT]
    own = read(donor())[FRONT]
    cells = [(cell, ours[cell.coordinate]) for row in own.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) == 13
    for cell, carried in cells:
        assert carried.value == cell.value
        for look in ("font", "fill", "border", "alignment", "number_format"):
            assert repr(getattr(carried, look)) == repr(getattr(cell, look)), (cell.coordinate, look)
        link, carried_link = cell.hyperlink, carried.hyperlink
        assert (link and (link.location, link.target)) == (
            carried_link and (carried_link.location, carried_link.target)
        )
    assert ours.freeze_panes == own.freeze_panes
    assert ours.print_title_rows == own.print_title_rows
    assert ours.auto_filter.ref == own.auto_filter.ref
    assert [each.sqref for each in ours.data_validations.dataValidation] == [
        each.sqref for each in own.data_validations.dataValidation
    ]
    (block,) = ours.conditional_formatting
    assert block.rules[0].dxf.fill.bgColor.rgb == "FFC6EFCE"


def test_what_counts_sheets_counts_on_and_back() -> None:
    before = read(rich())
    content = _added(rich())
    after = read(content)
    assert after.sheetnames == [FRONT, *before.sheetnames, REGISTER]
    assert after["O'Hara & con"].defined_names.keys() == before["O'Hara & con"].defined_names.keys()
    assert after["O'Hara & con"].print_area == before["O'Hara & con"].print_area
    assert after.active.title == FRONT
    assert [sheet.title for sheet in after.worksheets if sheet.sheet_view.tabSelected] == [FRONT]
    titles = re.findall("<vt:lpstr>([^<]*)</vt:lpstr>", parts_of(content)["docProps/app.xml"].decode())
    assert titles[2:6] == [FRONT, "Mục tiêu", "O'Hara &amp; con", REGISTER]
    assert b"<vt:i4>4</vt:i4>" in parts_of(content)["docProps/app.xml"]


def test_an_app_that_lists_something_else_stays() -> None:
    content = with_parts(rich(), {"docProps/app.xml": lambda text: text.replace("Mục tiêu", "Khác")})
    assert parts_of(_added(content))["docProps/app.xml"] == parts_of(content)["docProps/app.xml"]


def test_the_first_tab_that_is_shown_and_other_windows_are_kept() -> None:
    views = '<workbookView activeTab="1" firstSheet="1"/><workbookView/>'
    content = with_parts(rich(), {"xl/workbook.xml": lambda text: re.sub("<workbookView [^>]*/>", views, text)})
    root = etree.fromstring(parts_of(marked(content))["xl/workbook.xml"])
    shown = [(view.get("activeTab"), view.get("firstSheet")) for view in root.iter(f"{{{MAIN}}}workbookView")]
    assert shown == [("0", None), ("0", None)]
    assert views.encode() in parts_of(unmarked(marked(content)))["xl/workbook.xml"]


def test_a_sheet_that_others_wrote_is_removed_with_all_that_only_it_led_to() -> None:
    package = Package(rich())
    package.remove_sheet("MỤC TIÊU")
    parts = parts_of(package.saved())
    gone = parts_of(rich()).keys() - parts.keys()
    assert {name.rpartition("/")[2] for name in gone} == {
        *("sheet1.xml", "sheet1.xml.rels", "drawing1.xml", "drawing1.xml.rels", "image1.png", "comments1.xml"),
        "vmlDrawing1.vml",
    }
    assert [name for name in gone if name.encode() in parts["[Content_Types].xml"]] == []
    book = read(package.saved())
    assert book.sheetnames == ["O'Hara & con"]
    assert list(book.defined_names) == []
    assert list(book["O'Hara & con"].defined_names) == ["riêng"]


def test_the_last_sheet_that_can_be_seen_stays() -> None:
    content = with_parts(
        plain(), {"xl/workbook.xml": lambda text: text.replace('sheetId="2"', 'sheetId="2" state="hidden"')}
    )
    package = Package(content)
    with pytest.raises(PatchError, match="no other"):
        package.remove_sheet("Một")
    with pytest.raises(PatchError, match="hidden"):
        package.activate("Hai")
    assert package.saved() == content


def test_titles_and_names_that_are_taken_are_refused() -> None:
    package = Package(plain())
    package.add_sheet(Donor(donor()), FRONT)
    with pytest.raises(PatchError, match="taken"):
        package.add_sheet(Donor(donor()), FRONT.upper())
    with pytest.raises(PatchError, match="none"):
        package.add_sheet(Donor(donor()), "nowhere")
    package.add_name(Name(REGISTER_NAME, "1"))
    with pytest.raises(PatchError, match="taken"):
        package.add_name(Name(REGISTER_NAME.upper(), "1"))
    with pytest.raises(PatchError, match="end"):
        package.add_sheet(Donor(donor()), REGISTER, state=State.HIDDEN, at_front=True)


def test_a_donor_with_a_drawing_is_refused_and_nothing_has_changed() -> None:
    package = Package(plain())
    with pytest.raises(PatchError, match="drawing"):
        package.add_sheet(Donor(rich()), "Mục tiêu")
    assert [worksheet.title for worksheet in package.worksheets] == ["Một", "Hai"]


def test_a_strict_workbook_stays_strict() -> None:
    parts = parts_of(_added(strict(rich())))
    transitional = [name for name, body in parts.items() if b"openxmlformats.org/spreadsheetml/2006/main" in body]
    assert transitional == []
    assert b"openxmlformats.org/officeDocument" not in parts["xl/worksheets/_rels/sheet3.xml.rels"]


def test_names_are_added_and_removed() -> None:
    package = Package(rich())
    package.add_name(Name("_ẩn", "'O''Hara & con'!$A$1<2", is_hidden=True))
    package.add_name(Name("chung", "1", sheet="Mục tiêu"))
    names = Package(package.saved()).names()
    assert names[-2:] == [
        Name("_ẩn", "'O''Hara & con'!$A$1<2", is_hidden=True),
        Name("chung", "1", sheet="Mục tiêu"),
    ]
    assert package.remove_name("_ẩn")
    assert package.remove_name("CHUNG", "mục tiêu")
    assert not package.remove_name("chung", "Mục tiêu")
    assert [name.name for name in package.names()] == [name.name for name in Package(rich()).names()]


def test_calculation_is_set_and_as_before() -> None:
    own = '<calcPr calcId="191029" calcMode="manual" iterate="1"/>'
    content = with_parts(plain(), {"xl/workbook.xml": lambda text: re.sub("<calcPr[^>]*/>", own, text)})
    package = Package(content)
    package.calculate_on_load()
    package.calculate_on_load()
    saved = package.saved()
    (calculation,) = etree.fromstring(parts_of(saved)["xl/workbook.xml"]).iter(f"{{{MAIN}}}calcPr")
    assert dict(calculation.attrib) == {
        "calcId": "191029",
        "calcMode": "auto",
        "iterate": "1",
        "fullCalcOnLoad": "1",
    }
    again = Package(saved)
    again.calculate_as_before()
    assert own.encode() in parts_of(again.saved())["xl/workbook.xml"]


def test_looks_that_somebody_else_came_to_use_stay() -> None:
    content = marked(plain())
    root = etree.fromstring(parts_of(content)["xl/styles.xml"])
    (looks,) = root.iter(f"{{{MAIN}}}cellXfs")
    used = with_parts(
        content, {"xl/worksheets/sheet2.xml": lambda text: text.replace('<c r="A1"', f'<c r="A1" s="{len(looks) - 1}"')}
    )
    after = etree.fromstring(parts_of(unmarked(used))["xl/styles.xml"])
    (left,) = after.iter(f"{{{MAIN}}}cellXfs")
    assert len(left) == len(looks)


def test_equal_looks_are_one() -> None:
    package = Package(donor())
    before = parts_of(donor())["xl/styles.xml"]
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet("Khác").write(0, 0, "x")
    book.close()
    package.add_sheet(Donor(stream.getvalue()), "Khác")
    assert b"<fonts count" in before
    fonts = [re.search(rb'<fonts count="(\d+)"', body) for body in (before, parts_of(package.saved())["xl/styles.xml"])]
    assert fonts[0] is not None
    assert fonts[1] is not None
    assert fonts[0][1] == fonts[1][1]


def test_a_chart_sheet_counts_among_the_sheets_and_is_no_worksheet() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("Số")
    sheet.write_column(0, 0, [1, 2, 3])
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Số!$A$1:$A$3"})
    page = book.add_chartsheet("Hình")
    page.set_chart(chart)
    page.activate()
    book.close()
    package = Package(_added(stream.getvalue()))
    assert [worksheet.title for worksheet in package.worksheets] == [FRONT, "Số", REGISTER]
    with pytest.raises(PatchError, match="no worksheet"):
        package.worksheet("Hình")
    back = parts_of(unmarked(marked(stream.getvalue())))
    before = parts_of(stream.getvalue())
    assert canonical(back["xl/chartsheets/sheet1.xml"]) == canonical(before["xl/chartsheets/sheet1.xml"])
