"""A workbook as an .ods whose formats nobody can tell: it has more cells than are looked at, on a sheet of its own.

An .xlsb is the other kind without formats; here an .ods is enough, and can be written in a page.
"""

import datetime as dt
import io
import zipfile
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from pipeline.intake.file_kinds import DEFAULT_LIMITS, RawWorkbook
from pipeline.spreadsheet import CellValue, RawSheet

_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(f'xmlns:{name}="{_OPEN_DOCUMENT}:{name}:1.0"' for name in ("office", "table", "text"))
_A_ROW = DEFAULT_LIMITS.max_columns
_ROWS = DEFAULT_LIMITS.max_cells // _A_ROW
_TOO_MANY = (
    f'<table:table table:name="Nháp"><table:table-row table:number-rows-repeated="{_ROWS}">'
    f'<table:table-cell table:number-columns-repeated="{_A_ROW}" office:value-type="float" office:value="1"/>'
    "</table:table-row></table:table>"
)


def formatless_bytes(workbook: RawWorkbook) -> bytes:
    """The workbook as .ods; errors and formulas are not written."""
    tables = "".join(map(_table, workbook.sheets)) + _TOO_MANY
    content = f"<office:document-content {_SPACES}><office:body><office:spreadsheet>{tables}</office:spreadsheet>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype"), _KIND)
        package.writestr(
            zipfile.ZipInfo("META-INF/manifest.xml"), f'<m:manifest xmlns:m="{_OPEN_DOCUMENT}:manifest:1.0"/>'
        )
        written = f"{content}</office:body></office:document-content>"
        package.writestr(zipfile.ZipInfo("content.xml"), written, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _table(sheet: RawSheet) -> str:
    rows, last = "", 0
    filled = sorted((at, cell.value) for at, cell in sheet.cells.items() if cell.value != "")
    for row, cells in groupby(filled, key=lambda one: one[0][0]):
        rows += _blank("table-row", "rows", row - last - 1, "<table:table-cell/>") + _row(
            [(at[1], value) for at, value in cells]
        )
        last = row
    return f"<table:table table:name={quoteattr(sheet.title)}>{rows}</table:table>"


def _row(cells: list[tuple[int, CellValue]]) -> str:
    written, last = "", 0
    for column, value in cells:
        written += _blank("table-cell", "columns", column - last - 1) + _cell(value)
        last = column
    return f"<table:table-row>{written}</table:table-row>"


def _blank(element: str, repeated: str, count: int, inside: str = "") -> str:
    return f'<table:{element} table:number-{repeated}-repeated="{count}">{inside}</table:{element}>' if count else ""


def _cell(value: CellValue) -> str:
    match value:
        case bool():
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
        case int() | float():
            return f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
        case dt.date():
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        case _:
            lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
            return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
