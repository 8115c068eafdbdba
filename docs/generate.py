"""Writes what is made from the code and the catalogue: ``python -m docs.generate``, or ``make docs``.

The module of codes is written first: the forms name codes, and a new one is there only then.
"""

from functools import cache
from pathlib import Path

from docs.glossary import glossary_page
from docs.words import HERE
from pipeline.findings import Stage
from pipeline.settings import Settings
from pipeline.wording import topic

_STAGES = "".join(Stage)
_CODES = '''"""The codes of all findings, made by ``make docs`` from the catalogue. A code is never used anew."""

from enum import StrEnum


class Code(StrEnum):
    """A stage letter (``Stage``) and a number, as staff and secretary read it."""

{members}'''


def codes() -> dict[Path, str]:
    """The module of codes by its place: mypy then knows every code of the catalogue, and no other."""
    ordered = sorted(topic("findings"), key=lambda code: (_STAGES.index(code[0]), code))
    members = "".join(f'    {code} = "{code}"\n' for code in ordered)
    return {HERE.parent / "pipeline" / "findings" / "codes.py": _CODES.format(members=members)}


def pages() -> dict[Path, str]:
    """Every generated page by its place, as Markdown. The same code gives the same text."""
    from docs.codes_page import codes_page  # noqa: PLC0415 - it imports the forms
    from docs.forms_page import forms_page  # noqa: PLC0415 - as above
    from pipeline.letters.guide import guide_text  # noqa: PLC0415 - as above

    return {
        HERE / "ma-loi.md": codes_page(),
        HERE / "bieu-mau.md": forms_page(),
        HERE / "thuat-ngu.md": glossary_page(),
        HERE / "huong-dan-can-bo.md": guide_text(_settings(), in_repository=True),
    }


@cache
def _settings() -> Settings:
    """The settings of the repository, which is itself a workspace: those of the demo."""
    from pipeline.workspace import load_settings, open_workspace  # noqa: PLC0415 - it imports the forms

    return load_settings(open_workspace(HERE.parent)).settings


def write(texts: dict[Path, str]) -> None:
    """Write texts in their places, with plain line ends on every system.

    Raises:
        OSError: one cannot be written.
    """
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(codes())
    write(pages())
