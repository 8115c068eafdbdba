"""The committee's workbook (Bảng tổng hợp), sheet by sheet, written from the frames of ``consolidation``."""

from collections.abc import Mapping

from pipeline.committee.controls import write_controls
from pipeline.committee.corrections import write_corrections
from pipeline.committee.declaration import write_declaration
from pipeline.committee.draft import SHEETS, Draft, Tables
from pipeline.committee.notes import write_notes
from pipeline.committee.objectives import write_agency, write_results, write_unmet
from pipeline.committee.overview import write_control_line, write_overview
from pipeline.committee.plan import write_plan
from pipeline.committee.policy import write_policy
from pipeline.committee.submissions import write_sources, write_submissions
from pipeline.committee.trends import write_trends
from pipeline.committee.words import sheet_title, workbook_title
from pipeline.consolidation import Committee
from pipeline.excel.cells import Book
from pipeline.seals import Seal

__all__ = ["build_workbook"]


def build_workbook(committee: Committee, links: Mapping[str, str], seal: Seal | None = None) -> bytes:
    """The workbook's bytes: the same for the same frames, day, links and seal.

    ``links``: SHA-256 of a submitted file to the relative path of its archived original; files without one are named
    only. ``seal``: that of the ledger; None for frames that come from none.

    Raises:
        WorkbookFaultError: XlsxWriter refused a part; our own mistake.
    """
    title = workbook_title(committee.period)
    author = committee.settings.agency_on(committee.settings.due_on(committee.period)).name
    book = Book(title, author, committee.today)
    is_correction = not committee.corrections.empty
    names = (*SHEETS, *(["corrections"] if is_correction else []))
    draft = Draft(book, committee, {name: book.sheet(sheet_title(name)) for name in names}, links, seal)
    tables: Tables = {
        **write_submissions(draft),
        "objective_results": write_results(draft),
        **write_unmet(draft),
        "plan_tasks": write_plan(draft),
        **write_agency(draft),
        **write_policy(draft),
        **write_declaration(draft),
        **write_sources(draft),
    }
    counts, placed = write_trends(draft, tables)
    tables |= placed
    checks = write_controls(draft, tables, write_overview(draft, tables, counts))
    write_control_line(draft, checks)
    write_notes(draft)
    if is_correction:
        write_corrections(draft)
    draft.sheets["overview"].worksheet.activate()
    return book.to_bytes()
