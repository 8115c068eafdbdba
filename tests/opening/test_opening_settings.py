"""What was hashed is what is read: settings come from the bytes that the ledger archives."""

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.audit.custody import settings_hold
from pipeline.desk.auditing import evidence_of
from pipeline.nightly import run_night
from pipeline.workspace import LoadedSettings, Workspace, load_settings

ROOT = Path(__file__).parents[2]
NIGHT = dt.datetime(2026, 6, 10, 0, 5)


@pytest.fixture
def replaced_meanwhile(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """danh_muc.xlsx gets a division of another name right after its bytes were read."""
    bytes_of = Path.read_bytes

    def and_replaced(path: Path) -> bytes:
        content = bytes_of(path)
        if path == office.directory_file:
            workbook = load_workbook(path)
            cells = (cell for sheet in workbook for row in sheet.iter_rows() for cell in row)
            next(cell for cell in cells if cell.value == "Văn phòng Sở").value = "Văn phòng khác"
            workbook.save(path)
        return content

    monkeypatch.setattr(Path, "read_bytes", and_replaced)


def _names(workspace: Workspace) -> list[str]:
    return [division.name for division in load_settings(workspace).settings.divisions]


@pytest.mark.usefixtures("replaced_meanwhile")
def test_a_directory_that_is_replaced_while_it_is_read_counts_from_the_next_run_on(
    office: Workspace,
) -> None:
    assert "Văn phòng Sở" in _names(office)
    assert "Văn phòng khác" in _names(office)


@pytest.mark.usefixtures("replaced_meanwhile")
def test_the_ledger_archives_the_very_bytes_that_gave_its_settings(office: Workspace) -> None:
    run_night(office, NIGHT)
    assert settings_hold(evidence_of(office)).failures == ()


def test_settings_that_version_1_archived_and_a_later_run_uses_pass_the_audit(office: Workspace) -> None:
    loaded = load_settings(office)
    run_night(office, NIGHT)
    office.ledger_file.unlink()
    _ledger_of_version_1(office, loaded)
    run_night(office, NIGHT)
    assert settings_hold(evidence_of(office)).failures == ()
    stray = office.archive / "settings" / f"{'a' * 64}.toml"
    stray.write_bytes(b"x")
    assert [failure.kind for failure in settings_hold(evidence_of(office)).failures] == ["settings_foreign"]


def _ledger_of_version_1(workspace: Workspace, loaded: LoadedSettings) -> None:
    """A ledger of the first release that knows these settings by their hash, and not the bytes of their files."""
    script = (ROOT / "tests" / "ledger" / "version_1.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(workspace.ledger_file)) as connection, connection:
        connection.executescript(script)
        connection.execute("INSERT INTO schema_version VALUES (1)")
        connection.execute("INSERT INTO settings_version VALUES (?, ?)", (loaded.sha256, loaded.content))
