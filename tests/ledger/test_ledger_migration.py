"""A ledger of an older version is brought up to date, whole or not at all, and looks like one made today."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_samples import NIGHT, SETTINGS, new_ledger, version_1, version_2

from pipeline.ledger import Ledger, LedgerError, schema
from pipeline.ledger.contents import read_submissions
from pipeline.ledger.tables import read_rows, row_tables


def _shape(connection: sqlite3.Connection) -> dict[str, str]:
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    return {name: " ".join(sql.split()) for name, sql in connection.execute(query)}


@pytest.mark.parametrize("older", [version_1, version_2])
def test_an_older_ledger_gets_the_shape_of_today(tmp_path: Path, older: Callable[[Path], None]) -> None:
    older(tmp_path / "old.sqlite")
    with Ledger(tmp_path / "old.sqlite", brings_up_to_date=True) as old, new_ledger(tmp_path / "new.sqlite") as new:
        with old.writing():
            old.add_row_tables(row_tables())
        before, today = _shape(old.connection), _shape(new.connection)
        assert set(before) == set(today)
        assert {name for name in today if before[name] != today[name] and not name.startswith("policy")} == set()


def test_nothing_that_it_held_is_lost(tmp_path: Path) -> None:
    version_1(tmp_path / "old.sqlite")
    with Ledger(tmp_path / "old.sqlite") as ledger:
        told = read_submissions(ledger).reset_index().to_dict("records")
        assert [(one["sha256"], one["path"], one["folder"], one["verdict"], one["withdrawn"]) for one in told] == [
            ("a" * 64, "VP/BM-03.xlsx", "", "accepted", False)
        ]
        assert ledger.connection.execute("SELECT count(*) FROM scan").fetchone() == (2,)
        assert ledger.connection.execute("SELECT count(*) FROM event").fetchone() == (1,)
        assert ledger.settings_content(SETTINGS) == "{}"
        assert ledger.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_nothing_that_version_2_held_is_lost(tmp_path: Path) -> None:
    version_2(tmp_path / "old.sqlite")
    with Ledger(tmp_path / "old.sqlite") as ledger:
        (arrival,) = ledger.pending()
        assert (arrival.path, arrival.folder, arrival.written_at) == ("VP/BM-03.xlsx", "VP", None)
        found = ledger.connection.execute("SELECT clock, program, as_of, settings FROM scan").fetchall()
        assert found == [("", "", f"{NIGHT:%FT%T}", SETTINGS)]
        assert ledger.connection.execute("SELECT reason, wrong_from FROM decision").fetchall() == [("Bão", None)]
        assert ledger.open_faults() == ()


def test_the_older_file_is_kept_beside_it(tmp_path: Path) -> None:
    version_1(tmp_path / "ledger.sqlite")
    Ledger(tmp_path / "ledger.sqlite", brings_up_to_date=True).connection.close()
    with sqlite3.connect(tmp_path / "ledger-v1.sqlite") as kept:
        assert kept.execute("SELECT max(version) FROM schema_version").fetchone() == (1,)


def test_a_migration_that_is_broken_off_leaves_the_older_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version_1(tmp_path / "ledger.sqlite")

    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE scan")
        raise sqlite3.OperationalError

    monkeypatch.setattr(schema, "_make_anew", broken)
    with pytest.raises(sqlite3.OperationalError):
        Ledger(tmp_path / "ledger.sqlite", brings_up_to_date=True)
    with sqlite3.connect(tmp_path / "ledger.sqlite") as left:
        assert left.execute("SELECT count(*) FROM scan").fetchone() == (2,)
        assert left.execute("SELECT max(version) FROM schema_version").fetchone() == (1,)


def test_a_ledger_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.connection.execute("INSERT INTO schema_version VALUES (99)")
    with pytest.raises(LedgerError, match="99"):
        Ledger(tmp_path / "ledger.sqlite")


def test_a_field_added_to_a_form_gets_its_column_and_older_rows_are_blank_there(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.connection.execute("DROP TABLE policy")
        older = {"policy": [column for column in row_tables()["policy"] if not column.startswith('"note"')]}
        with ledger.writing():
            ledger.add_row_tables(older)
        assert list(read_rows(ledger, "policy")["note"]) == []
        with ledger.writing():
            ledger.add_row_tables(row_tables())
        assert "note" in schema.columns_of(ledger.connection, "policy")
