"""What F109 refuses and openpyxl opens all the same: the marked copy keeps what can be read of it, and nothing else."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from feedback_samples import lines, marked_copy, sheet
from kept_parts import Package, kept
from test_feedback_keeps import SHAPE, by_xlsxwriter, with_part
from workbook_samples import looked_into

from pipeline.findings import Finding

DAMAGED = Finding("F109", facts={"reason": "XML hỏng"})
BOOK, RELATIONS, SHEET = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"
OWN = "Chi tiêu"


def _replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(part: bytes) -> bytes:
        assert old in part
        return part.replace(old, new, 1)

    return change


_BELOW = b'<row r="1048577"><c r="A1048577"><f>1+1</f><v>2</v></c></row>'
REFUSED = {
    "a document type": (SHEET, _replaced(b"<worksheet", b"<!DOCTYPE worksheet><worksheet")),
    "another encoding": (SHEET, lambda part: part.decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16")),
    "a relation twice": (RELATIONS, lambda part: part.replace(part[-len(b"</Relationships>") :], _twice(part))),
    "a type twice": ("[Content_Types].xml", lambda part: part.replace(b"</Types>", _override(part) + b"</Types>")),
    "a worksheet without its type": ("[Content_Types].xml", lambda part: part.replace(b"/sheet1.xml", b"/sheet9.xml")),
    "a part that openpyxl leaves alone": ("docProps/app.xml", lambda _: b"<broken"),
    "a row in another figure": (SHEET, _replaced(b'<row r="4"', b'<row r="4.0"')),
    "blanks around a number": (SHEET, _replaced(b"<v>1196.5</v>", b"<v> 1196.5 </v>")),
    "a cell below the last row": (SHEET, _replaced(b"</sheetData>", b"%s</sheetData>" % _BELOW)),
    "a value that is none": (SHEET, _replaced(b"<v>-7</v>", b"<v>-7\t</v>")),
}
"""The part, and how it is damaged."""


def _twice(part: bytes) -> bytes:
    return part[part.index(b"<Relationship ") : part.index(b"/>") + 2] + b"</Relationships>"


def _override(part: bytes) -> bytes:
    return part[part.index(b"<Override ") : part.index(b"/>", part.index(b"<Override ")) + 2]


@pytest.mark.parametrize("damage", REFUSED)
def test_the_stored_values_and_the_fixed_rows_of_a_refused_package_are_kept(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "original.xlsx"
    path.write_bytes(with_part(by_xlsxwriter(), *REFUSED[damage]))
    before, after = (kept(Package.of(content))[OWN] for content in (by_xlsxwriter(), marked_copy(path, sheet(DAMAGED))))
    after["cells"].pop("A1048577", None)
    assert (after["cells"], after["rows"]) == (before["cells"], before["rows"])


def test_of_two_sheets_of_one_title_each_keeps_its_own_values(tmp_path: Path) -> None:
    path = tmp_path / "original.xlsx"
    other = b'<sheet name="Chi ti\xc3\xaau" sheetId="9" r:id="rId99"/></sheets>'
    relation = b'<Relationship Id="rId99" Target="worksheets/other.xml" Type="http://x/worksheet"/></Relationships>'
    content = with_part(by_xlsxwriter(), BOOK, _replaced(b"</sheets>", other))
    content = with_part(content, RELATIONS, _replaced(b"</Relationships>", relation))
    part = Package.of(content).parts[SHEET].replace(b"<v>1196.5</v>", b"<v>5</v>")
    path.write_bytes(with_part(content, "xl/worksheets/other.xml", lambda _: part))
    after = kept(Package.of(marked_copy(path, sheet(DAMAGED))))
    assert [after[title]["cells"]["B4"] for title in (OWN, f"{OWN}1")] == [
        ("SUM(B1:B3)", "1196.5"),
        ("SUM(B1:B3)", "5.0"),
    ]


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        (b"<c%b><f>1+1</f><v>hai</v></c>", "=1+1"),
        (b"<c%b><f>1+1</f><v>1e999</v></c>", "=1+1"),
        (b'<c%b t="b"><f>1+1</f><v>true</v></c>', "=1+1"),
        (b'<c%b t="s"><f>1+1</f><v>99999</v></c>', "=1+1"),
        (b'<c%b t="inlineStr"><f>1+1</f><v>2</v></c>', "=1+1"),
        (b"<c%b><f>1+1</f><v>2</v></c>", 2),
    ],
)
def test_a_stored_value_that_is_none_takes_no_formulas_place(
    stored: bytes, value: object, sent: Path, tmp_path: Path
) -> None:
    part = Package.of(sent.read_bytes()).sheets["Mục tiêu"]
    path = tmp_path / "original.xlsx"
    path.write_bytes(with_part(sent.read_bytes(), part, lambda content: _with_cell(content, b"G6", stored)))
    content = marked_copy(path, sheet(DAMAGED))
    assert looked_into(content)["Mục tiêu"]["G6"].value == value
    assert any("G6" in str(words) for words in lines(content)) is (value != "=1+1")


def test_a_formula_that_gave_a_shared_text_keeps_the_text(tmp_path: Path) -> None:
    """Its number is that of another text in the copy."""
    path = tmp_path / "original.xlsx"
    shared = _replaced('t="str"><f>A1&amp;""</f><v>Tổng chi năm</v>'.encode(), b't="s"><f>A6</f><v>1</v>')
    path.write_bytes(with_part(by_xlsxwriter(), SHEET, shared))
    assert kept(Package.of(marked_copy(path, sheet(DAMAGED))))[OWN]["cells"]["D1"] == ("A6", "Ghi chú")


def test_cells_that_do_not_say_where_they_stand_are_counted(sent: Path, tmp_path: Path) -> None:
    """18.3.1.4: a reference is optional; the cell is the next one of its row."""
    part = Package.of(sent.read_bytes()).sheets["Mục tiêu"]
    path = tmp_path / "original.xlsx"
    cell = b"<c><f>1+1</f><v>2</v></c>"
    path.write_bytes(with_part(sent.read_bytes(), part, lambda content: _with_cell(content, b"G6", cell)))
    assert looked_into(marked_copy(path, sheet(DAMAGED)))["Mục tiêu"]["G6"].value == 2


def test_a_part_that_cannot_be_read_takes_nothing_from_the_others(tmp_path: Path) -> None:
    """What openpyxl never looks into may be damaged; that is no reason to be silent about the rest."""
    content = with_part(by_xlsxwriter(), "xl/drawings/drawing9.xml", lambda _: SHAPE)
    content = with_part(content, "xl/worksheets/spare.bin", lambda _: b"spare spare spare")
    path = tmp_path / "original.xlsx"
    path.write_bytes(content.replace(b"spare spare spare", b"spare spore spare", 1))
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package, pytest.raises(zipfile.BadZipFile):
        package.read("xl/worksheets/spare.bin")
    marked = marked_copy(path, sheet(DAMAGED))
    assert kept(Package.of(marked))[OWN]["cells"]["B4"] == ("SUM(B1:B3)", "1196.5")
    assert lines(marked)[-1] == "Bản này không giữ được: hộp văn bản, hình vẽ; bản gốc đã nộp vẫn còn nguyên."


def _with_cell(content: bytes, name: bytes, cell: bytes) -> bytes:
    """The sheet with one cell in another way; its look stays."""
    start = content.index(b'<c r="%b"' % name)
    end = min(at + len(sign) for sign in (b"/>", b"</c>") if (at := content.find(sign, start)) > 0)
    if content[start:end].count(b"<") > 1:
        end = content.index(b"</c>", start) + len(b"</c>")
    return content[:start] + (cell % (b' r="%b"' % name) if b"%b" in cell else cell) + content[end:]
