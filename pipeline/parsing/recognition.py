"""Which form a workbook is, and on which version: by what is inside, never by name."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from pipeline.findings import Code, Finding
from pipeline.forms import BY_ID
from pipeline.parsing.form import ParsedForm
from pipeline.parsing.layout import locate_form
from pipeline.spreadsheet import RawCell, RawWorkbook
from pipeline.vietnamese import normalise
from pipeline.vocabulary.sheets import Form, SheetSchema
from pipeline.vocabulary.versions import Earlier
from pipeline.wording import say

IDENTITY_SHEET = "_qms"
_OF_TODAY = frozenset({Code.T205, Code.T206, Code.T220})
"""What today's version has and the file has not: senders are not asked to add it to a form of another version."""


@dataclass(frozen=True)
class Identity:
    """What the hidden sheet says the file is; empty where it says nothing."""

    form_id: str = ""
    form_version: str = ""
    division: str = ""
    year: str = ""
    period: str = ""
    fingerprint: str = ""
    based_on: str = ""


IDENTITY_KEYS = tuple(field.name for field in fields(Identity))


def recognise(workbook: RawWorkbook, forms: Iterable[Form]) -> tuple[Form | None, Identity | None]:
    """The form that the workbook is, and what its hidden sheet says; ``(None, None)`` when it is none of ours.

    The hidden sheet decides; without one the only form whose sheets are all there.
    """
    candidates = tuple(forms)
    identity = _identity(workbook)
    if identity is not None:
        named = BY_ID.get(identity.form_id)
        return (named, identity) if named in candidates else (None, identity)
    matching = [form for form in candidates if len(locate_form(workbook, form).maps) == len(form.all_sheets)]
    return (matching[0], None) if len(matching) == 1 else (None, None)


def fingerprint(form: Form) -> str:
    """A digest of a form's sheets, fields and their order, not of its lists (forms.md, head)."""
    return digest_of(form, form.version, [(schema.name, f.name) for schema in form.all_sheets for f in schema.fields])


def digest_of(form: Form, version: int, fields: Sequence[tuple[str, str]]) -> str:
    """The digest of a version with these fields, each with its sheet, in their order."""
    lines = [f"{form.form_id} {version}", *(f"{sheet}.{name}" for sheet, name in fields)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def held_against_version(parsed: ParsedForm, identity: Identity | None) -> tuple[tuple[Finding, ...], ParsedForm]:
    """The findings on the version, and the form as it is to be judged: an earlier one that is taken lacks nothing."""
    form = parsed.form
    if identity is None:
        return (Finding(Code.T201),), parsed
    stated = identity.form_version, identity.fingerprint
    if stated == (str(form.version), fingerprint(form)):
        return (), parsed
    facts = {"found": identity.form_version, "expected_version": str(form.version)}
    earlier = next((version for version in form.earlier if (str(version.version), version.fingerprint) == stated), None)
    if earlier is not None and earlier.is_taken:
        added = ", ".join(f"“{label}”" for label in _added(form, earlier)) or say("files.version.nothing")
        kept = tuple(f for f in parsed.findings if not _is_of_earlier(f, parsed, earlier))
        return (Finding(Code.T226, facts={**facts, "added": added}),), replace(parsed, findings=kept)
    outdated = Finding(Code.T202, facts={**facts, "difference": "; ".join(_difference(parsed, earlier))})
    others = tuple(finding for finding in parsed.findings if finding.code not in _OF_TODAY)
    return (outdated,), replace(parsed, findings=others)


def _is_of_earlier(finding: Finding, parsed: ParsedForm, earlier: Earlier) -> bool:
    """Whether a sheet or field is missing that the earlier version had not yet."""
    if finding.code == Code.T205:
        return finding.facts["missing"] in {schema.title for schema in _sheets_added(parsed.form, earlier)}
    lacking = {(parsed.addresses.title(sheet), name) for sheet, name in earlier.lacks}
    return finding.code == Code.T206 and (finding.sheet, finding.field) in lacking


def _sheets_added(form: Form, earlier: Earlier) -> list[SheetSchema]:
    """The sheets that came whole since."""
    lacked = set(earlier.lacks)
    return [schema for schema in form.sheets if {(schema.name, field.name) for field in schema.fields} <= lacked]


def _identity(workbook: RawWorkbook) -> Identity | None:
    for sheet in workbook.sheets:
        pairs = {
            cell.value: _plain(sheet.cells.get((row, 2)))
            for (row, column), cell in sheet.cells.items()
            if column == 1 and isinstance(cell.value, str) and cell.value in IDENTITY_KEYS
        }
        if "form_id" in pairs and "fingerprint" in pairs:
            return Identity(**pairs)
    return None


def _plain(cell: RawCell | None) -> str:
    if cell is not None and isinstance(cell.value, float) and cell.value.is_integer():
        return f"{cell.value:.0f}"
    return "" if cell is None else normalise(str(cell.value))


def _added(form: Form, earlier: Earlier) -> list[str]:
    """The titles of the sheets that came since, and the labels of the fields that came to others."""
    sheets = {schema.name: say("files.version.sheet", title=schema.title) for schema in _sheets_added(form, earlier)}
    labels = [form.sheet(sheet).field(name).label for sheet, name in earlier.lacks if sheet not in sheets]
    return [*labels, *sheets.values()]


def _difference(parsed: ParsedForm, earlier: Earlier | None) -> Iterator[str]:
    """Which sheets and columns today's version has more or less, by their Vietnamese names."""
    differences = 0
    for finding in parsed.findings:
        if finding.code == Code.T205:
            yield say("files.version.sheet_missing", title=finding.facts["missing"])
        elif finding.code in _OF_TODAY:
            yield say("files.version.field_missing", label=finding.label, title=finding.sheet)
        differences += finding.code in _OF_TODAY
    for located in parsed.addresses.maps.values():
        differences += len(located.strangers)
        yield from (say("files.version.stranger", name=name, title=located.title) for name in located.strangers)
    if not differences:
        added = _added(parsed.form, earlier) if earlier else ()
        yield from (say("files.version.field_missing", label=label, title=parsed.form.title) for label in added)
        if not added:
            yield say("files.version.only_number")
