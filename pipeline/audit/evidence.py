"""What an audit looks at: a private copy of the ledger, and the folders beside it. Nothing here writes to either."""

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.consolidation import Committee
from pipeline.ledger import store
from pipeline.ledger.older import in_memory
from pipeline.ledger.patience import connect

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Event:
    """One link of the chain. ``statement`` is its content read, None when that is no JSON object of ours."""

    position: int
    event_id: int
    kind: str
    as_of: str
    content: str
    previous: str
    hash: str

    @cached_property
    def statement(self) -> Row | None:
        """What the link states."""
        try:
            read = json.loads(self.content)
        except (TypeError, ValueError):
            return None
        return read if isinstance(read, dict) else None


@dataclass(frozen=True)
class Workbook:
    """One workbook that the last run must have published. Both functions compute it anew from the ledger.

    Attributes:
        relative: its place in the outbox.
        content: its bytes.
        committee: the frames that it is written from, with the lines of sheet 10.
        programs: the versions of the program that looked into the inbox when this edition stood; blank for those that
            did not write down theirs.
    """

    relative: str
    content: Callable[[], bytes]
    committee: Callable[[], Committee]
    programs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Evidence:
    """The ledger as it stood when the audit began, in memory, and the folders that it speaks of.

    Attributes:
        copy: the ledger, whole, as :func:`copied` made it; a run at the same time neither disturbs nor is disturbed.
        archive: the folder of the originals and of the settings' bytes.
        outbox: the folder of what was published.
        workbooks: those that the last run must have published, computed anew from the copy.
        papers: files that left the house before, to be held against it.
    """

    copy: Callable[[], sqlite3.Connection]
    archive: Path
    outbox: Path
    workbooks: Callable[[], Sequence[Workbook]]
    papers: Sequence[Path] = ()
    _read: dict[str, Sequence[Row]] = field(default_factory=dict)
    _by_submission: dict[str, Mapping[object, Sequence[Row]]] = field(default_factory=dict)

    @property
    def ledger(self) -> sqlite3.Connection:
        """The copy of the ledger.

        Raises:
            sqlite3.Error: it could not be made; so every check that needs it says why it broke off.
        """
        return self.copy()

    @property
    def originals(self) -> Path:
        """Where the originals lie."""
        return self.archive / "originals"

    @property
    def settings_files(self) -> Path:
        """Where the bytes of qms.toml and danh_muc.xlsx lie."""
        return self.archive / "settings"

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables that the ledger has."""
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        return frozenset(name for (name,) in self.ledger.execute(query).fetchall())

    def rows(self, table: str) -> Sequence[Row]:
        """Every row of a table by column as it was written, in the order of its key; none without such a table."""
        if table not in self.tables:
            return ()
        if table not in self._read:
            columns = [(row[1], row[5]) for row in self.ledger.execute(f'PRAGMA main.table_info("{table}")')]
            key = [name for name, place in sorted(columns, key=lambda column: column[1]) if place]
            ordered = f" ORDER BY {', '.join(key)}" if key else ""
            rows = self.ledger.execute(f'SELECT * FROM main."{table}"{ordered}')  # noqa: S608 - a name that the ledger gave
            names = [name for name, _ in columns]
            self._read[table] = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
        return self._read[table]

    def by_submission(self, table: str) -> Mapping[object, Sequence[Row]]:
        """The rows of a table of accepted rows, by the submission that they came with."""
        if table not in self._by_submission:
            grouped: dict[object, list[Row]] = {}
            for row in self.rows(table):
                grouped.setdefault(row["submission_id"], []).append(row)
            self._by_submission[table] = grouped
        return self._by_submission[table]

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The chain in its order."""
        names = ("event_id", "kind", "as_of", "content", "previous", "hash")
        return tuple(
            Event(position, *(row[name] for name in names)) for position, row in enumerate(self.rows("event"), 1)
        )

    def statements(self, kind: str) -> list[tuple[Event, Row]]:
        """The events of a kind with what they state, in the order of the chain; what cannot be read is left out."""
        of_kind = ((event, event.statement) for event in self.events if event.kind == kind)
        return [(event, statement) for event, statement in of_kind if statement is not None]


def hash_of(path: Path) -> str:
    """SHA-256 of the bytes that lie there; empty when they cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def copied(ledger_file: Path) -> sqlite3.Connection:
    """The ledger copied into memory, whole, without a lock that a run would notice.

    Raises:
        sqlite3.Error: it is no SQLite file, or damaged beyond reading.
        OSError: it cannot be read.
    """
    try:
        with closing(_read_only(ledger_file)) as source:
            return in_memory(source)
    except sqlite3.OperationalError:
        # A run that was killed while it wrote left a journal; SQLite must undo that write before anybody can read, and
        # may not do so in a file that is opened for reading: it is done in a copy.
        journal = ledger_file.with_name(f"{ledger_file.name}-journal")
        if not journal.exists():
            raise
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / ledger_file.name
            shutil.copyfile(ledger_file, copy)
            shutil.copyfile(journal, copy.with_name(journal.name))
            with closing(sqlite3.connect(copy, isolation_level=None)) as source:
                return in_memory(source)


def _read_only(ledger_file: Path) -> sqlite3.Connection:
    path = ledger_file.absolute().as_posix()
    slash = "" if path.startswith("/") else "/"
    uri = f"file://{slash}{quote(path, safe='/:')}?mode=ro"
    return connect(uri, store.WAIT_SECONDS, uri=True)
