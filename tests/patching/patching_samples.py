"""Workbooks of many writers, how each is marked as an answer is, and how the marks are taken off again."""

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import openpyxl
import xlsxwriter
from lxml import etree
from openpyxl.comments import Comment as OpenpyxlComment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from pipeline.patching import Donor, Format, Note, Package, Size, State

MARK = "— Cần sửa —"
FRONT, REGISTER, REGISTER_NAME = "Việc cần sửa", "_tasks", "_tasks_open"
CELLS = [f"{column}{row}" for row in (6, 7) for column in "ABCDEFGHIJ"]
COLOURS = ("FFFFC7CE", "FFFFEB9C", "FFD9E8F6")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
TEMPLATES = Path(__file__).parents[2] / "templates_xlsx"
_PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    for kind, body in (
        (b"IHDR", struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xff\0\0")),
        (b"IEND", b""),
    )
)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a package by name, inflated."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package_of(parts: Mapping[str, bytes]) -> bytes:
    """The package of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 2, 2, 2, 2, 2)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def raw_parts(content: bytes) -> dict[str, tuple[int, int, bytes]]:
    """The method, check sum and compressed bytes of each part, by name, as another reader than ours finds them."""
    raw = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in archive.infolist():
            names = struct.unpack_from("<2H", content, info.header_offset + 26)
            begin = info.header_offset + 30 + sum(names)
            raw[info.filename] = (info.compress_type, info.CRC, content[begin : begin + info.compress_size])
    return raw


def read(content: bytes) -> openpyxl.Workbook:
    """The workbook as openpyxl reads it; that it drops what it does not know, it need not say."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content))


def canonical(content: bytes) -> bytes:
    """Canonical XML of a part; what is no XML as it is."""
    try:
        return etree.tostring(etree.fromstring(content), method="c14n")
    except etree.XMLSyntaxError:
        return content


@cache
def donor() -> bytes:
    """Two sheets for an answer, written by XlsxWriter."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    front, register = book.add_worksheet(FRONT), book.add_worksheet(REGISTER)
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "font_name": "Times New Roman"})
    text = book.add_format({"text_wrap": True, "border": 1, "num_format": '0" việc"', "font_name": "Times New Roman"})
    for column in range(4):
        front.write_string(0, column, f"Cột {column}", head)
        front.write_string(1, column, " hai\ndòng ", text)
    front.write_number(2, 0, 3, text)
    front.write_rich_string(2, 1, "Đậm ", head, "và", " nhạt")
    front.write_formula(2, 2, f'=IF(INDEX({REGISTER_NAME},1),"còn","xong")', text, "còn")
    front.write_url(3, 0, f"internal:'{FRONT}'!A1", string="đây")
    front.write_url(3, 1, "https://example.org/", string="kia")
    front.freeze_panes(1, 0)
    front.autofilter(0, 0, 3, 3)
    front.repeat_rows(0)
    front.data_validation(1, 3, 3, 3, {"validate": "list", "source": ["a", "b"]})
    green = book.add_format({"bg_color": "#C6EFCE"})
    front.conditional_format(1, 2, 3, 2, {"type": "formula", "criteria": '=$C2="xong"', "format": green})
    register.write_string(0, 0, "mã")
    register.write_formula(1, 2, "=TRUE", value=True)
    book.define_name(REGISTER_NAME, f"={REGISTER}!$C$2:$C$21")
    book.close()
    return stream.getvalue()


def marked(content: bytes, title: str | None = None) -> bytes:
    """The workbook with twenty cells marked on one sheet, and two sheets added, as an answer is made."""
    package = Package(content)
    worksheet = package.worksheet(title) if title else package.worksheets[0]
    formats = [
        Format(cell, f"INDEX({REGISTER_NAME},{place})", COLOURS[place % 3]) for place, cell in enumerate(CELLS, 1)
    ]
    worksheet.add_formats(formats)
    threads = {comment.cell for comment in worksheet.comments() if comment.is_threaded}
    notes = [Note(cell, f"{MARK}\nSửa ô {cell}.", "QMS", Size(340, 60)) for cell in CELLS if cell not in threads]
    worksheet.write_comments(notes)
    carried = Donor(donor())
    package.add_sheet(carried, FRONT, at_front=True)
    package.add_sheet(carried, REGISTER, state=State.VERY_HIDDEN)
    package.activate(FRONT)
    package.calculate_on_load()
    return package.saved()


def unmarked(content: bytes) -> bytes:
    """The workbook without what :func:`marked` put into it."""
    package = Package(content)
    for worksheet in package.worksheets:
        worksheet.remove_formats(lambda formula: REGISTER_NAME in formula)
        worksheet.cut_comments(MARK)
    package.remove_sheet(FRONT)
    package.remove_sheet(REGISTER)
    package.calculate_as_before()
    return package.saved()


@cache
def plain() -> bytes:
    """Two sheets of XlsxWriter."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for title in ("Một", "Hai"):
        sheet = book.add_worksheet(title)
        for row in range(9):
            sheet.write_row(row, 0, [f"ô {row}", row, row / 3])
    book.close()
    return stream.getvalue()


@cache
def rich() -> bytes:
    """What openpyxl drops: a text box, sparklines, formats and lists of 2010; a chart, a picture, a table, comments."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet, other = book.add_worksheet("Mục tiêu"), book.add_worksheet("O'Hara & con")
    red = book.add_format({"bg_color": "#FF0000", "bold": True})
    sheet.set_column(1, 2, 30)
    sheet.set_row(6, 45)
    for row in range(12):
        sheet.write_row(row, 0, [row, f"chữ {row}", row * row])
        other.write_row(row, 0, [row, row + 1])
    sheet.write_formula(12, 2, "=SUM(C1:C12)", None, 506)
    sheet.insert_textbox(14, 0, "Hộp chữ")
    sheet.insert_image(18, 0, "dot.png", {"image_data": io.BytesIO(_PNG)})
    sheet.add_sparkline("D1", {"range": "'Mục tiêu'!A1:C1"})
    sheet.conditional_format("A1:A9", {"type": "cell", "criteria": ">", "value": 5, "format": red})
    sheet.conditional_format("B1:B9", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("A1:A9", {"validate": "list", "source": "='O''Hara & con'!$A$1:$A$9"})
    sheet.write_comment("B6", "Lời của người gửi", {"author": "Lan"})
    sheet.write_comment("C1", "Nơi khác")
    other.add_table("A1:B9", {"columns": [{"header": "x"}, {"header": "y"}]})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Mục tiêu'!$A$1:$A$9"})
    other.insert_chart("E2", chart)
    other.activate()
    book.define_name("O'Hara & con!riêng", "='O''Hara & con'!$A$1")
    book.define_name("chung", "='Mục tiêu'!$A$1")
    other.print_area("A1:B9")
    book.close()
    return stream.getvalue()


@cache
def of_openpyxl() -> bytes:
    """A workbook of openpyxl, with a comment and a format of its own, the second sheet open."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Tờ 1"
    sheet["A6"] = 5
    sheet["A6"].comment = OpenpyxlComment("Lời cũ\n", "Hoa", height=90, width=200)
    sheet.conditional_formatting.add("A1:A9", CellIsRule("greaterThan", ["3"], fill=PatternFill(bgColor="FF00FF00")))
    book.create_sheet("Tờ 2")["B2"] = "=A1"
    book.active = 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def strict(content: bytes) -> bytes:
    """The same workbook in the strict namespaces."""
    parts = parts_of(content)
    for name, body in parts.items():
        for transitional, other in STRICT.items():
            body = body.replace(transitional.encode(), other.encode())  # noqa: PLW2901
        parts[name] = body
    return package_of(parts)


def prefixed(content: bytes) -> bytes:
    """The same workbook with a prefix of its own for the elements of cells, and single quotes."""
    parts = parts_of(content)
    for name, body in parts.items():
        if f'xmlns="{MAIN}"'.encode() in body:
            body = re.sub(rb"<(/?)(?=[A-Za-z]+[\s/>])", rb"<\1odd-x.", body)  # noqa: PLW2901
            body = body.replace(b"odd-x.", b"odd:").replace(b'xmlns="', b'xmlns:odd="')  # noqa: PLW2901
            if "sharedStrings" not in name:
                etree.fromstring(body)
            parts[name] = body
    return package_of(parts)


def moved(content: bytes) -> bytes:
    """The same workbook in another folder than ``xl``, in odd letters, with whole paths as targets."""
    parts = {name.replace("xl/", "Bảng Tính/Ö/"): body for name, body in parts_of(content).items()}
    for name, body in parts.items():
        if name.endswith((".rels", "[Content_Types].xml")):
            text = body.decode().replace('Target="xl/', 'Target="/B%E1%BA%A3ng%20T%C3%ADnh/%C3%96/')
            parts[name] = text.replace('"/xl/', '"/B%E1%BA%A3ng%20T%C3%ADnh/%C3%96/').encode()
    return package_of(parts)


def with_parts(content: bytes, edits: Mapping[str, Callable[[str], str] | str]) -> bytes:
    """The package with parts added (a text) or changed (a function of the text)."""
    parts = parts_of(content)
    for name, edit in edits.items():
        text = edit if isinstance(edit, str) else edit(parts[name].decode())
        parts[name] = text.encode()
    return package_of(parts)


def relating(kind: str, target: str) -> Callable[[str], str]:
    """An edit that adds a relation of a whole type."""
    relation = f'<Relationship Id="rId77" Type="{kind}" Target="{target}"/></Relationships>'
    return lambda text: text.replace("</Relationships>", relation)


def with_thread() -> bytes:
    """A discussion in threads at B6."""
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="B6" id="{A}" personId="{P}"><text>Lời của người gửi</text></threadedComment>'
        "</ThreadedComments>"
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    return with_parts(
        rich(),
        {
            "xl/threadedComments/threadedComment1.xml": thread,
            "xl/worksheets/_rels/sheet1.xml.rels": relating(kind, "../threadedComments/threadedComment1.xml"),
        },
    )


def with_signature() -> bytes:
    """A workbook that was signed."""
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    signature = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/signature"
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{space}"></Relationships>'
    return with_parts(
        plain(),
        {
            "_xmlsignatures/origin.sigs": "",
            "_xmlsignatures/_rels/origin.sigs.rels": relating(signature, "sig1.xml")(relations),
            "_xmlsignatures/sig1.xml": '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
            "_rels/.rels": relating(origin, "_xmlsignatures/origin.sigs"),
        },
    )


def with_macros() -> bytes:
    """A workbook with macros, as an .xlsm."""
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    sheet_type = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return with_parts(
        plain(),
        {
            "xl/vbaProject.bin": "macros",
            "xl/_rels/workbook.xml.rels": relating(kind, "vbaProject.bin"),
            "[Content_Types].xml": lambda text: text.replace(sheet_type, "vnd.ms-excel.sheet.macroEnabled.main+xml"),
        },
    )


def with_pivot() -> bytes:
    """A pivot table whose format is named by its rank."""
    kind = f"{OFFICE}/pivotTable"
    pivot = f'<pivotTableDefinition xmlns="{MAIN}" name="p" cacheId="1"><conditionalFormats count="1">'
    pivot += '<conditionalFormat priority="1"/></conditionalFormats></pivotTableDefinition>'
    return with_parts(
        rich(),
        {
            "xl/pivotTables/pivotTable1.xml": pivot,
            "xl/worksheets/_rels/sheet1.xml.rels": relating(kind, "../pivotTables/pivotTable1.xml"),
        },
    )


def without_styles() -> bytes:
    """A workbook without a style sheet."""
    parts = parts_of(plain())
    del parts["xl/styles.xml"]
    for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        parts[name] = re.sub(rb"<(?:Relationship|Override) [^>]*styles[^>]*/>", b"", parts[name])
    return package_of(parts)


def bare() -> bytes:
    """The least that is a workbook: no properties, no views, no cells."""
    return with_parts(
        without_styles(),
        {
            "xl/workbook.xml": lambda text: re.sub("<bookViews>.*</bookViews>|<calcPr[^>]*/>", "", text),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
            "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{MAIN}"><sheetData></sheetData></worksheet>',
        },
    )


def with_blank_relations() -> bytes:
    """A sheet with a relations part that relates nothing, and a list of names that names nothing."""
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    return with_parts(
        plain(),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations,
            "xl/workbook.xml": lambda text: text.replace("<calcPr", "<definedNames/><calcPr"),
        },
    )


def template(name: str) -> bytes:
    """A form of ours."""
    (path,) = TEMPLATES.glob(f"{name}*.xlsx")
    return path.read_bytes()


SAMPLES: Mapping[str, Callable[[], bytes]] = {
    "plain": plain,
    "rich": rich,
    "openpyxl": of_openpyxl,
    "strict": lambda: strict(rich()),
    "prefixed": lambda: prefixed(rich()),
    "moved": lambda: moved(rich()),
    "thread": with_thread,
    "pivot": with_pivot,
    "macros": with_macros,
    "without styles": without_styles,
    "bare": bare,
    "blank relations": with_blank_relations,
    **{name: lambda name=name: template(name) for name in ("BM-01", "BM-02", "BM-03", "BM-04", "DM-01")},
}
