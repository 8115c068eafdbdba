"""The shape of the ledger's file: making it, bringing an older one up to date, and keeping every table append-only.

A migration runs in one transaction: a crash leaves the old ledger or the new one, never something between.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from typing import Any, Final

from pipeline.ledger.hashing import GENESIS, canonical, chained

VERSION: Final = 3

RowTables = Mapping[str, Sequence[str]]
"""Table of accepted rows to the declarations of its columns after submission_id and excel_row."""


def is_blank(connection: sqlite3.Connection) -> bool:
    """Whether the file holds no table yet."""
    return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0)


def create(connection: sqlite3.Connection, row_tables: RowTables) -> None:
    """Make every table of a new ledger, whole or not at all."""
    connection.executescript(f"BEGIN IMMEDIATE;\n{_script()}")
    connection.execute("INSERT INTO schema_version VALUES (?)", (VERSION,))
    for table in tables_of(connection):
        _forbid_change(connection, table)
    add_row_tables(connection, row_tables)
    connection.execute("COMMIT")


def _script() -> str:
    return files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")


def tables_of(connection: sqlite3.Connection) -> list[str]:
    """The names of every table, in their order."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows.fetchall()]


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    """The names of a table's columns, in their order; empty when there is no such table."""
    return [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]


def text_columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    """The quoted names of a table's columns of text, in their order."""
    return [f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{table}")') if row[2] == "TEXT"]


def add_row_tables(connection: sqlite3.Connection, row_tables: RowTables) -> None:
    """Make the tables and columns that are missing, as when a form or a field was added; call inside a transaction.

    A column that a form no longer has stays, with what it holds.
    """
    for name in sorted(row_tables):
        present = columns_of(connection, name)
        if not present:
            connection.execute(
                f'CREATE TABLE "{name}" (submission_id INTEGER NOT NULL REFERENCES submission (submission_id),'
                f" excel_row INTEGER NOT NULL, {', '.join(row_tables[name])}, PRIMARY KEY (submission_id, excel_row))"
            )
            _forbid_change(connection, name)
            continue
        for declared in row_tables[name]:
            if declared.split('"')[1] not in present:
                connection.execute(f'ALTER TABLE "{name}" ADD COLUMN {declared}')


def _forbid_change(connection: sqlite3.Connection, table: str) -> None:
    for name, action in triggers_of(table).items():
        connection.execute(trigger_statement(name, action, table))


def trigger_statement(name: str, action: str, table: str) -> str:
    """The SQL of one of those triggers, as SQLite keeps it."""
    return (
        f'CREATE TRIGGER "{name}" BEFORE {action} ON "{table}" '
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )


def triggers_of(table: str) -> dict[str, str]:
    """The triggers that keep a table append-only: name to the action that they refuse."""
    return {f"{table}_no_{action.lower()}": action for action in ("UPDATE", "DELETE")}


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version of the file."""
    return int(connection.execute("SELECT max(version) FROM main.schema_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an older ledger up to date, whatever its version; nothing in one of today."""
    version = version_of(connection)
    if version >= VERSION:
        return
    # Tables are made anew under their old names; SQLite cannot switch the checking of references inside a transaction.
    connection.execute("PRAGMA foreign_keys = OFF")
    with transaction(connection):
        _make_anew(connection)
        steps = [(later,) for later in range(version + 1, VERSION + 1)]
        connection.executemany("INSERT INTO schema_version VALUES (?)", steps)
    connection.execute("PRAGMA foreign_keys = ON")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything that is written inside is kept whole or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has made SQLite roll back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def scan_hash(previous: str, as_of: str, covered: Sequence[object]) -> str:
    """The link of one look into the inbox; ``covered`` as the head of ``schema.sql`` lists it."""
    return chained(previous, "scan", as_of, canonical(list(covered)))


def fault_hash(previous: str, fault: Mapping[str, object]) -> str:
    """The link of one fault of ours; ``fault`` by the columns of its table."""
    content = canonical([fault[name] for name in ("code", "stage", "artefact", "reason")])
    return chained(previous, str(fault["state"]), str(fault["as_of"]), content)


def _make_anew(connection: sqlite3.Connection) -> None:
    """Every table that is not in its newest shape made in that, with the rows that it held."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.executescript(_script())
        newest = memory.execute(query).fetchall()
    present = dict(connection.execute(query).fetchall())
    for table, statement in newest:
        if present.get(table) == statement:
            continue
        rows = list(_as_of_today(connection, table)) if table in present else []
        connection.execute(f'DROP TABLE IF EXISTS "{table}"')
        connection.execute(statement)
        _forbid_change(connection, table)
        for row in rows:
            columns, places = ", ".join(row), ", ".join("?" * len(row))
            insert = f'INSERT INTO "{table}" ({columns}) VALUES ({places})'  # noqa: S608 - names of ours
            connection.execute(insert, tuple(row.values()))


def _as_of_today(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table by column, in the order of their keys, with what they lack and must not lack."""
    columns, previous = columns_of(connection, table), GENESIS
    for values in connection.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall():  # noqa: S608 - names of ours
        row = {**_IN_OLDER_ROWS.get(table, {}), **dict(zip(columns, values, strict=True))}
        if table == "scan" and "hash" not in columns:
            # Version 1 had no chain of looks.
            link = scan_hash(previous, row["as_of"], [row["settings"], {}, ""])
            row |= {"waiting": "{}", "content": "", "previous": previous, "hash": link}
            previous = link
        yield row


_IN_OLDER_ROWS: Final[Mapping[str, Mapping[str, object]]] = {
    "scan": {"clock": "", "program": ""},
    "settings_version": {"written": "", "directory": ""},
    "arrival": {"folder": ""},
}
"""What a column that came later holds in rows that are older than it; another is NULL there."""


def waiting_of(text: str) -> dict[str, str]:
    """The files that a look into the inbox left lying: path to reason."""
    waiting: dict[str, str] = json.loads(text)
    return waiting
