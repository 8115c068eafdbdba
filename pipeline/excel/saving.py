"""Saves an openpyxl workbook so that the same content gives the same bytes, whatever the clock says."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from openpyxl import Workbook

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
# openpyxl writes the moment of saving here and into every entry of the zip.
_MOMENTS = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
# openpyxl marks every stored height as the user's own, and Excel would stop fitting the row while somebody types.
_FIXED_HEIGHT = re.compile(rb'(<row r="(\d+)"[^>]*?) customHeight="1"')
# openpyxl writes a formula without its value, in one of these two ways, after the XML library that it found.
_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)>(<f[^>]*(?:/>|>[^<]*</f>))<v ?(?:/>|></v>)</c>')
_SHEET = "xl/worksheets/sheet{}.xml"


class Stored(NamedTuple):
    """The value stored beside a formula as the XML says it: its type (``str``, ``b``, ``n``, ``e``) and text."""

    kind: str
    text: str


class Beside(NamedTuple):
    """What a sheet shall hold that openpyxl does not write: values of its formulas, rows of a height of their own.

    ``values`` by cell. A program that shows a workbook without calculating it (a preview, Excel's Protected View)
    shows these.
    """

    values: Mapping[str, Stored]
    fixed_rows: frozenset[int] = frozenset()


NOTHING: Final[Mapping[str, Beside]] = {}


def text_stored(text: str) -> Stored:
    """A text as the value of a formula."""
    return Stored("str", escape(text))


def truth_stored(*, truth: bool) -> Stored:
    """True or false as the value of a formula."""
    return Stored("b", str(int(truth)))


def steady_bytes(workbook: Workbook, beside: Mapping[str, Beside] = NOTHING) -> bytes:
    """The saved workbook without the moment of saving; ``beside`` is what its sheets shall hold as well, by title.

    Rows are free to grow with their text, but for those said to have a height of their own.
    """
    saved = io.BytesIO()
    workbook.save(saved)
    return steadied(saved.getvalue(), [sheet.title for sheet in workbook.worksheets], beside)


def steadied(saved: bytes, titles: Sequence[str], beside: Mapping[str, Beside]) -> bytes:
    """What openpyxl saved, as :func:`steady_bytes` wants it; ``titles`` are those of its worksheets."""
    steady, blank = io.BytesIO(), Beside({})
    sheets = {_SHEET.format(place): beside.get(title, blank) for place, title in enumerate(titles, 1)}
    with zipfile.ZipFile(io.BytesIO(saved)) as dated, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as undated:
        for name in dated.namelist():
            content = dated.read(name)
            if name == _PROPERTIES:
                content = _MOMENTS.sub(b"", content)
            elif name in sheets:
                content = _completed(content, sheets[name])
            undated.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return steady.getvalue()


def _completed(sheet: bytes, beside: Beside) -> bytes:
    def freed(row: re.Match[bytes]) -> bytes:
        return row[0] if int(row[2]) in beside.fixed_rows else row[1]

    def valued(cell: re.Match[bytes]) -> bytes:
        stored = beside.values.get(cell[1].decode())
        if stored is None:
            return cell[0]
        said = f't="{stored.kind}"'.encode(), stored.text.encode()
        return b'<c r="%b"%b %b>%b<v>%b</v></c>' % (cell[1], cell[2], said[0], cell[3], said[1])

    sheet = _FIXED_HEIGHT.sub(freed, sheet)
    return _FORMULA.sub(valued, sheet) if beside.values else sheet
