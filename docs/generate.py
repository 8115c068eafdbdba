"""Writes the pages that are made from the code: ``python -m docs.generate``, or ``make docs``."""

from docs.codes_page import codes_page
from docs.forms_page import forms_page
from docs.words import HERE


def pages() -> dict[str, str]:
    """Every generated page: file name in docs/ to its Markdown. The same code gives the same text."""
    return {"ma-loi.md": codes_page(), "bieu-mau.md": forms_page()}


def write_pages() -> None:
    """Write every page in its place, with plain line ends on every system.

    Raises:
        OSError: a page cannot be written.
    """
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_pages()
