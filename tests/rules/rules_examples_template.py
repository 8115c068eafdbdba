"""Examples of what is wrong with the workbook as a whole: sheets and columns gone, another version, too many rows."""

from collections.abc import Callable
from dataclasses import replace

from rules_examples import Example, copied
from rules_sheets import Change, Edits, places

from pipeline.intake.file_kinds import RawWorkbook
from pipeline.parsing.recognition import IDENTITY_SHEET
from pipeline.spreadsheet import RawCell, RawSheet


def without_sheet(title: str) -> Change:
    """The workbook without the sheet of that title."""

    def changed(workbook: RawWorkbook) -> RawWorkbook:
        return replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if sheet.title != title))

    return changed


def with_sheet(title: str, change: Callable[[RawSheet], RawSheet]) -> Change:
    """The workbook with one sheet changed."""

    def changed(workbook: RawWorkbook) -> RawWorkbook:
        return replace(workbook, sheets=tuple(change(raw) if raw.title == title else raw for raw in workbook.sheets))

    return changed


def with_head(base: str, sheet: str, field: str, head: str | None, tag: str | None = None) -> Change:
    """The workbook with another header over a column, and another tag or none; None clears a cell."""
    title, (first, column) = places(base)[sheet, field]
    written = {(first - 2, column): tag, (first - 1, column): head}

    def changed(raw: RawSheet) -> RawSheet:
        cells = {**raw.cells, **{at: RawCell(text) for at, text in written.items() if text is not None}}
        return replace(raw, cells={at: cell for at, cell in cells.items() if written.get(at, "") is not None})

    return with_sheet(title, changed)


def without_column(base: str, sheet: str, field: str) -> Change:
    """The workbook without a column: tag, header and cells."""
    title, (first, column) = places(base)[sheet, field]

    def changed(raw: RawSheet) -> RawSheet:
        return replace(raw, cells={at: c for at, c in raw.cells.items() if at[1] != column or at[0] < first - 2})

    return with_sheet(title, changed)


def joined(base: str, sheet: str, field: str) -> Change:
    """The workbook with the first three cells of a column joined."""
    title, (first, column) = places(base)[sheet, field]
    return with_sheet(title, lambda raw: replace(raw, merged=(((first, column), (first + 2, column)),)))


def column_twice(base: str, sheet: str, field: str, near: str = "") -> Change:
    """The workbook with a copy of a column behind the table, and other content in it; or only ``near`` its header."""
    title, (first, column) = places(base)[sheet, field]

    def changed(raw: RawSheet) -> RawSheet:
        head = {(row, 30): raw.cells[row, column] for row in (first - 2, first - 1)}
        head = {(first - 1, 30): RawCell(near)} if near else head
        return replace(raw, cells={**raw.cells, **head, (first, 30): RawCell("khác")})

    return with_sheet(title, changed)


def calculated(base: str, sheet: str, field: str) -> Change:
    """The workbook with a formula behind the value of a cell."""
    title, at = places(base)[sheet, field]
    return with_sheet(
        title, lambda raw: replace(raw, cells={**raw.cells, at: raw.cells[at]._replace(has_formula=True)})
    )


def sheet_twice(base: str, sheet: str, field: str) -> Change:
    """The workbook with a copy of a sheet, in which one cell is otherwise."""
    title, at = places(base)[sheet, field]

    def changed(workbook: RawWorkbook) -> RawWorkbook:
        original = next(raw for raw in workbook.sheets if raw.title == title)
        copied = replace(original, title=f"{title} (2)", cells={**original.cells, at: RawCell("khác")})
        return replace(workbook, sheets=(*workbook.sheets, copied))

    return changed


def _many_tasks() -> Edits:
    return {
        key: value
        for row in range(5, 62)
        for key, value in copied("BM-01", "tasks.4", row, {"task_code": f"NV{row:02d}"}).items()
    }


TEMPLATE_EXAMPLES = (
    Example("BM-01", "", "file::T201", {}, (("T201", ""),), change=without_sheet(IDENTITY_SHEET)),
    Example("BM-01", "", "file::T202", {"identity.fingerprint": "0000"}, (("T202", ""),), note="other columns"),
    Example("BM-01", "", "file::T202", {"identity.form_version": "0"}, (("T202", ""),), note="older version"),
    Example("BM-01", "tasks", "file::T205", {}, (("T205", ""),), change=without_sheet("Kế hoạch")),
    Example("BM-02", "progress", "file::T205", {}, (("T205", ""),), change=without_sheet("Tiến độ kế hoạch")),
    Example(
        "BM-01",
        "objectives",
        "file::T206",
        {},
        (("T206", "objectives"),),
        change=without_column("BM-01", "objectives", "data_source"),
    ),
    Example(
        "BM-01",
        "tasks",
        "file::T206",
        {},
        (("T206", "tasks"),),
        change=without_column("BM-01", "tasks", "objective"),
        note="which the other sheet leans on",
    ),
    Example(
        "BM-03",
        "policy",
        "file::T206",
        {},
        (("T206", "policy"),),
        change=without_column("BM-03", "policy", "staff_code"),
        note="which other columns lean on",
    ),
    Example(
        "BM-01",
        "objectives",
        "file::T217",
        {},
        (("T217", "objectives"),),
        change=with_head("BM-01", "objectives", "method", "CÁCH TÍNH"),
    ),
    *(
        Example("BM-01", "objectives", f"file::{code}", {}, ((code, "objectives.data_source.0"),), change=change)
        for code, change in (
            ("T218", with_head("BM-01", "objectives", "data_source", "Nguồn số liêuj")),
            ("T219", with_head("BM-01", "objectives", "data_source", None)),
            ("T220", with_head("BM-01", "objectives", "data_source", "Điện thoại")),
            ("T221", with_head("BM-01", "objectives", "data_source", "Cách tính", tag="data_source")),
            ("T222", column_twice("BM-01", "objectives", "data_source")),
        )
    ),
    Example(
        "BM-01",
        "objectives",
        "file::T222",
        {},
        (("T222", "objectives.data_source.0"),),
        change=column_twice("BM-01", "objectives", "data_source", "Nguồn số liệuu"),
        note="under nearly the same header",
    ),
    Example(
        "BM-01",
        "objectives",
        "file::T223",
        {},
        (("T223", "objectives"),),
        change=sheet_twice("BM-01", "objectives", "note"),
    ),
    Example(
        "BM-01",
        "objectives",
        "read:comparator:V320",
        {"objectives.comparator.1": ">="},
        (("V320", "objectives.comparator.1"),),
    ),
    Example(
        "BM-01",
        "objectives",
        "file::T224",
        {"objectives.statement.5": "Tổng cộng", "objectives.target.5": 100},
        (("T224", "objectives.code.5"),),
    ),
    Example(
        "BM-01",
        "objectives",
        "file::T225",
        {"objectives.note.1": "như nhau"},
        (("T225", "objectives.note.1"),),
        change=joined("BM-01", "objectives", "note"),
    ),
    Example(
        "BM-02",
        "",
        "file::T226",
        {"identity.form_version": "2", "identity.fingerprint": "47e0c70674620d17"},
        (("T226", ""),),
        change=without_sheet("Khắc phục"),
    ),
    Example(
        "BM-01",
        "objectives",
        "file::T227",
        {},
        (("T227", "objectives.target.1"),),
        change=calculated("BM-01", "objectives", "target"),
    ),
    Example(
        "BM-01",
        "objectives",
        "file::T228",
        {"objectives.note.1": "xem \u202e9102\u202c"},
        (("T228", "objectives.note.1"),),
    ),
    Example("BM-01", "tasks", "file::T208", _many_tasks(), (("T208", "tasks.task_code.61"),)),
)
