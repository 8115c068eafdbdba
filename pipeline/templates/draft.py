"""What the sheets of a template are made from: the form, its issue, and the workbook that they are written into."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pipeline.excel.cells import Book, Sheet
from pipeline.excel.pages import Page
from pipeline.formulas.evaluation import Plain
from pipeline.templates.drop_downs import DropDowns, drop_downs
from pipeline.templates.examples import with_own_examples
from pipeline.templates.issue import Issue, IssuedRow
from pipeline.templates.names import Names, name_of
from pipeline.templates.palette import Palette
from pipeline.templates.rows import HEADER_ROW, filling_of, laid_out, plain_of
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.sheets import Form, SheetSchema
from pipeline.wording import say

_READABLE_ON_ONE_PAGE: Final = 230
"""A4 landscape holds some 140 characters in full size: a table broader than this would shrink to less than 6 points."""
# Protected without a password: what is printed stays, everything that helps reading is allowed.
PROTECTION = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}


@dataclass(frozen=True)
class Draft:
    """One template in the making."""

    form: Form
    issue: Issue
    book: Book
    palette: Palette
    choices: DropDowns
    names: Names

    @property
    def is_submitted(self) -> bool:
        """Whether the form goes to the committee for a period; the directory stays with the secretary."""
        return bool(self.form.periods)


@dataclass(frozen=True)
class Table:
    """One table sheet in the making: a mapping for each row that it has room for; ``ruled`` of them show lines."""

    draft: Draft
    sheet: Sheet
    schema: SheetSchema
    rows: Sequence[IssuedRow]
    ruled: int

    @property
    def last_row(self) -> int:
        """The last row that has room."""
        return HEADER_ROW + len(self.rows)

    @cached_property
    def idle(self) -> Collection[Field]:
        """The columns that only we print and that hold nothing in any issued row: they would only take room."""
        issued = self.draft.issue.rows.get(self.schema.name, ())
        ours = [field for field in self.schema.fields if field.printed and not field.required and issued]
        return [f for f in ours if all(filling_of(row, f, self.draft.choices) is None for row in issued)]

    @property
    def is_broad(self) -> bool:
        """Whether it prints two pages wide."""
        width = sum(field.width for field in self.schema.fields if field not in self.idle)
        return self.draft.is_submitted and width > _READABLE_ON_ONE_PAGE

    @property
    def first_word(self) -> int:
        """The column in which title and remarks begin: the first one repeats on a second page across, cut off."""
        return 2 if self.is_broad else 1


def draft(form: Form, issue: Issue) -> Draft:
    """An empty workbook for one issue of a form.

    Raises:
        ValueError: an issued row bears a code that its sheet does not print, or two bear the same.
    """
    book = Book(title=f"{form.number} - {form.title}", author=issue.agency.name, created_on=issue.made_on)
    form, choices = with_own_examples(form, issue), drop_downs(form, issue.lists)
    return Draft(form, issue, book, Palette(book), choices, Names(_values(form, issue, choices)))


def fixed_on_cover(form: Form, issue: Issue) -> Mapping[str, str]:
    """What is printed and locked on the cover: what the issue is for, and a period that leaves no choice."""
    only = {"period": str(form.periods[0])} if len(form.periods) == 1 else {}
    return {**only, **issue.identity}


def header_of(field: Field) -> str:
    """The words above or beside a field: its label, marked when it is required."""
    return say("template.required", label=field.label) if field.required else field.label


def paper_of(draft: Draft) -> Page:
    """The paper of the sheets behind the cover: landscape, the agency and the form above, the form's version below."""
    form = draft.form
    return Page(
        landscape=True,
        header_left=draft.issue.agency.name,
        header_right=say("template.print.right", number=form.number, title=form.short_title),
        footer_left=say("template.print.version", number=form.number, version=form.version),
    )


def _values(form: Form, issue: Issue, choices: DropDowns) -> dict[str, Plain]:
    """What each cell of the cover and each column of a table holds as the form is issued, by its name."""
    cover = {**issue.cover, **fixed_on_cover(form, issue)}
    values = {name_of("cover", field.name): plain_of(cover, field, choices) for field in form.cover.fields}
    for schema in form.sheets:
        rows = tuple(laid_out(schema, issue.rows.get(schema.name, ())))
        for field in schema.fields:
            values[name_of(schema.name, field.name)] = [plain_of(row, field, choices) for row in rows]
    return values
