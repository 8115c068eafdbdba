"""Same bytes are one submission whatever they are called; new bytes for one obligation are a new version."""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from remembering import computed_once

from pipeline.night import day_sources, publishing
from pipeline.nightly import RunReport, run_night
from pipeline.workspace import Workspace

Begun = tuple[Path, bytes, bytes, bytes]
NIGHTS = tuple(dt.datetime(2019, 1, day, 0, 5) for day in range(20, 26))


@pytest.fixture(scope="module", autouse=True)
def no_workbook_is_published() -> Iterator[None]:
    """What is held here is what was taken, judged and answered; nothing looks at the committee's workbook."""
    with computed_once(), pytest.MonkeyPatch.context() as patch:
        for module in (publishing, day_sources):
            patch.setattr(module, "edition_of", lambda *_: None)
        yield


@pytest.fixture(scope="module")
def misplaced_night(
    begun: Begun, no_workbook_is_published: None, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Workspace, RunReport]:
    """The plan of KHTC in the folder of VP, after the first night."""
    assert no_workbook_is_published is None
    workspace = Workspace(Path(shutil.copytree(begun[0], tmp_path_factory.mktemp("misplaced") / "so")))
    _dropped(workspace, "VP/BM-01.xlsx", begun[1])
    return workspace, run_night(workspace, NIGHTS[0])


@pytest.fixture(scope="module")
def accepted_night(begun: Begun, no_workbook_is_published: None, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The plan of KHTC in its own folder, after the first night."""
    assert no_workbook_is_published is None
    workspace = Workspace(Path(shutil.copytree(begun[0], tmp_path_factory.mktemp("accepted") / "so")))
    _dropped(workspace, "KHTC/BM-01.xlsx", begun[1])
    run_night(workspace, NIGHTS[0])
    return workspace


@pytest.fixture
def misplaced(misplaced_night: tuple[Workspace, RunReport], tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(misplaced_night[0].root, tmp_path / "after")))


@pytest.fixture
def accepted(accepted_night: Workspace, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(accepted_night.root, tmp_path / "after")))


def _dropped(workspace: Workspace, name: str, content: bytes) -> Path:
    path = workspace.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _verdicts(workspace: Workspace) -> list[tuple[str, str, int, list[str]]]:
    """Path, verdict, version and error codes of every submission, in the order of judging."""
    query = (
        "SELECT a.path, s.verdict, s.version, s.submission_id FROM submission s JOIN arrival a USING (arrival_id)"
        " ORDER BY s.submission_id"
    )
    errors = "SELECT code FROM finding WHERE submission_id = ? AND severity = 'error' ORDER BY position"
    with sqlite3.connect(workspace.ledger_file) as connection:
        return [
            (path, verdict, version, [code for (code,) in connection.execute(errors, (submission_id,))])
            for path, verdict, version, submission_id in connection.execute(query).fetchall()
        ]


def test_the_same_bytes_under_another_name_are_recognised_and_not_counted_twice(
    accepted: Workspace, plan: bytes
) -> None:
    _dropped(accepted, "KHTC/Copy of BM-01.xlsx", plan)
    report = run_night(accepted, NIGHTS[1])
    assert (report.arrived, report.seen_again) == (0, ("KHTC/Copy of BM-01.xlsx",))
    assert run_night(accepted, NIGHTS[2]).seen_again == ()
    assert [version for _, _, version, _ in _verdicts(accepted)] == [1]


def test_two_copies_of_the_same_bytes_in_one_look_are_one_submission(workspace: Workspace, plan: bytes) -> None:
    _dropped(workspace, "KHTC/a.xlsx", plan)
    _dropped(workspace, "KHTC/b.xlsx", plan)
    report = run_night(workspace, NIGHTS[0])
    assert (report.arrived, len(report.seen_again)) == (1, 1)


def test_new_bytes_for_the_same_obligation_are_a_new_version(accepted: Workspace, revised_plan: bytes) -> None:
    _dropped(accepted, "KHTC/BM-01.xlsx", revised_plan)
    run_night(accepted, NIGHTS[1])
    assert [(verdict, version) for _, verdict, version, _ in _verdicts(accepted)] == [("accepted", 1), ("accepted", 2)]


def test_a_form_in_another_divisions_folder_is_returned_and_both_are_answered(
    misplaced_night: tuple[Workspace, RunReport],
) -> None:
    workspace, report = misplaced_night
    assert _verdicts(workspace) == [("VP/BM-01.xlsx", "returned", 1, ["F108"])]
    assert {Path(path).parent.name for path in report.feedback} == {"KHTC", "VP"}


def test_the_same_bytes_put_into_the_right_folder_are_judged_anew(misplaced: Workspace) -> None:
    (misplaced.inbox / "KHTC").mkdir()
    (misplaced.inbox / "VP" / "BM-01.xlsx").rename(misplaced.inbox / "KHTC" / "BM-01.xlsx")
    run_night(misplaced, NIGHTS[1])
    assert _verdicts(misplaced)[1:] == [("KHTC/BM-01.xlsx", "accepted", 2, [])]


def test_what_is_judged_anew_is_answered_anew_under_the_same_name(workspace: Workspace, spoilt_plan: bytes) -> None:
    path = _dropped(workspace, "VP/BM-01.xlsx", spoilt_plan)
    first = run_night(workspace, NIGHTS[0])
    (workspace.inbox / "KHTC").mkdir()
    path.rename(workspace.inbox / "KHTC" / "BM-01.xlsx")
    again = run_night(workspace, NIGHTS[1])
    assert [codes for _, _, _, codes in _verdicts(workspace)] == [["F108", "C401"], ["C401"]]
    assert len(first.feedback) == 2
    (answer,) = again.feedback
    assert Path(answer).parent.name == "KHTC"
    assert answer not in first.feedback
    page = (workspace.outbox / "nhat_ky" / f"{NIGHTS[1]:%Y-%m-%d}.md").read_text(encoding="utf-8")
    assert answer in page


def test_a_copy_in_the_right_folder_the_same_night_is_enough(workspace: Workspace, plan: bytes) -> None:
    _dropped(workspace, "VP/BM-01.xlsx", plan)
    _dropped(workspace, "khtc/BM-01.xlsx", plan)
    run_night(workspace, NIGHTS[0])
    assert [(verdict, codes) for _, verdict, _, codes in _verdicts(workspace)] == [("accepted", [])]


def test_a_form_outside_every_divisions_folder_is_nobodys_mistake(workspace: Workspace, plan: bytes) -> None:
    _dropped(workspace, "Nam 2019/BM-01.xlsx", plan)
    run_night(workspace, NIGHTS[0])
    assert [verdict for _, verdict, _, _ in _verdicts(workspace)] == ["accepted"]
