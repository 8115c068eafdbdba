"""Forms that are small, and in which somebody must look through the same signs again and again."""

from collections.abc import Iterator

from hostile_packages import BOOK, SHEET, STYLES, Maker, before, changed, sheet_of, with_sheet

_MANY = 200_000


def hostile_signs() -> Iterator[tuple[str, Maker]]:
    """Each by name."""
    yield from _comments()
    for name in ("Print_Area", "Print_Titles"):
        yield f"quotation_marks_in_{name.lower()}", _named(name, b"'" * _MANY)
        yield f"quotation_marks_in_{name.lower()}_2000", _named(name, b"'" * 2_000)
        yield f"areas_in_{name.lower()}", _named(name, b"A!$1:$1," * (_MANY // 8))
    yield "link_of_a_whole_sheet", _extra(b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>')
    head = b"<headerFooter><oddHeader>%b</oddHeader></headerFooter>"
    yield "header_of_signs", _extra(head % (b"&amp;L&quot;a,b&quot;" * (_MANY // 20)))
    places = b" ".join(b"A%d" % row for row in range(1, _MANY))
    listed = b'<dataValidations><dataValidation type="list" sqref="%b"/></dataValidations>'
    yield "list_for_200000_areas", _extra(listed % places)
    code = b'<numFmt numFmtId="999" formatCode="' + b"&quot;[" * (_MANY // 7) + b'"/>'
    yield "number_format_of_signs", changed(STYLES, before(b"</numFmts>", code))
    for name, formula in (("brackets", b"("), ("quotation_marks", b'"'), ("digits", b"1")):
        yield f"shared_formula_of_{name}", with_sheet(sheet_of(_shared(formula * _MANY)))


def _comments() -> Iterator[tuple[str, Maker]]:
    for name, unfinished in (
        ("rows", b"<row "),
        ("formulas", b"<f t='shared' si='1' "),
        ("merges", b"<mergeCell ref='A1:B2' "),
        ("heights", b'<row customHeight="1" '),
    ):
        comment = b"<!--" + unfinished * (3_000_000 // len(unfinished)) + b"-->"
        yield f"unfinished_{name}_in_a_comment", changed(SHEET, before(b"</sheetData>", comment))
    yield "comment_of_xml_3_mb", changed(SHEET, before(b"</sheetData>", b"<!--" + b"x" * (3 << 20) + b"-->"))
    text = b'<row r="900"><c r="A900" t="inlineStr"><is><t>' + b"_x000" * _MANY + b"</t></is></c></row>"
    yield "text_of_unfinished_escapes", with_sheet(sheet_of(text))


def _named(name: str, text: bytes) -> Maker:
    one = b'<definedName name="_xlnm.' + name.encode() + b'" localSheetId="0">' + text + b"</definedName>"
    return changed(BOOK, before(b"<calcPr", b"<definedNames>" + one + b"</definedNames>"))


def _extra(more: bytes) -> Maker:
    return with_sheet(sheet_of(b"", more))


def _shared(formula: bytes) -> bytes:
    first = b'<c r="A1"><f t="shared" si="0" ref="A1:B1">' + formula + b"</f></c>"
    return b'<row r="1">' + first + b'<c r="B1"><f t="shared" si="0"/></c></row>'
