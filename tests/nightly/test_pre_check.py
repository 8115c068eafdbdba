"""The pre-check folder: the verdict of a submission, answered apart, recorded nowhere, and saying so."""

import datetime as dt
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile, islice, takewhile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.desk.status import obligations_of
from pipeline.ledger import Ledger
from pipeline.nightly import RunReport, run_night
from pipeline.settings import Period
from pipeline.wording import say
from pipeline.workspace import Workspace, load_settings

NIGHT = dt.datetime(2019, 6, 10, 0, 20)
SIX_MONTHS = Period.parse("2019-6T")
NOT_SUBMITTED = "BIỂU MẪU CHƯA ĐƯỢC NỘP"
PASSWORD = Path(__file__).parents[1] / "intake" / "fixtures" / "password.xlsx"
HEADINGS = ["STT", "Mức độ", "Tình trạng", "Việc cần làm"]


def _drop(workspace: Workspace, name: str, content: bytes) -> None:
    path = workspace.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    stamp = NIGHT.replace(tzinfo=dt.timezone(dt.timedelta(hours=7))).timestamp()
    os.utime(path, (stamp, stamp))


@dataclass(frozen=True)
class Night:
    """A workspace, what its run reported, and the answers that it made, by place and name without the hash."""

    workspace: Workspace
    report: RunReport
    answers: Mapping[str, Path]


@pytest.fixture(scope="module")
def forms(forged: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return {
        "BTXH/hop le.xlsx": forged["report"],
        "VLATLD/tra lai.xlsx": forged["wrong report of VLATLD"],
        "VP/sua doi.xlsx": forged["revised plan of GDNN"],
        "KHTC/luu y.xlsx": forged["policy"],
        "mat khau.xlsx": PASSWORD.read_bytes(),
        "TTR/van ban.xlsx": "Đây là văn bản thuần.\n".encode(),
    }


@pytest.fixture(scope="module")
def checked(
    copied_demo: Callable[[Path], Workspace], forms: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Night:
    """The night that pre-checks them; to be read only."""
    workspace = copied_demo(tmp_path_factory.mktemp("checked") / "so")
    for name, content in forms.items():
        _drop(workspace, f"kiem_tra/{name}", content)
    report = run_night(workspace, NIGHT)
    return Night(workspace, report, _answers(workspace, pre_check=True))


@pytest.fixture
def submitted(copy_of_demo: Workspace, forms: Mapping[str, bytes], nothing_is_drawn: None) -> Night:
    """The night to which they are submitted."""
    del nothing_is_drawn
    before = set(_answers(copy_of_demo, pre_check=False))
    for name, content in forms.items():
        _drop(copy_of_demo, name, content)
    report = run_night(copy_of_demo, NIGHT)
    answers = _answers(copy_of_demo, pre_check=False)
    return Night(copy_of_demo, report, {name: path for name, path in answers.items() if name not in before})


@cache
def _rows(content: bytes) -> tuple[tuple[object, ...], ...]:
    """The rows of an answer's sheet of findings."""
    sheet = load_workbook(io.BytesIO(content))[say("feedback.title")]
    return tuple(sheet.iter_rows(values_only=True, max_col=10))


def _lines(answer: Path) -> list[str]:
    """The texts above the table."""
    above = takewhile(lambda row: list(row[:4]) != HEADINGS, _rows(answer.read_bytes()))
    return [str(row[0]) for row in above if row[0]]


def _codes(answer: Path) -> list[str]:
    """The codes of the rows; each names its own behind what is to be done."""
    return [re.findall(r"\((\w\d{3})\)", str(row[3]))[-1] for row in _findings(answer)]


def _findings(answer: Path) -> list[tuple[object, ...]]:
    """The rows of the table, all their words."""
    below = dropwhile(lambda row: list(row[:4]) != HEADINGS, _rows(answer.read_bytes()))
    return [row for row in islice(below, 1, None) if any(row)]


def _answers(workspace: Workspace, *, pre_check: bool) -> dict[str, Path]:
    """Answers made for the files above, by place and name without the hash."""
    found = (workspace.outbox / "phan_hoi").rglob("*__*.xlsx")
    return {
        f"{path.relative_to(workspace.outbox / 'phan_hoi').parts[0]}/{path.stem.rpartition('__')[0]}": path
        for path in found
        if (path.parent.name == "kiem_tra") == pre_check
    }


def _content_hash(workspace: Workspace) -> str:
    with Ledger(workspace.ledger_file) as ledger:
        return ledger.content_hash()


def _verdict(answer: Path) -> str:
    """The verdict's words, of either kind of answer."""
    (line,) = (line for line in _lines(answer) if "kết quả sẽ là: " in line or line.startswith("Kết quả: "))
    return line.partition(": ")[2].partition(".")[0]


def test_verdict_and_findings_are_those_of_a_submission_of_the_same_bytes(checked: Night, submitted: Night) -> None:
    foretold, told = checked.answers, submitted.answers
    assert submitted.report.verdicts == {"accepted": 1, "returned": 3, "unreadable": 1, "not_a_form": 1}
    assert sorted(checked.report.pre_checked) == sorted(
        path.relative_to(checked.workspace.root).as_posix() for path in foretold.values()
    )
    assert {name: (_verdict(foretold[name]), _findings(foretold[name])) for name in told} == {
        name: (_verdict(path), _findings(path)) for name, path in told.items()
    }
    assert set(foretold) - set(told) == {"BTXH/hop le"}
    assert (_verdict(foretold["BTXH/hop le"]), _findings(foretold["BTXH/hop le"])) == ("Hợp lệ", [])


def test_every_answer_says_first_that_nothing_was_submitted_and_how_to_submit(checked: Night) -> None:
    assert len(checked.answers) == 8
    for path in checked.answers.values():
        heading, notice, how, *_ = _lines(path)
        assert heading == "PHIẾU KIỂM TRA TRƯỚC KHI NỘP BIỂU MẪU"
        assert NOT_SUBMITTED in notice
        assert "chép vào thư mục inbox" in how
    assert "inbox/BTXH " in _lines(checked.answers["BTXH/hop le"])[2]


def test_nothing_is_recorded_or_counted_and_no_file_is_touched(
    copy_of_demo: Workspace, forged: Mapping[str, bytes]
) -> None:
    settings = load_settings(copy_of_demo).settings
    owed = obligations_of(copy_of_demo, settings, SIX_MONTHS, NIGHT)
    content = _content_hash(copy_of_demo)
    form = forged["report"]
    _drop(copy_of_demo, "kiem_tra/BTXH/bao cao.xlsx", form)
    dropped = copy_of_demo.inbox / "kiem_tra" / "BTXH" / "bao cao.xlsx"
    stamp = dropped.stat().st_mtime_ns
    report = run_night(copy_of_demo, NIGHT)
    assert (report.arrived, len(report.pre_checked)) == (0, 1)
    assert _content_hash(copy_of_demo) == content
    assert obligations_of(copy_of_demo, settings, SIX_MONTHS, NIGHT) == owed
    assert (dropped.read_bytes(), dropped.stat().st_mtime_ns) == (form, stamp)
    assert not (copy_of_demo.archive / "kiem_tra").exists()


def test_the_same_bytes_under_the_same_name_are_answered_once(
    copy_of_demo: Workspace, forged: Mapping[str, bytes]
) -> None:
    first, second = forged["report"], forged["wrong report"]
    _drop(copy_of_demo, "kiem_tra/a.xlsx", first)
    answered = []
    for name, content in (("a", first), ("a", first), ("a", second), ("a", first), ("b", first)):
        _drop(copy_of_demo, f"kiem_tra/{name}.xlsx", content)
        answered.append(len(run_night(copy_of_demo, NIGHT).pre_checked))
    assert answered == [1, 0, 1, 0, 1]


def test_a_run_with_nothing_new_there_stays_nearly_free(
    copy_of_demo: Workspace, tmp_path: Path, forged: Mapping[str, bytes]
) -> None:
    _drop(copy_of_demo, "kiem_tra/BTXH/a.xlsx", forged["report"])
    run_night(copy_of_demo, NIGHT)
    script = tmp_path / "again.py"
    script.write_text(
        "import sys\n"
        "from pipeline.cli import main\n"
        "if __name__ == '__main__':\n"
        f"    place = ['--workspace', {str(copy_of_demo.root)!r}]\n"
        "    code = main(['run', *place, '--as-of', '2019-06-10T00:35', '--json'])\n"
        "    heavy = {'pandas', 'pandera', 'openpyxl', 'python_calamine'} & set(sys.modules)\n"
        "    sys.exit(code or ', '.join(sorted(heavy)) or None)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["pre_checked"] == []


@pytest.mark.usefixtures("nothing_is_drawn")
def test_it_is_judged_against_what_was_submitted_the_same_night(
    fresh_with_inbox: Callable[..., Workspace],
) -> None:
    workspace = fresh_with_inbox("so_moi", "VP")
    plan = next((workspace.inbox / "VP").glob("BM-01*.xlsx")).read_bytes()
    report = next((workspace.inbox / "VP").glob("BM-02*.xlsx")).read_bytes()
    shutil.rmtree(workspace.inbox)
    _drop(workspace, "kiem_tra/som.xlsx", report)
    (early,) = run_night(workspace, NIGHT).pre_checked
    _drop(workspace, "VP/ke hoach.xlsx", plan)
    _drop(workspace, "kiem_tra/muon.xlsx", report)
    (late,) = run_night(workspace, NIGHT).pre_checked
    codes = [_codes(workspace.root / path) for path in (early, late)]
    assert codes == [["R616"], []]


def test_bytes_that_were_submitted_already_are_said_to_be(copy_of_demo: Workspace) -> None:
    submitted = copy_of_demo.inbox / "VLATLD" / "BM-02_2019-6T_VLATLD.xlsx"
    _drop(copy_of_demo, "kiem_tra/VLATLD/thu.xlsx", submitted.read_bytes())
    (path,) = run_night(copy_of_demo, NIGHT).pre_checked
    lines = _lines(copy_of_demo.root / path)
    assert "đã được nộp và có kết luận lúc 00:05 06/06/2019" in lines[1]
    assert "Hiện chưa có bản BM-02 kỳ 2019-6T nào của VLATLD được tính." in lines[1]
    assert lines[2].startswith("Kết luận đã thông báo: Trả lại.")
    assert _codes(copy_of_demo.root / path) == ["R605"]


@pytest.mark.usefixtures("nothing_is_drawn")
def test_hostile_files_there_do_not_end_the_night(copy_of_demo: Workspace, forged: Mapping[str, bytes]) -> None:
    form = forged["report"]
    hostile = {"rong": b"", "cat": form[: len(form) // 2], "mat khau": PASSWORD.read_bytes(), "zip": b"PK\3\4" * 999}
    for name, content in hostile.items():
        _drop(copy_of_demo, f"kiem_tra/{name}.xlsx", content)
    _drop(copy_of_demo, "BTXH/nop that.xlsx", form)
    report = run_night(copy_of_demo, NIGHT)
    assert report.verdicts == {"accepted": 1}
    folders = {Path(path).parent.as_posix() for path in report.pre_checked}
    assert folders == {"outbox/phan_hoi/_chua_ro_phong/kiem_tra"}
    assert len(report.pre_checked) == len(hostile)


def test_copies_that_a_killed_run_left_are_swept(copy_of_demo: Workspace) -> None:
    left = copy_of_demo.archive / "kiem_tra" / "originals" / "taking-1"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"x")
    run_night(copy_of_demo, NIGHT)
    assert not (copy_of_demo.archive / "kiem_tra").exists()


def test_a_file_whose_workbook_is_open_is_left_for_the_next_run(
    copy_of_demo: Workspace, forged: Mapping[str, bytes]
) -> None:
    _drop(copy_of_demo, "kiem_tra/a.xlsx", forged["report"])
    _drop(copy_of_demo, "kiem_tra/~$a.xlsx", b"lock")
    assert run_night(copy_of_demo, NIGHT).pre_checked == ()
    (copy_of_demo.inbox / "kiem_tra" / "~$a.xlsx").unlink()
    assert len(run_night(copy_of_demo, NIGHT).pre_checked) == 1
