"""``qms audit``: a line a check, exit codes, and what a run at the same time may do."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.audit import checks, copied
from pipeline.cli import main
from pipeline.desk.auditing import audit_workspace
from pipeline.ledger.schema import VERSION
from pipeline.workspace import Workspace


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the year 2026 after one run over an empty inbox."""
    folder = tmp_path_factory.mktemp("begun") / "so"
    assert main(["init", str(folder), "--year", "2026"]) == 0
    assert main(["run", "--workspace", str(folder), "--as-of", "2026-01-05T00:05"]) == 0
    return folder


@pytest.fixture
def begun(once: Path, tmp_path: Path) -> Workspace:
    """A copy of it."""
    return Workspace(Path(shutil.copytree(once, tmp_path / "so")))


def test_an_untouched_workspace_holds_in_every_line(so: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--workspace", str(so.root), "--json"]) == 0
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert (document["holds"], document["workspace_moved"], told.err) == (True, False, "")
    assert [line["holds"] for line in document["checks"]] == [True] * len(checks())
    assert {line["check"] for line in document["checks"]} == {
        "file", "version", "triggers", "events", "scans", "table", "rows", "other_rows", "originals", "settings",
        "presented",
        "second_reader", "workbooks", "controls",
    }  # fmt: skip
    assert all(line["title"] and line["figures"] for line in document["checks"])


def test_a_failure_is_a_line_of_its_own_and_exit_1(begun: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    (begun.archive / "originals").mkdir(exist_ok=True)
    (begun.archive / "originals" / "la.xlsx").write_bytes(b"x")
    assert main(["audit", "--workspace", str(begun.root)]) == 1
    told = capsys.readouterr().out.splitlines()
    at = told.index("KHÔNG ĐẠT  Bản gốc trong archive/originals: 0 tệp")
    assert told[at + 1].startswith("    - tệp lạ, sổ cái không ghi: la.xlsx.")
    assert sum(line.startswith("ĐẠT  ") for line in told) == len(checks()) - 1
    assert told[-1].startswith(f"Kết luận: KHÔNG ĐẠT 1 trong {len(checks())} phép kiểm tra.")


def test_a_failure_in_json_has_its_kind_words_and_facts(begun: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    (begun.archive / "settings" / "la.toml").write_bytes(b"x")
    assert main(["audit", "--workspace", str(begun.root), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    failed = [line for line in document["checks"] if not line["holds"]]
    assert [(line["check"], line["failures"]) for line in failed] == [
        (
            "settings",
            [{"kind": "settings_foreign", "message": "tệp lạ, sổ cái không ghi: la.toml", "file": "la.toml"}],
        )
    ]


def test_a_damaged_ledger_gives_lines_never_a_traceback(begun: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    begun.ledger_file.write_bytes(b"x" * 5000)
    assert main(["audit", "--workspace", str(begun.root)]) == 1
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    assert "không kiểm tra được (DatabaseError: file is not a database)" in told.out


def test_many_failures_of_one_check_are_cut_on_screen(begun: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(23):
        (begun.archive / "settings" / f"la{number:02d}.toml").write_bytes(b"x")
    assert main(["audit", "--workspace", str(begun.root)]) == 1
    assert "    - … và 3 lỗi khác; xem đầy đủ bằng --json" in capsys.readouterr().out


def test_without_a_ledger_there_is_nothing_to_audit(begun: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    begun.ledger_file.unlink()
    assert main(["audit", "--workspace", str(begun.root)]) == 3
    assert capsys.readouterr().err.startswith("E811: ")


def test_a_folder_that_is_no_workspace_is_an_operator_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "--workspace", str(tmp_path)]) == 3
    assert capsys.readouterr().err.startswith("E801: ")


def test_an_audit_writes_nothing(begun: Workspace) -> None:
    before = {path: path.read_bytes() for path in begun.root.rglob("*") if path.is_file()}
    audit_workspace(begun)
    assert {path: path.read_bytes() for path in begun.root.rglob("*") if path.is_file()} == before


def test_a_run_that_is_writing_neither_waits_for_the_audit_nor_shows_its_unfinished_work(begun: Workspace) -> None:
    with closing(sqlite3.connect(begun.ledger_file, isolation_level=None, timeout=0)) as run:
        run.execute("BEGIN IMMEDIATE")
        run.execute("INSERT INTO schema_version VALUES (99)")
        copy = copied(begun.ledger_file)
        run.execute("COMMIT")
    assert copy.execute("SELECT max(version) FROM schema_version").fetchone() == (VERSION,)
    copy.close()


def test_what_a_run_was_just_doing_is_looked_at_once_more(begun: Workspace) -> None:
    originals = begun.archive / "originals"
    originals.mkdir(exist_ok=True)
    taken, memory = originals / "taken.xlsx", begun.archive / "published.json"
    looks = []

    def run_beside(done: int, _total: int) -> None:
        if done == 1:
            looks.append(done)
            memory.write_text("{}" + " " * len(looks)) if len(looks) == 1 else None
            taken.write_bytes(b"x") if len(looks) == 1 else taken.unlink()

    audit = audit_workspace(begun, run_beside)
    assert (len(looks), audit.holds, audit.workspace_moved) == (2, True, False)
