"""Real bytes of a workbook as some program would save it: the cells of a ``RawWorkbook``, one part a sheet, no more.

Much thinner than an issued template (no lists, no drop-downs, no live checks), so that hundreds are made, read and
answered in the time of a test.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from pipeline.intake.file_kinds import RawWorkbook
from pipeline.spreadsheet import RawCell, RawSheet, cell_name

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DAY_ZERO = dt.datetime(1899, 12, 30)
_EARLIEST = (1980, 1, 1, 0, 0, 0)
GENERAL = "General"
_FORMULA = "<f>1+1</f>"


@dataclass(frozen=True)
class Written:
    """A cell as the XML has it, for what no reader's value can say: ``inside`` is what stands between its tags."""

    kind: str
    inside: str
    number_format: str | None = None


Cell = RawCell | Written


def book_bytes(workbook: RawWorkbook, odd: Mapping[str, Mapping[tuple[int, int], Written]] | None = None) -> bytes:
    """The workbook as .xlsx; ``odd`` are cells by sheet title that are written as they are told."""
    more = odd or {}
    sheets = [(sheet, {**sheet.cells, **more.get(sheet.title, {})}) for sheet in workbook.sheets]
    formats = list(dict.fromkeys([GENERAL, *(_format(cell) for _, cells in sheets for cell in cells.values())]))
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook([sheet for sheet, _ in sheets], date_1904=workbook.date_1904),
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _styles(formats),
        **{f"xl/worksheets/sheet{n}.xml": _sheet(sheet, cells, formats) for n, (sheet, cells) in enumerate(sheets, 1)},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _EARLIEST), _HEAD + content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _format(cell: Cell) -> str:
    return cell.number_format or GENERAL


def _content_types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/>{sheets}</Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _workbook(sheets: list[RawSheet], *, date_1904: bool) -> str:
    each = "".join(
        f'<sheet name={quoteattr(sheet.title)} sheetId="{n}"{_state(sheet)} r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, 1)
    )
    counted = '<workbookPr date1904="1"/>' if date_1904 else ""
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{counted}<sheets>{each}</sheets></workbook>'


def _state(sheet: RawSheet) -> str:
    return ' state="hidden"' if sheet.hidden else ""


def _styles(formats: list[str]) -> str:
    codes = "".join(
        f'<numFmt numFmtId="{163 + n}" formatCode={quoteattr(code)}/>' for n, code in enumerate(formats) if n
    )
    uses = "".join(
        f'<xf numFmtId="{163 + n if n else 0}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for n in range(len(formats))
    )
    named = f'<numFmts count="{len(formats) - 1}">{codes}</numFmts>' if codes else ""
    return (
        f'<styleSheet xmlns="{_MAIN}">{named}'
        '<fonts count="1"><font><sz val="12"/><name val="Times New Roman"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(formats)}">{uses}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _sheet(sheet: RawSheet, cells: Mapping[tuple[int, int], Cell], formats: list[str]) -> str:
    rows: dict[int, list[str]] = {}
    for (row, column), cell in sorted(cells.items()):
        rows.setdefault(row, []).append(_cell(cell_name(row, column), cell, formats.index(_format(cell))))
    data = "".join(f'<row r="{row}">{"".join(written)}</row>' for row, written in rows.items())
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData>{_merged(sheet)}</worksheet>'


def _merged(sheet: RawSheet) -> str:
    areas = [f'<mergeCell ref="{cell_name(*first)}:{cell_name(*last)}"/>' for first, last in sheet.merged]
    return f'<mergeCells count="{len(areas)}">{"".join(areas)}</mergeCells>' if areas else ""


def _cell(name: str, cell: Cell, style: int) -> str:
    kind, inside = (cell.kind, cell.inside) if isinstance(cell, Written) else _calculated(cell)
    return f'<c r="{name}" s="{style}"{f" t={quoteattr(kind)}" if kind else ""}>{inside}</c>'


def _calculated(cell: RawCell) -> tuple[str, str]:
    """The cell with the formula that its value came from, if any."""
    if cell.formula_without_value:
        return "", _FORMULA
    if not cell.has_formula:
        return _content(cell)
    if isinstance(cell.value, str):
        return "str", f"{_FORMULA}<v>{escape(cell.value)}</v>"
    kind, inside = _content(cell)
    return kind, _FORMULA + inside


def _content(cell: RawCell) -> tuple[str, str]:
    value = cell.value
    if cell.is_error:
        return "e", f"<v>{escape(str(value))}</v>"
    match value:
        case bool():
            return "b", f"<v>{int(value)}</v>"
        case str():
            return "inlineStr", f'<is><t xml:space="preserve">{escape(value)}</t></is>'
        case float() | int():
            return "", f"<v>{value!r}</v>"
        case _:
            return "", f"<v>{_serial(value)!r}</v>"


def _serial(value: dt.date | dt.time | dt.timedelta) -> float:
    """A day, a time of day or a duration as Excel counts them: in days since the end of 1899."""
    match value:
        case dt.datetime():
            return (value - _DAY_ZERO) / dt.timedelta(days=1)
        case dt.date():
            return float((value - _DAY_ZERO.date()).days)
        case dt.time():
            return (dt.datetime.combine(dt.date.min, value) - dt.datetime.min) / dt.timedelta(days=1)
        case _:
            return value / dt.timedelta(days=1)
