"""A division that is dissolved in mid-year hands its objectives and tasks to its successor: d15."""

import datetime as dt

import pandas as pd
import pytest
from committee_content import Story
from small_agency import (
    WHOLE_YEAR,
    accepted_of,
    consolidated,
    listed,
    objective,
    plan,
    rate,
    report,
    small_settings,
    view,
)

from pipeline.consolidation.results import objective_results
from pipeline.consolidation.still_due import reports_to_take_over, successions_to_decide
from pipeline.consolidation.trends import shifts, trends
from pipeline.consolidation.work import plan_tasks, unmet
from pipeline.desk.carrying import next_objectives
from pipeline.desk.issuing import Request, issue_for
from pipeline.desk.taking_over import taken_over_by
from pipeline.forms import BY_NUMBER
from pipeline.forms.objectives import OBJECTIVES
from pipeline.forms.results import RESULTS
from pipeline.obligations import duties, handed_over, obligation_states, unsettled
from pipeline.settings import Period, Settings
from pipeline.templates.template import Issue
from pipeline.validation import knowledge
from pipeline.vocabulary.lists import lists_of

CLOSED_ON = dt.date(2019, 7, 31)
IN_NOVEMBER = dt.date(2019, 11, 12)
TASK = {"task_code": "NV01", "objective": "MT01", "task": "Rà soát", "finish_on": "2019-11-30"}


def _settings(successor: str | None, *, also_closed: str = "") -> Settings:
    """VP is closed after July; KHTC and, from then on, TCT have the duties of a division."""
    told = small_settings().model_dump()
    for division in told["divisions"]:
        division["owes"] = ("BM-01", "BM-02", "BM-03")
        if division["code"] in ("VP", also_closed):
            division["valid_to"] = CLOSED_ON
    told["divisions"][0]["successor"] = successor
    return Settings.model_validate(told)


def _objective(code: str) -> dict[str, object]:
    return objective(code, due_on="2019-10-15")


def _reached(code: str, numerator: int) -> dict[str, object]:
    """Of a hundred, by the end of October."""
    return rate(code, numerator, 100, data_as_of="2019-10-31")


@pytest.fixture
def story() -> Story:
    story = Story()
    plan(story, "VP", _objective("MT01"), _objective("MT02"), tasks=[TASK])
    plan(story, "KHTC", _objective("MT01"))
    missed = {"self_assessment": "Không đạt", "action_due_on": "2019-07-31"}
    report(story, "VP", rate("MT01", 90, 100, **missed), rate("MT02", 96, 100))
    return story


def _handed(story: Story, settings: Settings) -> pd.DataFrame:
    content = story.content()
    return handed_over(settings, content.submissions, content.rows["objectives"])


def test_the_successor_reports_what_the_former_division_left(story: Story) -> None:
    """d15: shown under the one that reports, with the former division in the code, and followed as one objective."""
    progress = [{"task_code": "VP-NV01", "task": "Rà soát", "status": "Hoàn thành", "finished_on": "2019-10-01"}]
    results = [_reached("MT01", 97), _reached("VP-MT01", 97), _reached("VP-MT02", 90)]
    report(story, "KHTC", *results, period="2019-CN", progress=progress)
    of_year = view(story, WHOLE_YEAR, IN_NOVEMBER, _settings("KHTC"))
    assert listed(objective_results(of_year), "division", "code", "status", "thread") == [
        ("KHTC", "VP-MT02", "Không đạt", "VP 2019 MT02"),
        ("KHTC", "MT01", "Vượt", "KHTC 2019 MT01"),
        ("KHTC", "VP-MT01", "Vượt", "VP 2019 MT01"),
    ]
    assert listed(plan_tasks(of_year), "division", "task_code", "objective", "status") == [
        ("KHTC", "VP-NV01", "VP-MT01", "Hoàn thành")
    ]
    assert listed(unmet(of_year), "division", "code", "origin") == [("KHTC", "VP-MT02", "this_period")]
    rows = trends(of_year)
    assert listed(rows, "division", "code", "value_0", "value_1") == [
        ("KHTC", "MT01", 97.0, None),
        ("KHTC", "VP-MT01", 97.0, 90.0),
        ("KHTC", "VP-MT02", 90.0, 96.0),
    ]
    assert shifts(of_year).empty


def _two_years() -> Settings:
    """The calendar with 2020; VP was merged into KHTC in 2019."""
    calendar = {"KH": {"BM-01": dt.date(2020, 1, 31)}, "6T": {"BM-02": dt.date(2020, 6, 10)}}
    told = _settings("KHTC").model_dump(by_alias=True)
    return Settings.model_validate({**told, "years": {**told["years"], 2020: calendar}})


def test_what_the_successor_does_not_go_on_with_next_year_is_dropped(story: Story) -> None:
    """d15: sheet 9 names it under the division that had taken it over, and the code that it had there."""
    results = [_reached("MT01", 97), _reached("VP-MT01", 97), _reached("VP-MT02", 90)]
    report(story, "KHTC", *results, period="2019-CN")
    next_year = [objective("MT01", continues="MT01"), objective("MT02", continues="VP-MT01", target=80.0)]
    plan(story, "KHTC", *next_year, period="2020-KH")
    settings, half = _two_years(), Period.parse("2020-6T")
    of_half = view(story, half, dt.date(2020, 6, 1), settings)
    assert listed(shifts(of_half), "shift", "division", "code", "year_before", "year") == [
        ("dropped", "KHTC", "VP-MT02", "2019", "2020"),
        ("lowered", "KHTC", "MT02", "2019", "2020"),
    ]
    consolidated(story, half, dt.date(2020, 6, 1), settings)


def test_what_the_successor_does_not_report_is_missing_there(story: Story) -> None:
    of_year = view(story, WHOLE_YEAR, IN_NOVEMBER, _settings("KHTC"))
    assert listed(objective_results(of_year), "division", "code", "status") == [
        ("KHTC", "MT01", "Chưa có báo cáo"),
        ("KHTC", "VP-MT01", "Chưa có báo cáo"),
        ("KHTC", "VP-MT02", "Chưa có báo cáo"),
    ]


@pytest.mark.parametrize(
    ("successor", "closed", "takers", "undecided"),
    [
        ("KHTC", "", {"MT01": "KHTC", "MT02": "KHTC"}, None),
        ("KHTC, TCT", "", {"MT01": "KHTC", "MT02": "KHTC"}, ("KHTC", "TCT")),
        ("KHTC, TCT MT02", "", {"MT01": "KHTC", "MT02": "TCT"}, None),
        ("KHTC, TCT", "KHTC", {"MT01": "TCT", "MT02": "TCT"}, None),
        (None, "", {}, ()),
        ("KHTC", "KHTC", {}, ()),
    ],
    ids=["one", "several", "named", "the first is closed", "none", "none is left"],
)
def test_who_takes_over(
    story: Story, successor: str | None, closed: str, takers: dict[str, str], undecided: tuple[str, ...] | None
) -> None:
    """d15: the first of several takes what is named for no other; the secretary is asked as long as none is named."""
    settings = _settings(successor, also_closed=closed)
    handed = _handed(story, settings)
    own = handed[handed["former"] == "VP"]
    assert dict(zip(own["code"], own["division"], strict=True)) == takers
    questions = {each.former: each.heirs for each in unsettled(settings, story.content().submissions)}
    assert questions.get("VP") == undecided


def test_objectives_without_a_holder_stay_where_they_were(story: Story) -> None:
    """d15: they do not vanish, and it is said that nobody holds them."""
    of_year = view(story, WHOLE_YEAR, IN_NOVEMBER, _settings(None))
    assert listed(objective_results(of_year), "division", "code", "status", "remark") == [
        ("VP", "MT01", "Chưa có báo cáo", "no_holder"),
        ("VP", "MT02", "Chưa có báo cáo", "no_holder"),
        ("KHTC", "MT01", "Chưa có báo cáo", ""),
    ]


def test_the_report_is_issued_with_what_was_taken_over(story: Story) -> None:
    """d15: pre-filled under the code that names the former division, with its six-month figures."""
    (taken,) = taken_over_by(accepted_of(story, _settings("KHTC")), "KHTC", WHOLE_YEAR)
    assert [(row["code"], row["six_months"]) for row in taken.rows["results"]] == [
        ("VP-MT01", "90/100 = 90% (31/05/2019) - Chưa đến kỳ đánh giá"),
        ("VP-MT02", "96/100 = 96% (31/05/2019) - Đạt"),
    ]
    assert [row["task_code"] for row in taken.rows["progress"]] == ["VP-NV01"]
    assert [*taken.commitments] == ["VP-MT01", "VP-MT02"]


def test_the_rules_know_what_was_taken_over(story: Story) -> None:
    """d15: R609 does not refuse the successor's report of it, R617 not next year's objective that goes on with it."""
    content = story.content()
    ground = knowledge(_settings("KHTC"), content.submissions, content.rows)
    of_year = ground.objectives[ground.objectives["period"] == "2019-CN"]
    assert listed(of_year, "division", "code") == [("KHTC", "MT01"), ("KHTC", "VP-MT01"), ("KHTC", "VP-MT02")]
    assert listed(ground.tasks[ground.tasks["period"] == "2019-CN"], "division", "task_code") == [("KHTC", "VP-NV01")]
    assert ("KHTC", "2020", "VP-MT01") in listed(ground.last_year, "division", "year", "code")


@pytest.mark.parametrize(
    ("code", "is_taken"), [("MT01", True), ("VP-MT01", True), ("VP-MT61", False), ("vp-MT01", False), ("-MT01", False)]
)
def test_a_report_takes_the_code_of_a_former_division(code: str, is_taken: bool) -> None:  # noqa: FBT001 - a case
    """d15: V313 does not refuse it; BM-01, which prints its codes itself, knows none."""
    taken, planned = (of.by_name["code"].limits[0].check for of in (RESULTS, OBJECTIVES))
    assert [bool(check(pd.Series([code])).check_passed) for check in (taken, planned)] == [is_taken, code == "MT01"]


def test_next_years_plan_goes_on_with_it(story: Story) -> None:
    """d15: in the next free row, from the figure that the successor reported."""
    settings = _settings("KHTC")
    report(story, "KHTC", _reached("MT01", 97), _reached("VP-MT02", 90), period="2019-CN")
    lists = lists_of(settings, 2019), lists_of(settings, 2019)
    rows = next_objectives(accepted_of(story, settings), "KHTC", 2020, lists, lambda _: True)
    assert [(row["code"], row["continues"], row["baseline"]) for row in rows] == [
        ("MT01", "MT01", 97.0),
        ("MT02", "VP-MT01", pytest.approx(float("nan"), nan_ok=True)),
        ("MT03", "VP-MT02", 90.0),
    ]


def test_the_diary_tells_of_it_until_the_report_is_in(story: Story) -> None:
    """d15: what goes to whom, and what the directory does not say."""
    settings, content = _settings("KHTC"), story.content()
    states = obligation_states(duties(settings), content.submissions, content.decisions, dt.date(2019, 8, 1))
    handed = _handed(story, settings)
    (facts,) = reports_to_take_over(handed, states, settings, dt.date(2019, 8, 1))
    told = {"former": "VP", "period": "2019-CN", "division": "KHTC", "count": "2", "which": "MT01, MT02"}
    assert facts == told
    assert not [*reports_to_take_over(handed, states, settings, CLOSED_ON)]
    questions = [
        *unsettled(_settings("KHTC, TCT"), content.submissions),
        *unsettled(_settings(None), content.submissions),
    ]
    asked_of = successions_to_decide(questions, settings, dt.date(2019, 8, 1))
    assert [(facts["former"], facts["heirs"], facts["first"]) for facts in asked_of] == [
        ("VP", "KHTC, TCT", "KHTC"),
        ("VP", "", ""),
    ]


def test_the_half_year_is_still_the_former_divisions_own(story: Story) -> None:
    of_half = view(story, Period.parse("2019-6T"), IN_NOVEMBER, _settings("KHTC"))
    assert listed(objective_results(of_half), "division", "code") == [("KHTC", "MT01"), ("VP", "MT01"), ("VP", "MT02")]


MEND = {"cause": "Thiếu người", "corrective_action": "Phân công lại", "action_owner": "Hòa"}
MISSED = {**MEND, "self_assessment": "Không đạt", "action_due_on": "2020-02-28", "data_as_of": "2019-10-31"}
HALF_AFTER = Period.parse("2020-6T")


def _merged() -> Story:
    """VP missed MT01 at six months and left it; KHTC reports on the year of both and misses VP-MT02."""
    story = Story()
    plan(story, "VP", objective("MT01", due_on="2019-05-15"), _objective("MT02"))
    plan(story, "KHTC", _objective("MT01"))
    report(story, "VP", rate("MT01", 90, 100, **{**MISSED, "data_as_of": "2019-05-31"}), rate("MT02", 96, 100))
    of_year = [_reached("MT01", 97), rate("VP-MT01", 90, 100, **MISSED), rate("VP-MT02", 90, 100, **MISSED)]
    report(story, "KHTC", *of_year, period="2019-CN")
    return story


def _printed(story: Story, settings: Settings) -> list[tuple[object, object]]:
    """Origin and objective of the corrective actions in KHTC's report at six months of the year after."""
    plan(story, "KHTC", objective("MT01", continues="MT01"), period="2020-KH")
    owner = settings.division("KHTC")
    assert owner is not None
    issue = issue_for(Request(BY_NUMBER["BM-02"], owner, HALF_AFTER, settings, accepted_of(story, settings)))
    assert isinstance(issue, Issue)
    return [(row["origin"], row["objective"]) for row in issue.rows["actions"]]


def test_the_next_regular_report_shows_what_the_former_division_left_open() -> None:
    """wb1: not the report in which it is taken over alone."""
    assert _printed(_merged(), _two_years()) == [
        ("2019-CN", "VP-MT01"),
        ("2019-CN", "VP-MT02"),
        ("2019-6T", "VP-MT01"),
    ]


def test_it_shows_what_a_division_left_that_reported_on_its_last_year_itself() -> None:
    """wb1: closed at the end of the year, it hands over no objective, and yet its open actions."""
    story, told = Story(), _two_years().model_dump(by_alias=True)
    told["divisions"][0]["valid_to"] = dt.date(2019, 12, 31)
    for division in ("VP", "KHTC"):
        plan(story, division, _objective("MT01"))
    report(story, "VP", rate("MT01", 90, 100, **MISSED), period="2019-CN")
    report(story, "KHTC", _reached("MT01", 97), period="2019-CN")
    assert _printed(story, Settings.model_validate(told)) == [("2019-CN", "VP-MT01")]


def test_what_is_said_there_of_an_action_that_was_taken_over_closes_it() -> None:
    """wb1: the successor's own miss of VP-MT02 is named as the former division's is."""
    story, settings = _merged(), _two_years()
    plan(story, "KHTC", objective("MT01", continues="MT01"), period="2020-KH")
    done = {"finished_on": "2020-02-20", "action_result": "Xong", "checked_by": "Hòa", "is_effective": "có"}
    ends = [
        {"origin": "2019-CN", "objective": "VP-MT02", **done},
        {"origin": "2019-6T", "objective": "VP-MT01", **done},
    ]
    report(story, "KHTC", rate("MT01", 97, 100, data_as_of="2020-05-31"), period="2020-6T", actions=ends)
    committee = consolidated(story, HALF_AFTER, dt.date(2020, 6, 12), settings)
    assert listed(committee.unmet, "division", "code", "period") == [("KHTC", "VP-MT01", "2019-CN")]
