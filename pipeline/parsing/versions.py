"""Which version of a form a workbook is: today's, an earlier one that is still taken, or one that is returned."""

import hashlib
from collections.abc import Sequence

from pipeline.vocabulary.sheets import Form
from pipeline.vocabulary.versions import Earlier, Former


def fingerprint(form: Form) -> str:
    """A digest of a form's sheets, fields and their order, not of its lists (forms.md, head)."""
    return digest_of(form, form.version, [(str(s.name), f.name) for s in form.all_sheets for f in s.fields])


def earlier_version(form: Form, version: str, fingerprint_found: str) -> Earlier | None:
    """The registered version that a hidden sheet names, or None: its number and its fingerprint must both be right."""
    return next(
        (one for one in form.earlier if (str(one.version), one.fingerprint) == (version, fingerprint_found)), None
    )


def former_names(form: Form, sheet: str) -> tuple[Former, ...]:
    """What the fields of a sheet were named in versions that are still taken."""
    return tuple(name for one in form.earlier if one.is_taken for name in one.renamed if name.sheet == sheet)


def digest_of(form: Form, version: int, fields: Sequence[tuple[str, str]]) -> str:
    """The digest of a version with these fields, each with its sheet, in their order."""
    lines = [f"{form.form_id} {version}", *(f"{sheet}.{name}" for sheet, name in fields)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
