"""A ledger of an older version: a reader works on a copy in memory, a writer keeps a verified copy before migrating."""

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.ledger import schema
from pipeline.ledger.patience import HELD
from pipeline.writing import UNFINISHED, sync_folder

Content = tuple[dict[str, int], str]
"""Rows by table, and the head of the chain of events: no two ledgers have the same."""


def in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The whole database copied into memory; the file stays as it is.

    Raises:
        sqlite3.Error: it is damaged, or another program holds it longer than the connection waits.
    """
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        # A step of its own waits, and tells that it does; the backup after it rarely has to.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.backup(memory, progress=_refuse_to_wait)
    except BaseException:
        memory.close()
        raise
    return memory


def _refuse_to_wait(status: int, _remaining: int, _total: int) -> None:
    """Python's backup tries again for ever; SQLite has already waited as long as the connection is set to."""
    if status & 0xFF in HELD:
        held = sqlite3.OperationalError("database is locked")
        held.sqlite_errorcode = status
        raise held


def keep_copy(connection: sqlite3.Connection, path: Path) -> Path:
    """Keep an older ledger beside itself as ``ledger-v1.sqlite``; gives where. Call only under the workspace's lock.

    The copy bears its name only after it was read again and synced. A copy that lies there and is not whole is made
    anew; a whole copy of another content stays, and ours gets a name with the head of its chain.

    Raises:
        sqlite3.Error, OSError: it cannot be written, or does not hold what was written.
    """
    content = _content(connection)
    kept = path.with_name(f"{path.stem}-v{schema.version_of(connection)}{path.suffix}")
    standing = _whole_content(kept)
    if standing == content:
        return kept
    if standing is not None:
        kept = kept.with_name(f"{kept.stem}-{content[1][:12]}{path.suffix}")
    beside = kept.with_name(f"{UNFINISHED}{kept.name}")
    beside.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(beside),))
    if _whole_content(beside) != content:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(beside))
    with beside.open("rb+") as stream:
        os.fsync(stream.fileno())
    beside.replace(kept)
    sync_folder(kept.parent)
    return kept


def _content(connection: sqlite3.Connection) -> Content:
    tables = schema.tables_of(connection)
    rows = {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - names of ours
        for table in tables
    }
    head = connection.execute("SELECT hash FROM event ORDER BY event_id DESC LIMIT 1").fetchone()
    return rows, "" if head is None else str(head[0])


def _whole_content(path: Path) -> Content | None:
    """The content of a copy; None when there is none, or it is not whole."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                return None
            return _content(copy)
    except sqlite3.DatabaseError:
        return None
