"""Who is expected in BM-03: people and divisions that come, go or move around its due date, 31 March 2019."""

import datetime as dt
from typing import Any

import pytest
from committee_content import Story
from small_agency import consolidated, listed, small_settings, view

from pipeline.consolidation import coverage
from pipeline.settings import Settings

D = dt.date


def _settings(*stays: tuple[str, D | None, D | None]) -> Settings:
    """The small agency with nobody but one person, in these divisions from and to these days."""
    person: dict[str, Any] = {"staff_code": "CB9", "name": "Mai", "position": "Chuyên viên", "category": "công chức"}
    staff = [{**person, "division": code, "valid_from": since, "valid_to": until} for code, since, until in stays]
    return Settings.model_validate({**small_settings().model_dump(), "staff": staff})


@pytest.mark.parametrize(
    ("stays", "expected"),
    [
        ([("VP", D(2019, 3, 31), None)], [("VP", "no_record")]),
        ([("VP", D(2019, 4, 1), None)], [("VP", "joined_later")]),
        ([("VP", None, D(2019, 3, 31))], [("VP", "no_record")]),
        ([("VP", None, D(2019, 3, 30))], []),
        ([("VP", None, D(2019, 3, 30)), ("KHTC", D(2019, 3, 31), None)], [("KHTC", "no_record")]),
        ([("VP", None, D(2019, 3, 31)), ("KHTC", D(2019, 4, 1), None)], [("VP", "no_record")]),
        ([("TCT", None, D(2019, 3, 31)), ("KHTC", D(2019, 4, 1), None)], []),
    ],
    ids=[
        "joins on the due date",
        "joins the day after",
        "leaves at the end of the due date",
        "leaves the day before",
        "moves before the due date: expected where they are that day",
        "moves after it: expected where they were, and not asked for twice",
        "was on the list of one that owes no BM-03",
    ],
)
def test_who_is_expected(stays: list[tuple[str, D | None, D | None]], expected: list[tuple[str, str]]) -> None:
    people = coverage.people(view(Story(), settings=_settings(*stays)))
    assert listed(people, "division", "knowledge") == expected


def test_who_was_told_by_the_division_left_is_expected_by_the_new_one() -> None:
    story = Story()
    told = {"staff_code": "CB9", "full_name": "Mai", "understood": "có"}
    story.add("BM-03", "VP", "2019-KH", "2019-03-20 08:00", {"cover": [{}], "policy": [told]})
    settings = _settings(("VP", None, D(2019, 3, 30)), ("KHTC", D(2019, 3, 31), None))
    people = coverage.people(view(story, settings=settings))
    assert listed(people, "division", "knowledge") == [("KHTC", "no_record"), ("VP", "not_listed")]


@pytest.mark.parametrize(("closed", "owing"), [(D(2019, 3, 30), ["VP", "KHTC"]), (D(2019, 3, 29), ["VP"])])
def test_a_division_owes_when_it_is_there_on_the_last_good_day(closed: D, owing: list[str]) -> None:
    settings = small_settings()
    divisions = [d.model_copy(update={"valid_to": closed} if d.code == "KHTC" else {}) for d in settings.divisions]
    told = view(Story(), settings=settings.model_copy(update={"divisions": tuple(divisions)}))
    assert list(coverage.coverage(coverage.people(told), told)["division"]) == owing


def test_an_exemption_from_the_form_leaves_the_people_to_be_informed() -> None:
    story = Story()
    story.decide("exempted", "BM-03", "KHTC", "2019-KH")
    committee = consolidated(story)
    assert list(committee.coverage["division"]) == ["VP", "KHTC"]
    assert ("KHTC", "no_record") in listed(committee.people, "division", "knowledge")
