"""Every proposal made from a sentence, put into the columns of BM-01, keeps the form's rules without a word."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from rules_bases import Value
from rules_sheets import Case, judge_cases

from pipeline.findings import Finding, is_error
from pipeline.measurability import Reading, read_objective
from pipeline.measurability.advice import POINTS_OR_PERCENT, advise
from pipeline.measurability.contradiction import contradictions
from pipeline.measurability.proposal import alternatives, propose
from pipeline.vietnamese import format_number

LABELLED = Path(__file__).parents[1] / "measurability" / "labelled.jsonl"
SENTENCES = [json.loads(line)["text"] for line in LABELLED.read_text(encoding="utf-8").splitlines()]
ROWS_A_FORM = 50
NOT_PROPOSED: Mapping[str, Value] = {
    "data_source": "Sổ theo dõi",
    "owner": "Trần Thị Mai",
    "policy_point": "CS1",
    **dict.fromkeys(("milestone", "agency_objective", "target", "target_upper", "unit")),
}
"""What only the Phòng knows; and what must be blank where nothing is proposed."""
FIRST_ROW = 6
WITHOUT_TASK = "C405"
"""The plan of the form, its second sheet, is not proposed."""


@cache
def labelled() -> Sequence[Reading]:
    """The labelled sentences as they are read."""
    return [read_objective(sentence) for sentence in SENTENCES]


@cache
def ways() -> Sequence[Reading]:
    """The other ways that are proposed for them, as they are read."""
    return [read_objective(way) for reading in labelled() for way in alternatives(reading, 2019)]


def _form(readings: Sequence[Reading]) -> Case:
    edits: dict[str, Value] = {}
    for row, reading in enumerate(readings, 1):
        columns = {**NOT_PROPOSED, "code": f"MT{row:02}", **propose(reading, 2019)}
        target = columns["target"]
        if isinstance(target, float) and 0 < target < 1 and columns["unit"] == "%":
            columns["target"] = f"{format_number(target)}%"  # as V318 asks for, and as coach shows it
        edits |= {f"objectives.{name}.{row}": value for name, value in columns.items()}  # type: ignore[misc]
    return Case("BM-01", edits)


def _is_of_an_earlier_year(reading: Reading) -> bool:
    return any(deadline.year and deadline.year < 2019 for deadline in reading.deadlines)


@cache
def judged() -> Sequence[tuple[Reading, frozenset[str], frozenset[str]]]:
    """Each reading with a proposal, and the errors and warnings of the row that it fills."""
    # A sentence of another year contradicts a due date of 2019.
    of_the_year = [reading for reading in (*labelled(), *ways()) if not _is_of_an_earlier_year(reading)]
    proposed = [reading for reading in of_the_year if propose(reading, 2019)]
    forms = [proposed[start : start + ROWS_A_FORM] for start in range(0, len(proposed), ROWS_A_FORM)]
    rows = []
    for readings, (_, findings) in zip(forms, judge_cases([_form(one) for one in forms]), strict=True):
        by_row = {
            row: [one for one in findings if one.cell[1:] == str(FIRST_ROW + row)] for row in range(len(readings))
        }
        rows += [
            (reading, _codes(by_row[row], errors=True), _codes(by_row[row], errors=False))
            for row, reading in enumerate(readings)
        ]
    return rows


def _codes(findings: Sequence[Finding], *, errors: bool) -> frozenset[str]:
    of_row = (one.code for one in findings if one.sheet == "Mục tiêu" and is_error(one) is errors)
    return frozenset(of_row) - {WITHOUT_TASK}


def test_every_proposal_fills_a_row_without_an_error() -> None:
    assert [(reading.text, errors) for reading, errors, _ in judged() if errors] == []


def test_the_form_warns_of_exactly_what_the_coach_says_of_the_sentence() -> None:
    # The proposed unit is "điểm %" already.
    told = [
        ({one.code for one in advise(reading)} - {POINTS_OR_PERCENT}, reading, found) for reading, _, found in judged()
    ]
    assert [
        (reading.text, said, found) for said, reading, found in told if said != found - {"M507", "M522", "V318"}
    ] == []


def test_nearly_every_measurable_sentence_has_a_proposal() -> None:
    without = [reading.text for reading in labelled() if reading.measurable and not propose(reading, 2019)]
    assert without == []


def test_a_proposal_never_contradicts_its_own_sentence() -> None:
    told = [one for one in (*labelled(), *ways()) if not _is_of_an_earlier_year(one)]
    assert [(one.text, found) for one in told if (found := contradictions(one, propose(one, 2019)))] == []


def test_what_cannot_be_measured_gets_two_or_three_ways_that_can() -> None:
    for reading in labelled():
        if not reading.measurable:
            others = alternatives(reading, 2019)
            assert len(others) in {2, 3}, reading.text
            assert [way for way in others if not read_objective(way).measurable] == [], reading.text
            assert propose(reading, 2019) == {}, reading.text


def test_what_stands_in_the_column_of_that_name_is_no_proposal() -> None:
    report = {"results.proposal.1": "Đề nghị bổ sung 01 công chức", "results.evidence.1": None}
    ((_, findings),) = judge_cases([Case("BM-02", report)])
    assert [(one.code, one.facts.get("proposal", "")) for one in findings] == [("C417", "")]
