"""DECIDE, first half: raw cells become typed frames, with the findings of what could not be read. Pure."""

from pipeline.parsing.form import Frames, ParsedForm, Stray, as_frames, parse_form, read_cover, storable_columns
from pipeline.parsing.layout import Addresses, SheetMap, locate_form
from pipeline.parsing.recognition import Identity, fingerprint, held_against_version, recognise

__all__ = [
    "Addresses",
    "Frames",
    "Identity",
    "ParsedForm",
    "SheetMap",
    "Stray",
    "as_frames",
    "fingerprint",
    "held_against_version",
    "locate_form",
    "parse_form",
    "read_cover",
    "recognise",
    "storable_columns",
]
