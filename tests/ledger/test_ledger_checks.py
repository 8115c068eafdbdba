"""h16 bm6: the checks that an older ledger has in the rows of its declarations are read as rows of their own."""

import sqlite3
from pathlib import Path

from pipeline.evidence.facts import facts_of
from pipeline.ledger.schema import create
from pipeline.ledger.store import LedgerCopy
from pipeline.ledger.tables import read_rows, row_tables

_CHECKED = ("checked_on", "checked_by", "check_result")


def test_h16_bm6_they_stand_beside_those_of_today() -> None:
    """h16 bm6: a declaration without a check gives none; the evidence reads the same."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create(connection, row_tables())
    connection.execute("PRAGMA foreign_keys = OFF")
    for name in _CHECKED:
        connection.execute(f"ALTER TABLE declarations ADD COLUMN {name} TEXT")
    older = "INSERT INTO declarations (submission_id, excel_row, decision_no, checked_on, checked_by, check_result)"
    connection.execute(f"{older} VALUES (1, 6, '1/QĐ', '2018-01-16', 'Tú', 'Đủ'), (1, 7, '2/QĐ', NULL, NULL, NULL)")
    connection.execute("INSERT INTO checks VALUES (2, 6, '2019-05-21', 'Tú', 'Thiếu')")
    rows = read_rows(LedgerCopy(connection, Path()), "checks")
    assert [
        (row.submission_id, row.excel_row, f"{row.checked_on:%Y-%m-%d}", row.check_result) for row in rows.itertuples()
    ] == [
        (1, 6, "2018-01-16", "Đủ"),
        (2, 6, "2019-05-21", "Thiếu"),
    ]
    facts = facts_of(connection)
    assert facts.rows["checks"] == []  # none of these submissions was judged
    assert len(read_rows(LedgerCopy(connection, Path()), "declarations")) == 2
