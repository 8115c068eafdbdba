"""Templates: a form's definition and an issue become the workbook that staff fill. A pure function of both."""

from pipeline.parsing.recognition import IDENTITY_KEYS, IDENTITY_SHEET
from pipeline.parsing.versions import fingerprint
from pipeline.templates.cover import CHECKED, write_cover
from pipeline.templates.cover_checks import write_count
from pipeline.templates.draft import Draft, draft
from pipeline.templates.drop_downs import write_lists
from pipeline.templates.guide import write_guide
from pipeline.templates.issue import Issue, IssuedRow
from pipeline.templates.table import write_table
from pipeline.vocabulary.sheets import Form

__all__ = ["Issue", "IssuedRow", "template_bytes"]


def template_bytes(form: Form, issue: Issue) -> bytes:
    """The .xlsx of one issue of a form; the same form and issue give the same bytes.

    Raises:
        WorkbookFaultError: Excel would not hold what the form or the issue asks for.
        ValueError: an issued row bears a code that its sheet does not print, or two bear the same.
    """
    made = draft(form, issue)
    cover = write_cover(made)
    for schema in form.sheets:
        write_table(made, schema)
    if made.is_submitted:
        write_count(made, cover, beside=CHECKED)
    write_guide(made)
    write_lists(made.book, made.choices, made.named.texts)
    made.named.define(made.book)
    _write_identity(made)
    return made.book.to_bytes()


def _write_identity(made: Draft) -> None:
    """The hidden sheet that says what the file is, as ``pipeline.parsing.recognition`` reads it."""
    form, issue = made.form, made.issue
    said = {
        "form_id": form.form_id,
        "form_version": str(form.version),
        "fingerprint": fingerprint(form),
        "based_on": issue.based_on,
        **issue.identity,
    }
    sheet = made.book.sheet(IDENTITY_SHEET)
    for row, key in enumerate(IDENTITY_KEYS, 1):
        sheet.text(row, 1, key)
        sheet.text(row, 2, said.get(key, ""))
    sheet.worksheet.very_hidden()
