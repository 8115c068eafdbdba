"""A workbook once more as calamine can read it: its parts where calamine looks for them, its errors such as it knows.

calamine 0.9 takes the shared texts and the styles from fixed places whatever the relations say, and refuses a whole
file over a #SPILL! in one cell. What is written here is what Excel would read; the cells' errors are told beside it.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from pipeline.intake.formats_kept import Span

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CLASSIC = b"#N/A"
"""Stands for an error that calamine does not know."""


@dataclass(frozen=True)
class PlainSheet:
    """One worksheet: what the workbook says of it, its part, and where errors stand that calamine does not know."""

    title: str
    state: str
    content: bytes
    new_errors: Sequence[Span]


def plain_package(sheets: Sequence[PlainSheet], others: Mapping[str, bytes], *, date_1904: bool) -> bytes:
    """Return the package; ``others`` are parts by the name under which calamine looks for them."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(
        f'<sheet name={quoteattr(sheet.title)} sheetId="{number}" state={quoteattr(sheet.state)} r:id="rId{number}"/>'
        for number, sheet in numbered
    )
    workbook = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{int(date_1904)}"/>'
        f"<sheets>{listed}</sheets></workbook>"
    )
    parts = {
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": workbook.encode(),
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", f"worksheets/sheet{number}.xml") for number, _ in numbered
        ),
        **{f"xl/worksheets/sheet{number}.xml": _with_classic_errors(sheet) for number, sheet in numbered},
        **others,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def _relations(targets: Iterable[tuple[str, str]]) -> bytes:
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'.encode()


def _with_classic_errors(sheet: PlainSheet) -> bytes:
    pieces, at = [], 0
    for first, end in sheet.new_errors:
        pieces += [sheet.content[at:first], _CLASSIC]
        at = end
    return b"".join([*pieces, sheet.content[at:]])
