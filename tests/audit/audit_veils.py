# ruff: noqa: E501 - markup stands on one line
"""Damages that leave every value as it is: what hides a figure, lies over it or leads elsewhere."""

import re
from collections.abc import Callable

from audit_damages import BOOK, STYLES, Damaged, Mailed, _is_number
from compliance_edits import Edit, edited, part_of, part_text, substituted

from pipeline.patching import Package
from pipeline.patching.comments import Note, Size

PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "xl/drawings/drawing1.xml"
_PLACE = "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>21</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>23</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
_SHAPE = f'<xdr:twoCellAnchor>{_PLACE}<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="90" name="a"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="400000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>100 %</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>'


def _figure(mailed: Mailed, number: int) -> str:
    return next(mailed.cells(number, _is_number))


def _inserted(before: str, markup: str) -> Edit:
    """Markup put in front of the first of these elements."""
    return substituted(rf"(<(?:{before})[ />])", rf"{markup}\1")


_AFTER_RULES = "dataValidations|hyperlinks|printOptions|pageMargins"


def _rule(look: str, kind: str = 'type="expression"', number: int = 3) -> Callable[[Mailed], Damaged]:
    """A conditional format over one figure, with a look of its own."""

    def damage(mailed: Mailed) -> Damaged:
        address = _figure(mailed, number)
        styles = part_text(mailed.workbook, STYLES)
        place = int(re.search(r'<dxfs count="(\d+)"', styles)[1])  # type: ignore[index]
        added = substituted(r"(</dxfs>)", rf"<dxf>{look}</dxf>\1")
        rule = f'<conditionalFormatting sqref="{address}"><cfRule {kind} dxfId="{place}" priority="99"><formula>TRUE</formula></cfRule></conditionalFormatting>'
        ruled = edited(
            edited(mailed.workbook, STYLES, added), part_of(mailed.workbook, number), _inserted(_AFTER_RULES, rule)
        )
        return Damaged(ruled, mailed.title(number), address)

    return damage


def _rule_taken_away(mailed: Mailed) -> Damaged:
    part = part_text(mailed.workbook, part_of(mailed.workbook, 10))
    area = re.search(r'<conditionalFormatting sqref="([^"]+)"', part)[1]  # type: ignore[index]
    away = substituted(rf'<conditionalFormatting sqref="{area}">.*?</conditionalFormatting>', "")
    return mailed.with_sheet(10, area, away)


def _look(look: str, before: str = "") -> Callable[[Mailed], Damaged]:
    """A cell format of its own for one figure; ``before``: fonts or fills that it needs."""

    def damage(mailed: Mailed) -> Damaged:
        address = _figure(mailed, 3)
        styles = part_text(mailed.workbook, STYLES)
        counts = {name: re.search(rf'<{name} count="(\d+)"', styles)[1] for name in ("fonts", "fills", "cellXfs")}  # type: ignore[index]
        workbook = mailed.workbook
        if before:
            name = "fonts" if before.startswith("<font") else "fills"
            workbook = edited(workbook, STYLES, substituted(rf"(</{name}>)", rf"{before}\1"))
        made = look.format(**counts)
        workbook = edited(workbook, STYLES, substituted(r"(</cellXfs>)", rf"{made}\1"))
        painted = substituted(rf'<c r="{address}" s="\d+"', f'<c r="{address}" s="{counts["cellXfs"]}"')
        return Damaged(edited(workbook, part_of(workbook, 3), painted), mailed.title(3), address)

    return damage


def _format_of_nothing(mailed: Mailed) -> Damaged:
    formats = substituted(r"(</numFmts>)", r'<numFmt numFmtId="990" formatCode=";;;"/>\1')
    named = Mailed(edited(mailed.workbook, STYLES, formats))
    return _look('<xf numFmtId="990" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>')(named)


def _part_of_a_text_white(mailed: Mailed) -> Damaged:
    address = next(mailed.cells(3, lambda value: value == "Không đạt", is_live=False))
    white = '<r><rPr><sz val="10"/><color rgb="FFFFFFFF"/></rPr><t>Không </t></r><r><t>đạt</t></r>'
    text = substituted(
        rf'<c r="{address}"( s="\d+")[^>]*>.*?</c>', rf'<c r="{address}"\1 t="inlineStr"><is>{white}</is></c>'
    )
    return mailed.with_cell(3, address, text)


def _column_of_width(width: str) -> Callable[[Mailed], Damaged]:
    thin = substituted(r'<col min="3" max="3" width="[^"]*"', f'<col min="3" max="3" width="{width}"')
    return lambda mailed: mailed.with_sheet(3, "C:C", thin)


def _columns_hidden_together(mailed: Mailed) -> Damaged:
    gone = substituted(
        r'<col min="3" max="3" [^>]*/>.*?<col min="4" max="4" [^>]*/>', '<col min="3" max="4" width="9" hidden="1"/>'
    )
    return mailed.with_sheet(3, "D:D", gone)


def _row_of_no_height(mailed: Mailed) -> Damaged:
    flat = substituted(r'<row r="9"( spans="[^"]*")?[^>]*>', r'<row r="9"\1 ht="0" customHeight="1">')
    return mailed.with_sheet(3, "9:9", flat)


def _prompt(mailed: Mailed) -> Damaged:
    address = _figure(mailed, 1)
    prompt = f'<dataValidations count="1"><dataValidation type="whole" showInputMessage="1" promptTitle="Số đúng" prompt="100" sqref="{address}"><formula1>1</formula1></dataValidation></dataValidations>'
    return mailed.with_cell(1, address, _inserted("hyperlinks|printOptions|pageMargins", prompt))


def _name_elsewhere(mailed: Mailed) -> Damaged:
    part = part_text(mailed.workbook, BOOK)
    name, sheet = re.search(r"<definedName name=\"(\w+)\">'?([^'!]+)", part).groups()  # type: ignore[union-attr]
    moved = substituted(rf'(<definedName name="{name}">[^<]*\$)(\d+)<', r"\g<1>13<")
    return Damaged(edited(mailed.workbook, BOOK, moved), sheet, name)


def _name_of_one_sheet(mailed: Mailed) -> Damaged:
    """A name that only one sheet has hides the workbook's own there."""
    part = part_text(mailed.workbook, BOOK)
    name, target, sheet = re.search(r"<definedName name=\"(\w+)\">('?([^'!]+)[^<]*)", part).groups()  # type: ignore[union-attr]
    added = substituted("(</definedNames>)", rf'<definedName name="{name}" localSheetId="0">{target}</definedName>\1')
    return Damaged(edited(mailed.workbook, BOOK, added), sheet, name)


def _table_of_fewer_rows(mailed: Mailed) -> Damaged:
    part, name = "xl/tables/table3.xml", ""
    text = part_text(mailed.workbook, part)
    name, cells = (re.search(rf' {word}="([^"]*)"', text)[1] for word in ("displayName", "ref"))  # type: ignore[index]
    last = int(re.findall(r"\d+", cells)[-1])
    sheet = next(sheet.title for sheet in mailed.values.values() if name in sheet.tables)
    shorter = lambda text: text.replace(f'{last}"', f'{last - 1}"')  # noqa: E731
    return Damaged(edited(mailed.workbook, part, shorter), sheet, name)


def _shape(mailed: Mailed) -> Damaged:
    pasted = substituted("(</xdr:wsDr>)", rf"{_SHAPE}\1")
    return Damaged(edited(mailed.workbook, DRAWING, pasted), mailed.title(1), "B22:D24")


def _chart_moved(mailed: Mailed) -> Damaged:
    """The first chart's corner is pulled up over what stands above it; it is named where it lies and where it lay."""
    row = int(re.search(r"<xdr:row>(\d+)", part_text(mailed.workbook, DRAWING))[1])  # type: ignore[index]
    cells = next(laid for laid in re.findall(r"<xdr:(?:col|row)>(\d+)", part_text(mailed.workbook, DRAWING)))
    assert cells == "0"
    last = re.findall(r"<xdr:(?:col|row)>(\d+)", part_text(mailed.workbook, DRAWING))[2:4]
    corner = f"{chr(ord('A') + int(last[0]))}{int(last[1]) + 1}"
    pulled = edited(mailed.workbook, DRAWING, substituted(rf"<xdr:row>{row}<", "<xdr:row>6<"))
    return Damaged(pulled, mailed.title(1), f"A7:{corner}")


def _on_the_sheet(number: int, before: str, markup: str) -> Callable[[Mailed], Damaged]:
    return lambda mailed: mailed.with_sheet(number, "", _inserted(before, markup))


def _view(attribute: str) -> Callable[[Mailed], Damaged]:
    return lambda mailed: mailed.with_sheet(3, "", substituted("<sheetView ", f"<sheetView {attribute} "))


def _scrolled_away(mailed: Mailed) -> Damaged:
    return mailed.with_sheet(3, "", substituted(r"<sheetView ", '<sheetView topLeftCell="A9" '))


def _sheets_swapped(mailed: Mailed) -> Damaged:
    swapped = substituted(r'(<sheet name="3 [^>]*/>)(<sheet name="4 [^>]*/>)', r"\2\1")
    return Damaged(edited(mailed.workbook, BOOK, swapped), mailed.title(3), "")


def _of_newer_programs(mailed: Mailed) -> Damaged:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    rule = f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{space}"><x14:conditionalFormattings/></ext></extLst>'
    return mailed.with_sheet(3, "", substituted("(</worksheet>)", rf"{rule}\1"))


def _comment(mailed: Mailed) -> Damaged:
    """The note names its cell, and the drawing that it needs the sheet."""
    address, package = _figure(mailed, 1), Package(mailed.workbook)
    package.worksheet(mailed.title(1)).write_comments([Note(address, "Đã sửa: 100 %", "A", Size(200, 80))])
    return Damaged(package.saved(), mailed.title(1), address)


WHITE = '<font><color rgb="FFFFFFFF"/></font>'
_XF = '<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyFont="1" applyFill="1"{more}'
VEILS: dict[str, Callable[[Mailed], Damaged]] = {
    "a rule that paints a figure white": _rule(WHITE),
    "a rule that paints text and ground alike": _rule(
        '<font><color rgb="FF123456"/></font><fill><patternFill><bgColor rgb="FF123456"/></patternFill></fill>'
    ),
    "a rule whose format shows nothing": _rule('<numFmt numFmtId="991" formatCode=";;;"/>'),
    "a rule whose format shows another number": _rule('<numFmt numFmtId="991" formatCode="&quot;100&quot;"/>'),
    "a rule on the first page": _rule(WHITE, number=1),
    "a rule taken away": _rule_taken_away,
    "a format that shows nothing": _format_of_nothing,
    "a figure on a ground of its own colour": _look(
        _XF.format(font=0, fill="{fills}", more="/>"),
        '<fill><patternFill patternType="solid"><fgColor rgb="FF000000"/></patternFill></fill>',
    ),
    "a figure on a dark pattern": _look(
        _XF.format(font=0, fill="{fills}", more="/>"),
        '<fill><patternFill patternType="darkGray"><fgColor rgb="FF000000"/><bgColor rgb="FF000000"/></patternFill></fill>',
    ),
    "a figure on a dark gradient": _look(
        _XF.format(font=0, fill="{fills}", more="/>"),
        '<fill><gradientFill><stop position="0"><color rgb="FF000000"/></stop><stop position="1"><color rgb="FF000000"/></stop></gradientFill></fill>',
    ),
    "a figure pushed aside": _look(
        _XF.format(font=0, fill=0, more=' applyAlignment="1"><alignment horizontal="left" indent="200"/></xf>')
    ),
    "a part of a text white": _part_of_a_text_white,
    "a column of no width": _column_of_width("0"),
    "a column too narrow for its figures": _column_of_width("2"),
    "two columns hidden together": _columns_hidden_together,
    "a row of no height": _row_of_no_height,
    "a prompt over a figure": _prompt,
    "a comment on a figure": _comment,
    "a name that leads elsewhere": _name_elsewhere,
    "a name of one sheet": _name_of_one_sheet,
    "a table of fewer rows": _table_of_fewer_rows,
    "a shape pasted over figures": _shape,
    "a chart pulled over figures": _chart_moved,
    "a picture behind a sheet": _on_the_sheet(2, "tableParts|extLst", f'<picture xmlns:q="{PARTS}" q:id="rId1"/>'),
    "a sheet locked": _on_the_sheet(
        3, "autoFilter|mergeCells|conditionalFormatting|hyperlinks", '<sheetProtection sheet="1"/>'
    ),
    "a rule of newer programs": _of_newer_programs,
    "noughts that are not displayed": _view('showZeros="0"'),
    "formulas in place of values": _view('showFormulas="1"'),
    "a sheet scrolled away": _scrolled_away,
    "sheets in another order": _sheets_swapped,
}
"""The same as the damages of values."""
