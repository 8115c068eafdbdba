"""CONTRIBUTING's recipes walked: a form of four columns and a rule of its own, written as it says, live a whole night.

The house is copied, three pieces are added (a form, a rule, its words) and nothing else is touched; what follows is
what the secretary does: a directory from before the new form, the new column in it, issue, a filled form, the night.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

_ROOT = Path(__file__).parents[2]
_PIECES = Path(__file__).parent / "house"
_SUNDAY, _TUESDAY = "10/02/2019", "05/02/2019"
_DIRECTORY_SHEET, _NEW_COLUMN = "Phòng, đơn vị", "Nộp BM-05"


@dataclass(frozen=True)
class House:
    """A copy of the program with its workspace."""

    program: Path
    workspace: Path

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run this copy's Python, from a place where no other copy can be met."""
        command = [sys.executable, *arguments]
        environment = {"PYTHONPATH": str(self.program), "PYTHONUTF8": "1", "PATH": ""}
        return subprocess.run(command, cwd=self.program, env=environment, capture_output=True, text=True, check=False)

    def qms(self, *arguments: str) -> str:
        """What a command says; it must end well."""
        done = self.python("-m", "pipeline", *arguments, "--workspace", str(self.workspace))
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self, query: str) -> Sequence[tuple[object, ...]]:
        """What the ledger gives."""
        with sqlite3.connect(self.workspace / "archive" / "ledger.sqlite") as ledger:
            return ledger.execute(query).fetchall()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The house after the recipe, its workspace that of the repository, with a due date for BM-05."""
    folder = tmp_path_factory.mktemp("nha")
    program, workspace = folder / "program", folder / "so"
    # With what Python has compiled: it goes by the source's stamp, which is copied too.
    for part in ("pipeline", "docs"):
        shutil.copytree(_ROOT / part, program / part)
    shutil.copy(_PIECES / "courses.py", program / "pipeline" / "forms")
    shutil.copy(_PIECES / "weekdays.py", program / "pipeline" / "rules")
    with (program / "pipeline" / "wording" / "findings.toml").open("a", encoding="utf-8") as words:
        words.write((_PIECES / "findings.toml").read_text(encoding="utf-8"))
    (workspace / "inbox").mkdir(parents=True)
    settings = (_ROOT / "qms.toml").read_text(encoding="utf-8")
    due = '"BM-03" = 2019-03-31'
    assert due in settings
    (workspace / "qms.toml").write_text(settings.replace(due, f'{due}\n"BM-05" = 2019-03-31'), encoding="utf-8")
    shutil.copy(_ROOT / "danh_muc.xlsx", workspace)
    made = House(program, workspace)
    codes = made.python("-c", "from docs.generate import codes, write; write(codes())")
    assert codes.returncode == 0, codes.stderr
    return made


@pytest.fixture(scope="module")
def told(house: House) -> House:
    """The house after its nights: one with the old directory, one with a filled BM-05."""
    house.qms("run", "--as-of", "2019-01-25T00:05")
    _add_duty(house.workspace / "danh_muc.xlsx")
    house.qms("issue", "--period", "2019-KH", "--division", "VP")
    (issued,) = (house.workspace / "outbox" / "bieu_mau").rglob("VP/*BM-05*.xlsx")
    (house.workspace / "inbox" / "VP").mkdir(parents=True, exist_ok=True)
    _fill(issued, house.workspace / "inbox" / "VP" / "BM-05 VP.xlsx")
    house.qms("run", "--as-of", "2019-02-12T00:05")
    return house


def _add_duty(path: Path) -> None:
    """The column of the new form, at the end, as the secretary adds it: VP owes it."""
    directory = load_workbook(path)
    sheet = directory[_DIRECTORY_SHEET]
    header = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("Nộp BM-04"))
    column = max(cell.column for cell in sheet[header.row] if cell.value) + 1
    sheet.cell(header.row, column).value = _NEW_COLUMN
    for row in range(header.row + 1, sheet.max_row + 1):
        if code := sheet.cell(row, 1).value:
            sheet.cell(row, column).value = "có" if code == "VP" else "không"
    directory.save(path)


def _fill(issued: Path, filled: Path) -> None:
    form = load_workbook(issued)
    _put(form["Thông tin chung"], {"prepared_by": "Trần Thị Mai", "approved_by": "Nguyễn Văn Hòa"})
    sheet = form["Đào tạo"]
    tags = {cell.value: cell.column for row in sheet.iter_rows(max_row=5) for cell in row if cell.value}
    for row, (subject, day) in enumerate([("Nhận thức chung về ISO", _TUESDAY), ("Đánh giá nội bộ", _SUNDAY)], 6):
        for name, value in {"subject": subject, "held_on": day, "participants": 12}.items():
            sheet.cell(row, tags[name]).value = value
    form.save(filled)


def _put(cover: Worksheet, values: dict[str, str]) -> None:
    for row in cover.iter_rows():
        if row[0].value in values:
            row[2].value = values[row[0].value]


def test_the_form_is_accepted_and_the_rule_warns_at_its_cell(told: House) -> None:
    (verdict,) = told.rows("SELECT verdict FROM submission WHERE form = 'BM-05'")
    assert verdict == ("accepted_with_warnings",)
    assert told.rows("SELECT code, sheet, cell FROM finding") == [("R699", "Đào tạo", "B7")]


def test_check_says_of_the_file_what_the_night_said(told: House) -> None:
    file = told.workspace / "inbox" / "VP" / "BM-05 VP.xlsx"
    (checked,) = json.loads(told.qms("check", "--json", str(file)))
    (finding,) = checked["findings"]
    assert checked["verdict"] == "accepted_with_warnings"
    assert {name: finding[name] for name in ("code", "sheet", "cell", "found")} == {
        "code": "R699",
        "sheet": "Đào tạo",
        "cell": "B7",
        "found": "10/02/2019",
    }
    assert {"expected", "proposal", "illustration", "problem", "fix", "severity", "field", "label"} <= finding.keys()


def test_its_rows_are_in_the_ledger_and_can_be_exported(told: House) -> None:
    assert told.rows("SELECT subject, participants FROM courses ORDER BY excel_row") == [
        ("Nhận thức chung về ISO", 12.0),
        ("Đánh giá nội bộ", 12.0),
    ]
    assert "Đánh giá nội bộ" in told.qms("export", "courses")


def test_the_division_has_done_its_duty_and_the_others_owe_none(told: House) -> None:
    status = json.loads(told.qms("status", "--json"))
    states = [item for item in status if item["form"] == "BM-05"]
    assert [(item["division"], item["state"]) for item in states] == [("VP", "on_time")]


def test_the_committee_reads_that_the_form_is_not_consolidated_in_this_period(told: House) -> None:
    workbook = load_workbook(told.workspace / "outbox" / "tong_hop" / "2019-KH.xlsx", read_only=True)
    rows = [
        " ".join(str(value) for value in row if value is not None)
        for sheet in workbook.worksheets
        for row in sheet.iter_rows(values_only=True)
    ]
    of_the_file = [row for row in rows if "BM-05 VP.xlsx" in row]
    assert of_the_file
    assert all("không tổng hợp ở kỳ này" in row.casefold() for row in of_the_file)
    assert not any("bản mới hơn thay thế" in row for row in of_the_file)
