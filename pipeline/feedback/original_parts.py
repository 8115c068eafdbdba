"""What stands in the parts of a sender's .xlsx and openpyxl does not hand on.

The values beside formulas, the rows of a height of their own, and the kinds of things that it will not keep at all.
What openpyxl opened counts, not what the first reader takes: the copy of a refused package (F109) keeps them as well.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from openpyxl.drawing.image import PILImage
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.xml.constants import MAX_ROW, SHEET_MAIN_NS

from pipeline.excel.saving import Beside, Stored, text_stored
from pipeline.ooxml.shared import is_value
from pipeline.ooxml.zip_layout import ZIP_DAMAGE
from pipeline.spreadsheet import cell_name

_WORKSHEETS, _DRAWINGS = r"/worksheets/[^/]+$", r"/drawings/drawing\d+\.xml$"
_LOST: Final[Mapping[str, tuple[str, bytes]]] = {
    "macros": (r"/vbaProject\.bin$", b""),
    "controls": (r"/(?:ctrlProps|activeX)/", b""),
    "slicers": (r"/(?:slicers|timelines)/", b""),
    "threads": (r"/threadedComments/", b""),
    "objects": (r"/embeddings/", b""),
    "queries": (r"/(?:connections\.xml|queryTables/)", b""),
    "new_charts": (r"/chartEx\d*\.xml$", b""),
    "shapes": (_DRAWINGS, rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[\s/>]"),
    "sparklines": (_WORKSHEETS, rb"<(?:\w+:)?sparkline[\s/>]"),
    "new_formats": (_WORKSHEETS, rb"<x14:conditionalFormatting[\s/>]"),
    "new_lists": (_WORKSHEETS, rb"<x14:dataValidation[\s/>]"),
    # openpyxl finds the text of a header by the letter of its place, which Excel always writes.
    "headers": (_WORKSHEETS, rb"<(?:odd|even|first)(?:Header|Footer)>(?!&amp;[LCR])[^<]"),
    "background": (_WORKSHEETS, rb"<(?:\w+:)?picture "),
    # openpyxl keeps pictures only where Pillow is installed.
    **({} if PILImage else {"pictures": (_DRAWINGS, rb"<(?:\w+:)?pic[\s/>]")}),
}
"""The name of a part, and what stands in it where the name alone does not tell."""
_ROW, _FORMULA, _VALUE = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("row", "f", "v"))


@dataclass(frozen=True)
class OriginalParts:
    """What each worksheet holds, by title, and the kinds of things that openpyxl drops (keys of ``feedback.lost``)."""

    sheets: Mapping[str, Beside]
    lost: Sequence[str]


def original_parts(original: Path, reader: ExcelReader) -> OriginalParts:
    """What is seen in the parts of a package that openpyxl has read; nothing in a damaged one.

    Raises:
        OSError: the file cannot be read at all.
    """
    with zipfile.ZipFile(original) as package:

        @cache
        def content(part: str) -> bytes:
            try:
                return package.read(part)
            except ZIP_DAMAGE:
                return b""

        def has(name: str, sign: bytes) -> bool:
            parts = [part for part in package.namelist() if re.search(name, f"/{part}")]
            return any(not sign or re.search(sign, content(part)) for part in parts)

        sheets = {title: _sheet(content(part), reader.shared_strings) for title, part in _places(reader).items()}
        return OriginalParts(sheets, [kind for kind, signs in _LOST.items() if has(*signs)])


def _places(reader: ExcelReader) -> Mapping[str, str]:
    """The part that openpyxl read for each worksheet, by the title that it gave it."""
    relations = [relation for _, relation in reader.parser.find_sheets() if relation.target in reader.valid_files]
    parts = [str(relation.target) for relation in relations if "chartsheet" not in relation.Type]
    return {worksheet.title: part for worksheet, part in zip(reader.wb.worksheets, parts, strict=True)}


def _sheet(content: bytes, shared: Sequence[object]) -> Beside:
    """As far as the part can be read."""
    values: dict[str, Stored | None] = {}
    fixed_rows: set[int] = set()
    # openpyxl has opened the same part, in this worker.
    events = ET.iterparse(io.BytesIO(content))  # noqa: S314
    with suppress(ET.ParseError, LookupError, ValueError):
        row = 0
        for element in (element for _, element in events if element.tag == _ROW):
            row = int(float(element.get("r", row + 1)))  # openpyxl takes "3.0", too
            if element.get("customHeight") in {"1", "true"}:
                fixed_rows.add(row)
            values |= _values(element, row, shared)
            element.clear()
    return Beside({name: stored for name, stored in values.items() if stored is not None}, frozenset(fixed_rows))


def _values(row: ET.Element, number: int, shared: Sequence[object]) -> Iterator[tuple[str, Stored | None]]:
    """The value beside each formula of a row, None for none; a cell without a place follows the one before."""
    column = 0
    for cell in row:
        place = cell.get("r")
        at, column = coordinate_to_tuple(place) if place else (number, column + 1)
        if cell.find(_FORMULA) is not None and at <= MAX_ROW:  # openpyxl reads a cell below, and gives it to nobody
            yield cell_name(at, column), _stored(cell.get("t", "n"), cell.findtext(_VALUE), shared)


def _stored(kind: str, text: str | None, shared: Sequence[object]) -> Stored | None:
    """None for a formula that no program has calculated, and for what is no value of its type.

    A formula that gives "" is stored with an empty value and type "str".
    """
    text = text if text is None or kind == "str" else text.strip()
    if text is None or kind == "inlineStr" or not is_value(kind, text):
        return None
    if kind == "s":
        return text_stored(str(shared[int(text)])) if int(text) < len(shared) else None
    return Stored(kind, escape(text))
