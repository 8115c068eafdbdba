"""The shape of the ledger's file: making it, bringing an older one up to date, and keeping every table append-only.

A migration runs in one transaction: a crash leaves the old ledger or the new one, never something between.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from typing import Final

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
    """Bring an older ledger up to date; nothing in one of today."""
    # Tables are made anew under their old names; SQLite cannot switch the checking of references inside a transaction.
    connection.execute("PRAGMA foreign_keys = OFF")
    with transaction(connection):
        for version in range(version_of(connection), VERSION):
            _MIGRATIONS[version](connection)
            connection.execute("INSERT INTO schema_version VALUES (?)", (version + 1,))
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


def _to_2(connection: sqlite3.Connection) -> None:
    """Placement of arrivals, sightings, decisions, the bytes of settings, and a chain of the looks into the inbox."""
    statements = _statements()
    _made_anew(connection, "arrival", statements, {"folder": "''"})
    _made_anew(connection, "settings_version", statements, {"written": "''", "directory": "''"})
    scans = connection.execute("SELECT scan_id, run_id, as_of, settings FROM scan ORDER BY scan_id").fetchall()
    connection.execute("DROP TABLE scan")
    _make(connection, "scan", statements)
    previous = GENESIS
    for scan_id, run_id, as_of, settings in scans:
        link = scan_hash(previous, as_of, [settings, {}, ""])
        row = (scan_id, run_id, "", "", as_of, settings, "{}", "", previous, link)
        connection.execute("INSERT INTO scan VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        previous = link
    for table in ("sighting", "decision"):
        _make(connection, table, statements)


def _to_3(connection: sqlite3.Connection) -> None:
    """The machine's clock and the program of each look, the stamps of files, wrong clocks, and faults of our own."""
    statements = _statements()
    _made_anew(connection, "scan", statements, {"clock": "''", "program": "''"})
    _made_anew(connection, "arrival", statements, {"written_at": "NULL", "changed_at": "NULL"})
    _made_anew(connection, "sighting", statements, {})
    _made_anew(connection, "decision", statements, {"wrong_from": "NULL", "wrong_until": "NULL"})
    _make(connection, "fault", statements)


def scan_hash(previous: str, as_of: str, covered: Sequence[object]) -> str:
    """The link of one look into the inbox; ``covered`` as the head of ``schema.sql`` lists it."""
    return chained(previous, "scan", as_of, canonical(list(covered)))


def fault_hash(previous: str, fault: Mapping[str, object]) -> str:
    """The link of one fault of ours; ``fault`` by the columns of its table."""
    content = canonical([fault[name] for name in ("code", "stage", "artefact", "reason")])
    return chained(previous, str(fault["state"]), str(fault["as_of"]), content)


def _statements() -> dict[str, str]:
    """Each table's CREATE statement of the newest schema."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.executescript(_script())
        return dict(memory.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())


def _make(connection: sqlite3.Connection, table: str, statements: Mapping[str, str]) -> None:
    connection.execute(statements[table])
    _forbid_change(connection, table)


def _made_anew(
    connection: sqlite3.Connection, table: str, statements: Mapping[str, str], added: Mapping[str, str]
) -> None:
    """The table in its newest shape with its old rows; ``added``: column to the SQL of its value in them.

    An earlier step makes a table in its newest shape already; what it has is not added again.
    """
    old = columns_of(connection, table)
    added = {column: value for column, value in added.items() if column not in old}
    rows = connection.execute(f'SELECT {", ".join(old)} FROM "{table}"').fetchall()  # noqa: S608 - names of ours
    connection.execute(f'DROP TABLE "{table}"')
    _make(connection, table, statements)
    columns, places = ", ".join([*old, *added]), ", ".join(["?"] * len(old) + list(added.values()))
    connection.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', rows)  # noqa: S608 - names of ours


_MIGRATIONS: Final[Mapping[int, Callable[[sqlite3.Connection], None]]] = {1: _to_2, 2: _to_3}


def waiting_of(text: str) -> dict[str, str]:
    """The files that a look into the inbox left lying: path to reason."""
    waiting: dict[str, str] = json.loads(text)
    return waiting
