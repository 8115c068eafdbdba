"""A run with nothing new: reads no workbook, changes no row, leaves every byte (design 2.2)."""

import datetime as dt
import hashlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.intake.reader import ReaderPool
from pipeline.nightly import run_night
from pipeline.workspace import Workspace

LAST = dt.datetime(2019, 6, 10, 0, 5)


def _rows(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(workspace.ledger_file) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}  # noqa: S608 - names of ours


def _bytes(workspace: Workspace) -> dict[str, str]:
    return {
        path.relative_to(workspace.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(workspace.outbox.rglob("*"))
        if path.is_file()
    }


def test_it_reads_no_workbook_and_changes_nothing_but_one_scan(
    copy_of_demo: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, published = _rows(copy_of_demo), _bytes(copy_of_demo)

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(ReaderPool, "read_each", refuse)
    report = run_night(copy_of_demo, LAST + dt.timedelta(minutes=15))

    again = _rows(copy_of_demo)
    assert len(again.pop("scan")) == len(rows.pop("scan")) + 1
    assert again == rows
    assert _bytes(copy_of_demo) == published
    assert (report.arrived, report.feedback, report.unchanged) == (0, (), 33)


def test_it_imports_neither_pandas_nor_the_forms(copy_of_demo: Workspace, tmp_path: Path) -> None:
    script = tmp_path / "second_run.py"
    script.write_text(
        "import sys\n"
        "from pipeline.cli import main\n"
        "if __name__ == '__main__':\n"
        f"    place = ['--workspace', {str(copy_of_demo.root)!r}]\n"
        "    code = main(['run', *place, '--as-of', '2019-06-10T00:20', '--json'])\n"
        "    heavy = {'pandas', 'pandera', 'openpyxl', 'python_calamine'} & set(sys.modules)\n"
        "    sys.exit(code or ', '.join(sorted(heavy)) or None)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_same_day_and_ledger_make_the_same_bytes_again(copy_of_demo: Workspace) -> None:
    published = _bytes(copy_of_demo)
    for workbook in (copy_of_demo.outbox / "tong_hop").glob("*.xlsx"):
        workbook.unlink()
    run_night(copy_of_demo, LAST + dt.timedelta(hours=9))
    assert _bytes(copy_of_demo) == published
