"""DECIDE, first half: raw cells become typed frames, with the findings of what could not be read. Pure."""

from pipeline.parsing.form import ParsedForm, Stray, parse_form
from pipeline.parsing.frames import Frames, as_frames, empty_frame, storable_columns
from pipeline.parsing.layout import Addresses
from pipeline.parsing.recognition import Identity, fingerprint, recognise

__all__ = [
    "Addresses",
    "Frames",
    "Identity",
    "ParsedForm",
    "Stray",
    "as_frames",
    "empty_frame",
    "fingerprint",
    "parse_form",
    "recognise",
    "storable_columns",
]
