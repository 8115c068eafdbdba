"""Changes an .xlsx or .xlsm part by part; README.md says what can be changed, and what is left alone."""

from pipeline.patching.cells import CellError, Value
from pipeline.patching.comments import Comment, Note
from pipeline.patching.donor import Donor
from pipeline.patching.formats import Format
from pipeline.patching.geometry import Size
from pipeline.patching.names import Name
from pipeline.patching.package import Breakage, Package
from pipeline.patching.refusal import PatchError
from pipeline.patching.workbook import State
from pipeline.patching.worksheet import Worksheet

__all__ = [
    "Breakage",
    "CellError",
    "Comment",
    "Donor",
    "Format",
    "Name",
    "Note",
    "Package",
    "PatchError",
    "Size",
    "State",
    "Value",
    "Worksheet",
]
