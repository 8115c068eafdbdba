"""Operator mistakes: one clear line, exit 3, nothing written. A staff mistake in a form is answered, never raised."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.cli import main
from pipeline.nightly import run_night
from pipeline.workspace import Workspace

NIGHT = dt.datetime(2019, 6, 10, 0, 5)


def _files(folder: Path) -> list[str]:
    """All but what tells of the failed run itself (tests/quiet): its record, its page, the lock of the record."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return sorted(name for name in names if not name.startswith(("outbox", "archive/last_run.lock")))


def _refused(workspace: Path, capsys: pytest.CaptureFixture[str]) -> str:
    code = main(["run", "--workspace", str(workspace), "--as-of", "2019-06-10T00:05"])
    said = capsys.readouterr()
    assert (code, said.out) == (3, "")
    lines = said.err.splitlines()
    assert len(lines) == 1
    return lines[0]


def test_a_wrong_workspace_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _refused(tmp_path / "khong_co", capsys).startswith("E801: ")
    assert _files(tmp_path) == []


def test_a_workspace_without_inbox_is_named(
    fresh_with_inbox: Callable[..., Workspace], capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = fresh_with_inbox("so")
    workspace.inbox.rename(workspace.root / "hop_thu")
    before = _files(workspace.root)
    assert "inbox" in _refused(workspace.root, capsys)
    assert _files(workspace.root) == before


@pytest.mark.parametrize("broken", ["[[agency", "agency = 1\n", "\xff\xfe"])
def test_unreadable_settings_are_named(
    broken: str, fresh_with_inbox: Callable[..., Workspace], capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = fresh_with_inbox("so")
    workspace.settings_file.write_bytes(broken.encode("latin-1"))
    before = _files(workspace.root)
    assert _refused(workspace.root, capsys).startswith("E802: ")
    assert _files(workspace.root) == before


def test_a_staff_row_of_an_unknown_division_is_named_with_its_cell(
    fresh_with_inbox: Callable[..., Workspace], capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = fresh_with_inbox("so")
    directory = load_workbook(workspace.directory_file)
    staff = directory["Cán bộ"]
    header = next(row for row in range(1, 20) if staff.cell(row, 1).value == "staff_code")
    staff.cell(header + 3, 3).value = "KHONGCO"
    directory.save(workspace.directory_file)
    before = _files(workspace.root)
    line = _refused(workspace.root, capsys)
    assert line.startswith("E803: ")
    assert f"Cán bộ!C{header + 3}" in line
    assert "KHONGCO" in line
    assert _files(workspace.root) == before


def test_with_json_the_fault_is_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--workspace", str(tmp_path), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "E801"


@pytest.mark.usefixtures("nothing_is_drawn")
def test_a_form_of_an_unknown_division_is_returned_and_the_night_goes_on(
    fresh_with_inbox: Callable[..., Workspace],
) -> None:
    workspace = fresh_with_inbox("so", "VP")
    form = next((workspace.inbox / "VP").glob("BM-01*.xlsx"))
    workbook = load_workbook(form)
    cover = workbook["Thông tin chung"]
    row = next(r for r in range(1, 40) if cover.cell(r, 1).value == "division")
    cover.cell(row, 3).value = "Phòng Không Có"
    workbook.save(workspace.inbox / "la.xlsx")
    report = run_night(workspace, NIGHT)
    assert report.verdicts["returned"] == 1
    assert report.verdicts.total() == 4
    assert list((workspace.outbox / "phan_hoi" / "_chua_ro_phong").glob("la__*.xlsx"))
