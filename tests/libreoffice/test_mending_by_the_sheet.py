"""A round of mending: returned, mended in LibreOffice by the sheet *Việc cần sửa*, accepted.

The clerk copies what it proposes, and types what the form said before it was spoilt where it only illustrates (D8).
"""

import datetime as dt
import io
import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from judged_nights import drop, take_and_judge
from libreoffice_clerk import unwritten
from openpyxl import load_workbook

from pipeline.demo.submissions import Forger
from pipeline.findings import Severity, entry_of
from pipeline.forms import BY_NUMBER
from pipeline.ledger.contents import read_findings, read_submissions
from pipeline.nightly import run_night
from pipeline.spreadsheet import column_name
from pipeline.vocabulary.sheets import Layout
from pipeline.wording import say
from pipeline.workspace import Workspace, open_ledger

pytestmark = pytest.mark.libreoffice

SCRIPT = Path(__file__).with_name("mend_with_libreoffice.py")
SECONDS = 240.0
_READ = ("severity", "status", "sheet", "cell", "suggests", "example")
PLANS, REPORTS, AGAIN = dt.datetime(2019, 1, 26, 0, 5), dt.datetime(2019, 6, 6, 0, 5), dt.datetime(2019, 6, 7, 0, 5)

Mistakes = Mapping[str, object]
"""``sheet.field.row``, the row counted from 1 below the header, to what stands there instead."""

BM01: Mistakes = {
    "cover.prepared_by.1": None,
    "objectives.comparator.3": "khoảng chừng",
    "objectives.target.2": 1,
    "objectives.target.3": "năm phẩy mấy",
    "objectives.due_on.4": dt.datetime(2020, 12, 31),
    "objectives.unit.4": None,
    "objectives.indicator.5": "Số a",
    "objectives.baseline.5": "1,200",
    "objectives.method.6": "Theo báo cáo",
    "objectives.policy_point.6": "CS99",
    "tasks.task.1": None,
    "tasks.task.2": None,
    "tasks.start_on.3": "đầu năm",
    "tasks.finish_on.4": dt.datetime(2019, 5, 31),
    "tasks.finish_on.5": dt.datetime(2018, 12, 31),
    "tasks.objective.7": "MT77",
    "tasks.evaluation.8": "=B2&C2",
}
BM02: Mistakes = {
    "results.self_assessment.1": None,
    "results.numerator.1": None,
    "results.denominator.2": -9,
    "results.data_as_of.2": "hết tháng 5",
    "results.actual.3": 90,
    "results.actual.4": "khoảng bốn giờ",
    "results.data_as_of.5": dt.datetime(2018, 5, 31),
    "results.self_assessment.6": "Tốt",
    "results.evidence.6": None,
    "progress.finished_on.2": None,
    "progress.finished_on.3": "31/13/2019",
    "progress.obstacle.10": None,
}
BM03: Mistakes = {
    "cover.approved_by.1": None,
    "cover.signed_on.1": "hôm qua",
    "policy.channel.1": None,
    "policy.communicated_on.2": "tháng 2",
    "policy.communicated_on.3": dt.datetime(2019, 1, 5),
    "policy.understood.4": "hiểu",
    "policy.how_checked.5": None,
    "policy.policy_version.5": "CSCL-2018",
    "policy.policy_version.6": None,
    "policy.communicated_on.6": None,
    "policy.communicator.4": None,
}
BM04: Mistakes = {
    "declarations.standard.1": None,
    "declarations.recipient.2": None,
    "declarations.decision_on.1": "tháng 11/2017",
    "declarations.fields_count.2": 7.5,
    "declarations.procedures_count.1": -68,
    "declarations.notice_no.1": None,
    "declarations.posted_on.2": dt.datetime(2018, 1, 1),
    "declarations.kind.1": "ban hành",
    "declarations.replaces.2": None,
    "scope_changes.scope_change.1": "thêm",
    "scope_changes.effective_on.2": "tháng 5",
    "scope_changes.declared_in.1": "999/QĐ",
}
RETURNED: Mapping[str, tuple[str, Mistakes]] = {
    "BM-01": ("KHTC", BM01),
    "BM-02": ("VP", BM02),
    "BM-03": ("VP", BM03),
    "BM-04": ("TCT", BM04),
}


def spoilt(number: str, content: bytes, mistakes: Mistakes) -> bytes:
    """The filled form with mistakes typed over it."""
    form, workbook = BY_NUMBER[number], load_workbook(io.BytesIO(content))
    for key, value in mistakes.items():
        name, field, place = key.split(".")
        schema = form.sheet(name)
        worksheet = workbook[schema.title or ""]
        if schema.plan.layout is Layout.COVER:
            (address,) = (f"C{row}" for row in range(1, 60) if worksheet[f"A{row}"].value == field)
        else:
            names = [one.name for one in schema.fields]
            address = f"{column_name(names.index(field) + 1)}{5 + int(place)}"
        worksheet[address] = value
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


def typed_in(content: bytes) -> dict[str, str]:
    """What a form says, cell by cell, as a clerk would type it."""
    workbook = load_workbook(io.BytesIO(content))
    cells = ((f"{sheet.title}!{cell.coordinate}", cell.value) for sheet in workbook for row in sheet for cell in row)
    return {place: _typed(value) for place, value in cells if value is not None}


def _typed(value: object) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str) and value.startswith("CS"):
        return value.partition(" - ")[0]  # a formula knows the code alone: the words are too long for it
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class Round:
    """What became of each form: codes when it was returned, what the sheet said, the verdict on the mended one."""

    codes: Mapping[str, list[str]]
    said: Mapping[str, Mapping[str, Any]]
    verdicts: Mapping[str, str]
    left: Mapping[str, list[tuple[str, str]]]


@pytest.fixture(scope="module")
def mended(tmp_path_factory: pytest.TempPathFactory, soffice: Path, python_with_uno: Path) -> Round:
    folder = tmp_path_factory.mktemp("round")
    workspace = unwritten(folder / "so")
    forger = Forger(workspace)
    drop(workspace, "VP/BM-01.xlsx", forger.plan("VP"), PLANS)
    take_and_judge(workspace, PLANS)
    plan = forger.plan("KHTC")
    drop(workspace, "KHTC/BM-01.xlsx", spoilt("BM-01", plan, BM01), REPORTS)
    known = {"BM-01": typed_in(plan)}
    forger = Forger(workspace)
    for number in RETURNED.keys() - {"BM-01"}:
        division, mistakes = RETURNED[number]
        done = forger.assignment(number, division).done()
        known[number] = typed_in(done)
        drop(workspace, f"{division}/{number}.xlsx", spoilt(number, done, mistakes), REPORTS)
    run_night(workspace, REPORTS)
    answers = {number: answer(workspace, division, number) for number, (division, _) in RETURNED.items()}
    codes = {number: findings(workspace, RETURNED[number][0], number)[1] for number in RETURNED}
    saved = {number: folder / f"{number}.xlsx" for number in RETURNED}
    said = mend(answers, saved, known, (python_with_uno, soffice, folder / "profile"))
    for number, (division, _) in RETURNED.items():
        drop(workspace, f"{division}/{number} lan 2.xlsx", saved[number].read_bytes(), AGAIN)
    take_and_judge(workspace, AGAIN)
    after = {number: findings(workspace, RETURNED[number][0], number) for number in RETURNED}
    return Round(
        codes={number: [code for code, _ in found] for number, found in codes.items()},
        said=said,
        verdicts={number: verdict for number, (verdict, _) in after.items()},
        left={number: found for number, (_, found) in after.items()},
    )


def answer(workspace: Workspace, division: str, number: str) -> Path:
    (path,) = (workspace.outbox / "phan_hoi" / division).glob(f"{number}__*.xlsx")
    return path


def findings(workspace: Workspace, division: str, number: str) -> tuple[str, list[tuple[str, str]]]:
    """The verdict on the last submission of a form, and its findings as (code, cell)."""
    with open_ledger(workspace) as ledger:
        submissions = read_submissions(ledger)
        last = submissions[(submissions["form"] == number) & (submissions["division"] == division)].index[-1]
        found = [(one.code, f"{one.sheet}!{one.cell}") for one in read_findings(ledger, last)]
        return str(submissions.loc[last, "verdict"]), found


def mend(
    answers: Mapping[str, Path],
    saved: Mapping[str, Path],
    known: Mapping[str, Mapping[str, str]],
    programs: tuple[Path, Path, Path],
) -> dict[str, Mapping[str, Any]]:
    python, soffice, profile = programs
    job = {
        "soffice": str(soffice),
        "profile": str(profile),
        "seconds": SECONDS,
        "heads": {key: say(f"feedback.columns.{key}") for key in _READ},
        "error": say("feedback.severity.error"),
        "blank": "(để trống)",
        "illustration": say("feedback.suggests.illustration"),
        "count": 3,
        "files": [
            {"path": str(answers[number]), "save": str(saved[number]), "known": known[number]} for number in answers
        ],
    }
    done = subprocess.run(
        [python, SCRIPT],
        input=json.dumps(job),
        env={name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=SECONDS + 60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return dict(zip(answers, json.loads(done.stdout), strict=True))


EVERY = pytest.mark.parametrize("number", RETURNED)


@EVERY
def test_the_form_is_returned_for_at_least_ten_mistakes(number: str, mended: Round) -> None:
    assert len(mended.codes[number]) >= 10


def test_the_objectives_are_returned_for_at_least_ten_different_codes(mended: Round) -> None:
    assert len(set(mended.codes["BM-01"])) >= 10


@EVERY
def test_the_sheet_says_that_nothing_is_mended_yet(number: str, mended: Round) -> None:
    before = mended.said[number]["before"]
    errors = [status for severity, status in before["statuses"] if severity == "✖ Lỗi"]
    assert set(errors) == {"Chưa sửa"}
    assert before["count"] == f"Còn {len(errors)}/{len(errors)} việc chưa sửa."


@EVERY
def test_every_error_is_seen_to_be_mended_before_the_workbook_is_saved(number: str, mended: Round) -> None:
    after = mended.said[number]["after"]
    errors = [status for severity, status in after["statuses"] if severity == "✖ Lỗi"]
    assert set(errors) <= {"Đã sửa", "Đã thay đổi"}
    assert after["count"] == f"Đã sửa xong {len(errors)}/{len(errors)} việc. Lưu tệp rồi nộp lại."


@EVERY
def test_the_mended_form_is_accepted(number: str, mended: Round) -> None:
    errors = [place for place in mended.left[number] if entry_of(place[0]).severity is Severity.ERROR]
    assert errors == []
