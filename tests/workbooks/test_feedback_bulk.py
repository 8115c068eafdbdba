"""However much of anything a package holds, it is marked, or refused, in little time."""

import contextlib
import io
import time
import zipfile
from pathlib import Path

import pytest
from feedback_samples import BLANK, sheet

from pipeline.feedback.marked_copy import PatchError, marked_copy
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.intake.worker import read_workbook

_MOST_SECONDS = 3
_SHEET, _BOOK, _STYLES = "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"
_MANY = 60_000
_COLLECTIONS = {
    "links": (_SHEET, "</worksheet>", "<hyperlinks>{}</hyperlinks>", '<hyperlink ref="A1" location="A1"/>'),
    "conditional formats": (
        _SHEET,
        "</worksheet>",
        "{}",
        '<conditionalFormatting sqref="A1"><cfRule/></conditionalFormatting>',
    ),
    "lists": (_SHEET, "</worksheet>", "<dataValidations>{}</dataValidations>", '<dataValidation sqref="A1"/>'),
    "areas of one list": (
        _SHEET,
        "</worksheet>",
        '<dataValidations><dataValidation sqref="A1{}"/></dataValidations>',
        " A1 A2",
    ),
    "rows": (_SHEET, "</sheetData>", "{}", '<row r="999" s="1"/>'),
    "columns": (_SHEET, "<sheetData>", "<cols>{}</cols>", '<col min="1" max="1" width="9"/>'),
    "breaks": (_SHEET, "</worksheet>", "<rowBreaks>{}</rowBreaks>", '<brk id="1"/>'),
    "scenarios": (_SHEET, "</worksheet>", "<scenarios>{}</scenarios>", '<scenario name="a"/>'),
    "protected ranges": (_SHEET, "</worksheet>", "<protectedRanges>{}</protectedRanges>", '<protectedRange name="a"/>'),
    "names": (_BOOK, "</workbook>", "<definedNames>{}</definedNames>", '<definedName name="a">1</definedName>'),
    "cell formats": (_STYLES, "</cellXfs>", "{}", "<xf/>"),
    "anchors": ("xl/drawings/drawing9.xml", "", "<xdr:wsDr>{}</xdr:wsDr>", "<xdr:oneCellAnchor/>"),
    "comments": ("xl/comments9.xml", "", "<comments>{}</comments>", "<comment/>"),
    "points of a chart": ("xl/charts/chart9.xml", "", "<c:chart>{}</c:chart>", '<c:pt idx="1"/>'),
    "records of a pivot": ("xl/pivotCache/records9.xml", "", "<records>{}</records>", "<x/>"),
}


@pytest.mark.parametrize("name", _COLLECTIONS)
def test_much_of_anything_costs_little(name: str, sent: Path) -> None:
    part, mark, around, each = _COLLECTIONS[name]
    assert _seconds(sent, part, mark, around.format(each * _MANY)) < _MOST_SECONDS


@pytest.mark.parametrize(
    "unfinished",
    [
        "<row ",
        '<row customHeight="1" ',
        "<row" + ' customHeight="1"' * 9,
        "<f t='shared' si='1' ",
        '<f "',
        "<mergeCell ref='A1:B2' ",
        "<sheetData ",
        "</sheetData ",
    ],
)
def test_tags_that_never_end_are_passed_over_once(unfinished: str, sent: Path) -> None:
    """A comment may hold millions of them. To look on from each for its end took minutes."""
    comment = f"<!--{unfinished * ((2 << 20) // len(unfinished))}-->"
    assert _seconds(sent, _SHEET, "</sheetData>", comment) < _MOST_SECONDS


def _seconds(sent: Path, part: str, mark: str, more: str) -> float:
    """The processor time of marking the form with more of something in a part."""
    workbook = read_workbook(sent)
    assert isinstance(workbook, RawWorkbook)
    content = _with(sent, part, mark, more).read_bytes()
    began = time.process_time()
    with contextlib.suppress(PatchError):
        marked_copy(content, workbook, sheet(BLANK))
    return time.process_time() - began


def _with(path: Path, part: str, mark: str, more: str) -> Path:
    """The package with something before a mark in one part; without a mark, with that part as a further one."""
    held = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(mark.encode(), (more + mark).encode(), 1) if name == part else content)
        if not mark:
            after.writestr(part, more)
    path.write_bytes(held.getvalue())
    return path
