"""What every sheet of a template is made from."""

from dataclasses import dataclass, field

from pipeline.forms import Field, Form
from pipeline.wording import say
from pipeline.workbooks.cells import Book
from pipeline.workbooks.template_parts.drop_downs import DropDowns, drop_downs
from pipeline.workbooks.template_parts.issue import Issue
from pipeline.workbooks.template_parts.named import Named
from pipeline.workbooks.template_parts.palette import Palette


@dataclass(frozen=True)
class Draft:
    """One template in the making."""

    form: Form
    issue: Issue
    book: Book
    palette: Palette
    choices: DropDowns
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
    return Draft(form, issue, book, Palette(book), drop_downs(form, issue.lists))


def header_of(asked: Field) -> str:
    """The words above or beside a field: its label, marked when it is required."""
    return say("template.required", label=asked.label) if asked.required else asked.label
