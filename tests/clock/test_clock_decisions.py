"""A decision dated ahead of the runs that follow it: nothing waits for its date, and it holds at once."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.desk.auditing import audit_workspace
from pipeline.desk.rebuilding import rebuild_night
from pipeline.desk.recording import Duty, Grounds, decide, revoke
from pipeline.desk.status import obligations_of
from pipeline.findings import DecisionKind
from pipeline.guards import hold_to_the_clock
from pipeline.nightly import RunOptions, run_night
from pipeline.settings import Period
from pipeline.workspace import Workspace, load_settings, open_ledger

pytestmark = pytest.mark.usefixtures("same_content_is_computed_once", "no_page_is_drawn")
REGISTER = Duty("BM-04", "TCT", "2019-6T")
AHEAD = dt.datetime(2019, 7, 16, 8)


@pytest.fixture(scope="module")
def after_the_due_date(opened: Callable[..., Workspace]) -> Workspace:
    """The office after its first run, on the day when nothing had come; to be copied."""
    office = opened("2019-6T")
    _run(office, "2019-06-10T00:05")
    return office


@pytest.fixture
def office(after_the_due_date: Workspace, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(after_the_due_date.root, tmp_path / "so")))


def _run(office: Workspace, at: str) -> None:
    run_night(office, dt.datetime.fromisoformat(at), RunOptions(workers=1))


def _state(office: Workspace, at: str) -> str:
    settings = load_settings(office).settings
    owed = obligations_of(office, settings, Period.parse("2019-6T"), dt.datetime.fromisoformat(at))
    return next(one.state for one in owed if one.form == "BM-04")


def _rebuilt(office: Workspace, at: str) -> list[bytes]:
    rebuilt = rebuild_night(office, dt.datetime.fromisoformat(at))
    return [(office.root / path).read_bytes() for path in rebuilt.files]


def test_a_decision_dated_ahead_locks_nothing_and_holds_from_the_next_run_on(office: Workspace) -> None:
    night = _rebuilt(office, "2019-06-10T00:05")
    decide(office, DecisionKind.EXEMPTED, REGISTER, Grounds(AHEAD, "lũ lụt"))
    assert audit_workspace(office).holds
    _run(office, "2019-06-12T00:05")
    told = _rebuilt(office, "2019-06-12T00:05")
    for later in ("2019-06-13T00:05", "2019-07-20T00:05"):
        assert _state(office, later) == "exempt"
        assert audit_workspace(office).holds
        _run(office, later)
    assert audit_workspace(office).holds
    assert (_rebuilt(office, "2019-06-10T00:05"), _rebuilt(office, "2019-06-12T00:05")) == (night, told)
    assert _state(office, "2019-06-10T00:05") == "missing"


def test_so_a_decision_of_a_wrong_machine_can_be_revoked_at_once(office: Workspace) -> None:
    number = decide(office, DecisionKind.EXEMPTED, REGISTER, Grounds(AHEAD, "lũ lụt")).number
    revoke(office, number, Grounds(dt.datetime(2019, 6, 10, 9), "ghi nhầm"))
    _run(office, "2019-06-11T00:05")
    assert _state(office, "2019-06-11T00:05") == "missing"
    assert audit_workspace(office).holds


def test_only_runs_hold_the_clock(office: Workspace) -> None:
    decide(office, DecisionKind.EXEMPTED, REGISTER, Grounds(AHEAD, "lũ lụt"))
    with open_ledger(office) as ledger:
        hold_to_the_clock(ledger, load_settings(office).settings, dt.datetime(2019, 6, 10, 9))
        assert ledger.last_recorded() == dt.datetime(2019, 6, 10, 0, 5, 1)
