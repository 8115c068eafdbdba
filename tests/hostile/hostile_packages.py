"""A form taken apart and put together again: what every hostile package is made with."""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, STYLES, BOOK = "xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/workbook.xml"
TYPES, BOOK_RELS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
STRINGS, THEME, CORE, APP = "xl/sharedStrings.xml", "xl/theme/theme1.xml", "docProps/core.xml", "docProps/app.xml"
EXTRA = "xl/worksheets/sheet99.xml"

Maker = Callable[[bytes], bytes]
"""From the bytes of a form that is returned for its content to those of a hostile one."""
Parts = dict[str, bytes]


def parts_of(form: bytes) -> Parts:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The package of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return held.getvalue()


def with_part(name: str, content: bytes) -> Maker:
    """The form with one part replaced or added."""
    return lambda form: packed({**parts_of(form), name: content})


def changed(name: str, change: Callable[[bytes], bytes]) -> Maker:
    """The form with one part changed; one that it does not have is begun with nothing."""
    return lambda form: packed({**(parts := parts_of(form)), name: change(parts.get(name, b""))})


def without(name: str) -> Maker:
    """The form without one part."""
    return lambda form: packed({key: value for key, value in parts_of(form).items() if key != name})


def before(mark: bytes, more: bytes) -> Callable[[bytes], bytes]:
    """Something put before the first of a mark in a part."""
    return lambda part: part.replace(mark, more + mark, 1)


def after(mark: bytes, more: bytes) -> Callable[[bytes], bytes]:
    """Something put behind the first of a mark in a part."""
    return lambda part: part.replace(mark, mark + more, 1)


def with_sheet(content: bytes) -> Maker:
    """The form with a further worksheet."""
    return with_sheets({"Thêm": content})


def with_sheets(sheets: Mapping[str, bytes]) -> Maker:
    """The form with further worksheets, by title."""

    def make(form: bytes) -> bytes:
        parts = parts_of(form)
        book, rels, types = b"", b"", b""
        for number, (title, content) in enumerate(sheets.items(), 100):
            parts[f"xl/worksheets/sheet{number}.xml"] = content
            book += f'<sheet xmlns:r="{_OFFICE}" name="{title}" sheetId="{number}" r:id="rIdX{number}"/>'.encode()
            target = f'Type="{_OFFICE}/worksheet" Target="/xl/worksheets/sheet{number}.xml"'
            rels += f'<Relationship Id="rIdX{number}" {target}/>'.encode()
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
            types += f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kind}"/>'.encode()
        parts[BOOK] = before(b"</sheets>", book)(parts[BOOK])
        parts[BOOK_RELS] = before(b"</Relationships>", rels)(parts[BOOK_RELS])
        parts[TYPES] = before(b"</Types>", types)(parts[TYPES])
        return packed(parts)

    return make


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def sheet_of(rows: bytes, more: bytes = b"") -> bytes:
    """A worksheet's part."""
    return b'<worksheet xmlns="' + MAIN.encode() + b'"><sheetData>' + rows + b"</sheetData>" + more + b"</worksheet>"


def retyped(part: str, kind: str) -> Maker:
    """The form with another content type for one part."""

    def change(types: bytes) -> bytes:
        pattern = rf'(<Override PartName="/{re.escape(part)}" ContentType=")[^"]*|(?<=</Types>)\Z'.encode()
        return re.sub(pattern, lambda match: (match[1] or b"") + (kind.encode() if match[1] else b""), types)

    return changed(TYPES, change)


def flagged(name: str, flag: int) -> Maker:
    """The form with a bit set in the flags of one entry, in both places where the zip has them."""

    def make(form: bytes) -> bytes:
        content = bytearray(form)
        with zipfile.ZipFile(io.BytesIO(form)) as package:
            at = package.getinfo(name).header_offset
        _set_bit(content, at + 6, flag)
        end = content.rindex(b"PK\x05\x06")
        (directory,) = struct.unpack_from("<I", content, end + 16)
        while content[directory : directory + 4] == b"PK\x01\x02":
            lengths = struct.unpack_from("<HHH", content, directory + 28)
            if content[directory + 46 : directory + 46 + lengths[0]] == name.encode():
                _set_bit(content, directory + 8, flag)
            directory += 46 + sum(lengths)
        return bytes(content)

    return make


def _set_bit(content: bytearray, at: int, flag: int) -> None:
    (flags,) = struct.unpack_from("<H", content, at)
    struct.pack_into("<H", content, at, flags | flag)
