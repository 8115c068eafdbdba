"""What an earlier answer left in a copy that comes back, taken off before the next one marks it."""

from dataclasses import replace

from pipeline.feedback.places import sheet_of
from pipeline.feedback.tasks import REGISTER, REGISTER_NAME
from pipeline.patching import Package
from pipeline.spreadsheet import RawSheet, RawWorkbook
from pipeline.wording import say


def clear_earlier(package: Package, workbook: RawWorkbook) -> RawWorkbook:
    """Take off the marks, the register and the sheet of findings of an earlier answer; gives what is left to read.

    A sheet of the sender's own that bears our title stays.

    Raises:
        PatchError: the package cannot be patched, or nothing but our sheets can be seen.
    """
    ours = {sheet.title for sheet in workbook.sheets if _is_findings(sheet)}
    register = sheet_of(workbook, REGISTER)
    package.remove_name(REGISTER_NAME)
    for title in (*ours, *([register.title] if register else [])):
        package.remove_sheet(title)
        workbook = replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if sheet.title != title))
    for worksheet in package.worksheets:
        worksheet.remove_formats(lambda formula: REGISTER_NAME in formula)
        worksheet.cut_comments(say("feedback.comment.mark"))
    package.calculate_as_before()
    return workbook


def _is_findings(sheet: RawSheet) -> bool:
    heading = sheet.cells.get((1, 1))
    headings = {say("feedback.heading"), say("feedback.pre_check.heading")}
    return sheet.title.startswith(say("feedback.title")) and heading is not None and heading.value in headings
