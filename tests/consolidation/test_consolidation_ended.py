"""What may not vanish: an objective that is *Không còn áp dụng* stays with the document that allows it."""

import datetime as dt
import io

import pytest
from committee_content import Story
from openpyxl import load_workbook
from small_agency import WHOLE_YEAR, consolidated, listed, objective, plan, rate, report, result

from pipeline.committee import build_workbook
from pipeline.consolidation import Committee
from pipeline.letters.report import report_text

DOCUMENT = "145/QĐ-SLĐTBXH ngày 15/4/2019"


def _story() -> Story:
    story = Story()
    plan(story, "VP", objective("MT01", due_on="2019-05-31"), objective("MT02"))
    gone = result("MT02", actual="không áp dụng", approving_document=DOCUMENT)
    report(story, "VP", rate("MT01", 99, 100), gone)
    return story


@pytest.fixture(scope="module")
def committee() -> Committee:
    return consolidated(_story())


def test_it_is_listed_with_its_document_on_sheets_4_and_9(committee: Committee) -> None:
    """h5: in the very period, before any later BM-01 goes on without it."""
    assert listed(committee.ended, "period", "division", "code", "target", "approving_document") == [
        ("2019-6T", "VP", "MT02", 95.0, DOCUMENT)
    ]
    assert listed(committee.shifts, "shift", "code", "year", "target_before", "target", "document") == [
        ("ended", "MT02", "2019", 95.0, None, DOCUMENT)
    ]


def test_its_document_stands_in_the_workbook_and_it_is_counted_on_the_first_page(committee: Committee) -> None:
    """h5: sheets 4 and 9, and the line of states."""
    book = load_workbook(io.BytesIO(build_workbook(committee, {})), data_only=True)
    sheets = [sheet.title for sheet in book if any(DOCUMENT in row for row in sheet.iter_rows(values_only=True))]
    assert sheets == ["4 Không đạt", "9 Xu hướng"]
    words, counts = ([cell.value for cell in book["1 Tổng quan"][row]] for row in (8, 9))
    assert counts[words.index("Không còn áp dụng")] == 1


def test_the_report_names_it(committee: Committee) -> None:
    """h5: section III of the covering report."""
    assert f"Không còn áp dụng: VP MT02 (theo {DOCUMENT})." in report_text(committee).sections[2].blocks


def test_what_is_reported_again_later_is_no_longer_ended() -> None:
    """h5: the latest report counts."""
    story = _story()
    both = (rate(code, 99, 100, data_as_of="2019-10-31", full_year_estimate=99.0) for code in ("MT01", "MT02"))
    report(story, "VP", *both, period="2019-CN")
    committee = consolidated(story, WHOLE_YEAR, dt.date(2019, 11, 20))
    assert committee.ended.empty
    assert committee.shifts.empty
