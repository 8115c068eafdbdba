"""What is no ordinary file, out of reach or too large is told, and all else is done."""

import datetime as dt
import os
from pathlib import Path

import pytest
from edges_forms import Forms
from edges_nights import NIGHTS, is_calm, verdicts
from edges_reach import (
    CLOSED,
    CLOSED_LATER,
    GIANT,
    GIANTS,
    HAS_PIPES,
    IN_TIME,
    KEPT_MEGABYTES,
    NOT_ENTERED,
    PIPES,
    Reach,
    closing,
    nights_of,
)

from pipeline.faults import OperatorError
from pipeline.intake import inbox
from pipeline.intake.custody import UnreadableError, hash_of, take
from pipeline.nightly import run_night
from pipeline.workspace import Workspace

needs_pipes = pytest.mark.skipif(not HAS_PIPES, reason="this system has no named pipes")


@pytest.fixture(scope="module")
def reach(shared: Workspace, forms: Forms) -> Reach:
    text = shared.settings_file.read_text(encoding="utf-8")
    limits = f"[limits]\nmax_custody_megabytes = {KEPT_MEGABYTES}\n"
    shared.settings_file.write_text(text.replace("[limits]\n", limits), encoding="utf-8")
    return nights_of(shared, forms)


def _requests(reach: Reach, number: int, *matters: str) -> list[tuple[str, dict[str, str]]]:
    """What the data after a night ask for in these matters."""
    return [(matter, facts) for matter, facts in reach.requests[number] if matter in matters]


def test_an_inbox_in_which_nothing_ever_lay_is_looked_at(reach: Reach) -> None:
    assert (reach.reports[0].no_look, reach.requests[0]) == ((), [])


def test_what_is_out_of_reach_is_told_and_all_else_is_taken(reach: Reach) -> None:
    """A pipe, a socket, a closed folder, and a folder that may be listed and not entered."""
    report = reach.reports[1]
    out_of_reach = {*PIPES, f"{CLOSED}/", f"{NOT_ENTERED}/a.xlsx"}
    assert (set(report.not_taken), len(report.not_taken)) == (out_of_reach, len(out_of_reach))
    assert (report.arrived, report.verdicts["accepted"]) == (1, 1)
    assert _requests(reach, 1, "folder") == [("folder", {"path": f"{CLOSED}/"})]
    assert {matter for matter, _ in reach.requests[1]} == {"folder", "not_taken", "too_large"}
    not_taken = [facts["path"] for _, facts in _requests(reach, 1, "not_taken")]
    assert sorted(not_taken) == sorted([*PIPES, f"{NOT_ENTERED}/a.xlsx"])
    assert (is_calm(reach.reports[2]), is_calm(reach.reports[5]), is_calm(reach.reports[7])) == (True, True, True)


def test_a_folder_is_taken_when_it_is_opened(reach: Reach) -> None:
    assert reach.reports[3].arrived == 3
    assert [(path, verdict) for path, verdict, _ in verdicts(reach.workspace) if path.startswith(CLOSED)] == [
        (f"{CLOSED}/la.xlsx", "not_a_form")
    ]
    assert [matter for matter, facts in reach.requests[3] if facts.get("path") == f"{CLOSED}/la.xlsx"] == ["not_a_form"]
    assert _requests(reach, 3, "folder") == []


def test_a_file_that_lay_in_a_closed_folder_over_its_deadline_is_not_late_for_that(reach: Reach) -> None:
    assert reach.interval(f"{CLOSED_LATER}/a.xlsx") == (NIGHTS[1], NIGHTS[3])


@needs_pipes
def test_a_pipe_in_the_pre_check_folder_is_passed_over(reach: Reach) -> None:
    """Beside it only the giant is answered."""
    assert [len(report.pre_checked) for report in reach.reports] == [0, 1, 0, 0, 0, 0, 0, 0]


def test_a_bare_inbox_is_no_look(reach: Reach) -> None:
    report = reach.reports[4]
    assert (report.no_look, report.arrived) == (("inbox/",), 0)
    assert _requests(reach, 4, "no_look", "folder", "not_taken", "too_large") == [("no_look", {"path": "inbox/"})]
    assert "không tính là một lượt kiểm tra" in reach.pages[4]
    assert reach.reports[6].no_look == ()
    assert reach.interval(f"{IN_TIME}/b.xlsx") == (NIGHTS[3], NIGHTS[5])


def test_an_inbox_whose_folders_still_stand_was_emptied_on_purpose(reach: Reach) -> None:
    assert reach.reports[7].no_look == ()


def test_a_giant_is_noted_and_its_sender_answered_once(reach: Reach) -> None:
    report = reach.reports[1]
    assert (report.too_large, report.arrived) == ((GIANT,), 1)
    (answer,) = report.feedback
    assert Path(answer).parts[:3] == ("outbox", "phan_hoi", GIANTS)
    assert reach.kept[1] == 1
    ((_, facts),) = _requests(reach, 1, "too_large")
    assert (facts["path"], facts["size"], len(facts["start"])) == (GIANT, "4 MB", 64)
    assert facts["answers"] == f"`{answer}`"


def test_a_giant_that_shrank_came_when_the_giant_did(reach: Reach) -> None:
    assert reach.reports[3].too_large == ()
    assert reach.interval(GIANT)[0] == NIGHTS[0]


def test_a_giant_is_read_no_further_than_its_start_and_that_once(reach: Reach) -> None:
    assert reach.reports[2].too_large == (GIANT,)
    assert reach.read == []


def test_a_giant_in_the_pre_check_folder_is_answered_there_once(reach: Reach) -> None:
    (answer,) = reach.reports[1].pre_checked
    assert Path(answer).parts[:4] == ("outbox", "phan_hoi", GIANTS, "kiem_tra")
    assert not any(path.startswith("kiem_tra/") for path, _, _ in verdicts(reach.workspace))


@needs_pipes
def test_a_pipe_that_took_a_files_name_since_it_was_listed_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableError):
        hash_of(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableError):
        take(tmp_path / "a.xlsx", tmp_path / "archive")


def test_an_inbox_that_cannot_be_listed_at_all_is_an_operators_matter(workspace: Workspace) -> None:
    with closing(workspace.inbox), pytest.raises(OperatorError) as refused:
        run_night(workspace, NIGHTS[0])
    assert refused.value.finding.code == "E801"


@pytest.mark.parametrize("name", [".~lock.#", "~$"])
def test_a_lock_file_of_no_workbook_holds_nothing_back(name: str, tmp_path: Path) -> None:
    for file in (name, "a.xlsx"):
        (tmp_path / file).write_bytes(b"x")
    scan = inbox.scan_inbox(tmp_path, dt.UTC, dt.datetime(2026, 1, 1))
    assert ([file.name for file in scan.files], scan.open_elsewhere) == (["a.xlsx"], ())
