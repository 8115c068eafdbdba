"""What signs, orders and degrees say on sheets 3 and 9, as they stand in the workbook (l6, l7)."""

import io
from collections.abc import Iterator

import pytest
from committee_content import Story
from openpyxl import Workbook, load_workbook
from several_years import BUILT_ON, LAST, content_of, settings_of
from small_agency import consolidated, objective, plan, report, result

from pipeline.committee import build_workbook
from pipeline.consolidation import consolidate
from pipeline.wording import topic

RESULTS, TRENDS = "3 Kết quả mục tiêu", "9 Xu hướng"
NOT_DUE = "Chưa đến kỳ đánh giá"


def _rows(book: Workbook, title: str, name: str) -> Iterator[dict[str, object]]:
    """The rows of a table by their headers."""
    header, *rows = book[title][book[title].tables[name].ref]
    headers = [str(cell.value) for cell in header]
    return (dict(zip(headers, (cell.value for cell in row), strict=True)) for row in rows)


def _built(story: Story) -> Workbook:
    return load_workbook(io.BytesIO(build_workbook(consolidated(story), {})), data_only=True)


@pytest.fixture(scope="module")
def of_six_periods() -> Workbook:
    workbook = build_workbook(consolidate(content_of(3, 3), settings_of(3), LAST, BUILT_ON), {})
    return load_workbook(io.BytesIO(workbook), data_only=True)


def test_better_and_worse_share_no_sign_with_a_state() -> None:
    """l6: ▲ stood for Vượt and for better alike."""
    signs = topic("committee")["sign"]
    arrows = {each["symbol"] for each in signs["arrow"].values()} - {"–"}
    states = {each["symbol"] for group in ("status", "state", "shift") for each in signs[group].values()}
    assert len(arrows) == 3
    assert arrows & states == set()


def test_the_latest_period_stands_first_below_as_its_heading_says(of_six_periods: Workbook) -> None:
    """l6: the order turned round between two tables of one sheet, and no heading said so."""
    sheet = of_six_periods[TRENDS]
    header = int(sheet.tables["xu_huong"].ref.split(":")[0][1:])
    headings = [str(sheet.cell(row, 1).value) for row in (header - 1, header - 2)]
    assert any("kỳ mới nhất xếp trước" in heading for heading in headings)
    headers = list(next(_rows(of_six_periods, TRENDS, "xu_huong")))
    periods = [each.removeprefix("Kết quả ") for each in headers if each.startswith("Kết quả ")]
    assert periods == ["2019-CN", "2019-6T", "2018-CN", "2018-6T", "2017-CN", "2017-6T"]


def test_above_like_periods_stand_together_in_the_order_of_time(of_six_periods: Workbook) -> None:
    """l6: 6T stood beside CN; the period's own kind comes last, nearest to the chart's end."""
    periods = [row["Kỳ"] for row in _rows(of_six_periods, TRENDS, "qua_cac_ky")]
    assert periods == ["2017-6T", "2018-6T", "2019-6T", "2017-CN", "2018-CN", "2019-CN"]


@pytest.mark.parametrize(
    ("actual", "words"), [(3.5, "không đổi"), (3.54, "không đổi"), (3.6, "kém hơn"), (3.4, "tốt hơn")]
)
def test_a_movement_within_the_typed_decimals_is_none(actual: float, words: str) -> None:
    """l6: any movement counted, of whatever size."""
    story = Story()
    hours = {"measure": "mức", "comparator": "không quá", "unit": "giờ", "target": 4.0, "baseline": 3.5}
    plan(story, "VP", objective(**hours))
    report(story, "VP", result(actual=actual))
    assert [row["So với gốc"] for row in _rows(_built(story), RESULTS, "ket_qua")] == [words]


def test_no_degree_stands_beside_a_ceiling_that_is_not_due() -> None:
    """l7: 250 % and 300 % stood beside "Chưa đến kỳ" for four and three of ten at mid-year."""
    story = Story()
    ceiling = {"measure": "số lũy kế", "unit": "vụ", "target": 10.0, "comparator": "không quá"}
    plan(story, "VP", objective(**ceiling), objective("MT02", **{**ceiling, "comparator": "nhỏ hơn"}))
    report(story, "VP", result(actual=4.0), result("MT02", actual=3.0))
    told = [(row["Trạng thái"], row["Mức độ đạt"]) for row in _rows(_built(story), RESULTS, "ket_qua")]
    assert told == [(NOT_DUE, None)] * 2


def test_in_the_demo_nothing_that_is_not_due_has_more_than_its_whole(values: Workbook) -> None:
    """l7: what is not due has at most reached its target."""
    rows = [row for row in _rows(values, RESULTS, "ket_qua") if row["Trạng thái"] == NOT_DUE]
    assert rows
    assert [row for row in rows if isinstance(row["Mức độ đạt"], float) and row["Mức độ đạt"] > 1] == []
