"""Files that are no form any more, hostile to whoever looks what they are: bombs, crafted directories, other kinds."""

import io
import random
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from hostile_packages import MAIN, Maker, packed, parts_of, sheet_of

sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))

from intake_packages import (
    FAR_CELLS,
    FIXTURES,
    workbook_parts,
    write_compound,
    write_open_document,
    write_zeros,
)

_OLE = FIXTURES / "form.xls"
_END, _NONE = 0xFFFFFFFE, 0xFFFFFFFF
_MUTATED = 12


def hostile_files() -> Iterator[tuple[str, Maker]]:
    """Each by name."""
    yield from _zips()
    yield from _sheets()
    yield from _compound()
    yield from _open_documents()
    yield from _other_kinds()


def _written(write: Callable[[Path], object]) -> Maker:
    def make(_: bytes) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x"
            write(path)
            return path.read_bytes()

    return make


def _fixed(content: Callable[[], bytes]) -> Maker:
    return lambda _: content()


def _zips() -> Iterator[tuple[str, Maker]]:
    yield "zeros_2_gb_declared", _written(lambda path: write_zeros(path, 2048, (2 << 30) - 1))
    yield "zeros_2_gb_declared_small", _written(lambda path: write_zeros(path, 2048, 1000))
    yield "zeros_150_mb", _written(lambda path: write_zeros(path, 144, 144 << 20))
    yield "entries_100000", _fixed(lambda: packed({f"{n}.xml": b"" for n in range(100_000)}))
    yield "entries_1900", lambda form: packed({**parts_of(form), **{f"x/{n}.xml": b"" for n in range(1_900)}})
    yield "zip_in_zip", lambda form: packed({f"{n}.xlsx": form for n in range(50)})
    for share in (1, 2, 3, 5, 7, 9):
        yield f"cut_at_{share}_tenths", lambda form, share=share: form[: len(form) * share // 10]  # type: ignore[misc]
    yield "directory_overwritten", lambda form: form[:-400] + bytes(378) + form[-22:]
    yield "sheet_garbage_deflated", lambda form: _flipped(form, 40)
    yield "named_in_dots", lambda form: packed({f"../{name}": part for name, part in parts_of(form).items()})
    yield "long_entry_names", lambda form: packed({**parts_of(form), **{f"{n}{'x' * 60_000}": b"" for n in range(300)}})
    yield "lzma_entries", _lzma
    yield "zip_comment_of_64_kb", lambda form: form[:-2] + struct.pack("<H", 65_535) + b"x" * 65_535


def _flipped(form: bytes, count: int) -> bytes:
    content, chance = bytearray(form), random.Random(count)  # noqa: S311 - the same file each time
    for _ in range(count):
        content[chance.randrange(200, len(content) - 2000)] ^= 1 << chance.randrange(8)
    return bytes(content)


def _lzma(form: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as package:
        for name, content in parts_of(form).items():
            package.writestr(name, content)
    return held.getvalue()


def _sheets() -> Iterator[tuple[str, Maker]]:
    parts = workbook_parts(FAR_CELLS)
    unknown = '<?xml version="1.0" encoding="UTF-o"?>'  # it stops expat, but not calamine
    far = {**parts, "xl/worksheets/sheet1.xml": unknown + parts["xl/worksheets/sheet1.xml"]}
    yield "far_cell_in_an_unknown_encoding", _fixed(lambda: _texts(far))
    yield "far_cell_alone", _fixed(lambda: _texts(workbook_parts(FAR_CELLS)))
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 1_048_577, 2))
    yield "half_a_million_rows", _fixed(lambda: _texts(workbook_parts(rows)))
    wide = "<row>" + "<c><v>1</v></c>" * 3_000_000 + "</row>"
    yield "three_million_cells_in_a_row", _fixed(lambda: _texts(workbook_parts(wide)))
    yield "eight_million_empty_cells", _fixed(lambda: _texts(workbook_parts("<row>" + "<c/>" * 8_000_000 + "</row>")))
    yield "deep_nesting_alone", _fixed(lambda: _texts(workbook_parts("<a>" * 1_000_000)))
    yield "one_text_of_150_mb", _fixed(lambda: _texts(workbook_parts(_inline("x" * (150 << 20)))))
    strings = f'<sst xmlns="{MAIN}">' + "<si><t/></si>" * 5_000_000 + "</sst>"
    yield "five_million_shared_strings", _fixed(lambda: _texts({**workbook_parts(""), "xl/sharedStrings.xml": strings}))
    joined = sheet_of(b"", b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 500_000 + b"</mergeCells>").decode()
    yield "half_a_million_merges", _fixed(lambda: _texts({**workbook_parts(""), "xl/worksheets/sheet1.xml": joined}))


def _inline(text: str) -> str:
    return f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'


def _texts(parts: dict[str, str]) -> bytes:
    return packed({name: content.encode() for name, content in parts.items()})


def _compound() -> Iterator[tuple[str, Maker]]:
    for megabytes in (1, 8, 18):
        yield f"ole_table_listed_over_and_over_{megabytes}_mb", _fixed(lambda size=megabytes: _listed_again(size << 20))
    yield "ole_of_ten_megabytes", _written(lambda path: write_compound(path, "Workbook", 160))
    yield "ole_list_in_a_circle", _fixed(lambda: _ole(68, 2, 400))
    yield "ole_directory_nowhere", _fixed(lambda: _ole(48, 0x7FFFFFFF, 0))
    yield "ole_of_huge_sectors", _fixed(lambda: _OLE.read_bytes()[:30] + b"\x1f" + _OLE.read_bytes()[31:])
    yield "ole_cut", _fixed(lambda: _OLE.read_bytes()[:4000])
    yield "ole_with_zeros_behind", _fixed(lambda: _OLE.read_bytes() + bytes(18 << 20))
    for number in range(_MUTATED):
        yield f"xls_mutated_{number}", _fixed(lambda seed=number: _flipped(_OLE.read_bytes(), 5 + seed))
    yield "xls_record_counts", _fixed(lambda: _OLE.read_bytes().replace(b"\xfc\x00", b"\xfc\x00\xff\xff"))


def _listed_again(size: int) -> bytes:
    """A header and lists that name one sector of the allocation table wherever a number fits."""
    header = bytearray(_OLE.read_bytes()[:512])
    sectors = size // 512
    struct.pack_into("<II", header, 68, 1, sectors - 2)
    struct.pack_into("<109I", header, 76, *[0] * 109)
    table = struct.pack("<128I", *range(1, 128), _END)
    lists = b"".join(struct.pack("<128I", *[0] * 127, n + 1) for n in range(1, sectors - 1))
    return bytes(header) + table + lists


def _ole(offset: int, first: int, second: int) -> bytes:
    content = bytearray(_OLE.read_bytes())
    struct.pack_into("<II", content, offset, first, second)
    return bytes(content)


def _open_documents() -> Iterator[tuple[str, Maker]]:
    again = 'table:number-columns-repeated="16384"'
    cell = f'<table:table-cell {again} office:value-type="float" office:value="1"/>'
    yield "ods_columns_repeated", _written(lambda path: write_open_document(path, cell))
    rows = f'</table:table-row><table:table-row table:number-rows-repeated="1048576">{cell}'
    yield "ods_rows_repeated", _written(lambda path: write_open_document(path, rows))
    deep = "<text:span>" * 200_000 + "</text:span>" * 200_000
    yield "ods_deep", _written(lambda path: write_open_document(path, f"<table:table-cell>{deep}</table:table-cell>"))
    empty = "<table:table-cell/>" * 3_000_000
    yield "ods_three_million_cells", _written(lambda path: write_open_document(path, empty))
    yield "ods_cut", lambda _: (FIXTURES / "form.ods").read_bytes()[:3000]


def _other_kinds() -> Iterator[tuple[str, Maker]]:
    yield "nothing", _fixed(bytes)
    yield "zeros", _fixed(lambda: bytes(19 << 20))
    yield "too_large", _fixed(lambda: bytes(range(256)) * (21 << 12))
    yield "noise", _fixed(lambda: random.Random(1).randbytes(15 << 20))  # noqa: S311
    yield "text", _fixed(lambda: "Đây là văn bản thuần.\n".encode() * 500_000)
    yield "html", _fixed(lambda: b"<html><table>" + b"<tr><td>1</td></tr>" * 500_000)
    yield (
        "xml_spreadsheet",
        _fixed(lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'),
    )
    yield "utf16_text", _fixed(lambda: ("x" * 5_000_000).encode("utf-16"))
    yield "pdf", _fixed((FIXTURES / "form.pdf").read_bytes)
    yield "docx", _fixed((FIXTURES / "report.docx").read_bytes)
    yield "password", _fixed((FIXTURES / "password.xlsx").read_bytes)
    yield "gzip", _fixed(lambda: b"\x1f\x8b" + zlib.compress(bytes(10 << 20)))
    yield "picture", _fixed(lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000))
