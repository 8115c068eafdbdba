"""An .ods as calamine can read it: Gnumeric and SheetJS indent content.xml, which calamine 0.9 takes for text in a row.

It says "Expecting 'table-cell', found 'Text'". White space between the elements of a table means nothing (OASIS
OpenDocument 1.3, part 3, 9.1), so it is left out; white space inside paragraphs stays.
"""

import io
import re
import zipfile

from pipeline.intake.zip_container import ZIP_DAMAGE, part_names

_AFTER_A_TAG = re.compile(rb"(</?table:[^<>]*>)\s+(?=<)")
_BEFORE_A_TAG = re.compile(rb"(?<=>)\s+(?=</?table:)")
_PARTS = ("mimetype", "meta-inf/manifest.xml")


def unindented(content: bytes) -> bytes:
    """Return the .ods with nothing but its type, its manifest and its tables, unindented.

    The bytes are inflated whole: they were inspected, and are within the bounds of a file.

    Raises:
        ValueError: the package is damaged.
    """
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
            parts = part_names(old)
            for name in _PARTS:
                if name in parts:
                    new.writestr(parts[name].filename, old.read(parts[name]))
            tables = _AFTER_A_TAG.sub(rb"\1", old.read(parts["content.xml"]))
            new.writestr("content.xml", _BEFORE_A_TAG.sub(b"", tables))
    except (*ZIP_DAMAGE, KeyError) as damage:
        raise ValueError(str(damage)) from damage
    return made.getvalue()
