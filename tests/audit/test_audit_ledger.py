"""Tampering with the ledger: every changed cell, row, event and trigger is named; one mistake a test."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from audit_tampering import audited, behind_the_triggers, failing, lines_of, submission_of, tamper, words_of

from pipeline.audit import Evidence, carried_out, checks, copied
from pipeline.ledger.tables import sheet_tables
from pipeline.workspace import Workspace

RETURNED, REPORT = ("BM-01", "GDNN"), ("BM-02", "KHTC")
OF_THE_LEDGER = ("settings_version", "arrival", "sighting", "submission", "finding", "decision", "fault")
NOT_CHAINED = {("scan", "run_id")}
"""Chains cover what happened and when, never who ran it (decision 0002)."""
NAMED_BY = {
    "settings_version": ("sha256",),
    "sighting": ("sha256", "path"),
    "finding": ("submission_id", "position"),
    "event": ("event_id",),
    "scan": ("scan_id",),
    "schema_version": (),
}


def _nothing_published() -> list[object]:
    return []


@contextmanager
def changed(workspace: Workspace, statement: str) -> Iterator[Evidence]:
    """The ledger in memory after one statement behind its triggers."""
    memory = copied(workspace.ledger_file)
    with behind_the_triggers(memory):
        memory.execute(statement)
    yield Evidence(lambda: memory, workspace.archive, workspace.outbox, _nothing_published)  # type: ignore[arg-type]
    memory.close()


def columns(workspace: Workspace, table: str) -> list[str]:
    memory = copied(workspace.ledger_file)
    found = [row[1] for row in memory.execute(f'PRAGMA table_info("{table}")')]
    memory.close()
    return [column for column in found if (table, column) not in NOT_CHAINED]


def changing(table: str, column: str) -> str:
    """Another value in one cell of the table's last row that has one there: a number a thousand more, a text longer."""
    value = f"CASE typeof({column}) WHEN 'text' THEN {column} || '0' WHEN 'null' THEN 'x' ELSE {column} + 1000 END"
    key = NAMED_BY.get(table, (f"{table}_id",)) if table not in sheet_tables() else ("submission_id", "excel_row")
    last = ", ".join(f"{name} DESC" for name in key)
    picked = " AND ".join(f"{name} = (SELECT {name} FROM {table} ORDER BY {last} LIMIT 1)" for name in key)  # noqa: S608
    return f"UPDATE {table} SET {column} = {value} WHERE {picked or '1'}"  # noqa: S608 - names of ours


def check_of(table: str, column: str = "") -> tuple[str, str]:
    """The check that answers for a column of a table: the stamps of a file are covered by the look that found it."""
    if column in {"written_at", "changed_at"}:
        return "scans", ""
    own = {"event": ("events", ""), "scan": ("scans", ""), "schema_version": ("version", "")}
    return own.get(table, ("rows" if table in sheet_tables() else "table", table))


@pytest.mark.parametrize("table", ["event", "scan", "schema_version", *OF_THE_LEDGER])
def test_one_changed_cell_is_named_whatever_its_column(busy: Workspace, table: str) -> None:
    for column in columns(busy, table):
        with changed(busy, changing(table, column)) as evidence:
            lines = {(line.check.name, line.check.subject): line for line in lines_of(evidence)}
        assert not lines[check_of(table, column)].holds, (table, column)
        broken_off = [
            line.title for line in lines.values() for one in line.outcome.failures if one.kind == "broken_off"
        ]
        assert broken_off == [], (table, column)


@pytest.mark.parametrize("table", sheet_tables())
def test_one_changed_cell_of_accepted_rows_is_named_whatever_its_column(
    request: pytest.FixtureRequest, table: str
) -> None:
    busy: Workspace = request.getfixturevalue("with_actions" if table == "actions" else "busy")
    (check,) = [check for check in checks() if (check.name, check.subject) == check_of(table)]
    for column in columns(busy, table):
        with changed(busy, changing(table, column)) as evidence:
            kinds = [failure.kind for failure in carried_out(check, evidence).outcome.failures]
        # A row that was given to another submission is missed by one and foreign to the other.
        assert "rows_differ" in kinds, (table, column)
        assert set(kinds) <= {"rows_differ", "rows_unspoken"}, (table, column)


@pytest.mark.parametrize(
    ("owed", "change", "failed", "said"),
    [
        (
            RETURNED,
            "settings_version SET content = replace(content, '2019-06-10', '2019-06-20')",
            {"table settings_version": ["cell_differs"], "settings": ["settings_read"]},
            "cột content: sổ ghi",
        ),
        (
            RETURNED,
            "arrival SET arrived_at = '2019-06-09T10:00:00' WHERE arrival_id = 34",
            {"table arrival": ["cell_differs"]},
            "bảng arrival, dòng 34, cột arrived_at: sổ ghi “2019-06-09T10:00:00”",
        ),
        (
            RETURNED,
            "submission SET verdict = 'accepted' WHERE submission_id = :id",
            {"table submission": ["cell_differs"]},
            "bảng submission, dòng :id, cột verdict: sổ ghi “accepted”",
        ),
        (
            RETURNED,
            "finding SET severity = 'note' WHERE submission_id = :id AND position = 0",
            {"table finding": ["cell_differs"]},
            "bảng finding, dòng :id/0, cột severity: sổ ghi “note”",
        ),
        (
            REPORT,
            "results SET actual = 99 WHERE submission_id = :id AND excel_row = 6",
            {"rows results": ["rows_differ"]},
            "bảng results: các dòng của bản nộp số :id không khớp sự kiện",
        ),
        (
            ("BM-03", "KHTC"),
            "policy_cover SET prepared_by = 'Ai đó' WHERE submission_id = :id",
            {"rows policy_cover": ["rows_differ"]},
            "bảng policy_cover: các dòng của bản nộp số :id không khớp sự kiện",
        ),
    ],
    ids=["settings", "arrival", "submission", "finding", "results", "cover"],
)
def test_a_changed_cell_fails_its_table_and_no_other(
    so: Workspace, owed: tuple[str, str], change: str, failed: dict[str, list[str]], said: str
) -> None:
    """Settings are also read anew from their archived files."""
    tamper(so, f"UPDATE {change}", of=owed)
    lines = audited(so)
    assert failing(lines) == failed
    told = words_of(lines, next(iter(failed)).split()[0])
    assert said.replace(":id", str(submission_of(so, *owed))) in told[0]


def test_a_deleted_event_is_missed(so: Workspace) -> None:
    tamper(so, "DELETE FROM event WHERE event_id = 12")
    lines = audited(so)
    assert failing(lines)["events"] == ["event_missing"]
    assert words_of(lines, "events") == ["mất sự kiện số 12"]


def test_two_swapped_events_are_noticed(so: Workspace) -> None:
    tamper(
        so,
        "UPDATE event SET event_id = -1 WHERE event_id = 12",
        "UPDATE event SET event_id = 12 WHERE event_id = 13",
        "UPDATE event SET event_id = 13 WHERE event_id = -1",
    )
    lines = audited(so)
    assert failing(lines)["events"] == ["event_previous"]
    assert words_of(lines, "events")[0].startswith("sự kiện số 12 ")


def test_a_changed_event_is_the_first_that_is_named(so: Workspace) -> None:
    tamper(so, "UPDATE event SET as_of = '2019-01-01T00:05:00' WHERE event_id = 30")
    lines = audited(so)
    assert failing(lines)["events"] == ["event_hash"]
    assert words_of(lines, "events")[0].startswith("sự kiện số 30 ")


def test_the_last_events_cut_off_with_their_rows_are_missed_by_the_looks(so: Workspace) -> None:
    # The last file was no form, so it has no rows; the look that found it covers its stamps.
    tamper(
        so,
        "DELETE FROM finding WHERE submission_id = 34",
        "DELETE FROM submission WHERE submission_id = 34",
        "DELETE FROM arrival WHERE arrival_id = 34",
        "DELETE FROM event WHERE event_id >= (SELECT max(event_id) - 1 FROM event)",
    )
    assert failing(audited(so)) == {"scans": ["scan_hash"], "originals": ["original_foreign"]}


def test_an_inserted_row_has_no_event(so: Workspace) -> None:
    columns = "submission_id, position, code, severity, sheet, cell, field, label, facts"
    values = columns.replace("position", "99")
    tamper(
        so,
        f"INSERT INTO finding ({columns}) SELECT {values} FROM finding WHERE submission_id = :id AND position = 0",  # noqa: S608
        of=RETURNED,
    )
    lines = audited(so)
    assert failing(lines) == {"table finding": ["row_unspoken"]}
    named = f"{submission_of(so, *RETURNED)}/99"
    assert words_of(lines, "table") == [f"bảng finding, dòng {named}: không có sự kiện nào ghi dòng này"]


def test_a_row_accepted_by_nobody_has_no_event(so: Workspace) -> None:
    tamper(so, "INSERT INTO objectives (submission_id, excel_row, code) VALUES (:id, 6, 'MT01')", of=RETURNED)
    assert failing(audited(so)) == {"rows objectives": ["rows_unspoken"]}


def test_a_deleted_row_is_missed(so: Workspace) -> None:
    tamper(so, "DELETE FROM finding WHERE submission_id = :id AND position = 1", of=RETURNED)
    assert failing(audited(so)) == {"table finding": ["row_gone"]}


def test_a_table_put_there_by_another_hand_is_named(so: Workspace) -> None:
    tamper(so, "CREATE TABLE kho (submission_id INTEGER, excel_row INTEGER)", "INSERT INTO kho VALUES (1, 1)")
    assert failing(audited(so)) == {"triggers": ["trigger_lost", "trigger_lost"], "other_rows": ["rows_unspoken"]}


def test_a_lost_trigger_is_named(so: Workspace) -> None:
    with sqlite3.connect(so.ledger_file) as connection:
        connection.execute("DROP TRIGGER finding_no_update")
    lines = audited(so)
    assert failing(lines) == {"triggers": ["trigger_lost"]}
    assert words_of(lines, "triggers") == ["bảng finding: mất khóa finding_no_update"]


def test_a_trigger_that_no_longer_refuses_is_named(so: Workspace) -> None:
    with sqlite3.connect(so.ledger_file) as connection:
        connection.execute("DROP TRIGGER finding_no_update")
        connection.execute("CREATE TRIGGER finding_no_update BEFORE UPDATE ON finding BEGIN SELECT 1; END")
    assert failing(audited(so)) == {"triggers": ["trigger_changed"]}


def test_a_trigger_of_another_hand_is_named(so: Workspace) -> None:
    with sqlite3.connect(so.ledger_file) as connection:
        connection.execute("CREATE TRIGGER la AFTER INSERT ON finding BEGIN SELECT 1; END")
    assert failing(audited(so)) == {"triggers": ["trigger_foreign"]}


def test_a_look_with_another_time_breaks_its_chain(so: Workspace) -> None:
    tamper(so, "UPDATE scan SET as_of = '2019-06-09T00:05:00' WHERE scan_id = 10")
    assert failing(audited(so))["scans"] == ["scan_hash"]


def test_a_deleted_look_is_missed(so: Workspace) -> None:
    tamper(so, "DELETE FROM scan WHERE scan_id = 1")
    assert failing(audited(so))["scans"] == ["scan_missing"]


def test_every_check_speaks_when_the_ledger_is_no_database(so: Workspace) -> None:
    so.ledger_file.write_bytes(b"x" * 5000)
    found = failing(audited(so, without=()))
    assert set(map(tuple, found.values())) == {("broken_off",)}


def test_a_ledger_cut_in_half_is_told_not_raised(so: Workspace) -> None:
    content = so.ledger_file.read_bytes()
    so.ledger_file.write_bytes(content[: len(content) // 2])
    assert "file" in failing(audited(so, without=()))


@pytest.mark.usefixtures("hot_journal")
def test_an_audit_reads_past_the_journal_of_a_killed_run_and_leaves_it(so: Workspace) -> None:
    journal = Path(f"{so.ledger_file}-journal")
    assert journal.exists()
    assert failing(audited(so)) == {}
    assert journal.exists()
