"""Whether a sender's package holds more than openpyxl can lay out within the time and memory of one file."""

import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

from pipeline.spreadsheet import cell_position
from pipeline.workbooks.feedback_parts.opening import UnmarkableError

_MOST_XML: Final = 6 << 20
"""openpyxl takes about half a second a MiB to read and write it; a filled form has a quarter of one."""
_MOST_MERGED: Final = 100_000
"""openpyxl makes an object of every cell of a merged area."""
_XML: Final = (".xml", ".rels", ".vml")
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([A-Z]+[0-9]+):([A-Z]+[0-9]+)[\"']")


class TooMuchToMarkError(UnmarkableError):
    """The package holds more than can be marked."""


def refuse_bulk(original: Path) -> None:
    """Refuse before openpyxl what would keep it busy for longer than a file may take.

    Raises:
        TooMuchToMarkError: more XML, or more merged cells, than can be marked.
        UnmarkableError: the package is damaged.
        OSError: it cannot be read.
    """
    try:
        with zipfile.ZipFile(original) as package:
            parts = [entry for entry in package.infolist() if entry.filename.endswith(_XML)]
            size = sum(entry.file_size for entry in parts)
            if size > _MOST_XML:
                message = f"{size} bytes of XML"
                raise TooMuchToMarkError(message)
            merged = sum(_merged_cells(package.read(entry)) for entry in parts)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as damage:
        raise UnmarkableError(repr(damage)) from damage
    if merged > _MOST_MERGED:
        message = f"{merged} merged cells"
        raise TooMuchToMarkError(message)


def _merged_cells(part: bytes) -> int:
    areas = (map(cell_position, (first.decode(), last.decode())) for first, last in _MERGED.findall(part))
    return sum((abs(row - top) + 1) * (abs(column - left) + 1) for (top, left), (row, column) in areas)
