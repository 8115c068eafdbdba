"""The cover *Thông tin chung*: the administrative head of NĐ 30/2020/NĐ-CP, the fields, the signatures."""

from collections.abc import Mapping

from pipeline.excel.cells import Area, Sheet
from pipeline.excel.fitting import height_of, lines_of, text_width
from pipeline.excel.pages import Page, set_page
from pipeline.sheets.cover import Cover
from pipeline.spreadsheet import cell_name
from pipeline.templates.cover_checks import VALUE, write_cover_checks
from pipeline.templates.draft import PROTECTION, Draft, fixed_on_cover, header_of
from pipeline.templates.entries import entry_of
from pipeline.templates.rows import filling_of, write_filling
from pipeline.vietnamese import say_date
from pipeline.wording import say

_TAG, _LABEL, _HINT = VALUE - 2, VALUE - 1, VALUE + 1
WIDTHS = {_LABEL: 38.0, VALUE: 40.0, _HINT: 34.0}
"""Of the columns that are seen, in characters."""
_NAME_SIZE, _HEAD_SIZE, _TITLE_SIZE = 11.0, 12.0, 16.0
_ROOM_TO_SIGN = 7


def write_cover(draft: Draft) -> Sheet:
    """Write the cover and give it; a field's tag stands two cells left of its value, its label one."""
    schema = draft.form.cover
    sheet = draft.book.sheet(schema.title)
    for column, width in {_TAG: 4.0, **WIDTHS}.items():
        sheet.width(column, width, hidden=column == _TAG)
    _head(draft, sheet)
    row = _titles(draft, sheet, row=5)
    rows = _fields(draft, sheet, row)
    row = max(rows.values()) + 1
    if draft.is_submitted:
        row = _signatures(draft, sheet, row + 1)
        write_cover_checks(draft, sheet, rows)
    sheet.worksheet.protect("", PROTECTION)
    sheet.worksheet.hide_gridlines(2)
    set_page(sheet, Page(one_page=True, printed=Area(1, _LABEL, row, _HINT)))
    return sheet


def _head(draft: Draft, sheet: Sheet) -> None:
    palette, agency, division, place_and_day = draft.palette, draft.issue.agency, "", ""
    if draft.is_submitted:
        division = draft.issue.division_name or say("template.cover.division_to_fill")
        place_and_day = say("template.cover.place_and_day", place=agency.place)
    right = (
        (say("template.cover.country"), palette.head(_HEAD_SIZE, bold=True)),
        (say("template.cover.motto"), palette.head(_HEAD_SIZE, bold=True, underline=1)),
        (place_and_day, palette.head(_HEAD_SIZE, italic=True)),
    )
    left = ((agency.superior, False), (agency.name, True), (division, True))
    for row, ((name, bold), (words_right, look_right)) in enumerate(zip(left, right, strict=True), 1):
        words = _balanced(name.upper(), WIDTHS[_LABEL], _NAME_SIZE, bold=bold)
        sheet.text(row, _LABEL, words, palette.head(_NAME_SIZE, bold=bold))
        sheet.merged(Area(row, VALUE, row, _HINT), words_right, look_right)
        sheet.height(row, height_of(words.count("\n") + 1, size=_HEAD_SIZE))


def _titles(draft: Draft, sheet: Sheet, row: int) -> int:
    """Number, title, what to do; gives the next free row."""
    palette, form = draft.palette, draft.form
    width = sum(WIDTHS[column] for column in (_LABEL, VALUE, _HINT))
    due = say("template.cover.due", due=say_date(draft.issue.due_on)) if draft.issue.due_on else ""
    what_to_do = " ".join(filter(None, (form.cover.plan.intro, due, draft.issue.remarks.get("cover", ""))))
    title = _balanced(form.title.upper(), width, _TITLE_SIZE)
    lines = (
        (say("template.cover.number", number=form.number), 12.0, palette.head(_HEAD_SIZE, italic=True)),
        (title, _TITLE_SIZE, palette.words(_TITLE_SIZE, align="center", bold=True)),
        (what_to_do, 11.0, palette.words(align="center", italic=True)),
    )
    for words, size, look in lines:
        sheet.merged(Area(row, _LABEL, row, _HINT), words, look)
        sheet.height(row, height_of(lines_of(words, width, size=size, bold=size == _TITLE_SIZE), size=size))
        row += 1
    return row + 1


def _balanced(title: str, width: float, size: float, *, bold: bool = True) -> str:
    """A title too long for one line, broken near its middle, so that no word is left alone."""
    if lines_of(title, width, size=size, bold=bold) == 1:
        return title
    words = title.split(" ")
    breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return "\n".join(min(breaks, key=lambda halves: max(map(text_width, halves))))


def _fields(draft: Draft, sheet: Sheet, row: int) -> Mapping[str, int]:
    """The fields, one a row; gives their rows."""
    rows = {}
    for column, key in ((_LABEL, "label"), (VALUE, "value"), (_HINT, "hint")):
        sheet.text(row, column, say(f"template.cover.column_{key}"), draft.palette.header(required=False))
    fixed = fixed_on_cover(draft.form, draft.issue)
    for field in draft.form.cover.fields:
        row += 1
        rows[field.name] = row
        sheet.text(row, _TAG, field.name)
        sheet.text(row, _LABEL, header_of(field), draft.palette.label())
        sheet.text(row, _HINT, field.hint, draft.palette.note())
        sheet.fit(row, height_of(lines_of(field.hint, WIDTHS[_HINT] - 2)) + 7)
        filling = filling_of({**draft.issue.cover, **fixed}, field, draft.choices)
        to_fill = draft.palette.proposed if filling is not None else draft.palette.entry
        look = draft.palette.printed if field.name in fixed else to_fill
        write_filling(sheet, (row, VALUE), filling, look(field, on_cover=True))
        sheet.validate(Area(row, VALUE, row, VALUE), entry_of(field, draft.choices, cell_name(row, VALUE)))
    return rows


def _signatures(draft: Draft, sheet: Sheet, row: int) -> int:
    """Who made, who signs, who receives; gives the last row."""
    palette = draft.palette
    bold, small = palette.words(12, align="center", bold=True), palette.words(11, align="center", italic=True)
    for offset, key, look in ((0, Cover.prepared_by, bold), (1, "signing", small)):
        sheet.text(row + offset, _LABEL, say(f"template.cover.{key}"), look)
    signed_by = draft.issue.signed_by.upper() or say("template.cover.signed_by")
    for offset, words, look in ((0, signed_by, bold), (1, say("template.cover.signing"), small)):
        sheet.merged(Area(row + offset, VALUE, row + offset, _HINT), words, look)
    row += _ROOM_TO_SIGN
    sheet.text(row, _LABEL, say("template.cover.recipients"), palette.line(12, bold=True, italic=True))
    row += 1
    recipient = say("template.recipients.committee")
    sheet.text(row, _LABEL, say("template.cover.recipient_line", recipient=recipient), palette.line())
    sheet.text(row + 1, _LABEL, say("template.cover.filed"), palette.line())
    return row + 1
