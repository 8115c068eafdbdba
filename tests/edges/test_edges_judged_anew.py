"""A fault of ours, a lost original and a file put back: nothing that came is forgotten, nothing is judged twice."""

from pathlib import Path

import pytest
from edges_anew import (
    COMES_BACK,
    IS_CHANGED,
    IS_GONE,
    IS_MENDED,
    IS_MISPLACED,
    IS_PUT_BACK,
    ITS_PLACE,
    LOST,
    READS_RECEIPTS,
    SENDS_AGAIN,
    STAYS,
    Anew,
    nights_of,
)
from edges_forms import Forms
from edges_nights import answers_to, is_calm, verdicts

from pipeline.findings import Verdict
from pipeline.workspace import Workspace


@pytest.fixture(scope="module")
def anew(shared: Workspace, forms: Forms) -> Anew:
    return nights_of(shared, forms)


def _verdicts(anew: Anew, division: str) -> list[tuple[str, list[str]]]:
    """Verdict and error codes of each submission of a division's folder, in the order of judging."""
    return [(verdict, codes) for path, verdict, codes in verdicts(anew.workspace) if path.startswith(f"{division}/")]


def _is_accepted_once(anew: Anew, division: str) -> bool:
    ((verdict, _),) = _verdicts(anew, division)
    return Verdict(verdict).is_accepted


def _paths_of(anew: Anew, report: int, matter: str) -> list[str]:
    return [facts["path"] for one, facts in anew.requests[report] if one == matter]


def test_a_fault_of_ours_is_judged_again_by_itself(anew: Anew) -> None:
    first, *until_mended, mended, _, last = anew.reports
    (fault,) = answers_to(anew.content[STAYS], first.feedback)
    assert [answers_to(anew.content[STAYS], report.feedback) for report in until_mended] == [[]] * len(until_mended)
    assert _verdicts(anew, STAYS) == [("internal_fault", ["Z901"]), ("returned", ["C401"])]
    assert (mended.arrived, mended.feedback) == (1, (fault.replace(".xlsx", "_lan2.xlsx"),))
    first_interval, again = anew.intervals(STAYS)
    assert first_interval == again
    assert is_calm(last)


def test_who_heard_of_a_fault_of_ours_hears_that_it_is_accepted_now(anew: Anew) -> None:
    assert _verdicts(anew, IS_MENDED) == [("internal_fault", ["Z901"]), ("accepted", [])]
    (answer,) = answers_to(anew.content[IS_MENDED], anew.reports[1].feedback)
    assert Path(answer).name[-10:] == "_lan2.xlsx"
    assert sorted(_paths_of(anew, 0, "internal_fault")) == sorted([f"{STAYS}/a.xlsx", f"{IS_MENDED}/a.xlsx"])
    assert _paths_of(anew, 1, "internal_fault") == [f"{STAYS}/a.xlsx"]


def test_a_fault_that_stays_is_tried_once_a_day_and_leaves_no_trace(anew: Anew) -> None:
    assert (anew.tried, anew.arrivals_of_fault) == ([], 1)
    assert is_calm(anew.reports[3])
    assert [_paths_of(anew, report, "internal_fault") for report in range(2, 8)] == [[]] * 6


def test_what_is_lost_before_its_verdict_is_asked_for(anew: Anew) -> None:
    lost = [f"{division}/a.xlsx" for division in LOST]
    assert sorted(anew.reports[0].not_judged) == sorted(lost)
    facts = [facts for matter, facts in anew.requests[0] if matter == "not_judged"]
    assert sorted(facts, key=str) == sorted(({"path": path, "sender": path[:-7]} for path in lost), key=str)


@pytest.mark.parametrize("division", [IS_GONE, IS_CHANGED], ids=["gone", "changed"])
def test_an_original_lost_before_its_verdict_is_taken_anew_from_the_inbox(division: str, anew: Anew) -> None:
    report, *later = anew.reports[1:]
    assert f"{division}/a.xlsx" not in report.not_judged
    assert report.seen_again == ()
    assert _is_accepted_once(anew, division)
    assert [answers_to(anew.content[division], report.feedback) for report in later] == [[]] * len(later)


def test_a_lost_original_is_asked_for_again_until_it_comes(anew: Anew) -> None:
    lost = [f"{division}/a.xlsx" for division in (SENDS_AGAIN, READS_RECEIPTS)]
    assert [sorted(report.not_judged) for report in anew.reports[1:]] == [sorted(lost)] * 3 + [[]] * 4
    paths = [sorted(_paths_of(anew, report, "not_judged")) for report in (1, 2, 3, 4)]
    assert paths == [sorted(lost)] * 3 + [[]]
    assert f"{SENDS_AGAIN}/lai.xlsx" in anew.reports[4].seen_again
    assert _is_accepted_once(anew, SENDS_AGAIN)
    assert len(anew.intervals(SENDS_AGAIN)) == 1


def test_the_sender_of_a_lost_original_is_asked_in_the_book_of_receipts(anew: Anew) -> None:
    ((name, effect, remark),) = anew.receipts[0]
    assert (name, effect) == (f"{READS_RECEIPTS}/a.xlsx", "Chưa kiểm tra được: cần nộp lại")
    assert str(remark).startswith("Bản lưu của tệp bị mất hoặc hỏng trước khi kiểm tra. Nộp lại đúng tệp này")
    assert anew.receipts[1:4] == [anew.receipts[0]] * 3
    assert anew.receipts[4] == [(f"{READS_RECEIPTS}/a.xlsx", "Đang có hiệu lực", None)]


def test_an_original_that_comes_back_is_simply_judged(anew: Anew) -> None:
    assert f"{COMES_BACK}/a.xlsx" not in anew.reports[1].not_judged
    assert _is_accepted_once(anew, COMES_BACK)


def test_misplaced_bytes_put_into_the_right_folder_and_the_root_are_judged_once(anew: Anew) -> None:
    """In the same night, one more file arrives and nothing else is seen again or answered."""
    report = anew.reports[2]
    assert (report.arrived, len(report.seen_again)) == (2, 1)
    assert (report.verdicts["accepted"], len(report.feedback)) == (1, 1)
    assert answers_to(anew.content[IS_MISPLACED], report.feedback) == []
    assert _verdicts(anew, ITS_PLACE) == [("returned", ["F108"])]
    assert [one for one in verdicts(anew.workspace) if one[0] in {f"{IS_MISPLACED}/a.xlsx", "a.xlsx"}] in (
        [(f"{IS_MISPLACED}/a.xlsx", "accepted", [])],
        [("a.xlsx", "accepted", [])],
    )


def test_a_file_put_back_to_what_it_was_is_told_each_time(anew: Anew) -> None:
    path, others = f"{IS_PUT_BACK}/a.xlsx", {f"{SENDS_AGAIN}/lai.xlsx"}
    for number, report in ((4, anew.reports[4]), (5, anew.reports[5]), (6, anew.reports[6])):
        assert set(report.seen_again) - others == {path}
        assert "đã trở lại đúng nội dung nhận lúc" in anew.pages[number]
    assert [report.arrived for report in anew.reports[4:]] == [2, 1, 0, 0], "what was lost, what was mended"
    assert len(_verdicts(anew, IS_PUT_BACK)) == 2
    assert is_calm(anew.reports[7])
