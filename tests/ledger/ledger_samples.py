"""Ledgers for the tests: one of version 1 as the first release made it, and one of today with a story of its own."""

import datetime as dt
import sqlite3
from pathlib import Path

from pipeline.findings import Finding, Verdict
from pipeline.ledger import Arrival, Judgement, Ledger, Scan, SettingsVersion, schema
from pipeline.ledger.hashing import GENESIS, canonical, chained
from pipeline.ledger.tables import row_tables

NIGHT = dt.datetime(2019, 6, 8, 0, 5)
SETTINGS = "s" * 64
_SCRIPT = Path(__file__).with_name("version_1.sql")


def version_1(path: Path) -> None:
    """A ledger of version 1 with two looks, one arrival and one verdict, append-only as the first release made it."""
    with sqlite3.connect(path) as connection:
        connection.executescript(_SCRIPT.read_text(encoding="utf-8"))
        connection.execute(
            "CREATE TABLE policy (submission_id INTEGER NOT NULL, excel_row INTEGER NOT NULL, note TEXT)"
        )
        connection.execute("INSERT INTO schema_version VALUES (1)")
        for number in (1, 2):
            connection.execute(
                "INSERT INTO scan VALUES (?, ?, ?, ?)", (number, f"r{number}", f"{NIGHT:%FT%T}", SETTINGS)
            )
        connection.execute("INSERT INTO settings_version VALUES (?, '{}')", (SETTINGS,))
        row = ("a" * 64, "VP/BM-03.xlsx", 12, None, f"{NIGHT:%FT%T}", f"{NIGHT:%FT%T}", 1)
        connection.execute("INSERT INTO arrival VALUES (1, ?, ?, ?, ?, ?, ?, ?)", row)
        told = (1, 1, "accepted", "BM-03", "VP", "2019-KH", 1, 0, "", f"{NIGHT:%FT%T}", SETTINGS)
        connection.execute("INSERT INTO submission VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", told)
        text = canonical({"sha256": "a" * 64})
        link = chained(GENESIS, "arrived", f"{NIGHT:%FT%T}", text)
        connection.execute(
            "INSERT INTO event VALUES (1, 'arrived', ?, ?, ?, ?)", (f"{NIGHT:%FT%T}", text, GENESIS, link)
        )
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        ]
        for table in names:
            for action in ("UPDATE", "DELETE"):
                connection.execute(
                    f'CREATE TRIGGER "{table}_no_{action.lower()}" BEFORE {action} ON "{table}" '
                    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
                )


def version_2(path: Path) -> None:
    """A ledger as version 2 of the schema made it, with one look, one arrival and one decision."""
    with sqlite3.connect(path) as connection:
        connection.executescript(_SCRIPT.with_name("version_2.sql").read_text(encoding="utf-8"))
        connection.execute("INSERT INTO schema_version VALUES (2)")
        at = f"{NIGHT:%FT%T}"
        link = schema.scan_hash(GENESIS, at, [SETTINGS, {}, GENESIS])
        scan = (1, "r1", at, SETTINGS, "{}", GENESIS, GENESIS, link)
        connection.execute("INSERT INTO scan VALUES (?, ?, ?, ?, ?, ?, ?, ?)", scan)
        arrival = (1, "a" * 64, "VP/BM-03.xlsx", "VP", 12, None, at, at, 1)
        connection.execute("INSERT INTO arrival VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", arrival)
        decision = (1, "exempted", at, "BM-03", "VP", "2019-KH", None, "Bão", "", None, None, None, None)
        connection.execute("INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", decision)
        for table in schema.tables_of(connection):
            for name, action in schema.triggers_of(table).items():
                connection.execute(schema.trigger_statement(name, action, table))


def new_ledger(path: Path) -> Ledger:
    """An empty ledger of today, with its settings recorded."""
    ledger = Ledger(path, row_tables())
    with ledger.writing():
        ledger.record_settings(SettingsVersion(SETTINGS, "{}"), NIGHT)
    return ledger


def submitted(ledger: Ledger, name: str, as_of: dt.datetime = NIGHT, verdict: Verdict = Verdict.ACCEPTED) -> int:
    """One BM-03 of VP taken and judged in one run; gives its submission_id."""
    scan = Scan("run", as_of, SETTINGS)
    codes = (Finding("C401", "Phổ biến CSCL", "D9"),) if verdict is Verdict.RETURNED else ()
    with ledger.writing():
        ledger.record_scan(scan, [Arrival(name * 64, f"VP/{name}.xlsx", 12, None, as_of, as_of, folder="VP")])
        judgement = Judgement(ledger.pending()[0], verdict, codes, "BM-03", "VP", "2019-KH")
        return ledger.record_judgement(judgement, scan)
