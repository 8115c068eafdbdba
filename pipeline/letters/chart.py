"""A native chart in a .docx: one DrawingML part, sharp on paper, its figures inside it (ECMA-376 part 1, 21.2).

python-docx has no word for charts. The part (``chart.toml``) holds its values as literals: no workbook is embedded, so
nothing but the report's own figures can be in it.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from pipeline.letters.looks import FONT
from pipeline.letters.report_results import BELOW_BARS, TOP, ChartText, Series, chart_height

_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_PROLOG: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_INK, _PAPER = "1F1F1F", "FFFFFF"
_WIDTH: Final = 150.0
_LEFT, _RIGHT = 20.0, 4.0
"""Millimetres: the names beside the bars; the edge."""


def add_chart(document: Document, paragraph: Paragraph, chart: ChartText, number: int) -> None:
    """Draw a chart inline in a paragraph."""
    name = PackURI(f"/word/charts/chart{number}.xml")
    height = chart_height(chart)
    content = _PROLOG + _space(chart, height)
    relation = document.part.relate_to(Part(name, _CONTENT_TYPE, content.encode(), document.part.package), _RELATED)
    placed = _part(
        "placed",
        width=Mm(_WIDTH),
        height=Mm(height),
        number=number,
        description=escape(chart.alternative, {'"': "&quot;"}),
        relation=relation,
    )
    paragraph.add_run()._r.append(parse_xml(placed))  # noqa: SLF001 - docx has no word for charts


def _part(name: str, /, **values: object) -> str:
    return _parts()[name].format(**values)


@cache
def _parts() -> dict[str, str]:
    written = tomllib.loads(files(__package__).joinpath("chart.toml").read_text(encoding="utf-8"))
    return {name: text.replace("\n", "") for name, text in written.items()}


def _space(chart: ChartText, height: float) -> str:
    text_10 = _text(10)
    return _part(
        "space",
        title=_title(chart.title, 11, bold=True),
        axis_title=_title(chart.axis, 9),
        x=_LEFT / _WIDTH,
        y=TOP / height,
        w=(_WIDTH - _LEFT - _RIGHT) / _WIDTH,
        h=(height - TOP - BELOW_BARS) / height,
        series="".join(_series(place, series, chart.categories) for place, series in enumerate(chart.series)),
        legend=_part("legend", text_10=text_10) if len(chart.series) > 1 else "",
        text_8=_text(8),
        text_9=_text(9),
        text_10=text_10,
    )


def _series(place: int, series: Series, categories: tuple[str, ...]) -> str:
    return _part(
        "series",
        place=place,
        name=escape(series.name),
        colour=series.colour,
        labels=_text(9, _on(series.colour)),
        count=len(categories),
        names=_points(map(escape, categories)),
        values=_points(series.values),
    )


def _points(values: Iterable[object]) -> str:
    return "".join(_part("point", at=at, value=value) for at, value in enumerate(values))


def _on(colour: str) -> str:
    """Ink that can be read on a colour."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return _INK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else _PAPER


def _title(text: str, size: int, *, bold: bool = False) -> str:
    return _part("title", text=escape(text), size=size * 100, bold=int(bold), font=FONT)


def _text(size: int, ink: str = _INK) -> str:
    return _part("text", size=size * 100, ink=ink, font=FONT)
