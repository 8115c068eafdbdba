"""Files that are no form, or a form in a wrong place: what is sent of them, and the one code that each gets."""

from collections.abc import Mapping

from nights_books import book_bytes
from rules_examples_files import files
from rules_sheets import Case


def sent_files() -> Mapping[str, tuple[str, bytes]]:
    """By the path in the inbox, the code and the bytes."""
    misplaced = book_bytes(Case("BM-01").workbook)
    return {**{f"{name}.xlsx": one for name, one in files().items()}, "KHTC/lạc chỗ.xlsx": ("F108", misplaced)}
