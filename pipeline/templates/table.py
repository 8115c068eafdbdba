"""A table sheet: title, hidden tags, header, and the rows to fill."""

from dataclasses import replace
from itertools import accumulate
from typing import Final

from pipeline.excel.cells import Area
from pipeline.excel.fitting import height_of, lines_of
from pipeline.excel.pages import set_page
from pipeline.settings import Period
from pipeline.spreadsheet import cell_name
from pipeline.templates.checks import write_checks
from pipeline.templates.draft import PROTECTION, Draft, Table, header_of, paper_of
from pipeline.templates.entries import entry_of
from pipeline.templates.issue import IssuedRow
from pipeline.templates.rows import FIRST_ROW, HEADER_ROW, filling_of, laid_out, ruled_rows, write_filling
from pipeline.vocabulary.sheets import SheetSchema
from pipeline.wording import say

SUBJECT_ROW, INTRO_ROW, TAG_ROW = 2, 3, 4
_READABLE_LINE: Final = 130
"""How broad a remark runs: within the first of two pages, and on an office's screen."""


def write_table(draft: Draft, schema: SheetSchema) -> None:
    """Write one table sheet with its issued rows and room for more.

    Raises:
        ValueError: an issued row bears a code that the sheet does not print, or two bear the same.
    """
    issued = draft.issue.rows.get(schema.name, ())
    sheet, rows = draft.book.sheet(schema.title), tuple(laid_out(schema, issued))
    table = Table(draft, sheet, schema, rows, ruled_rows(schema, issued))
    _head(table)
    for row, values in enumerate(table.rows, FIRST_ROW):
        _row(table, row, values)
    last_entry = HEADER_ROW + schema.plan.read_rows if schema.plan.is_open else table.last_row
    for column, field in enumerate(schema.fields, 1):
        entry = entry_of(field, draft.choices, cell_name(FIRST_ROW, column))
        table.sheet.validate(Area(FIRST_ROW, column, last_entry, column), entry)
    write_checks(table)
    worksheet = table.sheet.worksheet
    worksheet.freeze_panes(HEADER_ROW, 1)
    worksheet.protect("", PROTECTION)
    worksheet.hide_gridlines(2)
    # Numbers typed into a text cell stay text on purpose: no green corners.
    entries = Area(FIRST_ROW, 1, table.last_row, len(schema.fields))
    worksheet.ignore_errors({"number_stored_as_text": str(entries)})
    # Paper is signed: what is still to be mended does not stand on it.
    printed = Area(1, 1, min(table.last_row, HEADER_ROW + table.ruled), len(schema.fields))
    page = replace(paper_of(draft), header_row=HEADER_ROW, pages_wide=2 if table.is_broad else 1, printed=printed)
    set_page(table.sheet, page)


def _head(table: Table) -> None:
    draft, sheet, palette = table.draft, table.sheet, table.draft.palette
    title = say("template.table.title", number=draft.form.number, title=table.schema.title.upper())
    sheet.text(1, table.first_word, title, palette.line(14, bold=True))
    sheet.text(SUBJECT_ROW, table.first_word, _subject(draft), palette.line(12, bold=True))
    _intro(table)
    for column, field in enumerate(table.schema.fields, 1):
        sheet.width(column, field.width, hidden=field in table.idle)
        if table.schema.plan.is_open:
            # Of a protected sheet only unlocked cells can be filled: below the rows laid out the column says so.
            sheet.worksheet.set_column(column - 1, column - 1, field.width, palette.unruled(field))
        sheet.text(TAG_ROW, column, field.name)
        sheet.text(HEADER_ROW, column, header_of(field), palette.header(required=field.required))
    sheet.height(1, 22)
    sheet.fit(HEADER_ROW, height_of(max(lines_of(header_of(f), f.width, bold=True) for f in table.schema.fields)) + 3)
    if not _subject(draft):
        sheet.hide_row(SUBJECT_ROW)
    sheet.hide_row(TAG_ROW)


def _intro(table: Table) -> None:
    """What the sheet is for; with what was pre-filled and what was not, over as many lines as that takes."""
    sheet, palette, first = table.sheet, table.draft.palette, table.first_word
    remark = table.draft.issue.remarks.get(table.schema.name, "")
    if not remark:
        sheet.text(INTRO_ROW, first, table.schema.plan.intro, palette.line(11, italic=True))
        return
    widths = list(accumulate(field.width for field in table.schema.fields[first - 1 :] if field not in table.idle))
    last = max(1, sum(width <= _READABLE_LINE for width in widths))
    words = f"{table.schema.plan.intro} {remark}"
    area = Area(INTRO_ROW, first, INTRO_ROW, first + last - 1)
    sheet.merged(area, words, palette.words(11, italic=True, bold=True))
    sheet.height(INTRO_ROW, height_of(lines_of(words, widths[last - 1], bold=True)))


def _subject(draft: Draft) -> str:
    """Whose form it is and for when; empty in a blank template."""
    issue = draft.issue
    if not (issue.division and issue.year and issue.period):
        return ""
    period = Period.parse(f"{issue.year}-{issue.period}")
    return say("template.table.subject", division=issue.division_name, period=period.in_words)


def _row(table: Table, row: int, issued: IssuedRow) -> None:
    """What we print is locked, also where it is blank in a row that was issued; the rest is to be filled or changed."""
    palette, lines = table.draft.palette, 1
    for column, field in enumerate(table.schema.fields, 1):
        filling = filling_of(issued, field, table.draft.choices)
        if filling is None and row - HEADER_ROW > table.ruled:
            look = palette.unruled(field)
        elif field.printed and (filling is not None or (issued and not field.required)):
            look = palette.printed(field)
        else:
            look = palette.entry(field) if filling is None else palette.proposed(field)
        write_filling(table.sheet, (row, column), filling, look)
        if isinstance(filling, str):
            lines = max(lines, lines_of(filling, field.width))
    if lines > 1:
        table.sheet.fit(row, height_of(lines))
