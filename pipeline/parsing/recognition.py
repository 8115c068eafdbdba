"""Which form a workbook is, by what is inside: the hidden sheet first, then the other sheets; never by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.forms import BY_ID
from pipeline.parsing.layout import locate_sheet
from pipeline.parsing.versions import former_names
from pipeline.spreadsheet import RawSheet, RawWorkbook
from pipeline.vietnamese import normalise
from pipeline.vocabulary.sheets import Form

IDENTITY_SHEET = "_qms"
IDENTITY_KEYS = ("form_id", "form_version", "division", "year", "period", "fingerprint", "based_on")


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


def recognise(workbook: RawWorkbook, forms: Iterable[Form]) -> tuple[Form | None, Identity | None]:
    """The form that the workbook is, and its hidden sheet's word; ``(None, None)`` when it is none of ours."""
    candidates = tuple(forms)
    identity = _identity(workbook)
    if identity is not None:
        named = BY_ID.get(identity.form_id)
        return (named, identity) if named in candidates else (None, identity)
    matching = [form for form in candidates if _holds_all_sheets(workbook, form)]
    return (matching[0], None) if len(matching) == 1 else (None, None)


def _holds_all_sheets(workbook: RawWorkbook, form: Form) -> bool:
    return all(locate_sheet(workbook, sheet, former_names(form, sheet.name)) for sheet in form.all_sheets)


def _identity(workbook: RawWorkbook) -> Identity | None:
    for sheet in workbook.sheets:
        found = _pairs(sheet)
        if "form_id" in found and "fingerprint" in found:
            return Identity(**found)
    return None


def _pairs(sheet: RawSheet) -> dict[str, str]:
    pairs = {}
    for (row, column), cell in sheet.cells.items():
        if column == 1 and isinstance(cell.value, str) and cell.value in IDENTITY_KEYS:
            beside = sheet.cells.get((row, 2))
            pairs[cell.value] = "" if beside is None else _plain(beside.value)
    return pairs


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return normalise(str(value))
