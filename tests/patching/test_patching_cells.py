"""Values in place of what cells hold: in the cell's look, new cells in order, shared formulas written out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl.formula.translate import Translator
from openpyxl.utils.escape import unescape
from patching_samples import MAIN, OFFICE, of_openpyxl, parts_of, plain, read, relating, rich, template, with_parts

from pipeline.patching import CellError, Package, PatchError, Size, Value
from pipeline.patching.shifting import shifted

ROWS = (
    '<row r="2" s="3" customFormat="1" spans="1:2"><c r="A2" s="2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row>'
    '<row r="4"><c r="B4"><f t="shared" ref="B4:B6" si="0">A4*2+$A$1</f><v>1</v></c></row>'
    '<row r="5"><c r="B5"><f t="shared" si="0"/><v>2</v></c></row>'
    '<row r="6"><c r="B6"><f t="shared" si="0"/><v>3</v></c></row>'
    '<row r="8"><c r="A8"><f t="array" ref="A8:A9">B1:B2</f><v>1</v></c></row><row r="9"><c r="A9"><v>2</v></c></row>'
)


def _with_rows(rows: str = ROWS) -> bytes:
    columns = '<cols><col min="3" max="4" width="9" style="1"/></cols>'
    data = f"{columns}<sheetData>{rows}</sheetData>"
    edit = re.compile("<sheetData.*</sheetData>", re.DOTALL)
    return with_parts(plain(), {"xl/worksheets/sheet1.xml": lambda text: edit.sub(lambda _: data, text)})


def _put(content: bytes, values: dict[str, Value]) -> bytes:
    package = Package(content)
    package.worksheets[0].put(values)
    return package.saved()


def _cells(content: bytes) -> dict[str, str]:
    root = etree.fromstring(parts_of(content)["xl/worksheets/sheet1.xml"])
    return {cell.get("r"): etree.tostring(cell, encoding="unicode") for cell in root.iter(f"{{{MAIN}}}c")}


def test_each_kind_of_value_is_read_back() -> None:
    values: dict[str, Value] = {
        "A1": 3.25,
        "B1": 7,
        "C1": " hai\ndòng <&> _x0041_ ",
        "D1": True,
        "E1": CellError("#N/A"),
        "F1": None,
        "AA20": 0.1,
    }
    sheet = read(_put(plain(), values)).worksheets[0]
    read_back = [sheet[cell].value for cell in values]
    read_back[2] = unescape(str(read_back[2]))  # openpyxl leaves that to who asks for it
    assert read_back == [3.25, 7, " hai\ndòng <&> _x0041_ ", True, "#N/A", None, 0.1]
    assert sheet.dimensions == "A1:AA20"


def test_the_look_of_the_cell_its_row_or_its_column_stays() -> None:
    cells = _cells(_put(_with_rows(), {"A2": 1, "B2": 2, "C4": 3, "D3": 4, "E3": 5}))
    looks = {name: re.search(r' s="(\d+)"', text) for name, text in cells.items()}
    assert {name: match and match[1] for name, match in looks.items() if name in {"A2", "B2", "C4", "D3", "E3"}} == {
        "A2": "2",
        "B2": "3",
        "C4": "1",
        "D3": "1",
        "E3": None,
    }
    assert "<f" not in cells["A2"]


def test_rows_and_cells_are_made_in_order() -> None:
    values: dict[str, Value] = {"C3": 1, "A1": 1, "A12": 1, "A3": 1, "D4": 1, "A4": 1}
    root = etree.fromstring(parts_of(_put(_with_rows(), values))["xl/worksheets/sheet1.xml"])
    rows = [int(row.get("r")) for row in root.iter(f"{{{MAIN}}}row")]
    assert rows == sorted(rows) == [1, 2, 3, 4, 5, 6, 8, 9, 12]
    assert [cell.get("r") for cell in root.iter(f"{{{MAIN}}}c")][2:6] == ["A3", "C3", "A4", "B4"]


def test_rows_and_cells_that_do_not_say_where_they_are() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    cells = _cells(_put(_with_rows(rows), {"B1": 9, "D1": 8, "A3": 7}))
    assert [(name, re.findall("<v>(.)</v>", text)) for name, text in cells.items()][:4] == [
        ("A1", ["1"]),
        ("B1", ["9"]),
        ("D1", ["8"]),
        (None, ["3"]),
    ]


def test_members_of_a_shared_formula_are_written_out_when_its_first_cell_gets_a_value() -> None:
    cells = _cells(_put(_with_rows(), {"B4": 1, "B6": 2}))
    assert "<f>A5*2+$A$1</f><v>2</v>" in cells["B5"]
    assert "<f" not in cells["B4"] + cells["B6"]


def test_a_shared_formula_that_keeps_its_first_cell_stays_shared() -> None:
    before, after = _cells(_with_rows()), _cells(_put(_with_rows(), {"B5": 1}))
    assert (after["B4"], after["B6"]) == (before["B4"], before["B6"])


@pytest.mark.parametrize("cell", ["A8", "A9"])
def test_a_cell_within_an_array_is_refused(cell: str) -> None:
    with pytest.raises(PatchError, match="A8:A9"):
        _put(_with_rows(), {cell: 1})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "x" * 32_768, CellError("#OOPS"), "\ud800"])
def test_what_no_cell_holds_is_refused(value: Value) -> None:
    with pytest.raises(PatchError):
        _put(plain(), {"A1": value})


def test_a_cell_without_its_formula_leaves_the_chain_of_calculation() -> None:
    chain = f'<calcChain xmlns="{MAIN}"><c r="A2" i="1"/><c r="B4"/><c r="B4" i="2"/><c r="B5"/></calcChain>'
    content = with_parts(
        _with_rows(),
        {
            "xl/calcChain.xml": chain,
            "xl/_rels/workbook.xml.rels": relating(f"{OFFICE}/calcChain", "calcChain.xml"),
        },
    )
    left = parts_of(_put(content, {"A2": 1}))["xl/calcChain.xml"]
    assert re.findall(rb"<c [^>]*>", left) == [b'<c r="B4" i="1"/>', b'<c r="B4" i="2"/>', b'<c r="B5"/>']
    package = Package(content)
    package.worksheets[0].put({"A2": 1, "B4": 1})
    package.remove_sheet("Hai")
    assert "xl/calcChain.xml" not in parts_of(package.saved())


def test_a_form_of_ours_is_filled() -> None:
    package = Package(template("BM-01"))
    sheet = package.worksheet("Mục tiêu")
    sheet.put({"C6": "Tỷ lệ hồ sơ đúng hạn", "G6": 95})
    book = read(package.saved())
    before = read(template("BM-01"))
    assert [book["Mục tiêu"][cell].value for cell in ("C6", "G6")] == ["Tỷ lệ hồ sơ đúng hạn", 95]
    assert repr(book["Mục tiêu"]["C6"].font) == repr(before["Mục tiêu"]["C6"].font)
    assert book["Mục tiêu"]["T6"].value == before["Mục tiêu"]["T6"].value


def test_marks_and_values_go_together() -> None:
    package = Package(rich())
    worksheet = package.worksheets[0]
    worksheet.resize_comment("B6", Size(100, 50))
    worksheet.put({"B6": "mới"})
    worksheet.remove_formats(lambda formula: formula == "5")
    book = read(package.saved())
    assert book.worksheets[0]["B6"].value == "mới"


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+$A1+A$1+$A$1", "C4+$A4+C$1+$A$1"),
        ("SUM(A:B,1:2,$A:B,1:$2)", "SUM(C:D,4:5,$A:D,4:$2)"),
        ("\"A1\"&'A1 B2'!A1&Sheet1!B2", "\"A1\"&'A1 B2'!C4&Sheet1!D5"),
        ("LOG10(A1)+ABC1!A1+name.A1+_A1+A1B", "LOG10(C4)+ABC1!C4+name.A1+_A1+A1B"),
        ("Bảng[A1]+[1]Tờ!A1+#REF!+1E5+TRUE", "Bảng[A1]+[1]Tờ!C4+#REF!+1E5+TRUE"),
        ("XFE1+A1048577+A1:B2", "XFE1+A1048577+C4:D5"),
    ],
)
def test_a_formula_reads_three_rows_down_and_two_columns_on(formula: str, moved: str) -> None:
    assert shifted(formula, 3, 2) == moved


def test_a_reference_that_would_leave_the_sheet_is_refused() -> None:
    for formula, rows, columns in (("A1", -1, 0), ("A1", 0, -1), ("A1048576", 1, 0), ("XFD1", 0, 1), ("A:A", 0, -1)):
        with pytest.raises(PatchError, match="leaves"):
            shifted(formula, rows, columns)


_REFERENCE = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "$"]),
    st.sampled_from(["C", "Z", "AB", "xfa"]),
    st.sampled_from(["", "$"]),
    st.integers(5, 9000),
)
_PIECE = st.one_of(_REFERENCE, st.sampled_from(['"B2"', "'A 1'!D7", "SUM(C5:D9)", "3.5", "tên", "TRUE", "Tờ1!C5"]))


@given(st.lists(_PIECE, min_size=1, max_size=5), st.integers(-3, 20), st.integers(-2, 2))
def test_formulas_move_as_openpyxl_moves_them(pieces: list[str], rows: int, columns: int) -> None:
    formula = "+".join(pieces)
    expected = Translator("=" + formula, "F10").translate_formula(row_delta=rows, col_delta=columns)
    assert shifted(formula, rows, columns).upper() == expected[1:].upper()


def test_a_plain_fill_is_read_and_changed_and_nothing_else() -> None:
    package = Package(of_openpyxl())
    sheet = package.worksheets[0]
    before = read(package.saved()).worksheets[0]
    sheet.fill({"A1": "FF112233", "B2": "FFABCDEF", "XY9": "FF112233"})
    assert sheet.fills(["A1", "B2", "C3", "ZZ99"]) == {"A1": "FF112233", "B2": "FFABCDEF"}
    after = read(package.saved()).worksheets[0]
    assert {cell: after[cell].fill.fgColor.rgb for cell in ("A1", "B2", "XY9")} == {
        "A1": "FF112233",
        "B2": "FFABCDEF",
        "XY9": "FF112233",
    }
    for cell in ("A1", "B2"):
        assert repr(after[cell].font) == repr(before[cell].font)
        assert after[cell].number_format == before[cell].number_format
    sheet.fill({"A1": None, "B2": None, "XY9": None})
    assert sheet.fills(["A1", "B2", "XY9"]) == {}


def test_a_fill_of_a_look_that_is_not_there_is_refused() -> None:
    package = Package(_with_rows('<row r="1"><c r="A1" s="900"/></row>'))
    assert package.worksheets[0].fills(["A1"]) == {}
    with pytest.raises(PatchError, match="look"):
        package.worksheets[0].fill({"A1": "FF112233"})


def test_what_cells_hold_is_read_as_text() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>một </t></r><r><t>hai</t></r>'
        '<rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
        '<c r="B1"><v>3.5</v></c><c r="C1" t="str"><f>"a"</f><v>a</v></c><c r="D1" s="1"/></row>'
    )
    assert Package(_with_rows(rows)).worksheets[0].texts() == {"A1": "một hai", "B1": "3.5", "C1": "a"}
    ours = Package(template("BM-01")).worksheet("Mục tiêu")
    sheet = read(template("BM-01"))["Mục tiêu"]
    texts = {c.coordinate: c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str)}
    plain_texts = {cell: text for cell, text in texts.items() if not text.startswith("=")}
    assert plain_texts.items() <= ours.texts().items()
    assert len(plain_texts) > 100


def test_a_text_that_is_not_there_is_refused() -> None:
    with pytest.raises(PatchError, match="text"):
        Package(_with_rows('<row r="1"><c r="A1" t="s"><v>9999</v></c></row>')).worksheets[0].texts()


def test_formulas_without_results_are_computed_by_who_opens_them() -> None:
    package = Package(_with_rows())
    package.worksheets[0].forget_results()
    cells = _cells(package.saved())
    assert [cell for cell, text in cells.items() if "<v>" in text] == ["A9"]
    assert all("<f" in cells[cell] for cell in ("A2", "B4", "B5", "B6"))


def test_rows_are_fitted_anew_unless_somebody_gave_them_a_height() -> None:
    rows = '<row r="1" ht="40"/><row r="2" ht="40" customHeight="1"/><row r="3" ht="40"/>'
    package = Package(_with_rows(rows))
    sheet = package.worksheets[0]
    sheet.put({"A1": "x", "A2": "x"})
    sheet.fit({2: 30, 3: 30.5, 5: 20})
    heights = re.findall(
        r'<row r="(\d)"[^>]*?ht="([\d.]+)"', parts_of(package.saved())["xl/worksheets/sheet1.xml"].decode()
    )
    assert heights == [("2", "40"), ("3", "30.5"), ("5", "20")]
