"""The sheet *Hướng dẫn*: steps, habits of writing, a worked example of every table, the words behind the codes."""

from collections.abc import Iterable, Mapping
from itertools import chain

from pipeline.excel.cells import Area, Look, Sheet
from pipeline.excel.fitting import height_of, lines_of
from pipeline.excel.pages import set_page
from pipeline.templates.draft import PROTECTION, Draft, paper_of
from pipeline.templates.drop_downs import is_by_code
from pipeline.templates.entries import allowed_words
from pipeline.templates.issue import Issue
from pipeline.vocabulary.fields import Kind
from pipeline.vocabulary.lists import options_of
from pipeline.vocabulary.sheets import SheetSchema
from pipeline.wording import say, topic

_WIDTHS = (30.0, 10.0, 52.0, 38.0, 44.0)
_LAST = len(_WIDTHS)
_INDENT = 1.5
"""What an indent takes of a cell's width."""
_WORDS = topic("template")


def write_guide(draft: Draft) -> None:
    """Write the guide from the form's own labels, hints, examples and choices."""
    sheet = draft.book.sheet(say("template.sheets.guide"))
    for column, width in enumerate(_WIDTHS, 1):
        sheet.width(column, width)
    guide = _Guide(draft, sheet)
    guide.title()
    words = _WORDS["guide"]["submitted" if draft.is_submitted else "kept"]
    titles = ", ".join(f"“{schema.title}”" for schema in draft.form.sheets)
    steps = (step.format(sheets=titles) for step in words["steps"])
    numbered = (say("template.guide.step", number=number, text=text) for number, text in enumerate(steps, 1))
    guide.lines(say("template.guide.heading_steps"), numbered)
    has_numbers = any(field.kind is Kind.NUMBER for schema in draft.form.sheets for field in schema.fields)
    habits = _WORDS["guide"]["habits"]
    year = draft.issue.year or draft.issue.made_on.year
    written = [text.format(year=year) for text in (*(habits["number"] if has_numbers else ()), *habits["any"])]
    guide.bullets(say("template.guide.heading_habits"), written)
    guide.coded()
    for schema in draft.form.sheets:
        guide.worked_example(schema)
    guide.long_lists()
    guide.bullets(say("template.guide.sending"), [*words["sending"], _contact(draft.issue)])
    sheet.worksheet.protect("", PROTECTION)
    sheet.worksheet.hide_gridlines(2)
    set_page(sheet, paper_of(draft))


class _Guide:
    """Writes down the sheet, one block below the other."""

    def __init__(self, draft: Draft, sheet: Sheet) -> None:
        self.draft = draft
        self.sheet = sheet
        self.palette = draft.palette
        self.row = 1

    def title(self) -> None:
        words = say("template.guide.title", number=self.draft.form.number)
        self.sheet.text(self.row, 1, words, self.palette.line(16, bold=True))
        self.sheet.height(self.row, 26)
        self.sheet.text(self.row + 1, 1, self.draft.form.title, self.palette.line(12, italic=True))
        self.row += 3

    def lines(self, heading: str, lines: Iterable[str]) -> None:
        self._heading(heading)
        for line in lines:
            self._wide(line, 1, self.palette.words())
        self.row += 1

    def bullets(self, heading: str, texts: Iterable[str]) -> None:
        self.lines(heading, (say("template.guide.bullet", text=text) for text in texts))

    def coded(self) -> None:
        """The words that may stand for a number or a date, where the form has any."""
        fields = chain.from_iterable(schema.fields for schema in self.draft.form.sheets)
        words = dict.fromkeys(word for field in fields for word in field.coded)
        pairs = {word: _WORDS["coded_meaning"][word] for word in words}
        self._pairs(say("template.guide.coded"), ("coded_word", "coded_meaning"), pairs)

    def worked_example(self, schema: SheetSchema) -> None:
        """One line a field: how it is written, an example, what is allowed."""
        self._heading(say("template.guide.sheet", title=schema.title))
        keys = ("column", "required", "how", "example", "allowed")
        for column, key in enumerate(keys, 1):
            self.sheet.text(self.row, column, say(f"template.guide.{key}"), self.palette.header(required=False))
        for field in schema.fields:
            self.row += 1
            required = say("template.guide.yes") if field.required else ""
            texts = (field.label, required, field.hint, field.example, allowed_words(field, self.draft.choices))
            lines = 1
            for column, (text, width) in enumerate(zip(texts, _WIDTHS, strict=True), 1):
                self.sheet.text(self.row, column, text, self._look(column))
                lines = max(lines, lines_of(text, width - _INDENT, bold=column == 1))
            self.sheet.fit(self.row, height_of(lines))
        self.row += 2

    def long_lists(self) -> None:
        """The full words of lists whose drop-downs offer codes alone."""
        for schema in self.draft.form.all_sheets:
            for field in schema.fields:
                options = options_of(field, self.draft.issue.lists)
                if is_by_code(options):
                    plain = {code: words.removeprefix(f"{code} - ") for code, words in options.items()}
                    heading = say("template.guide.list", label=field.label)
                    self._pairs(heading, ("list_code", "list_words"), plain)

    def _look(self, column: int) -> Look:
        return self.palette.reading(align="center") if column == 2 else self.palette.reading(indent=1, bold=column == 1)

    def _pairs(self, heading: str, keys: tuple[str, str], pairs: Mapping[str, str]) -> None:
        if not pairs:
            return
        self._heading(heading)
        for column, key in enumerate(keys, 1):
            words, look = say(f"template.guide.{key}"), self.palette.header(required=False)
            if column == 1:
                self.sheet.text(self.row, column, words, look)
            else:
                self.sheet.merged(Area(self.row, column, self.row, _LAST), words, look)
        self.row += 1
        for name, words in pairs.items():
            self.sheet.text(self.row, 1, name, self._look(1))
            self._wide(words, 2, self._look(_LAST))
        self.row += 1

    def _heading(self, words: str) -> None:
        self.sheet.text(self.row, 1, words, self.palette.line(13, bold=True))
        self.sheet.height(self.row, 22)
        self.row += 1

    def _wide(self, words: str, first_column: int, look: Look) -> None:
        """Words over the rest of the sheet's width; Excel fits no row to merged cells, so we do."""
        self.sheet.merged(Area(self.row, first_column, self.row, _LAST), words, look)
        self.sheet.height(self.row, height_of(lines_of(words, sum(_WIDTHS[first_column - 1 :]) - _INDENT)))
        self.row += 1


def _contact(issue: Issue) -> str:
    contact = issue.contact
    named = [contact.secretary or say("template.guide.secretary")]
    if contact.telephone:
        named.append(say("template.guide.telephone", telephone=contact.telephone))
    if contact.email:
        named.append(say("template.guide.email", email=contact.email))
    return say("template.guide.contact", who=", ".join(named))
