"""Templates: a form's definition and an issue become the workbook that staff fill. A pure function of both."""

from pipeline.parsing.recognition import IDENTITY_KEYS, IDENTITY_SHEET, fingerprint
from pipeline.templates.cover import write_cover
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
        WorkbookFaultError: Excel does not hold something that the form or the issue needs.
        ValueError: an issued row bears a code that its sheet does not print, or two bear the same.
    """
    template = draft(form, issue)
    cover = write_cover(template)
    for schema in template.form.sheets:
        write_table(template, schema)
    if template.is_submitted:
        write_count(template, cover)
    write_guide(template)
    write_lists(template.book, template.choices, template.names.texts)
    template.names.define(template.book)
    _write_identity(template)
    return template.book.to_bytes()


def _write_identity(draft: Draft) -> None:
    """The hidden sheet that says what the file is, as ``pipeline.parsing.recognition`` reads it."""
    form, issue = draft.form, draft.issue
    values = {
        "form_id": form.form_id,
        "form_version": str(form.version),
        "fingerprint": fingerprint(form),
        "based_on": issue.based_on,
        **issue.identity,
    }
    sheet = draft.book.sheet(IDENTITY_SHEET)
    for row, key in enumerate(IDENTITY_KEYS, 1):
        sheet.text(row, 1, key)
        sheet.text(row, 2, values.get(key, ""))
    sheet.worksheet.very_hidden()
