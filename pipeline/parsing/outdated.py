"""What is told of a form that is not on today's version: nothing is lost, and nobody looks for the difference."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.findings import Finding
from pipeline.parsing.form import ParsedForm
from pipeline.parsing.recognition import Identity
from pipeline.parsing.versions import earlier_version, fingerprint
from pipeline.vocabulary.sheets import Form
from pipeline.vocabulary.versions import Earlier
from pipeline.wording import say

_OF_TODAY = frozenset({"T205", "T206", "T220"})
"""What today's version has and the file has not: of another version nobody shall be asked to add it by hand."""


def held_against_version(parsed: ParsedForm, identity: Identity | None) -> tuple[tuple[Finding, ...], ParsedForm]:
    """The findings on the version, and the form as it is to be judged: an earlier one that is taken lacks nothing."""
    form = parsed.form
    if identity is None:
        return (Finding("T201"),), parsed
    if (identity.form_version, identity.fingerprint) == (str(form.version), fingerprint(form)):
        return (), parsed
    facts = {"found": identity.form_version, "expected_version": str(form.version)}
    earlier = earlier_version(form, identity.form_version, identity.fingerprint)
    if earlier is not None and earlier.is_taken:
        added = ", ".join(f"“{label}”" for label in _added(form, earlier)) or say("files.version.nothing")
        return (Finding("T226", facts={**facts, "added": added}),), _without_added(parsed, earlier)
    told = Finding("T202", facts={**facts, "difference": "; ".join(_difference(parsed, earlier))})
    others = tuple(finding for finding in parsed.findings if finding.code not in _OF_TODAY)
    return (told,), replace(parsed, findings=others)


def _added(form: Form, earlier: Earlier) -> list[str]:
    return [form.sheet(sheet).field(name).label for sheet, name in earlier.lacks]


def _without_added(parsed: ParsedForm, earlier: Earlier) -> ParsedForm:
    added = {(parsed.addresses.title(sheet), name) for sheet, name in earlier.lacks}
    kept = tuple(f for f in parsed.findings if f.code != "T206" or (f.sheet, f.field) not in added)
    return replace(parsed, findings=kept)


def _difference(parsed: ParsedForm, earlier: Earlier | None) -> Iterator[str]:
    """Which sheets and columns today's version has more or less, by their Vietnamese names."""
    told = 0
    for finding in parsed.findings:
        if finding.code == "T205":
            yield say("files.version.sheet_missing", title=finding.facts["missing"])
        elif finding.code in _OF_TODAY:
            yield say("files.version.field_missing", label=finding.label, title=finding.sheet)
        told += finding.code in _OF_TODAY
    for located in parsed.addresses.maps.values():
        told += len(located.strangers)
        yield from (say("files.version.stranger", name=name, title=located.title) for name in located.strangers)
    if not told:
        added = _added(parsed.form, earlier) if earlier else ()
        yield from (say("files.version.field_missing", label=label, title=parsed.form.title) for label in added)
        if not added:
            yield say("files.version.only_number")
