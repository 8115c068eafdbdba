"""The agency's own objectives: how many divisions are in, what is provisional, and a missed one before all else."""

import datetime as dt

import pytest
from committee_content import Story
from small_agency import SIX_MONTHS, WHOLE_YEAR, consolidated, listed, objective, plan, rate, report, result

from pipeline.committee.headline import headline_text
from pipeline.consolidation import Committee
from pipeline.consolidation.matter_words import matter_texts
from pipeline.letters.report import report_text

YEAR_END = dt.date(2019, 11, 20)


def _year(reached: int, *, all_in: bool = True) -> Committee:
    """Both divisions serve MC1 (at least 95 %) and reach their own lower targets; KHTC may still be silent."""
    story = Story()
    for division in ("VP", "KHTC"):
        plan(story, division, objective(agency_objective="MC1", target=50.0, due_on="2019-10-31"))
    for division in ("VP", "KHTC") if all_in else ("VP",):
        report(story, division, rate("MT01", reached, 100, data_as_of="2019-10-31"), period="2019-CN")
    return consolidated(story, WHOLE_YEAR, YEAR_END)


@pytest.mark.parametrize(("all_in", "remark", "divisions_in"), [(True, "", 2), (False, "provisional", 1)])
def test_before_all_divisions_are_in_the_state_is_provisional(all_in: bool, remark: str, divisions_in: int) -> None:  # noqa: FBT001
    """h7: "98,7 %, mới có 4/6 Phòng"."""
    rows = _year(99, all_in=all_in).agency_objectives
    columns = ("code", "status", "remark", "divisions_in", "divisions")
    assert listed(rows, *columns)[0] == ("MC1", "Đạt", remark, divisions_in, 2)


def test_a_sum_short_of_its_floor_has_no_state_before_all_are_in() -> None:
    """h7: what is missing may yet reach it."""
    story, sums = Story(), {"measure": "số lũy kế", "unit": "lớp", "target": 3.0, "agency_objective": "MC2"}
    for division in ("VP", "KHTC"):
        plan(story, division, objective(**sums, due_on="2019-10-31"))
    report(story, "VP", result(actual=4.0, data_as_of="2019-10-31"), period="2019-CN")
    columns = ("code", "value", "status", "remark")
    assert listed(consolidated(story, WHOLE_YEAR, YEAR_END).agency_objectives, *columns)[1] == ("MC2", 4.0, None, "")


def test_a_missed_one_is_in_the_headline_though_every_division_reached_its_own() -> None:
    """d1: "all achieved" is never said alone while the agency's own objective is missed."""
    text = headline_text(_year(90))
    assert text.startswith(
        "1 mục tiêu chung của Sở không đạt (MC1). Đến kỳ đánh giá 2 trong 2 mục tiêu đã đăng ký, tất cả đều đạt."
    )


def test_a_missed_one_is_the_first_matter_for_decision() -> None:
    """h7, d1: with its figure, and that not all divisions are in."""
    decisions = _year(90, all_in=False).decisions
    assert decisions["matter"].iloc[0] == "agency_not_met"
    assert matter_texts(decisions)[0].title == (
        "Mục tiêu chung của Sở không đạt: Đúng hạn (90%, chỉ tiêu ít nhất 95%, tạm tính: mới có 1/2 Phòng)"
    )


def test_a_missed_one_is_in_section_iii_of_the_report_and_its_first_proposal() -> None:
    """d1: the covering report does not say that nothing was missed."""
    sections = report_text(_year(90)).sections
    assert sections[2].blocks[0] == "Mục tiêu chung của Sở không đạt: MC1 Đúng hạn (90%, chỉ tiêu ít nhất 95%)."
    assert str(sections[-1].blocks[1]).startswith("1. Mục tiêu chung của Sở không đạt: Đúng hạn (90%")


def test_nothing_is_said_of_the_agency_where_nothing_is_missed() -> None:
    assert "chung" not in headline_text(_year(99))
    assert "agency_not_met" not in set(consolidated(Story(), SIX_MONTHS).decisions["matter"])
