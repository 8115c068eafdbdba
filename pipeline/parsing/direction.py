"""Invisible marks of writing direction (Unicode UAX 9, table 4): what shows is then not what is stored."""

import re
from dataclasses import replace

from pipeline.parsing.values import Parsed
from pipeline.spreadsheet import RawCell
from pipeline.vocabulary.fields import Kind

_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TURNING = re.compile("[\u061c\u200f\u202b\u202d\u202e\u2067]")
"""Those that can change the order of Vietnamese letters and figures; the others come along from dialogs of Windows."""


def has_bidi_controls(cell: RawCell) -> bool:
    """Whether a text holds marks of direction; no Vietnamese text needs one."""
    return isinstance(cell.value, str) and not cell.value.isascii() and bool(_CONTROLS.search(cell.value))


def without_bidi_controls(cell: RawCell) -> RawCell:
    """The cell without them: nothing that is passed on may turn the text around it."""
    return replace(cell, value=_CONTROLS.sub("", str(cell.value))) if has_bidi_controls(cell) else cell


def in_stored_order(parsed: Parsed, kind: Kind, stored: RawCell) -> Parsed:
    """What was read; a figure or a day that shows in another order than it is stored is none."""
    if not _TURNING.search(str(stored.value)) or parsed.code:
        return parsed
    match kind:
        case Kind.NUMBER:
            return Parsed(code="V301")
        case Kind.DATE:
            return Parsed(code="V302")
        case Kind.TEXT | Kind.CHOICE:
            return parsed
