"""Nothing in the ledger can be changed or deleted, and the chains cover content and time, never who ran it."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from ledger_samples import NIGHT, SETTINGS, new_ledger, submitted

from pipeline.findings import Verdict
from pipeline.ledger import Arrival, Decision, DecisionKind, Fault, FaultState, Scan, schema
from pipeline.ledger.contents import read_decisions, read_sightings, read_submissions
from pipeline.ledger.tables import row_tables

LATER = NIGHT + dt.timedelta(days=1)


def _withdrawal(as_of: dt.datetime = LATER) -> Decision:
    return Decision(DecisionKind.WITHDRAWN, as_of, "2019-KH", "BM-03", "VP", reason="Nộp nhầm")


@pytest.mark.parametrize("action", ["UPDATE {table} SET rowid = rowid", "DELETE FROM {table}"])
@pytest.mark.parametrize(
    "table", ["scan", "event", "settings_version", "arrival", "submission", "finding", "decision", "fault"]
)
def test_no_row_of_any_table_can_be_changed_or_deleted(table: str, action: str, tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger.sqlite") as ledger:
        submitted(ledger, "a", verdict=Verdict.RETURNED)
        with ledger.writing():
            ledger.record_decision(_withdrawal())
            ledger.record_fault(FaultState.BEGAN, Fault("Z902", "feedback", "x.xlsx", "KeyError"), LATER)
        first = schema.columns_of(ledger.connection, table)[0]
        statement = action.replace("rowid", first).format(table=table)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            ledger.connection.execute(statement)


def test_every_table_has_both_triggers(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger.sqlite") as ledger:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        triggers = {name for (name,) in ledger.connection.execute(query)}
        tables = schema.tables_of(ledger.connection)
        assert triggers == {name for table in tables for name in schema.triggers_of(table)}
        assert set(row_tables()) <= set(tables)


def test_the_chain_is_the_same_whoever_ran_it_and_however_often_the_inbox_was_looked_into(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "one.sqlite") as one, new_ledger(tmp_path / "two.sqlite") as two:
        with two.writing():
            two.record_scan(Scan("another run", NIGHT - dt.timedelta(hours=1), SETTINGS))
        for ledger in (one, two):
            submitted(ledger, "a")
        assert one.content_hash() == two.content_hash()
        assert (
            one.connection.execute("SELECT hash FROM scan").fetchone()
            != two.connection.execute("SELECT hash FROM scan ORDER BY scan_id DESC").fetchone()
        )


def test_a_withdrawal_reaches_what_was_judged_before_it_and_nothing_after(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger.sqlite") as ledger:
        submitted(ledger, "a")
        with ledger.writing():
            ledger.record_decision(_withdrawal())
        submitted(ledger, "b", LATER + dt.timedelta(days=1))
        assert list(read_submissions(ledger)["withdrawn"]) == [True, False]
        assert list(read_submissions(ledger, known_at=NIGHT)["withdrawn"]) == [False]


def test_a_revoked_decision_has_no_effect_from_then_on(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger.sqlite") as ledger:
        submitted(ledger, "a")
        with ledger.writing():
            number = ledger.record_decision(_withdrawal())
        revoked_at = LATER + dt.timedelta(days=1)
        with ledger.writing():
            ledger.record_decision(Decision(DecisionKind.REVOKED, revoked_at, "2019-KH", revokes=number))
        assert list(read_submissions(ledger)["withdrawn"]) == [False]
        assert list(read_submissions(ledger, known_at=LATER)["withdrawn"]) == [True]
        assert read_decisions(ledger).empty
        assert list(read_decisions(ledger, known_at=LATER)["kind"]) == ["withdrawn"]


def test_known_bytes_under_another_name_are_a_sighting_and_no_second_arrival(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger.sqlite") as ledger:
        submitted(ledger, "a")
        again = Arrival("a" * 64, "KHTC/ban sao.xlsx", 12, NIGHT, LATER, LATER, folder="KHTC")
        with ledger.writing():
            ledger.record_scan(Scan("run", LATER, SETTINGS), sightings=[again])
        assert list(read_sightings(ledger)["path"]) == ["KHTC/ban sao.xlsx"]
        assert ledger.pending() == ()
        assert ledger.known_names() == {"a" * 64: {"VP/a.xlsx", "KHTC/ban sao.xlsx"}}
        assert ledger.folders_of("a" * 64) == {"VP", "KHTC"}


def test_a_file_that_waits_keeps_the_look_before_it_was_first_seen_as_its_lower_end(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger.sqlite") as ledger:
        for hours, waiting in ((0, {}), (1, {"VP/a.xlsx": "open"}), (2, {"VP/a.xlsx": "unsettled"})):
            with ledger.writing():
                ledger.record_scan(Scan("run", NIGHT + dt.timedelta(hours=hours), SETTINGS), waiting=waiting)
        assert ledger.last_absent("VP/a.xlsx") == NIGHT
        assert ledger.last_absent("VP/b.xlsx") == NIGHT + dt.timedelta(hours=2)
        assert ledger.waiting() == {"VP/a.xlsx": "unsettled"}


def test_a_fault_is_open_from_its_beginning_to_its_end_and_once_only(tmp_path: Path) -> None:
    answer, book = (Fault("Z902", "feedback", name, "KeyError") for name in ("a.xlsx", "b.xlsx"))
    with new_ledger(tmp_path / "ledger.sqlite") as ledger, ledger.writing():
        ledger.record_fault(FaultState.BEGAN, book, NIGHT)
        ledger.record_fault(FaultState.BEGAN, answer, NIGHT)
        ledger.record_fault(FaultState.ENDED, book, LATER)
        assert ledger.open_faults() == (answer,)
        assert ledger.open_faults(NIGHT) == (answer, book)
