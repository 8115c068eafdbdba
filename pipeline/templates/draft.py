"""What every sheet of a template is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.excel.cells import Book
from pipeline.templates.drop_downs import DropDowns, drop_downs
from pipeline.templates.issue import Issue
from pipeline.templates.named import Named
from pipeline.templates.palette import Palette
from pipeline.templates.written import Written, written
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.sheets import Form
from pipeline.wording import say


@dataclass(frozen=True)
class Draft:
    """One template in the making."""

    form: Form
    issue: Issue
    book: Book
    palette: Palette
    choices: DropDowns
    written: Written
    named: Named = field(default_factory=Named)

    @property
    def is_submitted(self) -> bool:
        """Whether the form goes to the committee for a period; the directory stays with the secretary."""
        return bool(self.form.periods)


# Protected without a password: what is printed stays, everything that helps reading is allowed.
PROTECTION = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}


def draft(form: Form, issue: Issue) -> Draft:
    """An empty workbook for one issue of a form."""
    book = Book(title=f"{form.number} - {form.title}", author=issue.agency.name, created_on=issue.made_on)
    choices = drop_downs(form, issue.lists)
    return Draft(form, issue, book, Palette(book), choices, written(form, issue, choices, fixed_on_cover(form, issue)))


def fixed_on_cover(form: Form, issue: Issue) -> Mapping[str, str]:
    """What is printed and locked on the cover: what the issue is for, and a period that leaves no choice."""
    only = {"period": str(form.periods[0])} if len(form.periods) == 1 else {}
    return {**only, **issue.identity}


def header_of(asked: Field) -> str:
    """The words above or beside a field: its label, marked when it is required."""
    return say("template.required", label=asked.label) if asked.required else asked.label
