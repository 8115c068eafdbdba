"""Forms with photographs, as a telephone makes them and as nobody would."""

import random
import struct
import zlib
from collections.abc import Iterator, Sequence

from hostile_packages import SHEET, TYPES, Maker, before, packed, parts_of

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"


def hostile_photographs() -> Iterator[tuple[str, Maker]]:
    """Each by name."""
    yield "photographs_12_of_1_mb", photographed("jpeg", [noise(1 << 20, number) for number in range(12)])
    yield "photographs_8_mb_jpeg", photographed("jpeg", [noise(2 << 20, number) for number in range(4)])
    yield "photographs_12_of_4_mb", photographed("jpeg", [noise(4 << 20, number) for number in range(12)])
    yield "photographs_300", photographed("jpeg", [noise(20_000, number) for number in range(300)])
    yield "photograph_png_of_5_mb", photographed("png", [png(1_600, 1_100, is_noise=True)])
    yield "photograph_png_of_200_megapixels", photographed("png", [png(20_000, 10_000, is_noise=False)])
    yield "photograph_cut", photographed("jpeg", [noise(1 << 20, 1)[: 1 << 19]])
    yield "photograph_of_nothing", photographed("png", [b""])


def noise(size: int, seed: int) -> bytes:
    """As many bytes as a photograph of this size has, and as hard to press; only their head is a JPEG's."""
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x48\x00\x48\x00\x00"
    head += b"\xff\xc0\x00\x11\x08\x0b\xd0\x0f\xc0\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xda"
    return head + random.Random(seed).randbytes(size) + b"\xff\xd9"  # noqa: S311 - the same file each time


def png(width: int, height: int, *, is_noise: bool) -> bytes:
    """A picture in three colours: noise, or black."""
    rows = random.Random(width).randbytes((width * 3 + 1) * height) if is_noise else b""  # noqa: S311
    if is_noise:
        blank = bytearray(rows)
        blank[:: width * 3 + 1] = bytes(height)
        pressed = zlib.compress(bytes(blank), 1)
    else:
        pressing = zlib.compressobj(1)
        line = bytes(width * 3 + 1)
        pressed = b"".join(pressing.compress(line) for _ in range(height)) + pressing.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pressed) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def photographed(ending: str, pictures: Sequence[bytes]) -> Maker:
    """The form with these pictures on its second sheet, as Excel embeds them."""

    def make(form: bytes) -> bytes:
        parts = parts_of(form)
        name = SHEET.rpartition("/")[2]
        drawing = f'<drawing xmlns:r="{_OFFICE}" r:id="rIdP"/>'.encode()
        parts[SHEET] = before(b"</worksheet>", drawing)(parts[SHEET])
        parts[TYPES] = before(b"</Types>", _types(ending))(parts[TYPES])
        media = {f"xl/media/image{number}.{ending}": content for number, content in enumerate(pictures, 1)}
        return packed(
            {
                **parts,
                f"xl/worksheets/_rels/{name}.rels": _related([("rIdP", "drawing", "../drawings/drawing1.xml")]),
                "xl/drawings/drawing1.xml": _drawing(len(pictures)),
                "xl/drawings/_rels/drawing1.xml.rels": _related(
                    [(f"rId{n}", "image", f"../media/image{n}.{ending}") for n in range(1, len(pictures) + 1)]
                ),
                **media,
            }
        )

    return make


def _types(ending: str) -> bytes:
    return (
        f'<Default Extension="{ending}" ContentType="image/{ending}"/>'
        f'<Override PartName="/xl/drawings/drawing1.xml" ContentType="{_DRAWING}"/>'
    ).encode()


def _related(targets: Sequence[tuple[str, str, str]]) -> bytes:
    each = "".join(
        f'<Relationship Id="{identity}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for identity, kind, target in targets
    )
    return _HEAD + f'<Relationships xmlns="{_RELATIONSHIPS}">{each}</Relationships>'.encode()


def _drawing(count: int) -> bytes:
    each = "".join(_picture(number) for number in range(1, count + 1))
    spaces = f'xmlns:xdr="{_DRAWN}/spreadsheetDrawing" xmlns:a="{_DRAWN}/main" xmlns:r="{_OFFICE}"'
    return _HEAD + f"<xdr:wsDr {spaces}>{each}</xdr:wsDr>".encode()


def _picture(number: int) -> str:
    start, end = (
        f"<xdr:{which}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{number + 70}</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></xdr:{which}>"
        for which, column in (("from", 1), ("to", 4))
    )
    return (
        f'<xdr:twoCellAnchor>{start}{end}<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number}" name="Ảnh {number}"/>'
        f'<xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId{number}"/></xdr:blipFill><xdr:spPr>'
        '<a:prstGeom prst="rect"/></xdr:spPr></xdr:pic><xdr:clientData/></xdr:twoCellAnchor>'
    )
