"""Files that arrive after the two years, each with one thing about it; all judged in one go."""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

from issuing_years import HALF, NCC, PLAN, Form, Row, filled, given, next_plan

from bench.typed_cells import cover
from pipeline.demo.filling import Filling, fill
from pipeline.desk.checking import check_files
from pipeline.forms import BY_NUMBER
from pipeline.judging import Submission
from pipeline.settings import Period
from pipeline.sheets.results import Results
from pipeline.templates.template import Issue, template_bytes
from pipeline.vietnamese import format_date, format_number
from pipeline.vocabulary.lists import lists_of
from pipeline.workspace import Workspace, load_settings

WHY = {"revision_reason": "Cấp trên giao bổ sung chỉ tiêu", "revision_document": "145/QĐ-SLĐTBXH ngày 15/4/2019"}


def checked_files(workspace: Workspace, folder: Path) -> Mapping[str, Submission]:
    """The verdict on each file, by its name here."""
    files = {
        "a plan as it was issued": _plan(workspace, {}, WHY),
        "a plan with one row as it was issued": _plan(workspace, _undecided("MT02"), WHY),
        "a plan filled as asked": _plan(workspace, _as_asked(workspace), WHY),
        "a report as it was issued": filled(workspace, Form("BM-02", "NCC", "2019-CN", {}, {}))[1],
        "a revision without a reason": _revision(workspace, {}),
        "a revision without its document": _revision(workspace, {"revision_reason": WHY["revision_reason"]}),
        "a revision with reason and document": _revision(workspace, WHY),
        "a report on the version before": _older(workspace),
        "a register with a later check": _register(workspace, {}, {"checked_on": dt.date(2020, 5, 20), **_CHECK}),
        "a register with another scope": _register(workspace, {"fields_count": 9}),
    }
    for number, content in enumerate(files.values()):
        (folder / f"{number}.xlsx").write_bytes(content)
    judged = check_files(workspace, [folder / f"{number}.xlsx" for number in range(len(files))])
    return dict(zip(files, judged, strict=True))


def _plan(workspace: Workspace, rows: Mapping[str, list[Row]], on_cover: Row) -> bytes:
    return filled(workspace, Form("BM-01", "NCC", "2020-KH", rows, on_cover))[1]


def _as_asked(workspace: Workspace) -> Mapping[str, list[Row]]:
    """Each objective asks more than last year; what its sentence leaves open is filled with that, and nothing else."""
    issue = given(workspace, "BM-01", "NCC", "2020-KH")
    assert isinstance(issue, Issue)
    targets = {"MT01": 99.0, "MT02": 100.0, "MT03": 260.0, "MT04": 2.5, "MT06": 93.0}
    objectives = []
    for row in issue.rows["objectives"]:
        figure, day = targets[str(row["code"])], dt.date(2020, 11, 30)
        sentence = re.sub("‹số[^›]*›", format_number(figure), str(row["statement"]))
        statement = re.sub("‹ngày[^›]*›", format_date(day), sentence)
        objectives.append({"code": row["code"], "target": figure, "statement": statement, "due_on": day})
    task = next_plan()["tasks"][0]
    tasks = [
        {**task, "task_code": f"NV{place:02d}", "objective": row["code"]} for place, row in enumerate(objectives, 1)
    ]
    return {"objectives": objectives, "tasks": tasks}


def _undecided(code: str) -> Mapping[str, list[Row]]:
    plan = next_plan()
    return {**plan, "objectives": [row for row in plan["objectives"] if row["code"] != code]}


def _revision(workspace: Workspace, on_cover: Row) -> bytes:
    lower = [{**row, "target": 97} if row["code"] == "MT01" else row for row in PLAN["objectives"]]
    sentence = {"statement": "Từ 97% trở lên hồ sơ người có công được giải quyết đúng hạn, trước hạn."}
    rows = {**PLAN, "objectives": [{**lower[0], **sentence}, *lower[1:]]}
    return filled(workspace, Form("BM-01", "NCC", "2019-KH", rows, on_cover))[1]


def _older(workspace: Workspace) -> bytes:
    """A report on the form as it was before actions had their sheet, and last year's final figures their column."""
    form = BY_NUMBER["BM-02"]
    results, _, progress = form.sheets
    first = dataclasses.replace(form, version=2, sheets=(results.without([Results.last_year_final]), progress))
    issue = given(workspace, "BM-02", "NCC", "2019-6T")
    assert isinstance(issue, Issue)
    lists = lists_of(load_settings(workspace).settings, 2019)
    return fill(template_bytes(first, issue), first, Filling(cover(NCC, Period.parse("2019-6T")), HALF), lists)


_CHECK = {"checked_by": "Lê Thị Cẩm Tú", "check_result": "Đủ"}


def _register(workspace: Workspace, changes: Row, *checks: Row) -> bytes:
    row = {"decision_no": "367/QĐ-SLĐTBXH", **changes}
    template, _ = filled(workspace, Form("BM-04", "TCT", "2020-6T", {}, {}))
    lists = lists_of(load_settings(workspace).settings, 2020)
    return fill(template, BY_NUMBER["BM-04"], Filling(rows={"declarations": [row], "checks": checks}), lists)
