"""Examples of what is wrong with the workbook as a whole: sheets and columns gone, another version, too many rows."""

from dataclasses import replace

from rules_examples import Example, copied
from rules_sheets import Change, Edits, places

from pipeline.intake.cells import RawWorkbook
from pipeline.parsing.recognition import IDENTITY_SHEET


def without_sheet(title: str) -> Change:
    """The workbook without the sheet of that title."""

    def changed(workbook: RawWorkbook) -> RawWorkbook:
        return replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if sheet.title != title))

    return changed


def without_header(base: str, sheet: str, field: str) -> Change:
    """The workbook without the tag and the header of a column; its cells stay."""
    title, (first, column) = places(base)[sheet, field]
    gone = {(first - 1, column), (first - 2, column)}

    def changed(workbook: RawWorkbook) -> RawWorkbook:
        return replace(
            workbook,
            sheets=tuple(
                replace(raw, cells={at: cell for at, cell in raw.cells.items() if raw.title != title or at not in gone})
                for raw in workbook.sheets
            ),
        )

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
        change=without_header("BM-01", "objectives", "data_source"),
    ),
    Example(
        "BM-01",
        "tasks",
        "file::T206",
        {},
        (("T206", "tasks"),),
        change=without_header("BM-01", "tasks", "objective"),
        note="which the other sheet leans on",
    ),
    Example(
        "BM-03",
        "policy",
        "file::T206",
        {},
        (("T206", "policy"),),
        change=without_header("BM-03", "policy", "staff_code"),
        note="which other columns lean on",
    ),
    Example("BM-01", "tasks", "file::T208", _many_tasks(), (("T208", "tasks.task_code.61"),)),
)
