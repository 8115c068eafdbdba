"""Saves a docx document so that the same content gives the same bytes, whatever the clock says."""

import io
import zipfile
from typing import Final

from docx.document import Document

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_THUMBNAIL: Final = "/thumbnail"


def steady_bytes(document: Document) -> bytes:
    """The saved document without the moment of saving, and without the preview picture of docx's own template."""
    package = document.part.package
    for key in [key for key, relation in package.rels.items() if relation.reltype.endswith(_THUMBNAIL)]:
        del package.rels[key]
    saved, steady = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as dated, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as undated:
        for name in dated.namelist():
            undated.writestr(zipfile.ZipInfo(name, _EARLIEST), dated.read(name), zipfile.ZIP_DEFLATED)
    return steady.getvalue()
