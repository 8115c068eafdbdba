"""DECIDE, first half: raw cells become typed frames, with the findings of what could not be read. Pure."""

from pipeline.parsing.form import ParsedForm, Stray, parse_form
from pipeline.parsing.frames import Frames, as_frames, empty_frame, storable_columns
from pipeline.parsing.layout import Addresses
from pipeline.parsing.outdated import held_against_version
from pipeline.parsing.recognition import Identity, recognise
from pipeline.parsing.versions import fingerprint

__all__ = [
    "Addresses",
    "Frames",
    "Identity",
    "ParsedForm",
    "Stray",
    "as_frames",
    "empty_frame",
    "fingerprint",
    "held_against_version",
    "parse_form",
    "recognise",
    "storable_columns",
]
