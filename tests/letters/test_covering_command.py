"""``qms report``: what it writes and where, what it refuses, whose work it leaves alone."""

import json
from pathlib import Path

import pytest
from docx import Document

from pipeline.cli import main
from pipeline.workspace import Workspace

PLACE = Path("outbox") / "bao_cao"


def _run(workspace: Workspace, *arguments: str) -> int:
    return main(["report", "--workspace", str(workspace.root), *arguments])


def test_the_report_tells_what_the_published_workbook_tells(
    office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(office, "--period", "2019-6T", "--docx", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["path"], told["day"]) == ("outbox/bao_cao/2019-6T.docx", "2019-06-10")
    said = [paragraph.text for paragraph in Document(str(office.root / told["path"])).paragraphs]
    assert "Kỳ này phải nộp 11 biểu mẫu: 09 nộp đúng hạn, 02 chưa có bản hợp lệ." in said


def test_an_earlier_night_is_told_as_it_was(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(office, "--period", "2019-KH", "--as-of", "2019-05-01T00:00", "--json") == 0
    assert json.loads(capsys.readouterr().out)["day"] < "2019-05-01"


def test_written_twice_it_is_the_same_file(office: Workspace) -> None:
    _run(office, "--period", "2019-6T")
    first = (office.root / PLACE / "2019-6T.docx").read_bytes()
    _run(office, "--period", "2019-6T")
    assert [path.name for path in (office.root / PLACE).iterdir()] == ["2019-6T.docx"]
    assert (office.root / PLACE / "2019-6T.docx").read_bytes() == first


def test_what_the_secretary_changed_stays(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    _run(office, "--period", "2019-6T")
    own = office.root / PLACE / "2019-6T.docx"
    own.write_bytes(b"own words")
    assert _run(office, "--period", "2019-6T") == 0
    assert own.read_bytes() == b"own words"
    assert sorted(path.name for path in own.parent.iterdir()) == ["2019-6T.docx", "2019-6T_20190610-0005.docx"]
    assert "giữ nguyên" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--period", "2031-6T"), "E807"),
        (("--period", "sáu tháng"), "E807"),
        (("--period", "2019-CN"), "E821"),
        (("--period", "2019-6T", "--as-of", "2018-01-01T00:00"), "E819"),
    ],
)
def test_without_a_workbook_nothing_is_written(
    arguments: tuple[str, ...], code: str, office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(office, *arguments) == 3
    assert capsys.readouterr().err.startswith(f"{code}: ")
    assert not (office.root / PLACE).exists()
