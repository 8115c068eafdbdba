"""A quality policy that is issued anew in mid-year: d3."""

import datetime as dt
from typing import Any

import pandas as pd
from committee_content import Story
from small_agency import listed, small_settings, view

from pipeline.consolidation.coverage import coverage, due_day, people
from pipeline.consolidation.sources import sources
from pipeline.consolidation.still_due import outstanding_forms, policies_to_tell
from pipeline.obligations import duties, obligation_states
from pipeline.settings import Period, Settings

PLAN, HALF, YEAR = (Period.parse(f"2019-{kind}") for kind in ("KH", "6T", "CN"))
IN_MAY = dt.date(2019, 5, 20)


def _settings(*approvals: dt.date, days: int = 30) -> Settings:
    """CSCL-1 of 2018, then CSCL-2 and so on, approved on these days."""
    told = small_settings().model_dump()
    points = told["policy_versions"][0]["points"]
    anew = [{"version": f"CSCL-{n}", "approved_on": day, "points": points} for n, day in enumerate(approvals, 2)]
    told["policy_versions"] = [*told["policy_versions"], *anew]
    return Settings.model_validate({**told, "thresholds": {"policy_days": days}})


REISSUED = _settings(dt.date(2019, 4, 15))


def _person(code: str, version: str, **told: Any) -> dict[str, Any]:  # noqa: ANN401 - a row is of any values
    row = {"staff_code": code, "full_name": f"Người {code}", "understood": "có", "communicated_on": "2019-03-16"}
    return {**row, "policy_version": version, **told}


def _form(story: Story, division: str, period: str, *rows: dict[str, Any], arrived: str = "2019-03-20 08:00") -> int:
    return story.add("BM-03", division, period, arrived, {"cover": [{}], "policy": rows})


def _former() -> Story:
    """Everybody of VP and KHTC was told of CSCL-1 in March."""
    story = Story()
    _form(story, "VP", "2019-KH", _person("CB1", "CSCL-1"), _person("CB2", "CSCL-1"))
    _form(story, "KHTC", "2019-KH", _person("CB3", "CSCL-1"))
    return story


def _states(story: Story, settings: Settings, day: dt.date) -> pd.DataFrame:
    content = story.content()
    return obligation_states(duties(settings), content.submissions, content.decisions, day)


def test_a_version_after_bm_03_makes_a_duty_of_its_own() -> None:
    """d3: due so many days after its approval, with the first report that is due no earlier."""
    due = duties(REISSUED)
    own = due[due["form"] == "BM-03"]
    assert listed(own[own["period"].str.startswith("2019")], "division", "period", "due_on") == [
        ("VP", "2019-KH", pd.Timestamp("2019-03-31")),
        ("KHTC", "2019-KH", pd.Timestamp("2019-03-31")),
        ("VP", "2019-6T", pd.Timestamp("2019-05-15")),
        ("KHTC", "2019-6T", pd.Timestamp("2019-05-15")),
    ]


def test_a_version_before_bm_03_is_told_in_the_years_own() -> None:
    assert _settings(dt.date(2019, 3, 30)).reissues == ()


def test_several_versions_of_a_year_have_a_bm_03_each() -> None:
    """The last report of the year takes what comes after all of them were due."""
    settings = _settings(dt.date(2019, 4, 15), dt.date(2019, 5, 2), days=20)
    assert [(str(one.period), one.version, one.due_on) for one in settings.reissues] == [
        ("2019-6T", "CSCL-2", dt.date(2019, 5, 5)),
        ("2019-CN", "CSCL-3", dt.date(2019, 5, 22)),
    ]
    late = _settings(dt.date(2019, 11, 20)).reissues
    assert [(str(one.period), one.due_on) for one in late] == [("2019-CN", dt.date(2019, 12, 20))]


def test_whoever_understood_the_former_version_must_be_told_anew() -> None:
    """d3: the version in force is counted, on the day of the period; the plan's workbook keeps what it said."""
    then = view(_former(), HALF, IN_MAY, REISSUED)
    assert due_day(then) == dt.date(2019, 5, 15)
    assert listed(people(then), "staff_code", "knowledge", "policy_version", "submission_id") == [
        ("CB4", "no_record", None, None),
        ("CB1", "former", "CSCL-1", None),
        ("CB2", "former", "CSCL-1", None),
        ("CB3", "former", "CSCL-1", None),
    ]
    assert listed(coverage(people(then), then), "division", "understood", "former", "expected") == [
        ("VP", 0, 2, 3),
        ("KHTC", 0, 1, 1),
    ]
    before = view(_former(), PLAN, IN_MAY, REISSUED)
    assert listed(coverage(people(before), before), "division", "understood", "former") == [
        ("VP", 2, 0),
        ("KHTC", 1, 0),
    ]


def test_the_bm_03_of_the_new_version_counts_and_the_former_stays_as_history() -> None:
    """d3: also where it is read from a mixed form, row by row."""
    story = _former()
    told = [_person("CB1", "CSCL-2"), _person("CB2", "CSCL-1"), _person("CB4", "CSCL-2", understood="không")]
    _form(story, "VP", "2019-6T", *told, arrived="2019-05-10 08:00")
    then = view(story, HALF, IN_MAY, REISSUED)
    assert listed(people(then), "staff_code", "knowledge", "submission_id") == [
        ("CB2", "former", 3),
        ("CB3", "former", None),
        ("CB4", "not_understood", 3),
        ("CB1", "understood", 3),
    ]
    assert listed(sources(then), "submission_id", "use") == [(1, "former_policy"), (2, "former_policy"), (3, "counted")]


def test_the_diary_names_the_policy_until_everybody_has_told_of_it() -> None:
    """d3: from its approval to its due date; then the form itself is overdue."""
    story = _former()
    (facts,) = policies_to_tell(REISSUED, _states(story, REISSUED, dt.date(2019, 4, 15)), dt.date(2019, 4, 15))
    assert facts == {
        "version": "CSCL-2",
        "approved_on": "ngày 15/4/2019",
        "due_on": "ngày 15/5/2019",
        "period": "2019-6T",
        "count": "2",
        "which": "VP, KHTC",
    }
    _form(story, "VP", "2019-6T", _person("CB1", "CSCL-2"), arrived="2019-05-10 08:00")
    for day, which in ((dt.date(2019, 4, 14), []), (dt.date(2019, 5, 14), ["KHTC"]), (dt.date(2019, 5, 15), [])):
        facts_of_day = policies_to_tell(REISSUED, _states(story, REISSUED, day), day)
        assert [one["which"] for one in facts_of_day] == which
    late = outstanding_forms(_states(story, REISSUED, dt.date(2019, 5, 15)))
    assert late["2019-6T"] == (("BM-03", "KHTC"),)
