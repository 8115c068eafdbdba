"""Forms that stay recognisable and are hostile to whoever marks them."""

from collections.abc import Callable, Iterator

from hostile_packages import (
    APP,
    BOOK,
    BOOK_RELS,
    CORE,
    MAIN,
    SHEET,
    STRINGS,
    STYLES,
    THEME,
    TYPES,
    Maker,
    after,
    before,
    changed,
    flagged,
    packed,
    parts_of,
    retyped,
    sheet_of,
    with_part,
    with_sheet,
    with_sheets,
    without,
)

_ENCRYPTED = 1
_BILLION = (
    b'<!DOCTYPE x [<!ENTITY a "'
    + b"ha" * 50
    + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
_DRAWING = "xl/drawings/drawing1.xml"
_COMMENTS = "xl/comments/comment1.xml"
_SHEET_RELS = "xl/worksheets/_rels/sheet2.xml.rels"
_PARTS = {
    "workbook": BOOK,
    "workbook_rels": BOOK_RELS,
    "styles": STYLES,
    "theme": THEME,
    "core": CORE,
    "app": APP,
    "sheet": SHEET,
    "types": TYPES,
}


def hostile_forms() -> Iterator[tuple[str, Maker]]:
    """Each by name."""
    yield from _damaged_parts()
    yield from _wrong_types()
    yield from _merged()
    yield from _bulky_sheets()
    yield from _bulky_books()
    yield from _entities()
    yield from _drawn()


def _damaged_parts() -> Iterator[tuple[str, Maker]]:
    damages: dict[str, Callable[[bytes], bytes]] = {
        "cut": lambda part: part[: len(part) // 2],
        "empty": lambda _: b"",
        "another_root": lambda _: b"<a/>",
        "bad_utf8": lambda part: part.replace(b">", b">\xff\xfe", 1),
    }
    for name, part in _PARTS.items():
        yield f"encrypted_{name}", flagged(part, _ENCRYPTED)
        for damage, change in damages.items():
            yield f"{damage}_{name}", changed(part, change)
    for name in ("styles", "theme", "core", "app"):
        yield f"missing_{name}", without(_PARTS[name])
    yield "no_calc_pr", changed(BOOK, lambda part: part.replace(b"<calcPr", b"<calcPrX"))


def _wrong_types() -> Iterator[tuple[str, Maker]]:
    for name in ("workbook", "styles", "theme", "core", "sheet"):
        yield f"type_of_{name}_is_word", retyped(_PARTS[name], "application/msword")
    yield "type_of_styles_is_worksheet", retyped(STYLES, f"{_SPREADSHEET}.worksheet+xml")
    yield "type_of_theme_is_comments", retyped(THEME, f"{_SPREADSHEET}.comments+xml")


_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _merged() -> Iterator[tuple[str, Maker]]:
    def merging(*areas: str) -> Maker:
        cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
        return changed(SHEET, after(b"</sheetData>", f"<mergeCells>{cells}</mergeCells>".encode()))

    yield "merged_whole_sheet", merging("A1:XFD1048576")
    yield "merged_below_the_form", merging("A200:XFD1048576")
    yield "merged_seven_million", merging(*(f"A{row}:XFD{row + 42}" for row in range(200, 630, 43)))
    yield "merged_columns", merging("AA1:AZ1048576")
    yield "merged_the_wrong_way_round", merging("XFD1048576:A200")
    yield "merged_fifty_thousand", merging(*(f"A{row}:B{row}" for row in range(200, 50_200)))
    yield "merged_ninety_thousand_cells", merging("A200:Z3660")
    yield "merged_over_each_other", merging(*(f"A{row}:CV{row + 9}" for row in range(200, 290)))


def _bulky_sheets() -> Iterator[tuple[str, Maker]]:
    styled = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % row for row in range(200, 300_200))
    yield "styled_rows_300000", changed(SHEET, before(b"</sheetData>", styled))
    cells = b"".join(b'<row r="%d">' % row + b"<c><v>1</v></c>" * 60 + b"</row>" for row in range(1, 10_001))
    yield "extra_sheet_600000_cells", with_sheet(sheet_of(cells))
    near = b"".join(b'<row r="%d">' % row + b"<c><v>1</v></c>" * 60 + b"</row>" for row in range(1, 2_501))
    yield "extra_sheet_150000_cells", with_sheet(sheet_of(near))
    formats = [
        b'<conditionalFormatting sqref="A%d"><cfRule type="expression" priority="%d"><formula>A1</formula></cfRule>'
        b"</conditionalFormatting>" % (row, row)
        for row in range(1, 50_001)
    ]
    yield "conditional_formats_50000", changed(SHEET, after(b"</sheetData>", b"".join(formats)))
    yield "extra_sheet_conditional_formats_30000", with_sheet(sheet_of(b"", b"".join(formats[:30_000])))
    lists = b"".join(
        b'<dataValidation type="list" sqref="A%d"><formula1>"a,b"</formula1></dataValidation>' % row
        for row in range(1, 50_001)
    )
    yield "extra_sheet_lists_50000", with_sheet(sheet_of(b"", b"<dataValidations>" + lists + b"</dataValidations>"))
    links = b"".join(b'<hyperlink ref="A%d" location="A1"/>' % row for row in range(1, 60_001))
    yield "extra_sheet_links_60000", with_sheet(sheet_of(b"", b"<hyperlinks>" + links + b"</hyperlinks>"))
    formula = b"A1" + b"+A1" * 2_000
    shared = b'<c r="A1"><f t="shared" si="0" ref="A1:A60000">' + formula + b"</f></c>"
    rest = b"".join(b'<row r="%d"><c r="A%d"><f t="shared" si="0"/></c></row>' % (r, r) for r in range(2, 60_001))
    yield "extra_sheet_shared_formulas_60000", with_sheet(sheet_of(b'<row r="1">' + shared + b"</row>" + rest))
    few = b"".join(b'<row r="%d"><c r="A%d"><f t="shared" si="0"/></c></row>' % (r, r) for r in range(2, 3_001))
    yield "extra_sheet_shared_formulas_3000", with_sheet(sheet_of(b'<row r="1">' + shared + b"</row>" + few))
    long = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * 20_000_000 + b"</t></is></c></row>"
    yield "extra_sheet_text_of_20_mb", with_sheet(sheet_of(long))
    runs = b'<c r="A1" t="inlineStr"><is>' + b"<r><t>x</t></r>" * 300_000 + b"</is></c>"
    yield "extra_sheet_rich_runs_300000", with_sheet(sheet_of(b'<row r="1">' + runs + b"</row>"))
    deep = b"<a>" * 300_000 + b"</a>" * 300_000
    yield "deep_nesting_in_sheet", changed(SHEET, after(b"</sheetData>", deep))
    yield "deep_nesting_in_styles", changed(STYLES, before(b"</styleSheet>", deep))
    yield "attributes_200000", changed(SHEET, before(b"</sheetData>", _attributes(200_000)))
    columns = b"".join(b'<col min="%d" max="16384" width="9"/>' % (1 + n % 16_384) for n in range(80_000))
    yield "extra_sheet_columns_80000", with_sheet(sheet_of(b"", b"<cols>" + columns + b"</cols>"))
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield "far_cell", changed(SHEET, before(b"</sheetData>", far))
    yield "far_cell_on_extra_sheet", with_sheet(sheet_of(b'<row r="1"><c r="A1"><v>1</v></c></row>' + far))
    breaks = b"".join(b'<brk id="%d" max="16383" man="1"/>' % row for row in range(100_000))
    yield "extra_sheet_breaks_100000", with_sheet(sheet_of(b"", b"<rowBreaks>" + breaks + b"</rowBreaks>"))
    yield "white_space_100_mb", changed(SHEET, before(b"</sheetData>", b" " * (100 << 20)))
    yield "white_space_25_mb", changed(SHEET, before(b"</sheetData>", b" " * (25 << 20)))
    yield "comment_of_xml_100_mb", changed(SHEET, before(b"</sheetData>", b"<!--" + b"x" * (100 << 20) + b"-->"))


def _attributes(count: int) -> bytes:
    return b"<a " + b" ".join(b'a%d="1"' % n for n in range(count)) + b"/>"


def _bulky_books() -> Iterator[tuple[str, Maker]]:
    def more(element: bytes, one: bytes, count: int) -> Maker:
        return changed(STYLES, before(b"</" + element + b">", one * count))

    font = b'<font><sz val="11"/><name val="Arial"/></font>'
    yield "fonts_100000", more(b"fonts", font, 100_000)
    yield "fonts_40000", more(b"fonts", font, 40_000)
    yield "cell_formats_200000", more(b"cellXfs", b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>', 200_000)
    yield "cell_formats_60000", more(b"cellXfs", b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>', 60_000)
    yield "fills_60000", more(b"fills", b'<fill><patternFill patternType="none"/></fill>', 60_000)
    yield "borders_100000", more(b"borders", b"<border><left/><right/></border>", 100_000)
    yield "differential_100000", changed(STYLES, before(b"</styleSheet>", b"<dxfs>" + b"<dxf/>" * 100_000 + b"</dxfs>"))
    names = b"".join(b'<definedName name="n%d">1</definedName>' % n for n in range(100_000))
    yield "defined_names_100000", changed(BOOK, before(b"<calcPr", b"<definedNames>" + names + b"</definedNames>"))
    yield "sheets_1000", with_sheets({f"S{n}": sheet_of(b"") for n in range(1_000)})
    yield "sheets_300", with_sheets({f"S{n}": sheet_of(b"") for n in range(300)})
    relations = b"".join(b'<Relationship Id="y%d" Type="t" Target="z%d.xml"/>' % (n, n) for n in range(100_000))
    yield "relations_100000", changed(BOOK_RELS, before(b"</Relationships>", relations))
    overrides = b"".join(b'<Override PartName="/z%d.xml" ContentType="text/xml"/>' % n for n in range(100_000))
    yield "overrides_100000", changed(TYPES, before(b"</Types>", overrides))
    strings = b"<si><t>x</t></si>" * 300_000
    yield "shared_strings_300000", changed(STRINGS, lambda part: before(b"</sst>", strings)(part) or _strings(strings))
    one = b"<si><t>" + b"x" * 20_000_000 + b"</t></si>"
    yield "shared_string_of_20_mb", changed(STRINGS, lambda part: before(b"</sst>", one)(part) or _strings(one))
    yield "theme_of_50_mb", changed(THEME, before(b"</a:theme>", b"<a:x/>" * (50 << 20 >> 3)))
    yield "core_of_30_mb", changed(CORE, before(b"</cp:coreProperties>", b"x" * (30 << 20)))


def _strings(items: bytes) -> bytes:
    return f'<sst xmlns="{MAIN}">'.encode() + items + b"</sst>"


def _entities() -> Iterator[tuple[str, Maker]]:
    for name, part in _PARTS.items():
        yield f"entities_in_{name}", changed(part, lambda content: _BILLION + content.replace(b"</", b"&j;</", 1))
    outside = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    yield "outside_entity_in_theme", changed(THEME, lambda content: outside + content)
    yield "utf16_sheet", changed(SHEET, lambda content: content.decode().encode("utf-16"))


def _drawn() -> Iterator[tuple[str, Maker]]:
    drawing = f'<drawing xmlns:r="{_OFFICE}" r:id="rIdD"/>'.encode()
    relation = (
        f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="rIdD" Type="{_OFFICE}/drawing"'
        f' Target="/{_DRAWING}"/></Relationships>'
    ).encode()

    def drawn(content: bytes) -> Maker:
        def make(form: bytes) -> bytes:
            parts = parts_of(form)
            parts[SHEET] = before(b"</worksheet>", drawing)(parts[SHEET])
            return packed({**parts, _SHEET_RELS: relation, _DRAWING: content})

        return make

    anchor = b"<xdr:twoCellAnchor><xdr:from/><xdr:to/></xdr:twoCellAnchor>"
    space = b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
    yield "drawing_damaged", drawn(b"<xdr:wsDr")
    yield "drawing_of_another_kind", drawn(b"<a/>")
    yield "drawing_with_anchors_50000", drawn(space + anchor * 50_000 + b"</xdr:wsDr>")
    yield "sheet_relations_damaged", with_part(_SHEET_RELS, b"<Relationships")
    yield "sheet_relation_to_nothing", with_part(_SHEET_RELS, relation)
    yield "picture_bomb", _with_picture(b"BM" + bytes(30 << 20))
    yield "comments_damaged", _commented(b"<comments")
    several = b'<comment ref="A%d" authorId="0"><text><t>x</t></text></comment>'
    listed = b"".join(several % row for row in range(1, 30_001))
    head = f'<comments xmlns="{MAIN}"><authors><author>a</author></authors><commentList>'.encode()
    yield "comments_30000", _commented(head + listed + b"</commentList></comments>")
    yield (
        "comment_of_nobody",
        _commented(head.replace(b"<author>a</author>", b"") + several % 1 + b"</commentList></comments>"),
    )
    yield "comment_nowhere", _commented(head + several.replace(b"A%d", b"%d") % 1 + b"</commentList></comments>")


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _commented(content: bytes) -> Maker:
    relation = (
        f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="rIdC" Type="{_OFFICE}/comments"'
        f' Target="/{_COMMENTS}"/></Relationships>'
    ).encode()
    return lambda form: packed({**parts_of(form), _SHEET_RELS: relation, _COMMENTS: content})


def _with_picture(content: bytes) -> Maker:
    return with_part("xl/media/image1.bmp", content)
