"""What would keep openpyxl busy for longer than a file may take is refused before it, in little time."""

import contextlib
import io
import time
import zipfile
from pathlib import Path

import pytest
from feedback_samples import BLANK, sheet

from pipeline.feedback.bulk import refuse_bulk
from pipeline.feedback.marked_copy import TooMuchToMarkError, marked_copy
from pipeline.feedback.opening import opened
from pipeline.feedback.original_parts import original_parts

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
def test_more_of_anything_than_can_be_laid_out_is_refused_before_openpyxl(name: str, sent: Path) -> None:
    part, mark, around, one = _COLLECTIONS[name]
    with pytest.raises(TooMuchToMarkError, match="microseconds"):
        marked_copy(_with(sent, part, mark, around.format(one * _MANY)), sheet(BLANK))


@pytest.mark.parametrize("reserved", ["Print_Area", "Print_Titles"])
def test_a_named_area_that_is_looked_through_from_each_of_its_signs_is_refused(reserved: str, sent: Path) -> None:
    signs = "'" * 20_000
    name = f'<definedName name="_xlnm.{reserved}" localSheetId="0">{signs}</definedName>'
    with pytest.raises(TooMuchToMarkError, match="microseconds"):
        refuse_bulk(_with(sent, _BOOK, "</workbook>", f"<definedNames>{name}</definedNames>"))


def test_a_link_of_a_whole_sheet_is_refused_as_its_cells_would_be(sent: Path) -> None:
    link = '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'
    with pytest.raises(TooMuchToMarkError, match="cells merged or linked"):
        refuse_bulk(_with(sent, _SHEET, "</worksheet>", link))


def test_parts_that_openpyxl_leaves_alone_do_not_count(sent: Path) -> None:
    refuse_bulk(_with(sent, "customXml/item1.xml", "", "<a>" + "<b/>" * 2_000_000 + "</a>"))


def test_a_sign_within_an_attribute_hides_no_shared_formula(sent: Path) -> None:
    longest = "A1" + "+A1" * 3_000
    shared = f'<c r="A900"><f ref="A900:A1500" x=">" t="shared" si="0">{longest}</f></c>'
    rest = "".join(f'<c r="A{row}"><f x=\'>\' t="shared" si="0"/></c>' for row in range(901, 1_501))
    with pytest.raises(TooMuchToMarkError, match="shared formulas"):
        refuse_bulk(_with(sent, _SHEET, "</sheetData>", f'<row r="900">{shared}{rest}</row>'))


@pytest.mark.parametrize(
    "unfinished",
    [
        "<row ",
        '<row customHeight="1" ',
        "<row" + ' customHeight="1"' * 9,
        "<f t='shared' si='1' ",
        '<f "',
        "<mergeCell ref='A1:B2' ",
    ],
)
def test_tags_that_never_end_are_passed_over_once(unfinished: str, sent: Path) -> None:
    """A comment may hold millions of them. To look on from each for its end took minutes."""
    path = _with(sent, _SHEET, "</sheetData>", f"<!--{unfinished * ((2 << 20) // len(unfinished))}-->")
    began = time.process_time()
    original_parts(path, opened(path))
    with contextlib.suppress(TooMuchToMarkError):
        refuse_bulk(path)
    assert time.process_time() - began < 3


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
