"""Every value that a message proposes passes: typed into the named cell, the finding is gone and none comes instead."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pytest
from rules_examples import Example, address, copied
from rules_sheets import Case, Edits, addressed, judge_cases
from rules_table import judged

from pipeline.findings import Finding, explain, is_error
from pipeline.vocabulary.placeholders import placeholder_in

Place = tuple[str, str]
"""Code and address."""


class Told(NamedTuple):
    """One finding of one example: what it proposes or illustrates, and the cell as an edit."""

    example: Example
    code: str
    key: str
    value: str
    illustration: str

    @property
    def of_field(self) -> str:
        """Code and field: "R604 results.code"."""
        return f"{self.code} {'.'.join(self.key.split('.')[:2])}".strip()


@cache
def told() -> Sequence[Told]:
    """Every finding of every example."""
    return [
        Told(example, code, key, explain(finding).proposal, explain(finding).illustration)
        for example, (_, findings) in judged().items()
        for (code, key), finding in zip(example.expected, findings, strict=True)
    ]


def typed(suggested: str) -> str | None:
    """What somebody types who follows the suggestion; one of them says to leave the cell blank."""
    return None if suggested == "(để trống)" else suggested


@cache
def mended() -> Mapping[Told, Sequence[Finding]]:
    """What is found once the suggested value was typed into the cell as a clerk would type it; all judged together."""
    suggesting = [one for one in told() if one.value]
    after = judge_cases([one.example.case({one.key: typed(one.value)}) for one in suggesting])
    return {one: findings for one, (_, findings) in zip(suggesting, after, strict=True)}


AT_THE_CELL = {
    # The tasks of this objective were moved to another one, so that nothing leans on the spoilt cell.
    **dict.fromkeys(
        ("C401 objectives.code", "V313 objectives.code", "V311 objectives.code", "T214 objectives.code"), "C405"
    ),
    "V316 objectives.code": "C405",
    # A second objective with the code of the first gets a code of its own: then it needs tasks of its own, too.
    "R604 objectives.code": "C405",
    # The hidden sheet names a division that owes no such form: only the example can have been issued so.
    "T204 cover.division": "T212",
    # The month was typed before its day; the day that was meant is then judged like any other.
    "V319 tasks.finish_on": "R602",
    **dict.fromkeys(("V319 results.data_as_of", "V319 actions.finished_on", "V319 progress.finished_on"), "R624"),
    "V319 checks.checked_on": "R624",
    **dict.fromkeys(("V319 policy.communicated_on", "V319 declarations.decision_on"), "R624"),
    # A BM-03 of another period is issued only where a policy came in mid-year: here none did.
    "T204 cover.period": "T213",
}
"""What is rightly told at the cell afterwards, by the finding that was mended."""

ELSEWHERE = {
    # The cover now says for which division, year or period the form was issued; the rows are those of another one.
    "T204 cover.division": {"R628", "C406"},
    "T204 cover.year": {"V310", "T213", "R642"},
    "T204 cover.period": {"C414"},
    # As above: the day that was meant comes after one beside it.
    **{key: {"R601"} for key in ("V319 tasks.start_on", "V319 divisions.valid_from")},
    **{key: {"R618"} for key in ("V319 declarations.internal_audit_on", "V319 declarations.management_review_on")},
    "V319 declarations.effectiveness_confirmed_on": {"R618"},
    # The sentence still names the 120 % that no rate can have.
    "M506 objectives.target": {"M512"},
    # The same day of the right year: tasks that end later are now too late.
    "V310 objectives.due_on": {"R602"},
    # A task of the plan that was cancelled or is overdue needs its reason.
    "R604 progress.task_code": {"C419"},
    "R609 progress.task_code": {"C419"},
}
"""What is rightly told at another cell afterwards, by the finding that was mended."""


def test_a_suggested_value_takes_its_finding_away_and_brings_none_at_its_cell() -> None:
    left = [
        (one.example.name, one.value, code)
        for one, findings in mended().items()
        for code, place in addressed(findings)
        if place == address(one.example.base, one.key) and AT_THE_CELL.get(one.of_field) != code
        if (code, place) not in _other_expected(one)
    ]
    assert left == []


def _other_expected(one: Told) -> set[Place]:
    """The example's other findings; they are not mended here."""
    return {place for place in one.example.expected_places if place != (one.code, address(one.example.base, one.key))}


def test_a_suggested_value_brings_no_error_at_another_cell() -> None:
    brought = [
        (one.example.name, one.value, finding.code)
        for one, findings in mended().items()
        for finding, (code, place) in zip(findings, addressed(findings), strict=True)
        if is_error(finding) and (code, place) not in one.example.expected_places
        if place != address(one.example.base, one.key) and code not in ELSEWHERE.get(one.of_field, ())
    ]
    assert brought == []


_OF_THE_FILE = "concerns the file, a sheet or a whole row, not what stands in one cell"
_BLANK = "the cell has to be blank"
_ONLY_THE_SENDER = "only the sender knows the figure or which row is wrong; a proposal would put words into a report"
_ELSEWHERE = "the mend stands in other cells or with somebody else"

WITHOUT_SUGGESTION: Mapping[str, str] = {
    **dict.fromkeys(("T201", "T202", "T205", "T206 objectives"), _OF_THE_FILE),
    **dict.fromkeys(("T206 tasks", "T206 policy", "T208 tasks.task_code"), _OF_THE_FILE),
    **dict.fromkeys(("T217 objectives", "T223 objectives", "T224 objectives.code", "T226"), _OF_THE_FILE),
    **dict.fromkeys((f"T{number} objectives.data_source" for number in range(218, 223)), "what the header says"),
    "T227 objectives.target": "the value may well be right",
    **dict.fromkeys(("R649 divisions.successor", "R650 staff.staff_code"), _ONLY_THE_SENDER),
    **dict.fromkeys(("R651 staff.valid_from", "R652 staff.valid_to"), _ONLY_THE_SENDER),
    "V320 objectives.comparator": "it was read, and is right where that was meant",
    "T228 objectives.note": "a free text, to be typed anew",
    "T225 objectives.note": "joined cells have to be parted first",
    **dict.fromkeys(("V318 objectives.target", "V318 objectives.target_upper"), _ONLY_THE_SENDER),
    **dict.fromkeys(("V318 objectives.baseline", "V318 objectives.milestone"), _ONLY_THE_SENDER),
    **dict.fromkeys(("V318 results.actual", "V318 results.full_year_estimate"), _ONLY_THE_SENDER),
    **dict.fromkeys(("C404 objectives.code", "C404 results.code", "C404 policy.staff_code"), _OF_THE_FILE),
    **dict.fromkeys(("C404 declarations.decision_no", "C406 policy.staff_code"), _OF_THE_FILE),
    **dict.fromkeys(("R638 declarations.decision_no", "R638 scope_changes.scope_change"), _OF_THE_FILE),
    **dict.fromkeys(("R638 postings.of_decision", "R638 checks.checked_on", "R646 checks.checked_on"), _OF_THE_FILE),
    "C424 declarations.replaces": _BLANK,
    **dict.fromkeys(("V301 objectives.target_upper", "V307 objectives.target_upper"), _BLANK),
    "V303 objectives.range_beaten": _BLANK,
    **dict.fromkeys(("R644 results.last_year_final", "R645 results.last_year_final"), _BLANK),
    **dict.fromkeys(("V301 results.last_year_final", "V307 results.last_year_final"), _BLANK),
    "V318 results.last_year_final": _ONLY_THE_SENDER,
    "R633 objectives.agency_objective": _BLANK,
    "R636 results.numerator": _ONLY_THE_SENDER,
    **dict.fromkeys(("R636 results.denominator", "M508 objectives.target"), _ONLY_THE_SENDER),
    "R623 declarations.decision_no": _ONLY_THE_SENDER,
    **dict.fromkeys(("R623 scope_changes.effective_on", "R634 policy.understood"), _ONLY_THE_SENDER),
    **dict.fromkeys(("R635 declarations.notice_on", "R635 declarations.posted_on"), _ONLY_THE_SENDER),
    "R635 declarations.published_on": _ONLY_THE_SENDER,
    **dict.fromkeys(("R635 postings.done_on", "R623 postings.place", "R623 checks.checked_on"), _ONLY_THE_SENDER),
    **dict.fromkeys((f"M{number} objectives.statement" for number in (514, 515, 516, 518)), _ONLY_THE_SENDER),
    **dict.fromkeys((f"M{number} objectives.statement" for number in (519, 520, 521)), _ONLY_THE_SENDER),
    "M517 objectives.baseline": _ONLY_THE_SENDER,
    **dict.fromkeys(("C405 objectives.code", "R621 declarations.decision_no", "R616 cover.period"), _ELSEWHERE),
    "R647 declarations.standard": _ELSEWHERE,
    **dict.fromkeys(("R627 policy.full_name", "T212 cover.division", "T213 cover.period"), _ELSEWHERE),
}
"""Where a message suggests no value on purpose, and why."""


def test_where_nothing_is_suggested_it_is_so_on_purpose() -> None:
    without = {one.of_field for one in told() if not one.value and not one.illustration}
    assert without == set(WITHOUT_SUGGESTION)


def test_many_findings_propose_a_value_and_most_others_illustrate_one() -> None:
    assert len(mended()) > 150
    assert len([one for one in told() if one.illustration]) > 350


def test_an_illustration_has_a_placeholder_and_a_proposal_has_none() -> None:
    assert [one for one in told() if one.value and placeholder_in(one.value)] == []
    assert [one for one in told() if one.illustration and not placeholder_in(one.illustration)] == []


@pytest.mark.parametrize("code", ["R601", "V310", "M510"])
def test_a_finding_recorded_before_its_words_had_a_suggestion_is_still_told(code: str) -> None:
    finding = next(f for _, findings in judged().values() for f in findings if f.code == code)
    kept = {name: fact for name, fact in finding.facts.items() if name not in {"proposal", "illustration"}}
    older = replace(finding, facts={**kept, "example": "14"})  # as it was recorded before 0.4.0
    assert (explain(older).proposal, explain(older).illustration) == ("", "")
    assert explain(older).problem == explain(finding).problem


IN_2018: Edits = {
    "cover.year": "2018",
    "identity.year": "2018",
    **{f"objectives.due_on.{row}": "31/12/2018" for row in (1, 2, 3)},
    **{f"objectives.agency_objective.{row}": None for row in (1, 2, 3)},
    **{f"tasks.start_on.{row}": "02/01/2018" for row in (1, 2, 3, 4)},
    **{f"tasks.finish_on.{row}": "30/11/2018" for row in (1, 2, 3, 4)},
}
"""The same form a year earlier: the examples of the fields are written for 2019."""


Suggested = tuple[Edits, list[Place]]
"""Edits of a base; code and suggestion of every finding that they give."""

IN_ANOTHER_YEAR: Sequence[Suggested] = [
    ({}, []),
    # The day of another year is brought into the form's; a day that nobody wrote is never proposed.
    ({"objectives.due_on.3": "31/12/2019"}, [("V310", "31/12/2018")]),
    ({"objectives.due_on.3": None}, [("C401", "‹ngày từ 01/01/2018 đến 31/12/2018›")]),
    ({"objectives.due_on.3": "cuối năm"}, [("V302", "‹ngày từ 01/01/2018 đến 31/12/2018›")]),
    ({"objectives.due_on.3": "31/12"}, [("V302", "31/12/2018")]),
    ({"tasks.start_on.3": None}, [("C401", "‹ngày không sau 30/11/2018›")]),
    (
        {"tasks.finish_on.2": None, "objectives.due_on.2": "31/05/2018"},
        [("C401", "‹ngày từ 02/01/2018 đến 31/05/2018›")],
    ),
]

FROM_THE_ROW: Sequence[Suggested] = [
    # A rate wants %, hours are named by the sentence, and the target is the sentence's.
    ({"objectives.unit.3": None}, [("C412", "giờ")]),
    ({"objectives.target.1": None}, [("M503", "95")]),
    ({"objectives.owner.3": "Trần Văn Lạ"}, [("R631", "‹họ và tên một người›")]),
    ({"objectives.owner.3": "Tran Thi Maii"}, [("R631", "Trần Thị Mai")]),
    ({"objectives.continues.3": "MT09"}, [("R617", "‹Tiếp nối mục tiêu năm trước›")]),
    ({"objectives.unit.3": "tỷ đồng", "objectives.target.3": "4.500 triệu"}, [("V309", "4,5")]),
    ({"objectives.measure.3": "số lũy kếs"}, [("V303", "số lũy kế")]),
    (copied("BM-01", "objectives.3", 4), [("R604", "MT04")]),
    (
        {"objectives.statement.1": "Giải quyết đúng hạn ít nhất 90% hồ sơ thủ tục hành chính"},
        [("M512", "Giải quyết đúng hạn ít nhất 95% hồ sơ thủ tục hành chính")],
    ),
    # The tasks still point at the code that was lost; they are right as soon as it is back.
    ({"objectives.code.1": "mã 1"}, [("V313", "MT01")]),
    # No dot between thousands: beside % it could be a decimal point.
    (
        {
            "objectives.statement.3": "Số giờ trực ở Bộ phận Một cửa không thấp hơn năm trước",
            "objectives.measure.3": "tăng, giảm",
            "objectives.comparator.3": "ít nhất",
            "objectives.target.3": 1200,
            "objectives.milestone.3": 1500,
        },
        [("M509", "‹số›")],
    ),
    # The figure is wrong, not the sentence, of which nothing is said.
    ({"objectives.target.1": 120, "objectives.milestone.1": None}, [("M506", "95")]),
]

OF_A_RESULT: Sequence[Suggested] = [
    # 96 % of 200 are 191 to 193 as it is rounded: which, only the Phòng knows. 96 % of 50 are 48.
    ({"results.numerator.1": None}, [("C413", "‹số từ 0 đến 200›")]),
    ({"results.denominator.1": None}, [("C413", "‹số từ 192 trở lên›")]),
    ({"results.numerator.1": None, "results.denominator.1": 50}, [("C413", "48")]),
    (
        {"results.numerator.1": None, "results.denominator.1": None},
        [("C413", "‹số từ 0 trở lên›"), ("C413", "‹số từ 0 trở lên›")],
    ),
    ({"results.actual.1": None}, [("C401", "96")]),
    ({"results.actual.3": None}, [("C401", "‹số›")]),
    ({"results.actual.2": None}, [("C401", "‹“có” hoặc “không”›")]),
]

OF_A_PERSON: Sequence[Suggested] = [
    (copied("BM-03", "policy.3", 4, {"staff_code": "CB099", "full_name": "Phan Thị Út"}), [("R628", "CB006")]),
]


@cache
def suggested() -> Mapping[str, list[list[Place]]]:
    """Code and suggestion of every finding, case by case of each table; all are judged together."""
    tables = {
        "a day": [Case("BM-01", {**IN_2018, **edits}) for edits, _ in IN_ANOTHER_YEAR],
        "the row": [Case("BM-01", edits) for edits, _ in FROM_THE_ROW],
        "a result": [Case("BM-02", edits) for edits, _ in OF_A_RESULT],
        "a person": [Case("BM-03", edits) for edits, _ in OF_A_PERSON],
    }
    outcomes = iter(judge_cases([case for cases in tables.values() for case in cases]))
    return {name: [_suggestions(next(outcomes)[1]) for _ in cases] for name, cases in tables.items()}


def _suggestions(findings: Sequence[Finding]) -> list[Place]:
    return [
        (finding.code, words.proposal or words.illustration) for finding in findings for words in [explain(finding)]
    ]


@pytest.mark.parametrize("number", range(len(IN_ANOTHER_YEAR)))
def test_a_day_is_suggested_in_the_forms_own_year(number: int) -> None:
    assert suggested()["a day"][number] == IN_ANOTHER_YEAR[number][1]


@pytest.mark.parametrize("number", range(len(FROM_THE_ROW)))
def test_what_is_suggested_is_taken_from_the_row(number: int) -> None:
    assert suggested()["the row"][number] == FROM_THE_ROW[number][1]


@pytest.mark.parametrize("number", range(len(OF_A_RESULT)))
def test_the_figures_of_a_result_are_suggested_as_they_agree(number: int) -> None:
    assert suggested()["a result"][number] == OF_A_RESULT[number][1]


@pytest.mark.parametrize("number", range(len(OF_A_PERSON)))
def test_the_code_of_whoever_the_row_names_is_suggested(number: int) -> None:
    assert suggested()["a person"][number] == OF_A_PERSON[number][1]
