"""An older ledger: whoever only reads leaves its bytes alone, whoever writes keeps a copy that was verified."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from ledger_samples import SETTINGS, new_ledger, version_1, version_2

from pipeline.ledger import Ledger
from pipeline.writing import UNFINISHED

KILLED = 9


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sqlite"
    version_1(path)
    return path


def _migrated(path: Path) -> None:
    Ledger(path, brings_up_to_date=True).connection.close()


def _looks_in(copy: Path) -> int:
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT max(version) FROM schema_version").fetchone() == (1,)
        found: int = connection.execute("SELECT count(*) FROM scan").fetchone()[0]
    return found


@pytest.mark.parametrize("make", [version_1, version_2])
def test_a_reader_sees_the_shape_of_today_and_leaves_every_byte(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "ledger.sqlite")
    before = (tmp_path / "ledger.sqlite").read_bytes()
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        assert ledger.open_faults() == ()
        assert ledger.settings_content("0" * 64) is None
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.sqlite"]
    assert (tmp_path / "ledger.sqlite").read_bytes() == before


def test_nothing_can_be_written_into_the_copy_of_a_reader(older: Path) -> None:
    with Ledger(older) as ledger, pytest.raises(sqlite3.ProgrammingError), ledger.writing():
        pass


def test_a_copy_without_usable_content_is_made_anew(older: Path) -> None:
    older.with_name("ledger-v1.sqlite").write_bytes(b"")
    _migrated(older)
    assert _looks_in(older.with_name("ledger-v1.sqlite")) == 2


def test_a_torn_copy_is_made_anew(older: Path) -> None:
    older.with_name("ledger-v1.sqlite").write_bytes(older.read_bytes()[:5000])
    _migrated(older)
    assert _looks_in(older.with_name("ledger-v1.sqlite")) == 2


def test_a_whole_copy_of_another_ledger_stays_and_ours_lies_beside_it(older: Path) -> None:
    other = older.with_name("ledger-v1.sqlite")
    with closing(sqlite3.connect(older)) as source, closing(sqlite3.connect(other)) as copy:
        source.backup(copy)
        copy.execute("INSERT INTO scan VALUES (3, 'r3', '2019-06-09T00:05:00', ?)", (SETTINGS,))
        copy.commit()
    _migrated(older)
    (ours,) = set(older.parent.glob("ledger-v1-*.sqlite"))
    assert (_looks_in(other), _looks_in(ours)) == (3, 2)


@pytest.mark.parametrize(
    "place", ["os.fsync", "older.sync_folder", "schema._make_anew", "schema._forbid_change"], ids=lambda name: name
)
def test_a_program_that_is_killed_half_way_leaves_the_older_ledger_and_the_next_one_migrates(
    older: Path, place: str
) -> None:
    """Killed before the copy is synced, when it has its name, and before the first table or after it."""
    module, _, name = place.partition(".")
    script = (
        "import os, pathlib, sys; from pipeline.ledger import Ledger, older, schema\n"
        f"kill = lambda *_: os._exit({KILLED})\n"
        f"setattr({module}, {name!r}, kill)\n"
        "Ledger(pathlib.Path(sys.argv[1]), brings_up_to_date=True)"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(older)], check=False)
    assert killed.returncode == KILLED
    assert _looks_in(older) == 2
    _migrated(older)
    assert _looks_in(older.with_name("ledger-v1.sqlite")) == 2
    assert not list(older.parent.glob(f"{UNFINISHED}*"))
    with Ledger(older) as ledger, ledger.writing():
        pass


def test_a_ledger_of_today_gets_no_copy(tmp_path: Path) -> None:
    new_ledger(tmp_path / "ledger.sqlite").connection.close()
    _migrated(tmp_path / "ledger.sqlite")
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.sqlite"]
