"""Examples of files that are no form at all, or that cannot be read: the bytes, and the one code that they give."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import openpyxl
from rules_bases import BASES
from rules_settings import SETTINGS
from rules_sheets import template_content

from pipeline.intake.file_kinds import MEBIBYTE, Limits
from pipeline.intake.worker import read_workbook
from pipeline.judging import Submission
from pipeline.judging.reading import read

_WITH_PASSWORD = Path(__file__).parents[1] / "intake" / "fixtures" / "password.xlsx"
_TIGHT = Limits(max_bytes=MEBIBYTE, max_entries=40, max_inflated=MEBIBYTE)


def _private_workbook() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(("Nội dung chi", "Dự toán", "Đã chi"))
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def _zipped(*more: tuple[str, bytes], over: bytes = b"") -> bytes:
    """The form's parts with more of them, or all of its sheets overwritten."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template_content("BM-01"))) as form,
        zipfile.ZipFile(made, "w") as zipped,
    ):
        for name in form.namelist():
            zipped.writestr(name, over if over and name.startswith("xl/worksheets/sheet") else form.read(name))
        for name, content in more:
            zipped.writestr(name, content)
    return made.getvalue()


def _edited(edit: Callable[[str, bytes], bytes], *more: tuple[str, bytes]) -> bytes:
    """A small workbook with its parts edited, and more of them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_private_workbook())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, edit(name, old.read(name)))
        for name, content in more:
            new.writestr(name, content)
    return made.getvalue()


@cache
def files() -> Mapping[str, tuple[str, bytes]]:
    """By name of the example: the code that it must give, and the file's bytes."""
    form = template_content("BM-01")
    return {
        "empty": ("F101", b""),
        "cut off": ("F102", form[: len(form) // 2]),
        "with a password": ("F103", _WITH_PASSWORD.read_bytes()),
        "too large": ("F104", form + bytes(MEBIBYTE)),
        "too many parts": ("F104", _zipped(*((f"xl/media/{number}.png", b"") for number in range(40)))),
        "too large inside": ("F104", _zipped(("xl/media/image1.png", bytes(2 * MEBIBYTE)))),
        "a sheet of an unknown kind": ("F105", _edited(lambda _, part: part.replace(b'"visible"', b'"gone"'))),
        "broken inside": ("F109", _zipped(over=b"<worksheet><sheetData><row r='1'><c r=")),
        "the same part twice": ("F109", _edited(lambda _, part: part, ("xl/worksheets/Sheet1.xml", b"<worksheet/>"))),
        "a document": ("F106", b"%PDF-1.7\n1 0 obj"),
        "a private workbook": ("F107", _private_workbook()),
    }


PLACEMENT_CODES = frozenset({"F108"})
"""Of where a file lay, not of what it holds: tests/rules/test_rules_placement.py."""
FILE_CODES = frozenset({"F101", "F102", "F103", "F104", "F105", "F106", "F107", "F109"})


def examined(content: bytes) -> Submission:
    """How far a file comes, read in this process."""
    unread = Submission(0, Path("form.xlsx"), BASES["BM-01"].arrived_at)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(content)
        outcome = read_workbook(path, _TIGHT)
    return read(unread, outcome, SETTINGS)
