"""A table sheet: title, hidden tags, header, and the rows to fill."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from pipeline.excel.cells import Area, Look, Sheet
from pipeline.excel.fitting import height_of, lines_of
from pipeline.excel.pages import Page, set_page
from pipeline.spreadsheet import cell_name
from pipeline.templates.checks import Checked, write_checks
from pipeline.templates.draft import PROTECTION, Draft, header_of
from pipeline.templates.entries import entry_of
from pipeline.templates.filling import filling_of, write_filling
from pipeline.templates.issue import IssuedRow
from pipeline.templates.rows import FIRST_ROW, HEADER_ROW, laid_out
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.lists import options_of
from pipeline.vocabulary.sheets import SheetPlan, SheetSchema
from pipeline.wording import say

SUBJECT_ROW, INTRO_ROW, TAG_ROW = 2, 3, 4
# A4 landscape holds some 140 characters in full size; a table broader than this would shrink below half.
_READABLE_ON_ONE_PAGE: Final = 220
_READABLE_LINE: Final = 130
"""How broad a remark runs: within the first of two pages, and on an office's screen."""
_RULED_BLANK, _RULED_SPARE = 60, 10
"""How many rows show lines, and so print: in a blank form, and below the rows that were issued."""


@dataclass(frozen=True)
class _Table:
    """One table sheet in the making. ``codes`` are the identities printed down the first column."""

    draft: Draft
    sheet: Sheet
    schema: SheetSchema
    fields: tuple[Field, ...]
    rows: Sequence[IssuedRow]
    ruled: int

    @property
    def plan(self) -> SheetPlan:
        return self.schema.plan

    @property
    def last_row(self) -> int:
        return HEADER_ROW + len(self.rows)


def write_table(draft: Draft, schema: SheetSchema) -> None:
    """Write one table sheet with its issued rows and room for more.

    Raises:
        ValueError: an issued row bears a code that the sheet does not print, or two bear the same.
    """
    issued = draft.issue.rows.get(schema.name, ())
    table = _Table(
        draft=draft,
        sheet=draft.book.sheet(schema.title),
        schema=schema,
        fields=schema.fields,
        rows=tuple(laid_out(schema, issued)),
        ruled=len(issued) + _RULED_SPARE if issued and not schema.plan.codes else _RULED_BLANK,
    )
    _head(table)
    for offset, row in enumerate(table.rows):
        _row(table, FIRST_ROW + offset, row)
    _entries(table)
    if draft.is_submitted:
        write_checks(Checked(draft, table.sheet, schema, table.rows, table.ruled))
    _view(table)
    _paper(table)


def _head(table: _Table) -> None:
    draft, sheet, palette = table.draft, table.sheet, table.draft.palette
    title = say("template.table.title", number=draft.form.number, title=table.schema.title.upper())
    sheet.text(1, 1, title, palette.line(14, bold=True))
    sheet.text(SUBJECT_ROW, 1, _subject(draft), palette.line(12, bold=True))
    _intro(table)
    for column, field in enumerate(table.fields, 1):
        sheet.width(column, field.width, hidden=_is_idle(table, field))
        sheet.text(TAG_ROW, column, field.name)
        sheet.text(HEADER_ROW, column, header_of(field), palette.header(required=field.required))
    sheet.height(1, 22)
    sheet.fit(HEADER_ROW, height_of(max(lines_of(header_of(f), f.width, bold=True) for f in table.fields)) + 3)
    if not _subject(draft):
        sheet.hide_row(SUBJECT_ROW)
    sheet.hide_row(TAG_ROW)


def _intro(table: _Table) -> None:
    """What the sheet is for; with what was pre-filled and what was not, over as many lines as that takes."""
    sheet, palette = table.sheet, table.draft.palette
    remark = table.draft.issue.remarks.get(table.schema.name, "")
    if not remark:
        sheet.text(INTRO_ROW, 1, table.plan.intro, palette.line(11, italic=True))
        return
    widths = list(accumulate(field.width for field in table.fields))
    last = max(1, sum(width <= _READABLE_LINE for width in widths))
    words = f"{table.plan.intro} {remark}"
    sheet.merged(Area(INTRO_ROW, 1, INTRO_ROW, last), words, palette.words(11, italic=True, bold=True))
    sheet.height(INTRO_ROW, height_of(lines_of(words, widths[last - 1], bold=True)))


def _is_idle(table: _Table, field: Field) -> bool:
    """Whether a column that only we print holds nothing in any row of a pre-filled sheet: it would but take room."""
    issued = table.draft.issue.rows.get(table.schema.name, ())
    filled = (filling_of(row, field, table.draft.choices) is not None for row in issued)
    return field.printed and not field.required and bool(issued) and not any(filled)


def _subject(draft: Draft) -> str:
    """Whose form it is and for when; empty in a blank template."""
    issue = draft.issue
    if not (issue.division and issue.year and issue.period):
        return ""
    periods = options_of(draft.form.cover.field("period"), issue.lists)
    return say(
        "template.table.subject",
        division=issue.division_name,
        year=issue.year,
        period=periods.get(issue.period, issue.period),
    )


def _row(table: _Table, row: int, issued: IssuedRow) -> None:
    palette, lines = table.draft.palette, 1
    for column, field in enumerate(table.fields, 1):
        filling = filling_of(issued, field, table.draft.choices)
        look = _look(table, field, is_filled=filling is not None, is_issued=bool(issued))
        if row - HEADER_ROW > table.ruled and filling is None:
            look = palette.unruled(field)
        write_filling(table.sheet, (row, column), filling, look)
        if isinstance(filling, str):
            lines = max(lines, lines_of(filling, field.width))
    if lines > 1:
        table.sheet.fit(row, height_of(lines))


def _look(table: _Table, field: Field, *, is_filled: bool, is_issued: bool) -> Look:
    """What we print is locked, also where it is blank in a row that was issued; the rest is to be filled or changed."""
    palette = table.draft.palette
    if field.printed and (is_filled or (is_issued and not field.required)):
        return palette.printed(field)
    return palette.proposed(field) if is_filled else palette.entry(field)


def _entries(table: _Table) -> None:
    for column, field in enumerate(table.fields, 1):
        area = Area(FIRST_ROW, column, table.last_row, column)
        entry = entry_of(field, table.draft.choices, cell_name(FIRST_ROW, column))
        table.sheet.validate(area, entry)


def _view(table: _Table) -> None:
    worksheet = table.sheet.worksheet
    worksheet.freeze_panes(HEADER_ROW, 1)
    worksheet.protect("", PROTECTION)
    worksheet.hide_gridlines(2)
    # Numbers typed into a text cell stay text on purpose: no green corners.
    rows = Area(FIRST_ROW, 1, table.last_row, len(table.fields))
    worksheet.ignore_errors({"number_stored_as_text": str(rows)})


def _paper(table: _Table) -> None:
    form = table.draft.form
    set_page(
        table.sheet,
        Page(
            landscape=True,
            header_left=table.draft.issue.agency.name,
            header_right=say("template.print.right", number=form.number, title=form.short_title),
            footer_left=say("template.print.version", number=form.number, version=form.version),
            header_row=HEADER_ROW,
            printed=_printed(table) if table.draft.is_submitted else None,
            pages_wide=2 if sum(field.width for field in table.fields) > _READABLE_ON_ONE_PAGE else 1,
        ),
    )


def _printed(table: _Table) -> Area:
    """Paper is signed: what is still to be mended does not stand on it."""
    return Area(1, 1, min(table.last_row, HEADER_ROW + table.ruled), len(table.fields))
