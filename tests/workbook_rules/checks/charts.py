"""Charts that say what they show, in two dimensions, on one scale a unit."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workbook_rules.reader import Chart, ReadWorkbook

_MOST_PARTS = 3
_PIES = ("pieChart", "ofPieChart", "doughnutChart")


def words(book: ReadWorkbook) -> Iterator[str]:
    """Every chart has a title, a title on each axis, and an alternative text."""
    for chart in _charts(book):
        titled = [chart.root.find("chart"), *_axes(chart)]
        if not chart.alternative.strip() or not all(_title(one) for one in titled if one is not None):
            yield chart.place


def _charts(book: ReadWorkbook) -> Iterator[Chart]:
    return (chart for sheet in book.sheets for chart in sheet.charts)


def _axes(chart: Chart) -> list[Element]:
    return [axis for kind in ("catAx", "valAx", "dateAx") for axis in chart.root.iter(kind)]


def _title(holder: Element) -> str:
    title = holder.find("title")
    if title is None:
        return ""
    return "".join(part.text or "" for name in ("t", "v") for part in title.iter(name)).strip()


def kinds(book: ReadWorkbook) -> Iterator[str]:
    """No third dimension, no pie of more than three parts."""
    for chart in _charts(book):
        tags = {element.tag for element in chart.root.iter()}
        parts = [
            len(list(_points(series))) for pie in _PIES for one in chart.root.iter(pie) for series in one.iter("ser")
        ]
        if any("3D" in tag or tag == "surfaceChart" for tag in tags) or max(parts, default=0) > _MOST_PARTS:
            yield chart.place


def _points(series: Element) -> Iterator[Element]:
    values = series.find("val")
    return iter(()) if values is None else values.iter("pt")


def scales(book: ReadWorkbook) -> Iterator[str]:
    """Shares are shown from 0 to 1, so that the same share is as long in every chart; nothing begins above zero."""
    for chart in _charts(book):
        for axis in chart.root.iter("valAx"):
            bounds = [_value(axis, "scaling/min"), _value(axis, "scaling/max")]
            is_share = "%" in _value(axis, "numFmt", "formatCode")
            begins_above = bounds[0] not in {"", "0"} and float(bounds[0]) > 0
            if begins_above or (is_share and bounds != ["0", "1"]):
                yield chart.place


def _value(axis: Element, path: str, name: str = "val") -> str:
    found = axis.find(path)
    return "" if found is None else found.get(name, "")
