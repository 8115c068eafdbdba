"""What a night has come to, and how two nights differ: files byte by byte, the ledger as a logical dump."""

import hashlib
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path
from types import MappingProxyType

from pipeline.seals.papers import seals_on
from pipeline.workspace import Workspace

_NEVER_COMPARED = {"run_id", "scan_id", "event_id", "written_at", "changed_at"}
"""Who ran, and what a file's own stamps said: a change time cannot be set, so every copy has another."""
_LEFT_OUT = {"scan", "sqlite_sequence"}
_LEFTOVERS = ("taking-*", ".writing-*", "*.sqlite-journal", "*.sqlite-wal")
_STAMP = re.compile(r"\d\d:\d\d:\d\d \d\d/\d\d/\d{4}")
TELLS_OF_RUNS = re.compile(r"lan_chay_cuoi\.json$|_SU_CO\.md$|qms\.log$")
"""When runs began and broke off is told here, and must differ from a night without a death (tests/quiet hold it)."""
_DAY_PAGE, _DAY_DATA = re.compile(r"\d{4}-\d\d-\d\d\.md"), re.compile(r"\d{4}-\d\d-\d\d\.json")
_OUTAGES = re.compile(r"## Thời gian gián đoạn\n\n(?:- .*\n)+\n")
Row = tuple[object, ...]


@dataclass(frozen=True)
class State:
    """A workspace after a night: its published and archived files, its ledger without ids, how files were counted."""

    files: Mapping[str, bytes]
    ledger: Mapping[str, list[Row]]
    lost: tuple[str, ...]
    counted_twice: tuple[str, ...]
    leftovers: tuple[str, ...]
    size: int = field(default=0)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is lost, nothing counted twice, and nothing half made lies about."""
        return not (self.lost or self.counted_twice or self.leftovers)


def state_of(workspace: Workspace) -> State:
    """Read it all."""
    files = {
        workspace.relative(path): content_of(path)
        for folder in (workspace.outbox, workspace.archive / "originals")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not TELLS_OF_RUNS.search(path.name)
    }
    lost, twice = _counted(workspace)
    return State(
        files=files,
        ledger=logical_dump(workspace.ledger_file),
        lost=tuple(lost),
        counted_twice=tuple(twice),
        leftovers=tuple(
            workspace.relative(path) for pattern in _LEFTOVERS for path in sorted(workspace.root.rglob(pattern))
        ),
        size=sum(map(len, files.values())),
    )


def content_of(path: Path) -> bytes:
    """A file's bytes; of a day's page or data without what no two nights share.

    That are the runs that were broken off before it, and the stamps of files, of which every copy has others.
    """
    content = path.read_bytes()
    if _DAY_PAGE.fullmatch(path.name):
        return _STAMP.sub("", _OUTAGES.sub("", content.decode())).encode()
    if _DAY_DATA.fullmatch(path.name):
        without = json.dumps({**json.loads(content), "outages": []}, ensure_ascii=False)
        return _STAMP.sub("", without).encode()
    return content


def differences(found: State, expected: State) -> list[str]:
    """What differs, a line each; empty when the two nights came to the same."""
    lines = [f"lost: {name}" for name in found.lost]
    lines += [f"counted twice: {name}" for name in found.counted_twice]
    lines += [f"left behind: {name}" for name in found.leftovers]
    for name in sorted(found.files.keys() | expected.files.keys()):
        if found.files.get(name) != expected.files.get(name):
            lines.append(f"file differs: {name} ({_told(found.files, name)}, expected {_told(expected.files, name)})")
    for table in sorted(found.ledger.keys() | expected.ledger.keys()):
        ours, theirs = found.ledger.get(table), expected.ledger.get(table)
        if ours != theirs:
            lines.append(f"ledger differs: {table}: {_first_difference(ours or [], theirs or [])}")
    return lines


def half_made(workspace: Workspace, expected: State, earlier: Mapping[str, bytes] = MappingProxyType({})) -> list[str]:
    """What does not stand whole under a lasting name, at whatever moment of the night one looks.

    ``earlier``: what stood there before the night, of which each file may stand there still.
    """
    standing = [path for path in workspace.outbox.rglob("*") if path.is_file() and not path.name.startswith(".")]
    published = {workspace.relative(path): path for path in standing if not TELLS_OF_RUNS.search(path.name)}
    found = [
        f"half made: {name}"
        for name, path in published.items()
        if not _stands_whole(path, expected.files.get(name)) and path.read_bytes() != earlier.get(name)
    ]
    copies = [path for path in (workspace.archive / "originals").glob("*.*") if not path.name.startswith("taking-")]
    return found + [
        f"half copied: {path.name}" for path in copies if hashlib.sha256(path.read_bytes()).hexdigest() != path.stem
    ]


def _stands_whole(path: Path, content: bytes | None) -> bool:
    try:
        return content_of(path) == content
    except ValueError:
        return False  # a day's data that is no JSON


def in_any_order(state: State) -> State:
    """The same without the order in which files were taken and judged, as when one came in a later run.

    Events become a set, their hashes are left out with the seals that tell them, and so are the workbooks' bytes:
    sources are numbered as judged.
    """
    events = sorted((row[:3] for row in state.ledger["event"]), key=repr)
    files = {
        name: b"" if name.startswith("outbox/tong_hop/") else _without_seals(name, content)
        for name, content in state.files.items()
    }
    return replace(state, files=files, ledger={**state.ledger, "event": events})


def _without_seals(name: str, content: bytes) -> bytes:
    """The parts of a workbook that we made, one after the other, without the words of its seals."""
    if not (name.startswith("outbox/") and name.endswith(".xlsx")):
        return content
    seals = [seal.words.encode() for seal in seals_on(content)]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = b"".join(entry.filename.encode() + package.read(entry) for entry in package.infolist())
    return reduce(lambda left, words: left.replace(words, b""), seals, parts)


def _told(files: Mapping[str, bytes], name: str) -> str:
    return f"{len(files[name])} bytes" if name in files else "absent"


def _first_difference(ours: Iterable[Row], theirs: Iterable[Row]) -> str:
    only_ours = [row for row in ours if row not in list(theirs)]
    only_theirs = [row for row in theirs if row not in list(ours)]
    return f"{len(only_ours)} rows too many {only_ours[:1]}, {len(only_theirs)} missing {only_theirs[:1]}"


def logical_dump(ledger: Path) -> dict[str, list[Row]]:
    """Every table, every row, chain hashes included, but for scans; ids replaced by what they stand for.

    A table's own id is left out; an id of another table becomes that row's natural key: the SHA-256 of the bytes for
    arrivals and submissions, the whole row for others. Rows are sorted, but for events, whose order is the chain's.
    """
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        keys = _natural_keys(connection, tables)
        dump = {table: _rows(connection, table, keys) for table in sorted(set(tables) - _LEFT_OUT)}
        schema = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    return {**dump, "(schema)": schema}


def _natural_keys(connection: sqlite3.Connection, tables: Iterable[str]) -> dict[str, dict[object, object]]:
    arrivals = dict(connection.execute("SELECT arrival_id, sha256 FROM arrival").fetchall())
    submissions = dict(
        connection.execute("SELECT submission_id, sha256 FROM submission JOIN arrival USING (arrival_id)").fetchall()
    )
    keys: dict[str, dict[object, object]] = {"arrival_id": arrivals, "submission_id": submissions}
    if "decision" in tables:
        found = connection.execute("SELECT * FROM decision ORDER BY decision_id").fetchall()
        keys["decision_id"] = {row[0]: hashlib.sha256(repr(row[1:]).encode()).hexdigest() for row in found}
        keys["revokes"] = keys["decision_id"]
    return keys


def _rows(connection: sqlite3.Connection, table: str, keys: Mapping[str, Mapping[object, object]]) -> list[Row]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name that the ledger itself gives
    names = [column[0] for column in cursor.description]
    kept = [place for place, name in enumerate(names) if name not in _NEVER_COMPARED and name != f"{table}_id"]
    rows = [
        tuple(keys[names[place]].get(row[place], row[place]) if names[place] in keys else row[place] for place in kept)
        for row in cursor.fetchall()
    ]
    return rows if table == "event" else sorted(rows, key=repr)


def _counted(workspace: Workspace) -> tuple[list[str], list[str]]:
    """Files of the inbox whose bytes are not in ledger and archive exactly once; and what stands there twice."""
    lying = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in _submitted(workspace)}
    originals = [path.stem for path in (workspace.archive / "originals").glob("*.*")]
    with closing(sqlite3.connect(f"file:{workspace.ledger_file}?mode=ro", uri=True)) as connection:
        judged = {sha for (sha,) in connection.execute("SELECT sha256 FROM arrival JOIN submission USING (arrival_id)")}
        twice = [name for query in _COUNTED_TWICE for (name,) in connection.execute(query)]
    lost = [workspace.relative(path) for path, sha in lying.items() if sha not in judged or sha not in originals]
    twice += [sha for sha in set(originals) if originals.count(sha) > 1]
    twice += [sha for sha in judged if sha not in lying.values()]
    return lost, twice


_COUNTED_TWICE = (
    "SELECT sha256 FROM arrival GROUP BY sha256 HAVING count(*) > 1",
    "SELECT sha256 FROM arrival JOIN submission USING (arrival_id) GROUP BY sha256 HAVING count(*) > 1",
    """SELECT form || ' ' || division || ' ' || period || ' ' || version FROM submission
    WHERE version IS NOT NULL GROUP BY form, division, period, version HAVING count(*) > 1""",
    """SELECT min(content) FROM event WHERE kind IN ('arrived', 'seen', 'judged')
    GROUP BY kind, json_extract(content, '$.sha256'), json_extract(content, '$.path') HAVING count(*) > 1""",
)


def _submitted(workspace: Workspace) -> list[Path]:
    return [path for path in sorted(workspace.inbox.rglob("*")) if path.is_file() and not path.name.startswith("~$")]
