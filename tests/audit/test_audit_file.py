"""``qms audit FILE``: a committee's workbook from anywhere, held to what the ledger gives."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.cli import main
from pipeline.desk.auditing_file import audit_file
from pipeline.faults import OperatorError
from pipeline.workspace import Workspace

NAME = "tong_hop/2019-6T.xlsx"


@pytest.fixture
def mailed(so: Workspace, tmp_path: Path) -> Path:
    """A copy of the last workbook, under a name of its own."""
    return Path(shutil.copy(so.outbox / NAME, tmp_path / "ban gui anh Nam.xlsx"))


def edited(path: Path, sheet: str, cell: str, value: object) -> None:
    workbook = load_workbook(path)
    workbook[sheet][cell] = value
    workbook.save(path)


def test_a_copy_is_the_same_byte_for_byte(so: Workspace, mailed: Path) -> None:
    audit = audit_file(so, mailed)
    assert (str(audit.period), audit.is_same_bytes, audit.differences) == ("2019-6T", True, ())


@pytest.mark.libreoffice
def test_a_copy_that_another_program_saved_is_judged_by_its_content(
    so: Workspace, mailed: Path, tmp_path: Path, soffice: Path, libreoffice_profile: Path
) -> None:
    command = [soffice, f"-env:UserInstallation={libreoffice_profile.as_uri()}", "--headless", "--convert-to"]
    subprocess.run(
        [*command, "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "saved", mailed],
        check=True,
        capture_output=True,
    )
    audit = audit_file(so, tmp_path / "saved" / mailed.name)
    assert (audit.is_same_bytes, audit.differences) == (False, ())


def test_a_figure_that_was_typed_over_is_named_with_both_values(
    so: Workspace, mailed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = load_workbook(mailed)["2 Tình hình nộp"]["A7"].value
    edited(mailed, "2 Tình hình nộp", "A7", "XYZ")
    # openpyxl drops the values of formulas when it saves: they differ, too, as for a reader without Excel.
    audit = audit_file(so, mailed)
    (told,) = (one for one in audit.differences if one.cell == "A7")
    assert (told.sheet, told.in_file, told.expected) == ("2 Tình hình nộp", "XYZ", str(before))
    assert main(["audit", str(mailed), "--workspace", str(so.root), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["holds"], document["same_bytes"], document["period"]) == (False, False, "2019-6T")


def test_a_sheet_that_was_removed_is_named(so: Workspace, mailed: Path) -> None:
    workbook = load_workbook(mailed)
    del workbook["4 Không đạt"]
    workbook.save(mailed)
    told = [one for one in audit_file(so, mailed).differences if one.sheet == "4 Không đạt" and not one.cell]
    assert [one.in_file for one in told] == ["không có trang này"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook"])
def test_what_is_no_workbook_is_told_in_one_line(so: Workspace, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(OperatorError, match="E820"):
        audit_file(so, path)


def test_a_form_is_no_committees_workbook(so: Workspace) -> None:
    form = next(path for path in (so.archive / "originals").glob("*.xlsx"))
    with pytest.raises(OperatorError, match="E820"):
        audit_file(so, form)


def test_a_file_that_is_not_there_is_told_in_one_line(so: Workspace, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="E820"):
        audit_file(so, tmp_path / "nowhere.xlsx")


def test_a_workbook_of_a_day_without_a_run_has_no_counterpart(so: Workspace, mailed: Path) -> None:
    workbook = load_workbook(mailed)
    workbook.properties.created = workbook.properties.created.replace(year=2031)
    workbook.save(mailed)
    with pytest.raises(OperatorError, match="E821"):
        audit_file(so, mailed)
