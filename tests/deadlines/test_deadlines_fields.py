"""What is told beside a state: dates, interval, versions, the decision in words."""

import datetime as dt

import pandas as pd
from deadline_frames import DUE, Came, Decided, decisions_of, outcome, owed

from pipeline.findings import DecisionKind
from pipeline.obligations import decision_words

BEFORE, FOUND, STAMP = "2019-06-07T17:00", "2019-06-10T07:45", "2019-06-09T16:00"


def test_the_interval_and_the_estimate_are_kept() -> None:
    found = outcome("2019-06-12", [Came(FOUND, BEFORE, STAMP)])
    told = [found[name].isoformat() for name in ("not_before", "not_after", "arrived_at")]
    assert told == ["2019-06-07T17:00:00", "2019-06-10T07:45:00", "2019-06-09T16:00:00"]


def test_of_the_first_look_the_lower_end_is_unknown() -> None:
    assert pd.isna(outcome("2019-06-12", [Came(FOUND, None, STAMP)])["not_before"])


def test_an_extension_moves_the_due_date_and_keeps_the_first_one() -> None:
    found = outcome("2019-06-12", decided=[Decided(DecisionKind.EXTENDED, until="2019-06-20")])
    assert (found["due_on"].date(), found["agreed_on"].date()) == (dt.date(2019, 6, 20), DUE)


def test_without_an_extension_there_is_one_due_date() -> None:
    found = outcome("2019-06-12")
    assert found["due_on"].date() == DUE
    assert pd.isna(found["agreed_on"])


def test_the_version_that_counts_is_told_and_the_last_one_named() -> None:
    found = outcome("2019-06-12", [Came("2019-06-08T00:05"), Came("2019-06-09T00:05", verdict="returned")])
    assert (found["submission_id"], found["last_submission_id"], found["newer_verdict"]) == (1, 2, "returned")


def test_a_later_version_keeps_what_the_first_decided_and_both_dates_are_told() -> None:
    """m8: in time or late is that of the first accepted version, and so are the days."""
    in_time = outcome("2019-07-01", [Came("2019-06-08T00:05"), Came("2019-06-20T00:05", "2019-06-19T00:05")])
    late = outcome("2019-07-01", [Came("2019-06-12T08:00", BEFORE), Came("2019-06-20T00:05", "2019-06-19T00:05")])
    told = [
        (one["state"], one["days_late"], f"{one['received_at']:%d/%m}", f"{one['arrived_at']:%d/%m}")
        for one in (in_time, late)
    ]
    assert told == [("on_time", 0, "08/06", "20/06"), ("late", 3, "12/06", "20/06")]


def test_what_was_received_in_time_and_accepted_later_tells_both_dates() -> None:
    """m8."""
    returned = Came("2019-06-08T00:05", "2019-06-07T00:05", verdict="returned")
    found = outcome("2019-06-20", [returned, Came("2019-06-12T00:05", "2019-06-11T00:05")])
    assert (found["state"], found["received_at"].day, found["arrived_at"].day) == ("accepted_after_due", 8, 12)


def test_without_one_that_counts_the_last_is_told() -> None:
    found = outcome(
        "2019-06-12",
        [Came("2019-06-08T00:05", verdict="returned"), Came("2019-06-09T00:05", is_empty=True, verdict="returned")],
    )
    assert (found["submission_id"], found["last_submission_id"]) == (2, 2)
    assert pd.isna(found["newer_verdict"])


def test_an_exempt_division_is_still_shown_with_what_it_handed_in() -> None:
    found = outcome("2019-06-12", [Came("2019-06-11T00:05", BEFORE)], [Decided(DecisionKind.EXEMPTED)])
    assert (found["submission_id"], found["verdict"], found["path"]) == (1, "accepted", "VP/1.xlsx")


def _words(*decided: Decided) -> list[object]:
    words = decision_words(owed(), decisions_of(*decided))
    return list(words.astype(object).where(words.notna(), None))


def test_nothing_decided_is_nothing_said() -> None:
    assert _words() == [None]


def test_an_extension_is_told_with_reason_document_and_number() -> None:
    decided = Decided(DecisionKind.EXTENDED, "2019-06-20", "bão.", "12/CV-VP", "2019-06-07")
    assert _words(decided) == [
        "Gia hạn đến trước ngày 20/6/2019. Lý do: bão. Văn bản: 12/CV-VP, ngày 07/6/2019. (Ghi sổ số 1.)"
    ]


def test_a_document_may_have_no_date() -> None:
    assert _words(Decided(DecisionKind.EXEMPTED, document="12/CV-VP")) == [
        "Miễn nộp. Lý do: đi công tác. Văn bản: 12/CV-VP. (Ghi sổ số 1.)"
    ]


def test_exemption_extension_and_withdrawal_are_told_in_this_order_each_by_its_last() -> None:
    told = _words(
        Decided(DecisionKind.WITHDRAWN, reason="nhầm tệp"),
        Decided(DecisionKind.EXTENDED, "2019-06-15"),
        Decided(DecisionKind.EXTENDED, "2019-06-20"),
        Decided(DecisionKind.EXEMPTED, division="TCT"),
        Decided(DecisionKind.EXEMPTED),
    )
    sentences = (
        "Miễn nộp. Lý do: đi công tác. (Ghi sổ số 5.)",
        "Gia hạn đến trước ngày 20/6/2019. Lý do: đi công tác. (Ghi sổ số 3.)",
        "Đã rút các bản nộp trước đó. Lý do: nhầm tệp. (Ghi sổ số 1.)",
    )
    assert told == [" ".join(sentences)]
