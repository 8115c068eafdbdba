"""What is no ordinary file, out of reach or too large is told, and all else is done."""

import datetime as dt
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from edges_nights import NIGHTS, calm_night, dropped, matters, night, page, to_do, verdicts

from pipeline.faults import OperatorError
from pipeline.intake import inbox
from pipeline.intake.custody import UnreadableError, hash_of, take
from pipeline.ledger import Ledger
from pipeline.nightly import run_night
from pipeline.workspace import Workspace

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
KEPT_MEGABYTES = 3


@needs_pipes
@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_a_pipe_or_a_socket_is_passed_over(kind: str, workspace: Workspace, plan: bytes) -> None:
    dropped(workspace, "KHTC/a.xlsx", plan)
    where = workspace.inbox / "KHTC" / "b.xlsx"
    if kind == "pipe":
        os.mkfifo(where)
    else:
        with socket.socket(socket.AF_UNIX) as opened:
            os.chdir(where.parent)
            opened.bind(where.name)
    report = night(workspace, 0)
    assert (report.not_taken, report.verdicts["accepted"]) == (("KHTC/b.xlsx",), 1)
    assert matters(workspace, 0) == ["not_taken"]
    calm_night(workspace, 1)


@needs_pipes
def test_a_pipe_in_the_pre_check_folder_is_passed_over(workspace: Workspace) -> None:
    (workspace.inbox / "kiem_tra").mkdir(exist_ok=True)
    os.mkfifo(workspace.inbox / "kiem_tra" / "a.xlsx")
    calm_night(workspace, 0)


@needs_pipes
def test_a_pipe_that_took_a_files_name_since_it_was_listed_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableError):
        hash_of(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableError):
        take(tmp_path / "a.xlsx", tmp_path / "archive")


@pytest.fixture
def close(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], None]:
    """Keep one folder from being listed, as the system does without the right to read; None opens it again."""
    scandir, closed = os.scandir, set[Path]()

    def listed(folder: Any) -> Any:  # noqa: ANN401 - as os.scandir
        if not isinstance(folder, int) and Path(folder) in closed:
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", listed)

    def set_closed(folder: Path | None) -> None:
        closed.clear()
        closed.update({folder} - {None})  # type: ignore[arg-type]

    return set_closed


def test_a_closed_folder_is_told_and_all_else_is_taken(
    workspace: Workspace, plan: bytes, close: Callable[[Path | None], None]
) -> None:
    dropped(workspace, "KHTC/a.xlsx", plan)
    dropped(workspace, "VP/la.xlsx", b"x")
    close(workspace.inbox / "VP")
    report = night(workspace, 0)
    assert (report.not_taken, report.arrived) == (("VP/",), 1)
    assert to_do(workspace, 0) == [("folder", {"path": "VP/"})]
    calm_night(workspace, 1)
    close(None)
    assert night(workspace, 2).arrived == 1
    assert matters(workspace, 2) == ["not_a_form"]


def test_a_file_that_lay_in_a_closed_folder_over_its_deadline_is_not_late_for_that(
    workspace: Workspace, plan: bytes, close: Callable[[Path | None], None]
) -> None:
    night(workspace, 0)
    path = dropped(workspace, "KHTC/a.xlsx", plan)
    close(path.parent)
    night(workspace, 1)
    close(None)
    night(workspace, 2)
    assert _interval(workspace) == (NIGHTS[0], NIGHTS[2])


def test_an_inbox_that_cannot_be_listed_at_all_is_an_operators_matter(
    workspace: Workspace, close: Callable[[Path | None], None]
) -> None:
    close(workspace.inbox)
    with pytest.raises(OperatorError) as refused:
        run_night(workspace, NIGHTS[0])
    assert refused.value.finding.code == "E801"


def test_what_may_be_listed_and_not_entered_is_told(
    workspace: Workspace, plan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dropped(workspace, "KHTC/a.xlsx", plan)
    monkeypatch.setattr(inbox, "look_at", lambda one: None if one == path else pytest.fail(str(one)))
    assert night(workspace, 0).not_taken == ("KHTC/a.xlsx",)


@pytest.mark.parametrize("name", [".~lock.#", "~$"])
def test_a_lock_file_of_no_workbook_holds_nothing_back(name: str, tmp_path: Path) -> None:
    for file in (name, "a.xlsx"):
        (tmp_path / file).write_bytes(b"x")
    scan = inbox.scan_inbox(tmp_path, dt.UTC, dt.datetime(2026, 1, 1))
    assert ([file.name for file in scan.files], scan.open_elsewhere) == (["a.xlsx"], ())


def _interval(workspace: Workspace) -> tuple[dt.datetime | None, dt.datetime]:
    with Ledger(workspace.ledger_file) as ledger:
        query = "SELECT not_before, not_after FROM arrival ORDER BY arrival_id DESC LIMIT 1"
        low, high = ledger.connection.execute(query).fetchone()
    return low and dt.datetime.fromisoformat(low), dt.datetime.fromisoformat(high)


def _mounted(workspace: Workspace, *, is_mounted: bool) -> None:
    """The share in its place, or the bare folder under it."""
    share = workspace.root / "share"
    if is_mounted:
        workspace.inbox.rmdir()
        share.rename(workspace.inbox)
    else:
        workspace.inbox.rename(share)
        workspace.inbox.mkdir()


def test_a_bare_inbox_is_no_look(workspace: Workspace, plan: bytes, revised: bytes) -> None:
    dropped(workspace, "KHTC/a.xlsx", plan)
    night(workspace, 0)
    dropped(workspace, "KHTC/b.xlsx", revised)
    _mounted(workspace, is_mounted=False)
    report = night(workspace, 1)
    assert (report.no_look, report.arrived) == (("inbox/",), 0)
    assert to_do(workspace, 1) == [("no_look", {"path": "inbox/"})]
    assert "không tính là một lượt kiểm tra" in page(workspace, 1)
    calm_night(workspace, 2)
    _mounted(workspace, is_mounted=True)
    assert night(workspace, 3).no_look == ()
    assert _interval(workspace) == (NIGHTS[0], NIGHTS[3])


def test_an_inbox_whose_folders_still_stand_was_emptied_on_purpose(workspace: Workspace, plan: bytes) -> None:
    path = dropped(workspace, "KHTC/a.xlsx", plan)
    night(workspace, 0)
    path.unlink()
    assert night(workspace, 1).no_look == ()


def test_an_inbox_in_which_nothing_ever_lay_is_looked_at(workspace: Workspace) -> None:
    for entry in sorted(workspace.inbox.rglob("*"), reverse=True):
        entry.rmdir() if entry.is_dir() else entry.unlink()
    assert night(workspace, 0).no_look == ()


@pytest.fixture
def small_custody(workspace: Workspace) -> Workspace:
    """A workspace that keeps no file over 3 MiB."""
    text = workspace.settings_file.read_text(encoding="utf-8")
    limits = f"[limits]\nmax_custody_megabytes = {KEPT_MEGABYTES}\n"
    workspace.settings_file.write_text(text.replace("[limits]\n", limits), encoding="utf-8")
    return workspace


def test_a_giant_is_noted_and_its_sender_answered_once(small_custody: Workspace, plan: bytes) -> None:
    dropped(small_custody, "KHTC/a.xlsx", plan)
    giant = dropped(small_custody, "KHTC/to.xlsx", bytes((KEPT_MEGABYTES << 20) + 1))
    report = night(small_custody, 0)
    assert (report.too_large, report.arrived) == (("KHTC/to.xlsx",), 1)
    (answer,) = report.feedback
    assert Path(answer).parts[:3] == ("outbox", "phan_hoi", "KHTC")
    assert len(list((small_custody.archive / "originals").iterdir())) == 1
    ((matter, facts),) = to_do(small_custody, 0)
    assert (matter, facts["path"], facts["size"], len(facts["start"])) == ("too_large", "KHTC/to.xlsx", "4 MB", 64)
    assert facts["answers"] == f"`{answer}`"
    calm_night(small_custody, 1)
    giant.write_bytes(plan[:-1])
    assert night(small_custody, 2).too_large == ()
    assert _interval(small_custody)[0] is None


def test_a_giant_is_read_no_further_than_its_start(small_custody: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped(small_custody, "KHTC/to.xlsx", bytes(KEPT_MEGABYTES << 21))
    monkeypatch.setattr("pipeline.night.arriving.hash_of", lambda path: pytest.fail(str(path)))
    monkeypatch.setattr("pipeline.night.arriving.take", lambda *given: pytest.fail(str(given)))
    assert night(small_custody, 0).too_large == ("KHTC/to.xlsx",)
    monkeypatch.setattr("pipeline.night.arriving.hash_of_start", lambda *given: pytest.fail(str(given)))
    calm_night(small_custody, 1)


def test_a_giant_in_the_pre_check_folder_is_answered_there_once(small_custody: Workspace) -> None:
    dropped(small_custody, "kiem_tra/KHTC/to.xlsx", bytes((KEPT_MEGABYTES << 20) + 1))
    report = night(small_custody, 0)
    (answer,) = report.pre_checked
    assert Path(answer).parts[:4] == ("outbox", "phan_hoi", "KHTC", "kiem_tra")
    assert (report.too_large, verdicts(small_custody)) == ((), [])
    calm_night(small_custody, 1)
