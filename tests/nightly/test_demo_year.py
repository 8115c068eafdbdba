"""What the demo's nights come to: the states and verdicts that its story promises."""

import datetime as dt
from collections import Counter

from pipeline.desk.status import Obligation, last_clock, obligations_of
from pipeline.ledger.contents import read_findings
from pipeline.nightly import RunReport
from pipeline.settings import Period
from pipeline.workspace import Workspace, load_settings, open_ledger

Replayed = tuple[Workspace, list[RunReport]]


def _owed(replayed: Replayed) -> dict[tuple[str, str], Obligation]:
    workspace = replayed[0]
    settings = load_settings(workspace).settings
    owed = obligations_of(workspace, settings, Period.parse("2019-6T"), last_clock(workspace))
    return {(one.form, one.division): one for one in owed}


def test_the_last_night_is_five_past_midnight_on_the_tenth_of_june(replayed: Replayed) -> None:
    assert replayed[1][-1].as_of == dt.datetime(2019, 6, 10, 0, 5)


def test_every_obligation_of_the_half_year_has_its_state(replayed: Replayed) -> None:
    states = Counter((one.form, one.state) for one in _owed(replayed).values())
    assert states == {
        ("BM-01", "on_time"): 9,
        ("BM-01", "accepted_after_due"): 1,
        ("BM-02", "on_time"): 8,
        ("BM-02", "returned"): 1,
        ("BM-02", "empty"): 1,
        ("BM-03", "on_time"): 9,
        ("BM-03", "late"): 1,
        ("BM-03", "missing"): 1,
        ("BM-04", "on_time"): 1,
    }


def test_a_late_form_is_counted_in_days_from_its_strict_due_date(replayed: Replayed) -> None:
    late = _owed(replayed)["BM-03", "PCTNXH"]
    assert (late.state, late.due_on, late.days_late) == ("late", dt.date(2019, 3, 31), 4)


def test_a_returned_form_that_was_resubmitted_well_counts(replayed: Replayed) -> None:
    again = _owed(replayed)["BM-02", "NCC"]
    assert (again.verdict, again.file) == ("accepted_with_warnings", "NCC/BM-02_2019-6T_NCC (1).xlsx")


def test_a_lock_file_is_named_and_taken_by_no_run(replayed: Replayed) -> None:
    last = replayed[1][-1]
    assert last.open_elsewhere == ("BTXH/BM-02_2019-6T_BTXH.xlsx",)
    assert last.verdicts == {"not_a_form": 1}


def test_every_file_that_was_not_plainly_accepted_has_its_answer(replayed: Replayed) -> None:
    workspace, reports = replayed
    answered = [path for report in reports for path in report.feedback]
    owed = sum(sum(report.verdicts.values()) - report.verdicts["accepted"] for report in reports)
    assert len(answered) == owed
    assert all((workspace.root / path).is_file() for path in answered)


def test_a_report_on_the_first_version_of_its_form_counts_and_says_so(replayed: Replayed) -> None:
    one = _owed(replayed)["BM-02", "PCTNXH"]
    assert (one.state, one.verdict, one.file) == (
        "on_time",
        "accepted_with_warnings",
        "PCTNXH/BM-02_2019-6T_PCTNXH.xlsx",
    )
    workspace, _ = replayed
    assert one.submission_id is not None
    with open_ledger(workspace) as ledger:
        told = [finding.code for finding in read_findings(ledger, one.submission_id)]
    assert told == ["T226", "R608"]
