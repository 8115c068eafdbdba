"""Saves an openpyxl workbook so that the same content gives the same bytes, whatever the clock says."""

import io
import re
import zipfile

from openpyxl import Workbook

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
# openpyxl writes the moment of saving here and into every entry of the zip.
_MOMENTS = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
# openpyxl marks every stored height as the user's own, and Excel would stop fitting the row while somebody types.
_FIXED_HEIGHT = re.compile(rb'(<row r="\d+"[^>]*?) customHeight="1"')
_SHEETS = "xl/worksheets/sheet"


def steady_bytes(workbook: Workbook) -> bytes:
    """The saved workbook without the moment of saving; its rows are free to grow with their text."""
    saved, steady = io.BytesIO(), io.BytesIO()
    workbook.save(saved)
    with zipfile.ZipFile(saved) as dated, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as undated:
        for name in dated.namelist():
            content = dated.read(name)
            content = _FIXED_HEIGHT.sub(rb"\1", content) if name.startswith(_SHEETS) else content
            content = _MOMENTS.sub(b"", content) if name == _PROPERTIES else content
            undated.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return steady.getvalue()
