"""Which form a workbook is, by what is inside: the hidden sheet first, then the other sheets; never by name."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from pipeline.forms import BY_ID
from pipeline.parsing.layout import locate_form
from pipeline.spreadsheet import RawCell, RawWorkbook
from pipeline.vietnamese import normalise
from pipeline.vocabulary.sheets import Form

IDENTITY_SHEET = "_qms"


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
    """The form that the workbook is, and what its hidden sheet says; ``(None, None)`` when it is none of ours."""
    candidates = tuple(forms)
    identity = _identity(workbook)
    if identity is not None:
        named = BY_ID.get(identity.form_id)
        return (named, identity) if named in candidates else (None, identity)
    matching = [form for form in candidates if len(locate_form(workbook, form).maps) == len(form.all_sheets)]
    return (matching[0], None) if len(matching) == 1 else (None, None)


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
