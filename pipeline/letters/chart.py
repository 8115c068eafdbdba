"""A native chart in a .docx: one DrawingML part, sharp on paper, its figures inside it (ECMA-376 part 1, 21.2).

python-docx has no word for charts. The part holds its values as literals: no workbook is embedded, so nothing but the
report's own figures can be in it.
"""

from typing import Final
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from pipeline.letters.looks import FONT
from pipeline.letters.report_results import ChartText, Series

_CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PLACED: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_INK, _GRID = "1F1F1F", "D9D9D9"
_CATEGORIES_AXIS, _VALUES_AXIS = 111_111_111, 222_222_222
_WIDTH: Final = 150.0
_TOP, _BOTTOM, _BAR = 9.0, 17.0, 4.2
_LEFT, _RIGHT = 20.0, 4.0
"""Millimetres: the title above the bars; axis, its title and legend below; one bar; the names beside; the edge."""


def add_chart(document: Document, paragraph: Paragraph, chart: ChartText, number: int) -> None:
    """Draw a chart inline in a paragraph."""
    name = PackURI(f"/word/charts/chart{number}.xml")
    height = _TOP + _BAR * len(chart.categories) + _BOTTOM
    part = Part(name, _CONTENT_TYPE, _chart_part(chart, height).encode(), document.part.package)
    relation = document.part.relate_to(part, f"{_RELATED}/chart")
    placed = parse_xml(_placed(chart, relation, number, height))
    paragraph.add_run()._r.append(placed)  # noqa: SLF001 - docx has no word for charts


def _placed(chart: ChartText, relation: str, number: int, height: float) -> str:
    description = escape(chart.alternative, {'"': "&quot;"})
    return (
        f'<w:drawing xmlns:w="{_WORD}" xmlns:wp="{_PLACED}" xmlns:a="{_DRAWING}" xmlns:c="{_CHART}"'
        f' xmlns:r="{_RELATED}">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{Mm(_WIDTH)}" cy="{Mm(height)}"/>'
        f'<wp:docPr id="{number}" name="Chart {number}" descr="{description}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def _chart_part(chart: ChartText, height: float) -> str:
    series = "".join(_series(place, series, chart.categories) for place, series in enumerate(chart.series))
    bars = (
        '<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="40"/><c:overlap val="100"/>'
        f'<c:axId val="{_CATEGORIES_AXIS}"/><c:axId val="{_VALUES_AXIS}"/></c:barChart>'
    )
    legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text_look(10)}</c:legend>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_RELATED}"><c:roundedCorners val="0"/>'
        f'<c:chart>{_title(chart.title, 11, bold=True)}<c:autoTitleDeleted val="0"/>'
        f"<c:plotArea>{_inner_area(height)}{bars}{_axes(chart.axis)}</c:plotArea>"
        f"{legend if len(chart.series) > 1 else ''}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:spPr><a:ln w="6350">{_fill("A6A6A6")}</a:ln></c:spPr>{_text_look(10)}</c:chartSpace>'
    )


def _inner_area(height: float) -> str:
    """The bars' own area, fixed: programs left to themselves squeeze it until every second name is gone."""
    shares = {
        "x": _LEFT / _WIDTH,
        "y": _TOP / height,
        "w": (_WIDTH - _LEFT - _RIGHT) / _WIDTH,
        "h": (height - _TOP - _BOTTOM) / height,
    }
    values = "".join(f'<c:{name} val="{share:.4f}"/>' for name, share in shares.items())
    fixed = f'<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>{values}'
    return f"<c:layout><c:manualLayout>{fixed}</c:manualLayout></c:layout>"


def _series(place: int, series: Series, categories: tuple[str, ...]) -> str:
    names = "".join(f'<c:pt idx="{at}"><c:v>{escape(name)}</c:v></c:pt>' for at, name in enumerate(categories))
    values = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(series.values))
    count = f'<c:ptCount val="{len(categories)}"/>'
    visible = "".join(
        f'<c:{name} val="{int(name == "showVal")}"/>'
        for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    )
    # A zero has no bar and gets no label.
    labels = (
        f'<c:dLbls><c:numFmt formatCode="0;;" sourceLinked="0"/>{_text_look(9, _on(series.colour))}{visible}</c:dLbls>'
    )
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:v>{escape(series.name)}</c:v></c:tx>'
        f'<c:spPr>{_fill(series.colour)}</c:spPr><c:invertIfNegative val="0"/>{labels}'
        f"<c:cat><c:strLit>{count}{names}</c:strLit></c:cat>"
        f"<c:val><c:numLit><c:formatCode>0</c:formatCode>{count}{values}</c:numLit></c:val></c:ser>"
    )


def _on(colour: str) -> str:
    """Ink that can be read on a colour."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return _INK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "FFFFFF"


def _axes(title: str) -> str:
    return (
        f'<c:catAx><c:axId val="{_CATEGORIES_AXIS}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'{_text_look(8)}<c:crossAx val="{_VALUES_AXIS}"/><c:crosses val="autoZero"/>'
        '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="60"/><c:tickLblSkip val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUES_AXIS}"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/><c:majorGridlines><c:spPr><a:ln w="6350">{_fill(_GRID)}</a:ln></c:spPr>'
        f"</c:majorGridlines>{_title(title, 9)}"
        '<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{_text_look(9)}<c:crossAx val="{_CATEGORIES_AXIS}"/><c:crosses val="max"/>'
        "</c:valAx>"
    )


def _title(text: str, size: int, *, bold: bool = False) -> str:
    look = f'lang="vi-VN" sz="{size * 100}" b="{int(bold)}"'
    run = f"<a:r><a:rPr {look}>{_fill(_INK)}{_font()}</a:rPr><a:t>{escape(text)}</a:t></a:r>"
    return f'<c:title><c:tx><c:rich><a:bodyPr/><a:p>{run}</a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'


def _text_look(size: int, ink: str = _INK) -> str:
    look = f'<a:defRPr sz="{size * 100}" b="0">{_fill(ink)}{_font()}</a:defRPr>'
    return f'<c:txPr><a:bodyPr/><a:p><a:pPr>{look}</a:pPr><a:endParaRPr lang="vi-VN"/></a:p></c:txPr>'


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _font() -> str:
    return f'<a:latin typeface="{FONT}"/><a:cs typeface="{FONT}"/>'
