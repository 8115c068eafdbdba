"""The same inbox under a wrong clock and under a right one: after the decision every state is the same."""

import datetime as dt
import json
from pathlib import Path

import pytest

from pipeline.findings import DecisionKind, Verdict
from pipeline.ledger import Arrival, Decision, Judgement, Ledger, Scan, SettingsVersion
from pipeline.ledger.contents import read_submissions
from pipeline.ledger.tables import row_tables

SETTINGS = "s" * 64
FIRST = dt.datetime(2019, 6, 1, 0, 5)
DUE = dt.datetime(2019, 6, 10)
_DAY = dt.timedelta(days=1)
DAYS = 30


def _ledger(path: Path) -> Ledger:
    ledger = Ledger(path, row_tables())
    with ledger.writing():
        ledger.record_settings(SettingsVersion(SETTINGS, json.dumps({"years": {"2019": {}}})), FIRST)
    return ledger


def _night(ledger: Ledger, number: int, clock: dt.datetime, *, goes_on: bool) -> None:
    """The file of the day before, stamped at noon by its sender's machine, is found and judged."""
    ledger.read_right_times(clock if goes_on else None)
    stamp, name = FIRST + (number - 0.5) * _DAY, f"VP/{number}.xlsx"
    before = ledger.last_absent(name)
    estimate = min(max(stamp, before or dt.datetime.min), clock)
    arrival = Arrival(f"{number:064d}", name, 1, before, clock, estimate, written_at=stamp, changed_at=stamp)
    scan = Scan(f"{number:032x}", clock, SETTINGS, clock.isoformat(), "0.4.0")
    with ledger.writing():
        ledger.record_scan(scan, [arrival])
        judged = Judgement(ledger.pending()[0], Verdict.ACCEPTED, (), "BM-03", "VP", "2019-KH")
        ledger.record_judgement(judged, scan)


def _decide(ledger: Ledger, first: int, last: int, as_of: dt.datetime) -> int:
    decision = Decision(DecisionKind.CLOCK, as_of, "", reason="pin CMOS", wrong_from=first, wrong_until=last)
    ledger.read_right_times(as_of, (first, last))
    with ledger.writing():
        return ledger.record_decision(decision)


def _in_time(ledger: Ledger) -> list[bool]:
    """Whether each form came in time, as ``obligations.states`` judges it."""
    found = read_submissions(ledger).reset_index()
    surely, perhaps = found["not_after"] < DUE, ~(found["not_before"] >= DUE)
    return list(surely | (perhaps & (found["arrived_at"] < DUE)))


CASES = {
    "2091 before the due date": ([3], dt.timedelta(days=26300)),
    "2091 over the due date": ([8, 9, 10], dt.timedelta(days=26300)),
    "2091 as the first run ever": ([0], dt.timedelta(days=26300)),
    "2009 for the first runs": ([0, 1, 2], dt.timedelta(days=-3650)),
    "2009 in the middle": ([9, 10, 11], dt.timedelta(days=-3650)),
    "twenty days ahead": ([8, 9], dt.timedelta(days=20)),
}


@pytest.mark.parametrize(("wrong", "shift"), CASES.values(), ids=CASES)
def test_after_the_decision_every_form_is_judged_as_under_a_right_clock(
    wrong: list[int], shift: dt.timedelta, tmp_path: Path
) -> None:
    with _ledger(tmp_path / "right.sqlite") as right, _ledger(tmp_path / "wrong.sqlite") as under_wrong:
        for number in range(DAYS):
            clock = FIRST + number * _DAY
            _night(right, number, clock, goes_on=True)
            is_wrong = number in wrong
            if shift == dt.timedelta(days=20) and number == wrong[-1] + 1:
                _decide(under_wrong, wrong[0] + 1, wrong[-1] + 1, clock - dt.timedelta(hours=1))
            _night(under_wrong, number, clock + shift if is_wrong else clock, goes_on=not is_wrong)
        if shift != dt.timedelta(days=20):
            _decide(under_wrong, wrong[0] + 1, wrong[-1] + 1, FIRST + DAYS * _DAY)
        assert _in_time(under_wrong) == _in_time(right)
        assert under_wrong.wrong_looks.suspect == frozenset()
        judged = read_submissions(under_wrong)["judged_as_of"]
        assert judged.is_monotonic_increasing


def test_a_run_of_2091_does_not_lock_the_workspace_before_anything_is_decided(tmp_path: Path) -> None:
    with _ledger(tmp_path / "l.sqlite") as ledger:
        _night(ledger, 0, FIRST, goes_on=True)
        _night(ledger, 1, dt.datetime(2091, 1, 1), goes_on=False)
        ledger.read_right_times(FIRST + 2 * _DAY)
        assert ledger.wrong_looks.suspect == {2}
        assert ledger.last_recorded() == FIRST + dt.timedelta(seconds=1)


def test_what_is_written_is_never_changed(tmp_path: Path) -> None:
    with _ledger(tmp_path / "l.sqlite") as ledger:
        _night(ledger, 0, FIRST, goes_on=True)
        _night(ledger, 1, dt.datetime(2091, 1, 1), goes_on=False)
        _decide(ledger, 2, 2, FIRST + 3 * _DAY)
        raw = ledger.connection.execute("SELECT as_of FROM main.scan ORDER BY scan_id").fetchall()
        assert raw == [(FIRST.isoformat(),), ("2091-01-01T00:00:00",)]
