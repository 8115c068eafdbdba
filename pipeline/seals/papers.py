"""The seals on a paper of the house (.xlsx or .docx), whichever program saved it again. For worker processes."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from pipeline.seals import Seal, seals_in

_TAG: Final = re.compile(r"<[^>]*>")
_LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a part that is still looked into; none that bears a seal is near that."""


def ready() -> None:
    """Nothing: whoever unpickles this function has imported all that reading needs."""


def seals_on(paper: bytes) -> list[Seal]:
    """Each seal once, in the order of the parts: feet, cells and paragraphs alike.

    A text that a program cut into runs is one again without its tags; nothing is parsed that could be hostile.

    Raises:
        zipfile.BadZipFile: it is no such package.
    """
    return list(dict.fromkeys(seal for text in _texts(paper) for seal in seals_in(text)))


def _texts(paper: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        for entry in package.infolist():
            if entry.filename.endswith(".xml") and entry.file_size <= _LARGEST:
                yield html.unescape(_TAG.sub("", package.read(entry).decode(errors="replace")))
