"""Packages that Excel would repair or refuse: one mistake each, and the one reason that is given for it."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from intake_bases import bases
from intake_mutations import RELATIONS, SHEET, STRINGS, TYPES, WORKBOOK
from intake_packages import MAIN, ONE_CELL, sheet_part, workbook_parts, write_open_document, write_parts
from intake_zips import Entry, entries_of, zipped

from pipeline.intake.file_kinds import FileKind, FileProblem, RawWorkbook, ReadFailure
from pipeline.intake.worker import read_workbook
from pipeline.ooxml import HostileWorkbookError, Repair
from pipeline.ooxml.parts import bare_parser, feed
from pipeline.spreadsheet import RawCell
from pipeline.wording import topic

Edit = Callable[[list[Entry]], object]
CORE = "docProps/core.xml"
THEME = "xl/theme/theme1.xml"


def named(entries: list[Entry], name: str) -> Entry:
    return next(entry for entry in entries if entry.name == name)


def reason(path: Path, content: bytes) -> str:
    """Why the content is refused; blank when it is read."""
    path.write_bytes(content)
    read = read_workbook(path)
    if isinstance(read, RawWorkbook):
        return ""
    assert read.problem is FileProblem.EXCEL_WOULD_REPAIR, read
    return str(read.facts["repair"])


def edited(edit: Edit) -> bytes:
    entries = entries_of(bases()["xlsxwriter"])
    edit(entries)
    return zipped(entries)


def swapped(name: str, old: str, new: str) -> Edit:
    """One part with other words, which must have stood there."""

    def edit(entries: list[Entry]) -> None:
        entry = named(entries, name)
        assert old.encode() in entry.content
        entry.content = entry.content.replace(old.encode(), new.encode(), 1)

    return edit


def changed(part: str, **changes: object) -> Edit:
    """One entry that lies otherwise."""

    def edit(entries: list[Entry]) -> None:
        for key, value in changes.items():
            setattr(named(entries, part), key, value)

    return edit


def with_twin(name: str) -> Edit:
    return lambda entries: entries.append(Entry(name, named(entries, SHEET).content))


def overlapping(entries: list[Entry]) -> None:
    entries[-1].lies_at = entries[-2]


def before(entries: list[Entry]) -> None:
    entries[3].before = b"hidden"


SHEET_LINE = '<sheet name="hai" sheetId="2" r:id="rId2"/>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WRONG_PACKAGES: dict[str, tuple[Repair, Edit]] = {
    "a part that differs in case": (Repair.TWIN_PARTS, with_twin("xl/worksheets/Sheet1.xml")),
    "a part with backslashes": (Repair.TWIN_PARTS, with_twin("xl\\worksheets\\sheet1.xml")),
    "a part with a leading slash": (Repair.TWIN_PARTS, with_twin("/xl/worksheets/sheet1.xml")),
    "a part in percent signs": (Repair.TWIN_PARTS, with_twin("xl/worksheets/%73heet1.xml")),
    "an entry twice": (Repair.TWIN_PARTS, with_twin(SHEET)),
    "another name before the part": (Repair.LOCAL_HEADER, changed(SHEET, local={"name": 1})),
    "another method before the part": (Repair.LOCAL_HEADER, changed(SHEET, local={"method": 8})),
    "another size before the part": (Repair.LOCAL_HEADER, changed(SHEET, local={"stored": 1})),
    "another check sum before the part": (Repair.LOCAL_HEADER, changed(SHEET, local={"crc": 1})),
    "a locked part": (Repair.ENCRYPTED_PART, changed(CORE, local={"flags": 1}, directory={"flags": 1})),
    "entries that overlap": (Repair.OVERLAP, overlapping),
    "bytes between entries": (Repair.HIDDEN_BYTES, before),
    "a wrong descriptor": (Repair.HIDDEN_BYTES, changed(SHEET, descriptor="wrong")),
    "a wrong check sum": (Repair.DAMAGED_PART, changed(SHEET, local={"crc": 1}, directory={"crc": 1})),
    "two workbooks": (
        Repair.RELATION,
        swapped("_rels/.rels", "</Rel", f'<Relationship Id="x" Type="{OFFICE}/officeDocument" Target="x.xml"/></Rel'),
    ),
    "two shared texts": (
        Repair.RELATION,
        swapped(RELATIONS, "</Rel", f'<Relationship Id="x" Type="{OFFICE}/sharedStrings" Target="x.xml"/></Rel'),
    ),
    "one id for two relations": (Repair.RELATION, swapped(RELATIONS, '"rId2"', '"rId1"')),
    "two sheets of one part": (Repair.SHEET_TWICE, swapped(RELATIONS, "sheet2.xml", "sheet1.xml")),
    "two sheets of one name": (Repair.SHEET_TWICE, swapped(WORKBOOK, 'name="hai"', 'name="MỘT"')),
    "two sheets of one number": (Repair.SHEET_TWICE, swapped(WORKBOOK, 'sheetId="2"', 'sheetId="1"')),
    "two sheets of one relation": (Repair.SHEET_TWICE, swapped(WORKBOOK, '"rId2"', '"rId1"')),
    "a sheet outside the package": (
        Repair.OUTSIDE_TARGET,
        swapped(RELATIONS, "worksheets/sheet1.xml", "../../sheet1.xml"),
    ),
    "a sheet elsewhere": (
        Repair.OUTSIDE_TARGET,
        swapped(RELATIONS, 'Target="worksheets/sheet1', 'TargetMode="External" Target="worksheets/sheet1'),
    ),
    "a sheet that is not there": (Repair.MISSING_PART, swapped(RELATIONS, "sheet1.xml", "sheet9.xml")),
    "a document of another kind": (
        Repair.CONTENT_TYPE,
        swapped(TYPES, "spreadsheetml.sheet.main", "wordprocessingml.x"),
    ),
    "no type for a sheet": (Repair.CONTENT_TYPE, swapped(TYPES, "/xl/worksheets/sheet1.xml", "/xl/none.xml")),
    "no content types": (Repair.MISSING_PART, lambda entries: entries.remove(named(entries, TYPES))),
    "a raw control byte": (Repair.BROKEN_XML, swapped(STRINGS, "Đạt", "Đ\x01t")),
    "broken properties": (Repair.BROKEN_XML, swapped(CORE, "</cp:coreProperties>", "")),
    "a document type in the theme": (Repair.DOCUMENT_TYPE, swapped(THEME, "<a:theme", "<!DOCTYPE a><a:theme")),
    "a document type in the properties": (
        Repair.DOCUMENT_TYPE,
        swapped(CORE, "<cp:core", '<!DOCTYPE a [<!ENTITY x "y">]><cp:core'),
    ),
    "another encoding": (Repair.ENCODING, swapped(SHEET, "UTF-8", "ISO-8859-1")),
    "a cell among the texts": (Repair.ELEMENT, swapped(STRINGS, "<si>", '<c r="A1"><v>1</v></c><si>')),
    "a text within a text": (Repair.ELEMENT, swapped(STRINGS, "<t>Đạt", '<t><x:v xmlns:x="x">7</x:v>Đạt')),
    "another namespace": (Repair.ELEMENT, swapped(STRINGS, MAIN, "urn:x")),
}


@pytest.mark.parametrize(("expected", "edit"), WRONG_PACKAGES.values(), ids=WRONG_PACKAGES)
def test_a_package_is_refused_for_one_mistake(tmp_path: Path, expected: Repair, edit: Edit) -> None:
    assert reason(tmp_path / "form.xlsx", edited(edit)) == expected


WRONG_CELLS = {
    "a cell twice": (Repair.ORDER, '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
    "a row twice": (Repair.ORDER, ONE_CELL + ONE_CELL),
    "cells out of order": (Repair.ORDER, '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
    "rows out of order": (Repair.ORDER, '<row r="2"/>' + ONE_CELL),
    "a cell of another row": (Repair.ORDER, '<row r="2"><c r="A1"><v>1</v></c></row>'),
    "a row number that is none": (Repair.REFERENCE, '<row r="01"/>'),
    "an index below nothing": (Repair.SHARED_STRING, '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'),
    "an index with an exponent": (Repair.SHARED_STRING, '<row r="1"><c r="A1" t="s"><v>1e3</v></c></row>'),
    "an index beyond the texts": (Repair.SHARED_STRING, '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
    "a number that is none": (Repair.VALUE, '<row r="1"><c r="A1"><v>NaN</v></c></row>'),
    "a number in pieces": (Repair.VALUE, '<row r="1"><c r="A1"><v>1<!-- -->2</v></c></row>'),
    "a number as a character": (Repair.VALUE, '<row r="1"><c r="A1"><v>1&#50;</v></c></row>'),
    "a text that calamine passes over": (Repair.VALUE, '<row r="1"><c r="A1" t="str"><v><![CDATA[x]]></v></c></row>'),
    "an unknown type": (Repair.VALUE, '<row r="1"><c r="A1" t="x"><v>1</v></c></row>'),
    "two values": (Repair.ELEMENT, '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>'),
    "a formula behind its value": (Repair.ELEMENT, '<row r="1"><c r="A1"><v>1</v><f>1</f></c></row>'),
    "an inline text in a number": (Repair.ELEMENT, '<row r="1"><c r="A1"><is><t>x</t></is><v>1</v></c></row>'),
    "a cell of another namespace": (Repair.ELEMENT, '<row r="1"><x:c xmlns:x="x" r="A1"><v>1</v></x:c></row>'),
    "two tables of cells": (Repair.ELEMENT, f"{ONE_CELL}</sheetData><sheetData>"),
}


@pytest.mark.parametrize(("expected", "cells"), WRONG_CELLS.values(), ids=WRONG_CELLS)
def test_a_sheet_is_refused_for_one_mistake(tmp_path: Path, expected: Repair, cells: str) -> None:
    path = write_parts(tmp_path / "form.xlsx", workbook_parts(cells))
    assert reason(path, path.read_bytes()) == expected


@pytest.mark.parametrize("behind", [b"x", bytes(22), b"PK\x05\x06" + bytes(18)])
def test_bytes_behind_the_zip_are_refused(tmp_path: Path, behind: bytes) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(bases()["xlsxwriter"] + behind)
    assert isinstance(read_workbook(path), ReadFailure)


def test_every_reason_has_its_words_and_its_example() -> None:
    given = {repair for repair, _ in (*WRONG_PACKAGES.values(), *WRONG_CELLS.values())}
    assert (set(topic("files")["repair"]), given) == (set(Repair), set(Repair))


def test_an_ods_is_held_to_its_zip(tmp_path: Path) -> None:
    path = write_open_document(tmp_path / "form.ods", "")
    entries = entries_of(path.read_bytes())
    entries.append(Entry("Content.xml", entries[-1].content))
    path.write_bytes(zipped(entries))
    facts = {"repair": "twin_parts", "where": "content.xml"}
    assert read_workbook(path) == ReadFailure(FileProblem.EXCEL_WOULD_REPAIR, facts, FileKind.ODS)


RIGHT_PACKAGES: dict[str, Edit] = {
    "as it is": lambda _: None,
    "entries in another order": lambda entries: entries.reverse(),
    "signed descriptors": lambda entries: [setattr(entry, "descriptor", "signed") for entry in entries],
    "bare descriptors": lambda entries: [setattr(entry, "descriptor", "bare") for entry in entries],
    "long descriptors": lambda entries: [setattr(entry, "descriptor", "long") for entry in entries],
    "stored parts": lambda entries: [setattr(entry, "deflated", False) for entry in entries],
    "names in another case": changed(STRINGS, name="xl/SharedStrings.xml"),
    "names with backslashes": changed(STRINGS, name="xl\\sharedStrings.xml"),
    "a target from the root": swapped(RELATIONS, 'Target="worksheets', 'Target="/xl/worksheets'),
    "a target by a detour": swapped(RELATIONS, 'Target="worksheets', 'Target="../xl/worksheets'),
    "a template": swapped(TYPES, "sheet.main", "template.main"),
}


@pytest.mark.parametrize("edit", RIGHT_PACKAGES.values(), ids=RIGHT_PACKAGES)
def test_what_other_programs_write_is_read_alike(tmp_path: Path, edit: Edit) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(bases()["xlsxwriter"])
    expected = read_workbook(path)
    path.write_bytes(edited(edit))
    assert read_workbook(path) == expected


def test_shared_texts_under_another_name_are_the_ones_that_are_related(tmp_path: Path) -> None:
    """Calamine takes xl/sharedStrings.xml whatever the relations say."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(bases()["xlsxwriter"])
    expected = read_workbook(path)
    entries = entries_of(bases()["xlsxwriter"])
    decoy = Entry(STRINGS, named(entries, STRINGS).content.replace("Đạt".encode(), b"decoy"))
    named(entries, STRINGS).name = "xl/words.xml"
    for name in (RELATIONS, TYPES):
        named(entries, name).content = named(entries, name).content.replace(b"sharedStrings.xml", b"words.xml")
    path.write_bytes(zipped([*entries, decoy]))
    assert read_workbook(path) == expected


NEW_ERRORS = ("SPILL!", "CALC!", "BUSY!", "FIELD!", "BLOCKED!", "CONNECT!", "UNKNOWN!", "EXTERNAL!", "PYTHON!")


@pytest.mark.parametrize("shown", [f"#{name}" for name in (*NEW_ERRORS, "GETTING_DATA")])
def test_an_error_of_a_newer_excel_is_told_at_its_cell(tmp_path: Path, shown: str) -> None:
    cells = (
        f'<row r="1"><c r="A1" t="e"><f>A(1)</f><v>{shown}</v></c><c r="B1" t="str"><f>1</f><v>{shown}</v></c></row>'
    )
    read = read_workbook(write_parts(tmp_path / "form.xlsx", workbook_parts(cells)))
    assert isinstance(read, RawWorkbook)
    assert read.sheets[0].cells == {
        (1, 1): RawCell(shown, None, is_error=True),
        (1, 2): RawCell(shown, None, has_formula=True),
    }


def test_a_workbook_of_1904_that_excel_2013_saved_keeps_its_days(tmp_path: Path) -> None:
    """Its extension has a workbookPr of its own, which calamine takes for the one that tells the date system."""
    parts = workbook_parts('<row r="1"><c r="A1" t="d"><v>2019-06-09</v></c></row>')
    extension = '<extLst><ext uri="{x}"><y:workbookPr xmlns:y="y" chartTrackingRefBase="1"/></ext></extLst></workbook>'
    workbook = parts[WORKBOOK].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    parts[WORKBOOK] = workbook.replace("</workbook>", extension)
    read = read_workbook(write_parts(tmp_path / "form.xlsx", parts))
    assert isinstance(read, RawWorkbook)
    assert read.date_1904


def test_a_zip64_archive_is_read(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**workbook_parts(""), SHEET: sheet_part(ONE_CELL)}.items():
            with package.open(name, "w", force_zip64=True) as part:
                part.write(content.encode())
    assert reason(tmp_path / "form.xlsx", made.getvalue()) == ""


class _Counted(io.BytesIO):
    """Counts how often something is read of it."""

    count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.count += 1
        return super().read(size)


def test_a_tag_or_comment_is_not_read_again_for_each_piece_of_it() -> None:
    """Expat before 2.6 begins such a one anew with each piece: 15 MiB took 2.6 s, 100 MiB two minutes."""
    content = _Counted(b"<a><!--" + b"x" * (3 << 20) + b"--></a>")
    feed(bare_parser(), content)
    assert content.count < 12


def test_a_tag_or_comment_longer_than_any_program_writes_ends_the_reading() -> None:
    content = _Counted(b"<a><!--" + b"x" * (9 << 20) + b"--></a>")
    with pytest.raises(HostileWorkbookError):
        feed(bare_parser(), content)
    assert content.tell() <= 8 << 20
