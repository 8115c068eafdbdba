"""What an attacker does to a ledger: changes it behind its triggers, and, if he is thorough, chains it anew."""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

from pipeline.audit import Evidence, Line, carried_out, checks
from pipeline.desk.auditing import evidence_of
from pipeline.ledger import Arrival, Decision, DecisionKind, Fault, FaultState, Ledger, Scan
from pipeline.ledger.hashing import GENESIS, canonical, chained, rows_digest
from pipeline.workspace import Workspace

OF_THE_OUTBOX = ("workbooks", "controls")
"""Checks that compute the committee's workbooks anew; they take seconds."""
SLOW = ("second_reader", *OF_THE_OUTBOX)


def lines_of(evidence: Evidence, without: tuple[str, ...] = SLOW) -> list[Line]:
    """Every check carried out but those named."""
    return [carried_out(check, evidence) for check in checks() if check.name not in without]


def audited(workspace: Workspace, without: tuple[str, ...] = SLOW) -> list[Line]:
    """Every check of a workspace carried out but those named."""
    return lines_of(evidence_of(workspace), without)


def failing(lines: Iterable[Line]) -> dict[str, list[str]]:
    """The checks that fail, by name and table, with the kinds of their failures."""
    return {
        f"{line.check.name} {line.check.subject}".strip(): [failure.kind for failure in line.outcome.failures]
        for line in lines
        if not line.holds
    }


def words_of(lines: Iterable[Line], name: str) -> list[str]:
    """What a failing check says."""
    return [failure.words for line in lines if line.check.name == name for failure in line.outcome.failures]


def submission_of(workspace: Workspace, form: str, division: str) -> int:
    """The id of a division's first submission of a form."""
    rows = evidence_of(workspace).rows("submission")
    return next(int(row["submission_id"]) for row in rows if (row["form"], row["division"]) == (form, division))


@contextmanager
def behind_the_triggers(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """The ledger without its triggers, which are put back afterwards as if nothing had been."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    yield connection
    for _, statement in triggers:
        connection.execute(statement)


def tamper(workspace: Workspace, *statements: str, of: tuple[str, str] | None = None) -> None:
    """Carry out SQL behind the triggers; ``:id`` stands for the first submission of a form and division, ``of``."""
    named = {"id": submission_of(workspace, *of)} if of else {}
    opened = closing(sqlite3.connect(workspace.ledger_file, isolation_level=None))
    with opened as connection, behind_the_triggers(connection):
        for statement in statements:
            connection.execute(statement, named)


def chain_anew(connection: sqlite3.Connection) -> None:
    """Compute both chains anew over what stands there now; call behind the triggers."""
    heads, previous = {GENESIS: GENESIS}, GENESIS
    for event_id, kind, as_of, content, old in connection.execute(
        "SELECT event_id, kind, as_of, content, hash FROM event ORDER BY event_id"
    ).fetchall():
        link = chained(previous, kind, as_of, content)
        connection.execute("UPDATE event SET previous = ?, hash = ? WHERE event_id = ?", (previous, link, event_id))
        heads[old] = previous = link
    before = GENESIS
    for scan_id, as_of, settings, waiting, content, *machine in connection.execute(
        "SELECT scan_id, as_of, settings, waiting, content, clock, program FROM scan ORDER BY scan_id"
    ).fetchall():
        head = heads[content]
        stamps = "SELECT sha256, path, written_at, changed_at FROM arrival WHERE scan_id = ? ORDER BY arrival_id"
        found = [list(row) for row in connection.execute(stamps, (scan_id,)).fetchall()]
        covered = [settings, json.loads(waiting), head, *([*machine, found] if machine[0] else [])]
        link = chained(before, "scan", as_of, canonical(covered))
        changed = (head, before, link, scan_id)
        connection.execute("UPDATE scan SET content = ?, previous = ?, hash = ? WHERE scan_id = ?", changed)
        before = link


def record_more(workspace: Workspace) -> None:
    """A decision of each kind, a sighting and a fault of ours, for tables that the demo's year leaves empty."""
    as_of = dt.datetime(2019, 6, 11, 8)
    with Ledger(workspace.ledger_file) as ledger:
        scan = ledger.scan_at(dt.datetime.max)
        sha256 = ledger.connection.execute("SELECT sha256 FROM arrival WHERE arrival_id = 1").fetchone()[0]
        assert scan is not None
        seen = Arrival(sha256, "VP/Copy of BM-01.xlsx", 1, scan.as_of, as_of, as_of, folder="VP")
        with ledger.writing():
            look = Scan("0" * 32, as_of, scan.settings, clock="2019-06-11T08:00:07", program="0.3.0")
            ledger.record_scan(look, sightings=[seen], waiting={"VP/x.xlsx": "open"})
            ledger.record_fault(FaultState.BEGAN, Fault("Z902", "feedback", "phan_hoi/VP/x.xlsx", "KeyError"), as_of)
            for decision in _decisions(as_of):
                ledger.record_decision(decision)


def _decisions(as_of: dt.datetime) -> list[Decision]:
    owed = {"form": "BM-02", "division": "BTXH", "reason": "Bão", "document": "12/SLĐTBXH-VP"}
    day = dt.date(2019, 6, 10)
    return [
        Decision(DecisionKind.EXTENDED, as_of, "2019-6T", until=dt.date(2019, 6, 20), document_on=day, **owed),
        Decision(DecisionKind.WITHDRAWN, as_of, "2019-6T", document_on=day, **owed),
        Decision(DecisionKind.PRESENTED, as_of, "2019-6T", document="13/TTr", document_on=day, sha256="0" * 64),
        Decision(DecisionKind.REVOKED, as_of, "2019-6T", revokes=2, reason="Ghi nhầm", document="14/SLĐTBXH-VP"),
    ]


def forge(workspace: Workspace, table: str, submission_id: int, statement: str) -> None:
    """What a thorough attacker does: changes accepted rows, the event that covers them, and both chains."""
    opened = closing(sqlite3.connect(workspace.ledger_file, isolation_level=None))
    with opened as connection, behind_the_triggers(connection):
        connection.execute(statement, {"id": submission_id})
        cursor = connection.execute(f"SELECT * FROM {table} WHERE submission_id = {submission_id} ORDER BY excel_row")  # noqa: S608
        names = [column[0] for column in cursor.description][1:]
        rows = [dict(zip(names, row[1:], strict=True)) for row in cursor.fetchall()]
        sha256 = connection.execute(
            "SELECT sha256 FROM submission JOIN arrival USING (arrival_id) WHERE submission_id = ?", (submission_id,)
        ).fetchone()[0]
        for event_id, content in connection.execute("SELECT event_id, content FROM event WHERE kind = 'judged'"):
            told = json.loads(content)
            if told["sha256"] == sha256:
                told["row_digests"][table] = rows_digest(rows)
                connection.execute("UPDATE event SET content = ? WHERE event_id = ?", (canonical(told), event_id))
                break
        chain_anew(connection)


def publish_anew(workspace: Workspace) -> None:
    """Put the workbooks of the ledger as it is now into the outbox."""
    for workbook in evidence_of(workspace).workbooks():
        (workspace.outbox / workbook.relative).write_bytes(workbook.content())
