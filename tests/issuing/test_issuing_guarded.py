"""What is not brought along although it stands in the ledger: it would be wrong for the new period."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest
from issuing_years import Years

from pipeline.desk.accepted import Accepted
from pipeline.desk.carrying import next_objectives, people, report_rows
from pipeline.desk.issuing import Request, issue_for, read_accepted
from pipeline.forms import BY_NUMBER
from pipeline.settings import Period, Settings
from pipeline.templates.template import Issue
from pipeline.vocabulary.lists import lists_of
from pipeline.workspace import load_settings

YEAR = Period.parse("2019-CN")


@pytest.fixture(scope="module")
def settings(years: Years) -> Settings:
    return load_settings(years.workspace).settings


@pytest.fixture(scope="module")
def accepted(years: Years, settings: Settings) -> Accepted:
    return read_accepted(years.workspace, settings)


def _changed(accepted: Accepted, table: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Accepted:
    return dataclasses.replace(accepted, rows={**accepted.rows, table: change(accepted.rows[table])})


def _with(rows: pd.DataFrame, key: tuple[str, str, int], values: dict[str, object]) -> pd.DataFrame:
    """The rows in which one row, by the value of a field and its submission, has other values."""
    field, value, submission_id = key
    there = (rows[field] == value) & (rows["submission_id"] == submission_id)
    return rows.assign(**{name: rows[name].mask(there, new) for name, new in values.items()})


def _next(accepted: Accepted, settings: Settings, code: str, **lists: object) -> dict[str, object]:
    now = {**lists_of(settings, 2020), **lists}
    rows = next_objectives(accepted, "NCC", 2020, (lists_of(settings, 2019), now), lambda _: True)
    return dict(next(row for row in rows if row["code"] == code))


def test_a_value_reported_in_another_unit_is_no_baseline(accepted: Accepted, settings: Settings) -> None:
    plan = accepted.plan("NCC", Period.parse("2019-KH"))
    assert plan is not None
    revised = accepted.rows["objectives"][accepted.rows["objectives"]["submission_id"] == plan]
    revised = _with(revised.assign(submission_id=99), ("code", "MT04", 99), {"unit": "triệu đồng"})
    plans = accepted.plans.assign(
        submission_id=accepted.plans["submission_id"].mask(
            (accepted.plans["period"] == "2019-KH") & (accepted.plans["division"] == "NCC"), 99
        )
    )
    after = dataclasses.replace(_changed(accepted, "objectives", lambda rows: pd.concat([rows, revised])), plans=plans)
    assert pd.isna(_next(after, settings, "MT04")["baseline"])
    assert _next(after, settings, "MT03")["baseline"] == 250


def test_the_six_month_figure_is_no_baseline(accepted: Accepted, settings: Settings) -> None:
    submissions = accepted.submissions
    half = dataclasses.replace(accepted, submissions=submissions[submissions["period"] != "2019-CN"])
    carried = _next(half, settings, "MT01")
    assert pd.isna(carried["baseline"])
    assert pd.isna(carried["baseline_coded"])


def test_a_choice_that_is_gone_from_the_lists_is_not_carried(accepted: Accepted, settings: Settings) -> None:
    carried = _next(accepted, settings, "MT01", policy_points={"CS9": "CS9"}, agency_objectives={})
    assert pd.isna(carried["policy_point"])
    assert pd.isna(carried["agency_objective"])


def test_an_agency_objective_that_is_another_one_under_its_code_is_not_carried(
    accepted: Accepted, settings: Settings
) -> None:
    carried = _next(accepted, settings, "MT01", agency_objectives={"MC1": "MC1 - Mục tiêu khác"})
    assert pd.isna(carried["agency_objective"])
    assert carried["policy_point"] == "CS1"


def test_a_task_whose_code_the_plan_gave_to_another_one_is_not_done(accepted: Accepted) -> None:
    plan = accepted.plan("NCC", YEAR)
    assert plan is not None
    other = accepted.rows["tasks"][accepted.rows["tasks"]["submission_id"] == plan].assign(submission_id=99)
    other = _with(other, ("task_code", "NV05", 99), {"task": "Một việc khác hẳn"})
    after = _changed(accepted, "tasks", lambda rows: pd.concat([rows, other]))
    progress = report_rows(after, "NCC", YEAR, 99)["progress"]
    assert [row["task_code"] for row in progress if row["status"] == "Hoàn thành"] == ["NV07"]


def test_whoever_has_left_is_not_named_again(accepted: Accepted) -> None:
    told = people(accepted, "NCC", lambda name: name != "Phạm Hữu Nghĩa")
    assert set(told) == {"prepared_by", "telephone"}


def test_an_owner_who_has_left_is_not_named_again(accepted: Accepted, settings: Settings) -> None:
    lists = (lists_of(settings, 2019), lists_of(settings, 2020))
    rows = next_objectives(accepted, "NCC", 2020, lists, lambda name: name != "Lê Hoàng Vũ")
    owners = {row["code"]: row["owner"] for row in rows}
    assert pd.isna(owners["MT02"])
    assert owners["MT01"] == "Trần Thị Tuyết Nga"


@pytest.mark.parametrize(
    ("moved_on", "served"),
    [(dt.date(2019, 3, 30), "VP"), (dt.date(2019, 3, 31), "VP"), (dt.date(2019, 4, 1), "NCC")],
)
def test_who_moves_is_printed_where_they_belong_on_the_due_date(
    moved_on: dt.date, served: str, settings: Settings, accepted: Accepted
) -> None:
    one = next(member for member in settings.staff if member.staff_code == "CB030")
    before = one.model_copy(update={"valid_to": moved_on - dt.timedelta(days=1)})
    after = one.model_copy(update={"division": "VP", "valid_from": moved_on})
    others = tuple(member for member in settings.staff if member.staff_code != "CB030")
    moving = settings.model_copy(update={"staff": (*others, before, after)})
    printed = {
        code: [row["staff_code"] for row in _policy(moving, accepted, code).rows["policy"]] for code in ("NCC", "VP")
    }
    assert [code for code, codes in printed.items() if "CB030" in codes] == [served]


def test_a_policy_of_mid_year_is_issued_with_its_version(settings: Settings, accepted: Accepted) -> None:
    """d3: the BM-03 of the re-issued policy names it; that of the year is left open, another one may still come."""
    anew = settings.policy_versions[-1].model_copy(update={"version": "CSCL-2019/02", "approved_on": APPROVED_ON})
    changed = settings.model_copy(update={"policy_versions": (*settings.policy_versions, anew)})
    issue = _policy(changed, accepted, "NCC", "2019-6T")
    assert {row["policy_version"] for row in issue.rows["policy"]} == {"CSCL-2019/02"}
    assert issue.due_on == dt.date(2019, 5, 15)
    assert "CSCL-2019/02, phê duyệt ngày 15/4/2019" in issue.remarks["policy"]
    assert not any("policy_version" in row for row in _policy(changed, accepted, "NCC").rows["policy"])


APPROVED_ON = dt.date(2019, 4, 15)


def _policy(settings: Settings, accepted: Accepted, code: str, period: str = "2019-KH") -> Issue:
    division = settings.division(code)
    assert division is not None
    issue = issue_for(Request(BY_NUMBER["BM-03"], division, Period.parse(period), settings, accepted))
    assert isinstance(issue, Issue)
    return issue
