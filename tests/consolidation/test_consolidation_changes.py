"""What changed: every figure of the first page, by names, and nothing at the first run."""

import datetime as dt
from typing import Any

import pytest
from committee_content import Story
from small_agency import TODAY, consolidated, listed, objective, plan, rate, report, small_settings

from pipeline.committee.words import change_words
from pipeline.consolidation import Committee, View
from pipeline.consolidation.changes import since_last_run

COLUMNS = "subject", "before", "after", "count", "which"


def _policy(**understood: str) -> dict[str, Any]:
    rows = [{"staff_code": code, "full_name": f"Người {code}", "understood": word} for code, word in understood.items()]
    return {"cover": [{}], "policy": rows}


def _register(posted_on: str, declared_in: str | None) -> dict[str, Any]:
    dates = {"decision_on": "2019-05-10", "notice_on": "2019-05-15", "published_on": "2019-05-13"}
    change = {"scope_change": "mở rộng", "effective_on": "2019-04-01", "declared_in": declared_in}
    declared = {"decision_no": "2/QĐ", **dates, "posted_on": posted_on}
    return {"cover": [{}], "declarations": [declared], "scope_changes": [change]}


def _first() -> Story:
    story = Story()
    task = {"task_code": "NV01", "objective": "MT01", "task": "Việc", "finish_on": "2019-07-01"}
    plan(story, "VP", objective(agency_objective="MC1"), tasks=[task])
    story.add("BM-03", "VP", "2019-KH", "2019-03-20 08:00", _policy(CB1="có", CB2="không"))
    story.add("BM-04", "TCT", "2019-6T", "2019-06-05 08:00", _register("2019-05-12", None))
    progress = [{"task_code": "NV01", "status": "Đang thực hiện"}]
    report(story, "VP", rate("MT01", 96, 100), progress=progress, arrived="2019-06-05 09:00")
    return story


def _changes(later: Story, today: dt.date = TODAY) -> list[tuple[object, ...]]:
    """What ``later`` tells beyond the first forms, as of the day of the first."""
    then = View(_first().content(), small_settings(), consolidated(_first()).period, TODAY)
    moved = since_last_run(consolidated(later, today=today), then)
    return [row for row in listed(moved, *COLUMNS) if row[0] != "file"]


@pytest.mark.parametrize(
    ("form", "rows", "change"),
    [
        ("BM-03", _policy(CB1="có", CB2="có"), ("person", "not_understood", "understood", 1, "VP Người CB2")),
        ("BM-04", _register("chưa thực hiện", None), ("proof", "True", "False", 1, "posting 2/QĐ")),
        ("BM-04", _register("2019-05-12", "2/QĐ"), ("scope", "False", "True", 1, "mở rộng 01/04/2019")),
    ],
)
def test_people_proofs_and_scope_are_named(form: str, rows: dict[str, Any], change: tuple[object, ...]) -> None:
    """m6: coverage, a lost proof, a scope declared anew."""
    story = _first()
    division, period = ("VP", "2019-KH") if form == "BM-03" else ("TCT", "2019-6T")
    story.add(form, division, period, "2019-06-09 08:00", rows)
    assert _changes(story) == [change]


def test_tasks_and_the_objectives_of_the_agency_are_named() -> None:
    """m6: a task that was done, an objective of the agency that is no longer reached."""
    story = _first()
    done = [{"task_code": "NV01", "status": "Hoàn thành", "finished_on": "2019-06-01"}]
    report(story, "VP", rate("MT01", 94, 100), progress=done, arrived="2019-06-09 08:00")
    assert _changes(story) == [
        ("agency", "Đạt", "Chưa đến kỳ đánh giá", 1, "MC1"),
        ("objective", "Vượt", "Chưa đến kỳ đánh giá", 1, "VP MT01"),
        ("task", "Đang thực hiện", "Hoàn thành", 1, "VP NV01"),
    ]


def test_what_falls_overdue_by_the_date_alone_is_named() -> None:
    """m6: no form came, and a task is late."""
    moved = _changes(_first(), dt.date(2019, 7, 2))
    assert ("task", "Đang thực hiện", "overdue", 1, "VP NV01") in moved


def test_a_due_day_that_was_moved_is_named() -> None:
    """m6: an extension that was recorded."""
    story = _first()
    story.decide("extended", "BM-02", "KHTC", "2019-6T", until="2019-06-20")
    assert ("due", "10/06/2019", "20/06/2019", 1, "BM-02 KHTC") in _changes(story)


def test_files_are_named_by_form_division_and_period() -> None:
    """m6: not N034."""
    story = _first()
    report(story, "VP", rate("MT01", 94, 100), arrived="2019-06-09 08:00")
    moved = consolidated(story).changes
    assert list(moved.loc[moved["subject"] == "file", "which"]) == ["BM-02 VP 2019-6T"]


def test_nothing_changed_at_the_first_run() -> None:
    """m6: nothing stood before it."""
    story = Story()
    plan(story, "VP", objective())
    assert consolidated(story).changes.empty


def test_every_kind_of_change_has_its_words() -> None:
    changed: Committee = consolidated(_first())
    assert change_words({"subject": "proof", "before": "True", "after": "False", "which": "posting 2/QĐ"}) == {
        "subject": "minh chứng công bố",
        "before": "Đã có",
        "after": "Chưa thực hiện",
        "which": "Niêm yết tại trụ sở 2/QĐ",
    }
    assert change_words({"subject": "task", "before": "", "after": "overdue", "which": "VP NV01"})["after"] == "Quá hạn"
    assert changed.changed_on == dt.date(2019, 6, 5)
