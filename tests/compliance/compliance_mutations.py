"""Each rule and the workbooks that break it, each by one edit of a good one: rule, name, part, edit.

A part is a sheet's number or a path inside the package; addresses are those of the demo's six months.
"""

from compliance_edits import Edit, blank_cell, cell, formula_cell, number_cell, replaced, substituted, text_cell
from workbook_rules import Rule

WORKBOOK, STYLES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
CHART, DRAWING, CORE = "xl/charts/chart{}.xml", "xl/drawings/drawing1.xml", "docProps/core.xml"
RELATIONS = "xl/worksheets/_rels/sheet3.xml.rels"
Mutation = tuple[Rule, str, str | int, Edit]


def _before_end(extra: str) -> Edit:
    return replaced("</worksheet>", f"{extra}</worksheet>")


def _blank_row(row: int) -> Edit:
    return substituted(rf'<row r="{row}".*?</row>', f'<row r="{row}"/>')


def _without_print_area(number: int) -> Edit:
    return substituted(rf'<definedName name="_xlnm.Print_Area" localSheetId="{number - 1}">.*?</definedName>', "")


def _page_at(row: int) -> Edit:
    """One more page, which begins at a row."""
    return substituted(r"<rowBreaks[^>]*>", rf'\g<0><brk id="{row - 1}" max="16383" man="1"/>')


def _linked_to(target: str) -> Edit:
    return substituted(r'Target="\.\./\.\.[^"]*"', f'Target="{target}"')


def _format(code: str) -> Edit:
    return replaced('formatCode="#,##0.0#"', f'formatCode="{code}"')


def _error(address: str) -> Edit:
    return cell(address, "e", "<v>#N/A</v>")


def _rule_over(area: str, overlay: int) -> Edit:
    rule = f'<cfRule type="expression" dxfId="{overlay}" priority="99"><formula>TRUE</formula></cfRule>'
    formatting = f'<conditionalFormatting sqref="{area}">{rule}</conditionalFormatting>'
    return substituted(r"</sheetData>", f"</sheetData>{formatting}")


def _pie(text: str) -> str:
    return text.replace("<c:barChart>", "<c:pieChart>").replace("</c:barChart>", "</c:pieChart>")


SHAPE: tuple[Mutation, ...] = (
    (Rule.SHEETS, "another title", WORKBOOK, replaced('name="12 Ghi chú"', 'name="12 Chú giải"')),
    (Rule.OPENING, "another tab", WORKBOOK, replaced("<workbookView ", '<workbookView activeTab="2" ')),
    (
        Rule.OPENING,
        "another cell",
        1,
        substituted(r"(<sheetView [^>]*)/>", r'\1><selection activeCell="C9"/></sheetView>'),
    ),
    (Rule.OPENING, "two tabs at once", 2, replaced("<sheetView ", '<sheetView tabSelected="1" ')),
    (
        Rule.TABLES,
        "a name twice",
        "xl/tables/table2.xml",
        substituted(r'displayName="\w+"', 'displayName="tinh_hinh_nop"'),
    ),
    (Rule.TABLES, "a header of its own", 3, text_cell("C5", "Mục tiêu")),
    (
        Rule.UNMERGED,
        "two cells made one",
        3,
        replaced("</sheetData>", '</sheetData><mergeCells><mergeCell ref="B7:B8"/></mergeCells>'),
    ),
    (Rule.NO_BLANK_ROWS, "a row emptied", 4, _blank_row(7)),
)
FORMULAS: tuple[Mutation, ...] = (
    (Rule.TOTALS, "a key figure typed", 1, number_cell("C9", 60)),
    (Rule.TOTALS, "a total typed", 7, number_cell("C17", 9)),
    (Rule.TOTALS, "a pooled rate typed", 6, number_cell("I6", 97.5)),
    (Rule.TOTALS, "a count of sheet 10 typed", 10, number_cell("F6", 60)),
    (Rule.TOTALS, "a number in the block of key figures", 1, number_cell("D9", 60)),
    (Rule.CACHED, "a value lost", 6, substituted(r'(<c r="B6"[^>]*><f>[^<]*</f>)<v>[^<]*</v>', r"\1")),
    (Rule.SHORT, "201 signs", 6, formula_cell("B6", "1" + "+0" * 99 + "+")),
    (Rule.STEADY, "today", 6, formula_cell("B6", "TODAY()-43000")),
    (Rule.STEADY, "a shifted block", 6, formula_cell("B6", "SUM(OFFSET($G$13,1,0,3,1))")),
    (Rule.OLD_FUNCTIONS, "XLOOKUP", 6, formula_cell("B6", "_xlfn.XLOOKUP($A$6,$A$6,$A$6)")),
    (Rule.OLD_FUNCTIONS, "SORT, prefix and all", 6, formula_cell("B6", "_xlfn._xlws.SORT($G$13:$G$20)")),
    (Rule.OLD_FUNCTIONS, "a spilled block", 6, formula_cell("B6", "SUM($A$6#)")),
    (Rule.OLD_FUNCTIONS, "a dynamic array", 6, replaced('<c r="B6"', '<c cm="1" r="B6"')),
    (
        Rule.EXTENSIONS,
        "an x14 block",
        3,
        _before_end('<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"/></extLst>'),
    ),
    (Rule.PLAIN_REFERENCES, "a column of a table", 6, formula_cell("B6", "COUNTA(phan_cua_phong[Mã])")),
    (Rule.PLAIN_REFERENCES, "another workbook", 6, formula_cell("B6", "SUM('[1]Tổng'!$A$1:$A$9)")),
    (Rule.CRITERIA, "a wildcard", 6, formula_cell("B6", 'COUNTIF($A$13:$A$20,"MC*")')),
    (Rule.CRITERIA, "a sentence", 6, formula_cell("B6", "COUNTIFS($A$13:$A$20,$A$6,$D$13:$D$20,$D$13)")),
    (Rule.CRITERIA, "a sentence looked for", 6, formula_cell("B6", "MATCH($D$13,$D$13:$D$20,0)")),
    (Rule.CRITERIA, "a joined text", 6, formula_cell("B6", 'SUMIF($A$13:$A$20,"<"&$A$6,$G$13:$G$20)')),
    (Rule.NO_ERRORS, "an error in a cell", 3, _error("G7")),
    (Rule.NO_ERRORS, "a lost reference", 6, formula_cell("B6", "SUM(#REF!)")),
    (
        Rule.NO_ERRORS,
        "a lost name",
        WORKBOOK,
        replaced("<definedNames>", '<definedNames><definedName name="x">#REF!</definedName>'),
    ),
)
FIGURES: tuple[Mutation, ...] = (
    (Rule.NUMBERS, "a number as text", 3, text_cell("I7", "95,5")),
    (Rule.NUMBERS, "a percentage as text", 3, text_cell("I7", "95,5 %")),
    (Rule.DATES, "a day as text", 3, text_cell("X7", "31/12/2019")),
    (Rule.DATES, "an ISO day as text", 3, text_cell("X7", "2019-12-31")),
    (Rule.FORMATS, "a Vietnamese separator", STYLES, _format("#.##0,0")),
    (Rule.UNITS, "a unit behind a number", 3, text_cell("I7", "12 ngày")),
    (Rule.UNITS, "a unit in a format", STYLES, _format("#,##0.0#&quot;m&quot;")),
)
LOOKS: tuple[Mutation, ...] = (
    (Rule.SIGNS, "a colour without a word", 3, blank_cell("M6")),
    (Rule.SIGNS, "a word without a symbol", STYLES, replaced('formatCode="&quot;× &quot;@"', 'formatCode="@"')),
    (Rule.LIVE_SIGNS, "a live colour without a word", 12, _rule_over("A1:A2", 6)),
    (Rule.CONTRAST, "pale ink", STYLES, substituted(r'(<fonts.*?)rgb="FF7A0C0C"', r'\1rgb="FFD08A8A"')),
    (Rule.CONTRAST, "pale ink of a rule", STYLES, substituted(r'(<dxfs.*?)rgb="FF14532D"', r'\1rgb="FFA9D3B3"')),
    (Rule.FONT, "a cell", STYLES, replaced('<name val="Times New Roman"/>', '<name val="Calibri"/>')),
    (Rule.FONT, "a chart", CHART.format(2), replaced('typeface="Times New Roman"', 'typeface="Arial"')),
    (Rule.FONT, "a page's head", 4, replaced('&amp;"Times New Roman,Regular"', '&amp;"Arial,Regular"')),
    (Rule.WIDTHS, "narrow columns", 3, substituted(r'(<col min="21" [^>]*?width=)"[\d.]+"', r'\1"3"')),
    (Rule.CHART_WORDS, "no alternative text", DRAWING, substituted(r' descr="[^"]*"', "")),
    (
        Rule.CHART_WORDS,
        "an axis without a title",
        CHART.format(1),
        substituted(r"(<c:catAx>.*?)<c:title>.*?</c:title>", r"\1"),
    ),
    (Rule.CHART_WORDS, "no title", CHART.format(1), substituted(r"(<c:chart>)<c:title>.*?</c:title>", r"\1")),
    (Rule.CHART_KINDS, "three dimensions", CHART.format(1), replaced("<c:plotArea>", "<c:view3D/><c:plotArea>")),
    (Rule.CHART_KINDS, "a pie of ten parts", CHART.format(1), _pie),
    (Rule.CHART_SCALES, "bars that begin at 2", CHART.format(1), replaced('<c:min val="0"/>', '<c:min val="2"/>')),
)
PAPER: tuple[Mutation, ...] = (
    (Rule.PAPER, "upright", 5, replaced('orientation="landscape"', 'orientation="portrait"')),
    (Rule.PAPER, "Letter", 5, replaced('paperSize="9"', 'paperSize="1"')),
    (Rule.PAPER, "not fitted", 5, replaced('<pageSetUpPr fitToPage="1"/>', "")),
    (Rule.HEADER_ROWS, "another row", WORKBOOK, substituted(r"(Print_Titles\"[^>]*>'3 [^<]*!)\$5:\$5", r"\1$4:$4")),
    (Rule.PAGE_HEADERS, "no number", 5, replaced("&amp;P", "")),
    (Rule.PAGE_HEADERS, "another agency", 5, replaced("Sở Lao động", "Sở Nội vụ")),
    (Rule.PRINT_AREAS, "a row left out", WORKBOOK, substituted(r"(Print_Area\"[^>]*>'3 [^<]*\$R\$)\d+", r"\g<1>64")),
    (Rule.PRINT_SIZE, "a broad column", 2, substituted(r'(<col min="2" [^>]*?width=)"[\d.]+"', r'\1"60"')),
    (Rule.PRINT_SIZE, "a chart in small print", CHART.format(1), replaced('sz="1000"', 'sz="800"')),
    (Rule.FROZEN, "objectives with their statements", 3, replaced('xSplit="2"', 'xSplit="4"')),
    (Rule.FOREIGN_HEADERS, "a page between tables", 9, _page_at(95)),
    (Rule.PAGE_FEET, "a header at the foot", 3, _page_at(6)),
    (Rule.PRINT_AREAS, "none", WORKBOOK, _without_print_area(3)),
)
CONTENT: tuple[Mutation, ...] = (
    (Rule.TEXT_STAYS_TEXT, "a formula of people", 3, text_cell("C7", "=1+1")),
    (Rule.TEXT_STAYS_TEXT, "a telephone number", 4, text_cell("J6", "+84 299 3822")),
    (Rule.LINKS, "to no sheet", 1, substituted(r"location=\"'3 [^']*'!A6\"", "location=\"'3 Kết quả'!A6\"")),
    (Rule.LINKS, "beyond the sheet", 1, substituted(r"(location=\"'3 [^']*'!)A6\"", r'\1A9999"')),
    (Rule.LINKS, "to the web", RELATIONS, _linked_to("https://so.vn/a")),
    (Rule.LINKS, "to a place of one machine", RELATIONS, _linked_to("file:///a")),
    (Rule.CONTROLS, "a line that fails", 10, cell("I6", "str", "<f>IF(E6=F6,1,2)</f><v>KHÔNG ĐẠT</v>")),
    (Rule.CONTROLS, "another line on sheet 1", 1, substituted(r'(<c r="A5".*?<v>)[^<]*', r"\1mọi phép đối chiếu ĐẠT.")),
    (Rule.HEADLINE, "27 for 26", STRINGS, replaced("đạt 26 mục tiêu", "đạt 27 mục tiêu")),
    (Rule.CREATED, "by the clock", CORE, substituted(r"(<dcterms:created[^>]*>[^T]*T)00:00:00", r"\g<1>08:15:42")),
    (Rule.CREATED, "another day", CORE, substituted(r"2019-06-13T", "2019-06-14T", count=0)),
)
MUTATIONS = (*SHAPE, *FORMULAS, *FIGURES, *LOOKS, *PAPER, *CONTENT)
