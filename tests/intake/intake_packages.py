"""Files made by hand, part by part, because no spreadsheet program would write them."""

import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from pipeline.intake.file_kinds import FileKind, FileProblem, ReadFailure

FIXTURES = Path(__file__).parent / "fixtures"

FAR_CELLS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
_MEBIBYTES_A_BLOCK = 16


ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def refused(kind: FileKind, what: str, **facts: int) -> ReadFailure:
    return ReadFailure(FileProblem.NOT_A_WORKBOOK, {"what": what, **facts}, kind)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def sheet_part(cells: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def workbook_parts(cells: str) -> dict[str, str]:
    """The parts of a workbook with one sheet "S" and no styles."""
    return {
        "[Content_Types].xml": _content_types(workbook="sheet.main", worksheets_sheet1="worksheet", styles="styles"),
        "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet_part(cells),
    }


def write_parts(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def write_workbook(path: Path, cells: str) -> Path:
    return write_parts(path, workbook_parts(cells))


class AbortingPath(type(Path())):  # type: ignore[misc]  # what pathlib gives here
    """A path whose arrival aborts the process that shall read it, as a hostile file could abort calamine."""

    def __reduce__(self) -> tuple[Callable[[], object], tuple[()]]:
        return os.abort, ()


def write_open_document(path: Path, cells: str, manifest: str = "") -> Path:
    manifest = f'<m:manifest xmlns:m="{_OPEN_DOCUMENT}:manifest:1.0">{manifest}</m:manifest>'
    spaces = " ".join(f'xmlns:{name}="{_OPEN_DOCUMENT}:{name}:1.0"' for name in ("office", "table", "text"))
    return write_parts(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="S"><table:table-row>{cells}</table:table-row></table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        },
    )


def write_zeros(path: Path, mebibytes: int, declared: int) -> Path:
    """A zip whose one entry inflates to ``mebibytes`` of zeros and declares ``declared`` bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(_MEBIBYTES_A_BLOCK << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    content = block * (mebibytes // _MEBIBYTES_A_BLOCK) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    name = b"xl/workbook.xml"
    about = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 0, 0, len(content), declared, len(name), 0)
    local = b"PK\x03\x04" + about + name + content
    directory = b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(directory), len(local), 0)
    path.write_bytes(local + directory + end)
    return path


def write_compound(path: Path, stream_name: str, table_sectors: int) -> Path:
    """An OLE file with one stream that fills what ``table_sectors`` sectors of allocation table can hold.

    Above 109 of them (6.8 MiB) their list continues outside the header.
    """
    end, table_mark, list_mark, none = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC, 0xFFFFFFFF
    tables = list(range(2, 2 + table_sectors))
    content = range(2 + table_sectors, table_sectors * 128)
    links = [end, list_mark, *[table_mark] * table_sectors, *content[1:], end]
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(76, b"\0"))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", header, 44, table_sectors, 0, 0, 4096, end, 0, 1, 1)
    header += struct.pack("<109I", *(tables + [none] * 109)[:109])
    listed = struct.pack("<128I", *(tables[109:] + [none] * 127)[:127], end)
    directory = _entry("Root Entry", (5, 1, end, 0)) + _entry(stream_name, (2, none, content[0], len(content) * 512))
    path.write_bytes(
        header
        + directory.ljust(512, b"\0")
        + listed
        + struct.pack(f"<{len(links)}I", *links)
        + bytes(512) * len(content)
    )
    return path


def _entry(name: str, about: tuple[int, int, int, int]) -> bytes:
    kind, child, start, size = about
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, *[0xFFFFFFFF] * 2, child)
    return head.ljust(116, b"\0") + struct.pack("<IQ", start, size)


def _content_types(**kinds: str) -> str:
    parts = "".join(
        f'<Override PartName="/xl/{part.replace("_", "/")}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{parts}</Types>'


def _relations(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{relation}</Relationships>'
