"""What stops whoever opens the ledger: lost, too new, held by another program, damaged, or a slip of ours."""

import datetime as dt
import pkgutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from pipeline.cli import main
from pipeline.desk.auditing import audit_workspace
from pipeline.desk.checking import check_files
from pipeline.desk.rebuilding import rebuild_night
from pipeline.desk.recording import Grounds, Recorded, revoke
from pipeline.desk.status import last_clock, obligations_of
from pipeline.faults import OperatorError
from pipeline.ledger import Ledger, patience, store
from pipeline.nightly import run_night
from pipeline.settings import Period
from pipeline.workspace import Workspace, load_settings, open_ledger

NIGHT = dt.datetime(2026, 6, 10, 0, 5)
NEXT = NIGHT + dt.timedelta(days=1)
WAITING = "Chương trình khác đang giữ sổ cái; đang chờ, lâu nhất khoảng 30 giây…"
ORIGINAL = f"{'a' * 64}.xlsx"


@pytest.fixture
def browser(begun: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Another program that has the ledger open, and is not waited for long."""
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.1)
    with closing(sqlite3.connect(begun.ledger_file, isolation_level=None)) as connection:
        yield connection


def _codes(*works: Callable[[], object]) -> list[str]:
    codes = []
    for work in works:
        with pytest.raises(OperatorError) as refused:
            work()
        codes.append(refused.value.finding.code)
    return codes


def _open(workspace: Workspace) -> None:
    with open_ledger(workspace):
        pass


def _record(workspace: Workspace) -> Recorded:
    return revoke(workspace, 1, Grounds(NEXT, "Ghi nhầm"))


def test_a_ledger_that_is_lost_while_its_originals_are_there_is_refused_by_all_who_ask_for_it(
    begun: Workspace,
) -> None:
    (begun.archive / "originals").mkdir(exist_ok=True)
    (begun.archive / "originals" / ORIGINAL).write_bytes(b"x")
    begun.ledger_file.rename(begun.root / "kept")
    works = (
        lambda: run_night(begun, NEXT),
        lambda: _open(begun),
        lambda: last_clock(begun),
        lambda: check_files(begun, [begun.settings_file]),
        lambda: audit_workspace(begun),
        lambda: _record(begun),
    )
    assert _codes(*works) == ["E824"] * len(works)
    assert not begun.ledger_file.exists()


def test_a_lost_ledger_begins_anew_where_no_original_was_taken(begun: Workspace) -> None:
    (begun.archive / "originals").mkdir(exist_ok=True)
    (begun.archive / "originals" / "taking-x").write_bytes(b"x")
    begun.ledger_file.unlink()
    run_night(begun, NEXT)
    assert last_clock(begun) == NEXT


def test_a_restored_ledger_is_taken_up_again(begun: Workspace) -> None:
    (begun.archive / "originals").mkdir(exist_ok=True)
    (begun.archive / "originals" / ORIGINAL).write_bytes(b"x")
    kept = begun.ledger_file.rename(begun.root / "kept")
    assert _codes(lambda: run_night(begun, NEXT)) == ["E824"]
    kept.rename(begun.ledger_file)
    run_night(begun, NEXT)


def test_a_ledger_of_a_newer_program_asks_for_that_program(begun: Workspace) -> None:
    with Ledger(begun.ledger_file) as ledger:
        ledger.connection.execute("INSERT INTO schema_version VALUES (99)")
    works = lambda: run_night(begun, NEXT), lambda: _open(begun), lambda: audit_workspace(begun)
    assert _codes(*works) == ["E825"] * len(works)
    with pytest.raises(OperatorError) as refused:
        _open(begun)
    assert "phiên bản 99" in refused.value.line


def test_a_ledger_locked_by_another_program_is_told_and_the_next_run_goes_on(
    begun: Workspace, browser: sqlite3.Connection
) -> None:
    browser.execute("BEGIN EXCLUSIVE")
    works = (
        lambda: run_night(begun, NEXT),
        lambda: _open(begun),
        lambda: _record(begun),
        lambda: audit_workspace(begun),
    )
    assert _codes(*works) == ["E827"] * len(works)
    browser.execute("ROLLBACK")
    run_night(begun, NEXT)
    assert last_clock(begun) == NEXT


def test_a_ledger_that_is_locked_after_it_was_opened_is_told_as_well(
    begun: Workspace, browser: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def entered(ledger: Ledger) -> Ledger:
        browser.execute("BEGIN EXCLUSIVE")
        return ledger

    settings, period = load_settings(begun).settings, Period.parse("2026-6T")
    works = (
        lambda: last_clock(begun),
        lambda: obligations_of(begun, settings, period, NEXT),
        lambda: rebuild_night(begun, NEXT),
        lambda: load_settings(begun),
    )
    for work in works:
        with monkeypatch.context() as patch:
            patch.setattr(Ledger, "__enter__", entered)
            assert _codes(work) == ["E827"]
        browser.execute("ROLLBACK")


@pytest.mark.parametrize("step", ["publishing.edition_of", "publishing._receipts_are_current", "reporting._made_from"])
def test_a_ledger_that_is_locked_in_the_midst_of_a_run_is_no_fault_of_an_artefact(
    step: str, begun: Workspace, browser: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"pipeline.night.{step}"
    doing = pkgutil.resolve_name(place)

    def locked(*given: object) -> object:
        browser.execute("BEGIN EXCLUSIVE")
        return doing(*given)

    with monkeypatch.context() as patch:
        patch.setattr(place, locked)
        assert _codes(lambda: run_night(begun, NEXT)) == ["E827"]
    browser.execute("ROLLBACK")
    assert run_night(begun, NEXT).faults == ()


def test_a_ledger_that_another_program_only_reads_cannot_be_committed_to(
    begun: Workspace, browser: sqlite3.Connection
) -> None:
    browser.execute("BEGIN")
    browser.execute("SELECT * FROM scan").fetchone()
    assert _codes(lambda: run_night(begun, NEXT)) == ["E827"]
    browser.execute("ROLLBACK")
    assert last_clock(begun) == NIGHT
    run_night(begun, NEXT)


def test_another_program_that_lets_go_in_time_is_waited_for(begun: Workspace) -> None:
    with closing(sqlite3.connect(begun.ledger_file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        letting_go = threading.Timer(0.5, other.execute, ("ROLLBACK",))
        letting_go.start()
        run_night(begun, NEXT)
        letting_go.join()
    assert last_clock(begun) == NEXT


@pytest.mark.parametrize(("seconds", "notices"), [(0.3, [WAITING]), (0.05, [])])
def test_whoever_waits_for_long_is_told_so_once(
    seconds: float,
    notices: list[str],
    begun: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(patience, "NOTICED_SECONDS", 0.1)
    monkeypatch.setattr(store, "WAIT_SECONDS", seconds)
    with closing(sqlite3.connect(begun.ledger_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert main(["status", "--workspace", str(begun.root), "--period", "2026-6T"]) == 3
    *waited, refused = capsys.readouterr().err.splitlines()
    assert (waited, refused[:6]) == (notices, "E827: ")


def test_a_slip_of_ours_in_sql_is_no_trouble_with_the_disk(begun: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def slip(ledger: Ledger, *_: object) -> None:
        ledger.connection.execute("SELECT no_such_column FROM scan")

    monkeypatch.setattr(Ledger, "record_scan", slip)
    monkeypatch.setattr("pipeline.desk.recording._standing", slip)
    for work in (lambda: run_night(begun, NEXT), lambda: _record(begun)):
        with pytest.raises(sqlite3.OperationalError, match="no such column"):
            work()


def test_a_file_that_is_no_ledger_is_told_as_damaged(begun: Workspace) -> None:
    begun.ledger_file.write_bytes(b"x" * 8192)
    works = lambda: run_night(begun, NEXT), lambda: _open(begun), lambda: _record(begun)
    assert _codes(*works) == ["E811"] * len(works)
