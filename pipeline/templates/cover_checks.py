"""The live checks of the cover: what is still to be mended in its own cells, and in the whole form."""

from collections.abc import Mapping
from typing import Final

from pipeline.excel.cells import Area, Sheet
from pipeline.formulas.evaluation import Cells, evaluated
from pipeline.formulas.expressions import quoted
from pipeline.formulas.functions import Plain
from pipeline.parsing.decoration import CHECK_TAG
from pipeline.rules.filled import HasRows
from pipeline.spreadsheet import cell_name
from pipeline.templates.draft import Draft
from pipeline.templates.named import name_of
from pipeline.templates.places import TemplatePlaces
from pipeline.templates.telling import ERROR, NOTICE, count_of_errors, field_formula
from pipeline.templates.written import InThisRow
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.live import LiveRow, Where
from pipeline.vocabulary.sheets import Form
from pipeline.wording import say, topic

_TOLD: Final = "told"
_WIDTH: Final = 36.0
_COUNT_ROW, _USED_ROW, _LAST_SAID_ROW = 5, 6, 7
"""Beside the titles: how many cells are wrong, how many rows are used (both hidden), and what follows from it."""


def write_cover_checks(draft: Draft, sheet: Sheet, rows: Mapping[str, int], *, value: int, beside: int) -> None:
    """Write beside each field of the cover what is wrong with it, and above them the count for the whole form.

    ``rows`` are the rows of the fields, ``value`` the column of their cells, ``beside`` the first free column.
    """
    told, shown = beside, beside + 1
    cells = {name: _fixed(cell_name(row, value)) for name, row in rows.items()}
    for name, row in rows.items():
        draft.named.lies_at("cover", name, (sheet, Area(row, value, row, value)))
    row_of_cover = _cover(draft, TemplatePlaces(draft, cells))
    values = []
    for field in draft.form.cover.fields:
        row = rows[field.name]
        values.append(_told(draft, field))
        words = _computed(draft, _words("$told"), {"$told": Cells(values[-1])})
        sheet.formula(row, told, f"={field_formula(row_of_cover, field)}", value=values[-1])
        look = draft.palette.checked(ruled=True, on_cover=True)
        sheet.formula(row, shown, f"={_words(cell_name(row, told))}", value=words, look=look)
    first, last = min(rows.values()), max(rows.values())
    draft.named.lies_at("cover", _TOLD, (sheet, Area(first, told, last, told)))
    draft.named.told[draft.named.column("cover", _TOLD)] = Cells(values)
    sheet.text(first - 1, shown, say("live.column.title"), draft.palette.header(required=False))
    for column in (told, shown):
        sheet.text(1, column, CHECK_TAG, draft.palette.unseen())
        sheet.width(column, _WIDTH, hidden=column == told)
    _colours(draft, sheet, (first, last), value=value, told=told)


def write_count(draft: Draft, sheet: Sheet, *, beside: int) -> None:
    """Write the count over all sheets; called when every sheet is laid out."""
    main = _main_sheet(draft.form)
    title, told = str(draft.form.sheet(main).title), draft.named.told
    wrong, rows = (
        count_of_errors(list(told)),
        f"IFERROR({_cover(draft, TemplatePlaces(draft, {})).count_of_used(main)},1)",
    )
    count, used = cell_name(_COUNT_ROW, beside), cell_name(_USED_ROW, beside)
    values = {"$count": Cells(_computed(draft, wrong, told)), "$used": Cells(_computed(draft, rows, draft.written))}
    sheet.formula(_COUNT_ROW, beside, f"={wrong}", value=values["$count"].values)
    sheet.formula(_USED_ROW, beside, f"={rows}", value=values["$used"].values)
    area = Area(_COUNT_ROW, beside + 1, _LAST_SAID_ROW, beside + 1)
    sheet.merged(area, " ", draft.palette.verdict())
    said = _computed(draft, _verdict("$count", "$used", title), values)
    look = draft.palette.verdict()
    sheet.formula(_COUNT_ROW, beside + 1, f"={_verdict(count, used, title)}", value=said, look=look)
    sheet.colour(area, f"OR({_fixed(count)}>0,{_fixed(used)}=0)", draft.palette.wrong())


def _told(draft: Draft, field: Field) -> str:
    """What is told of a field of the cover as it is issued."""
    fields = draft.form.cover.fields
    cells = {f"${of.name}": draft.written[name_of("cover", of.name)] for of in fields}
    row = _cover(draft, InThisRow(frozenset(of.name for of in fields), draft.issue))
    return str(_computed(draft, field_formula(row, field), {**draft.written, **cells}))


def _computed(draft: Draft, formula: str, places: Mapping[str, Cells]) -> Plain:
    return evaluated(formula, places, draft.issue.made_on)


def _fixed(name: str) -> str:
    letters = name.rstrip("0123456789")
    return f"${letters}${name.removeprefix(letters)}"


def _verdict(count: str, used: str, sheet: str) -> str:
    words = topic("live")["cover"]
    before, _, after = words["left"].partition("{count}")
    left = f"{quoted(before)}&{count}&{quoted(after)}"
    none = quoted(say("live.cover.no_rows", sheet=sheet))
    return f'IF({used}=0,{none}&IF({count}>0,". "&{left},""),IF({count}>0,{left},{quoted(words["ready"])}))'


def _words(told: str) -> str:
    notice = quoted(topic("live")["column"]["notice"])
    return f'IF({told}="","",IF(LEFT({told},1)="{NOTICE}",{notice},"")&MID({told},FIND(": ",{told})+2,200))'


def _colours(draft: Draft, sheet: Sheet, rows: tuple[int, int], *, value: int, told: int) -> None:
    """A blank cell of a form that nobody began stays as it is."""
    first, last = rows
    area = Area(first, value, last, value)
    sign, cell = f"${cell_name(first, told)}", f"${cell_name(first, value)}"
    begun = f'OR(TRIM({cell})<>"",{_fixed(cell_name(_USED_ROW, told))}>0)'
    sheet.colour(area, f'AND(LEFT({sign},1)="{ERROR}",{begun})', draft.palette.wrong())
    sheet.colour(area, f'LEFT({sign},1)="{NOTICE}"', draft.palette.noticed())
    words = Area(first, told + 1, last, told + 1)
    sheet.colour(words, f'LEFT({sign},1)="{ERROR}"', draft.palette.wrong_words())
    sheet.colour(words, f'LEFT({sign},1)="{NOTICE}"', draft.palette.noticed_words())


def _main_sheet(form: Form) -> str:
    """The sheet without whose rows the form counts as empty."""
    return next(rule.sheet for rule in form.cover.rules if isinstance(rule, HasRows))


def _cover(draft: Draft, where: Where) -> LiveRow:
    return LiveRow(draft.form, draft.form.cover, where)
