"""The pre-check folder: the verdict of a submission, answered apart, recorded nowhere, and saying so."""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.demo.submissions import Forger
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


@pytest.fixture
def twin(replayed: tuple[Workspace, list[RunReport]], tmp_path: Path) -> Workspace:
    """A second copy of the demo's year."""
    return Workspace(Path(shutil.copytree(replayed[0].root, tmp_path / "so_kia")))


def _drop(workspace: Workspace, name: str, content: bytes) -> None:
    path = workspace.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    stamp = NIGHT.replace(tzinfo=dt.timezone(dt.timedelta(hours=7))).timestamp()
    os.utime(path, (stamp, stamp))


def _forms(workspace: Workspace) -> dict[str, bytes]:
    forger = Forger(workspace)
    return {
        "BTXH/hop le.xlsx": forger.report("BTXH"),
        "VLATLD/tra lai.xlsx": forger.report_with_wrong_share("VLATLD"),
        "VP/sua doi.xlsx": forger.plan("GDNN", {"MT02": {"target": None}}),
        "KHTC/luu y.xlsx": forger.policy("BTXH"),
        "mat khau.xlsx": PASSWORD.read_bytes(),
        "TTR/van ban.xlsx": "Đây là văn bản thuần.\n".encode(),
    }


def _lines(answer: Path) -> list[str]:
    """The texts above the table."""
    sheet = load_workbook(answer)[say("feedback.title")]
    return [str(row[0]) for row in _until_table(sheet.iter_rows(values_only=True))]


def _until_table(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        if list(row[:4]) == HEADINGS:
            return
        if row[0]:
            yield row


def _codes(answer: Path) -> list[str]:
    """The codes of the rows; each names its own behind what is to be done."""
    return [re.findall(r"\((\w\d{3})\)", str(row[3]))[-1] for row in _findings(answer)]


def _findings(answer: Path) -> list[tuple[object, ...]]:
    """The rows of the table, all their words."""
    rows = load_workbook(answer)[say("feedback.title")].iter_rows(values_only=True, max_col=10)
    for row in rows:
        if list(row[:4]) == HEADINGS:
            break
    return [row for row in rows if any(row)]


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


def test_verdict_and_findings_are_those_of_a_submission_of_the_same_bytes(
    copy_of_demo: Workspace, twin: Workspace
) -> None:
    for name, content in _forms(copy_of_demo).items():
        _drop(copy_of_demo, f"kiem_tra/{name}", content)
        _drop(twin, name, content)
    before = set(_answers(twin, pre_check=False))
    checked = run_night(copy_of_demo, NIGHT)
    submitted = run_night(twin, NIGHT)
    foretold = _answers(copy_of_demo, pre_check=True)
    told = {name: path for name, path in _answers(twin, pre_check=False).items() if name not in before}
    assert submitted.verdicts == {"accepted": 1, "returned": 3, "unreadable": 1, "not_a_form": 1}
    assert sorted(checked.pre_checked) == sorted(
        path.relative_to(copy_of_demo.root).as_posix() for path in foretold.values()
    )
    assert {name: (_verdict(foretold[name]), _findings(foretold[name])) for name in told} == {
        name: (_verdict(path), _findings(path)) for name, path in told.items()
    }
    assert set(foretold) - set(told) == {"BTXH/hop le"}
    assert (_verdict(foretold["BTXH/hop le"]), _findings(foretold["BTXH/hop le"])) == ("Hợp lệ", [])


def test_every_answer_says_first_that_nothing_was_submitted_and_how_to_submit(copy_of_demo: Workspace) -> None:
    for name, content in _forms(copy_of_demo).items():
        _drop(copy_of_demo, f"kiem_tra/{name}", content)
    run_night(copy_of_demo, NIGHT)
    answers = _answers(copy_of_demo, pre_check=True)
    assert len(answers) == 8
    for path in answers.values():
        heading, notice, how, *_ = _lines(path)
        assert heading == "PHIẾU KIỂM TRA TRƯỚC BIỂU MẪU"
        assert NOT_SUBMITTED in notice
        assert "chép vào thư mục inbox" in how
    assert "inbox/BTXH " in _lines(answers["BTXH/hop le"])[2]


def test_nothing_is_recorded_or_counted_and_no_file_is_touched(copy_of_demo: Workspace) -> None:
    settings = load_settings(copy_of_demo).settings
    owed = obligations_of(copy_of_demo, settings, SIX_MONTHS, NIGHT)
    content = _content_hash(copy_of_demo)
    form = Forger(copy_of_demo).report("BTXH")
    _drop(copy_of_demo, "kiem_tra/BTXH/bao cao.xlsx", form)
    dropped = copy_of_demo.inbox / "kiem_tra" / "BTXH" / "bao cao.xlsx"
    stamp = dropped.stat().st_mtime_ns
    report = run_night(copy_of_demo, NIGHT)
    assert (report.arrived, len(report.pre_checked)) == (0, 1)
    assert _content_hash(copy_of_demo) == content
    assert obligations_of(copy_of_demo, settings, SIX_MONTHS, NIGHT) == owed
    assert (dropped.read_bytes(), dropped.stat().st_mtime_ns) == (form, stamp)
    assert not (copy_of_demo.archive / "kiem_tra").exists()


def test_the_same_bytes_under_the_same_name_are_answered_once(copy_of_demo: Workspace) -> None:
    first, second = Forger(copy_of_demo).report("BTXH"), Forger(copy_of_demo).report_with_wrong_share("BTXH")
    _drop(copy_of_demo, "kiem_tra/a.xlsx", first)
    answered = []
    for name, content in (("a", first), ("a", first), ("a", second), ("a", first), ("b", first)):
        _drop(copy_of_demo, f"kiem_tra/{name}.xlsx", content)
        answered.append(len(run_night(copy_of_demo, NIGHT).pre_checked))
    assert answered == [1, 0, 1, 0, 1]


def test_a_run_with_nothing_new_there_stays_nearly_free(copy_of_demo: Workspace, tmp_path: Path) -> None:
    _drop(copy_of_demo, "kiem_tra/BTXH/a.xlsx", Forger(copy_of_demo).report("BTXH"))
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


def test_it_is_judged_against_what_was_submitted_the_same_night(
    fresh_with_inbox: Callable[[str], Workspace],
) -> None:
    workspace = fresh_with_inbox("so_moi")
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
    assert lines[2].startswith("Kết luận đã thông báo: Trả lại.")
    assert _codes(copy_of_demo.root / path) == ["R605", "R606"]


def test_hostile_files_there_do_not_end_the_night(copy_of_demo: Workspace) -> None:
    form = Forger(copy_of_demo).report("BTXH")
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


def test_a_file_whose_workbook_is_open_is_left_for_the_next_run(copy_of_demo: Workspace) -> None:
    _drop(copy_of_demo, "kiem_tra/a.xlsx", Forger(copy_of_demo).report("BTXH"))
    _drop(copy_of_demo, "kiem_tra/~$a.xlsx", b"lock")
    assert run_night(copy_of_demo, NIGHT).pre_checked == ()
    (copy_of_demo.inbox / "kiem_tra" / "~$a.xlsx").unlink()
    assert len(run_night(copy_of_demo, NIGHT).pre_checked) == 1
