"""The live checks of the cover: what is still to be mended in its own cells, and in the whole form."""

from collections.abc import Mapping
from typing import Final

from pipeline.excel.cells import Area, Sheet
from pipeline.formulas.evaluation import Plain, evaluated
from pipeline.formulas.expressions import quoted
from pipeline.parsing.layout import CHECK_TAG
from pipeline.rules.filled import HasRows
from pipeline.spreadsheet import cell_name, column_name
from pipeline.templates.draft import Draft
from pipeline.templates.names import TemplatePlaces, name_of
from pipeline.templates.row_messages import ERROR, NOTICE, count_of_errors, field_formula
from pipeline.templates.rows import ruled_rows
from pipeline.vocabulary.live import LiveRow
from pipeline.vocabulary.sheets import Form
from pipeline.wording import say, topic

VALUE: Final = 3
"""The column of the cells to fill."""
_MESSAGE, _WORDS = 5, 6
"""The hidden messages right of what is printed, and their words."""
_WIDTH: Final = 36.0
_COUNT_ROW, _USED_ROW, _LAST_ROW, _PAPER_ROW = 5, 6, 7, 8
"""Beside the titles: how many cells are wrong, how many rows are used (both hidden), and what follows from it; then the
sheets with rows that would not come out on paper."""


def write_cover_checks(draft: Draft, sheet: Sheet, rows: Mapping[str, int]) -> None:
    """Write beside each field of the cover what is wrong with it; ``rows`` are the rows of the fields."""
    cells = {name: _fixed(row, VALUE) for name, row in rows.items()}
    for name, row in rows.items():
        draft.names.areas[name_of("cover", name)] = sheet, Area(row, VALUE, row, VALUE)
    cover, values = _cover(draft, cells), dict(draft.names.values)
    values |= {cell: values[name_of("cover", name)] for name, cell in cells.items()}
    messages = []
    for field in draft.form.cover.fields:
        row, formula = rows[field.name], field_formula(cover, field)
        message = str(_computed(draft, formula, {**values, **draft.names.values}))
        messages.append(message)
        sheet.formula(row, _MESSAGE, f"={formula}", value=message)
        cell, look = cell_name(row, _MESSAGE), draft.palette.checked(ruled=True, on_cover=True)
        words = _computed(draft, _words(cell), {cell: message})
        sheet.formula(row, _WORDS, f"={_words(cell)}", value=words, look=look)
    first, last = min(rows.values()), max(rows.values())
    draft.names.write_messages(name_of("cover", "told"), (sheet, Area(first, _MESSAGE, last, _MESSAGE)), messages)
    sheet.text(first - 1, _WORDS, say("live.column.title"), draft.palette.header(required=False))
    for column in (_MESSAGE, _WORDS):
        sheet.text(1, column, CHECK_TAG, draft.palette.unseen())
        sheet.width(column, _WIDTH, hidden=column == _MESSAGE)
    _colours(draft, sheet, first, last)


def write_count(draft: Draft, sheet: Sheet) -> None:
    """Write the count over all sheets above the cover's own checks; called when every sheet is laid out."""
    # The sheet without whose rows the form counts as empty.
    main = next(rule.sheet for rule in draft.form.cover.rules if isinstance(rule, HasRows))
    wrong = count_of_errors(draft.names.messages)
    used = f"IFERROR({_cover(draft, {}).count_of_used(main)},1)"
    values = dict(draft.names.values)
    for row, formula in ((_COUNT_ROW, wrong), (_USED_ROW, used)):
        value = _computed(draft, formula, draft.names.values)
        values[cell_name(row, _MESSAGE)] = value
        sheet.formula(row, _MESSAGE, f"={formula}", value=value)
    area = Area(_COUNT_ROW, _WORDS, _LAST_ROW, _WORDS)
    sheet.merged(area, " ", draft.palette.verdict())
    formula = _verdict(draft.form, draft.form.sheet(main).title)
    look = draft.palette.verdict()
    sheet.formula(_COUNT_ROW, _WORDS, f"={formula}", value=_computed(draft, formula, values), look=look)
    count, rows = _fixed(_COUNT_ROW, _MESSAGE), _fixed(_USED_ROW, _MESSAGE)
    sheet.colour(area, f"OR({count}>0,{rows}=0)", draft.palette.wrong())
    unprinted = _unprinted(draft)
    value, look = _computed(draft, unprinted, draft.names.values), draft.palette.warned()
    sheet.formula(_PAPER_ROW, _WORDS, f"={unprinted}", value=value, look=look)


def _unprinted(draft: Draft) -> str:
    """The words of each sheet that is filled below the rows which print: no program moves a print area by itself."""
    cover, issued = _cover(draft, {}), draft.issue.rows
    counts = {
        schema.title: cover.count_below(ruled_rows(schema, issued.get(schema.name, ())), schema.name)
        for schema in draft.form.sheets
    }
    words = ((title, quoted(say("live.cover.unprinted", sheet=title))) for title in counts)
    return "&".join(f'IF(IFERROR({counts[title]},0)>0,{remark},"")' for title, remark in words)


def _cover(draft: Draft, cells: Mapping[str, str]) -> LiveRow:
    return LiveRow(draft.form, draft.form.cover, TemplatePlaces(draft.names, draft.issue.lists, cells))


def _computed(draft: Draft, formula: str, values: Mapping[str, Plain]) -> Plain:
    return evaluated(formula, values, draft.issue.made_on)


def _fixed(row: int, column: int) -> str:
    return f"${column_name(column)}${row}"


def _verdict(form: Form, sheet: str) -> str:
    """How many cells are left; when none, also what no formula can tell and is read when the form is submitted."""
    words, count, used = topic("live")["cover"], cell_name(_COUNT_ROW, _MESSAGE), cell_name(_USED_ROW, _MESSAGE)
    before, _, after = words["left"].partition("{count}")
    left = f"{quoted(before)}&{count}&{quoted(after)}"
    none = quoted(say("live.cover.no_rows", sheet=sheet))
    ready = quoted(". ".join(filter(None, (words["ready"], topic("live")["when_submitted"].get(form.number)))))
    return f'IF({used}=0,{none}&IF({count}>0,". "&{left},""),IF({count}>0,{left},{ready}))'


def _words(message: str) -> str:
    notice = quoted(topic("live")["column"]["notice"])
    return f'IF({message}="","",IF(LEFT({message},1)="{NOTICE}",{notice},"")&MID({message},FIND(": ",{message})+2,200))'


def _colours(draft: Draft, sheet: Sheet, first: int, last: int) -> None:
    """A blank cell is coloured only in a form that was begun."""
    palette, cells, words = draft.palette, Area(first, VALUE, last, VALUE), Area(first, _WORDS, last, _WORDS)
    message, cell = f"${cell_name(first, _MESSAGE)}", f"${cell_name(first, VALUE)}"
    is_error, is_notice = (f'LEFT({message},1)="{sign}"' for sign in (ERROR, NOTICE))
    begun = f'OR(TRIM({cell})<>"",{_fixed(_USED_ROW, _MESSAGE)}>0)'
    sheet.colour(cells, f"AND({is_error},{begun})", palette.wrong())
    sheet.colour(cells, is_notice, palette.noticed())
    sheet.colour(words, is_error, palette.wrong(words=True))
    sheet.colour(words, is_notice, palette.noticed(words=True))
