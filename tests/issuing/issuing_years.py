"""The story of NCC and the register over 2019 and 2020: every form is issued by us, filled, dropped and judged."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bench.typed_cells import YEAR_END, cover, whole_year
from pipeline import nightly
from pipeline.demo.content import content_of, settings_text
from pipeline.demo.filling import Filling, fill
from pipeline.demo.replaying import demo_directory
from pipeline.desk.issuing import NotServed, Request, issue_for, read_accepted
from pipeline.desk.starting import furnish
from pipeline.forms import BY_NUMBER
from pipeline.settings import Period
from pipeline.templates.template import Issue, template_bytes
from pipeline.vocabulary.lists import lists_of
from pipeline.workspace import Workspace, load_settings

Row = Mapping[str, Any]

NEXT_YEAR = """
[years.2020.KH]
"BM-01" = 2020-01-31
"BM-03" = 2020-03-31

[years.2020.6T]
"BM-02" = 2020-06-10
"BM-04" = 2020-06-10
"""
NCC = content_of("NCC")
PEOPLE = {name: NCC[name] for name in ("prepared_by", "telephone", "approved_by")}
CLEARED = dict.fromkeys(
    (
        "continues", "statement", "indicator", "measure", "comparator", "unit", "baseline", "method", "data_source",
        "frequency", "owner", "policy_point", "agency_objective",
    )
)  # fmt: skip
"""A carried row that the clerk empties: the objective is given up."""

ENDED = {
    "self_assessment": "Không còn áp dụng",
    "approving_document": "88/QĐ-SLĐTBXH ngày 15/8/2019",
}
WITHOUT_FIGURE = {
    "code": "MT06", "actual": "chưa có số liệu", "data_as_of": YEAR_END, "self_assessment": "Chưa đủ số liệu",
}  # fmt: skip


@dataclass(frozen=True)
class Years:
    """The workspace in the end, every form as it was issued by its name, and every verdict by it."""

    workspace: Workspace
    issued: Mapping[str, bytes] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)

    def sheet(self, name: str, schema: str) -> list[Row]:
        """The rows that stand in an issued form, those that hold nothing but a printed code left out."""
        form = BY_NUMBER[name[:5]]
        worksheet = _read(self.issued[name])[form.sheet(schema).title or ""]
        fields = [one.name for one in form.sheet(schema).fields]
        rows = [
            {name: plain(value) for name, value in zip(fields, values, strict=True) if value is not None}
            for values in worksheet.iter_rows(min_row=6, max_col=len(fields), values_only=True)
        ]
        return [row for row in rows if len(row) > 1]

    def on_cover(self, name: str) -> Row:
        """What stands on an issued cover, by field."""
        worksheet = _read(self.issued[name])["Thông tin chung"]
        names = set(BY_NUMBER[name[:5]].cover.by_name)
        cells = worksheet.iter_rows(max_col=3, values_only=True)
        return {str(tag): plain(value) for tag, _, value in cells if tag in names and value is not None}


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


@cache
def _read(content: bytes) -> Workbook:
    """A workbook that nobody changes."""
    return opened(content)


def plain(value: object) -> object:
    return value.date() if isinstance(value, dt.datetime) else value


@dataclass(frozen=True)
class Form:
    """One form to be issued, filled and dropped."""

    number: str
    division: str
    period: str
    rows: Mapping[str, Sequence[Row]]
    on_cover: Row

    @property
    def name(self) -> str:
        return f"{self.number} {self.division} {self.period}"


def begun(folder: Path) -> Workspace:
    """A workspace with the demo's agency and a calendar of two years, before its first night."""
    return furnish(folder, settings_text() + NEXT_YEAR, demo_directory())


def given(workspace: Workspace, number: str, division: str, period: str) -> Issue | NotServed:
    """What a division's form is issued with, as things stand."""
    settings = load_settings(workspace).settings
    owner = settings.division(division)
    assert owner is not None
    accepted = read_accepted(workspace, settings)
    return issue_for(Request(BY_NUMBER[number], owner, Period.parse(period), settings, accepted))


def filled(workspace: Workspace, form: Form) -> tuple[bytes, bytes]:
    """The form as it was issued, and as it was filled."""
    issue = given(workspace, form.number, form.division, form.period)
    assert isinstance(issue, Issue)
    kind = BY_NUMBER[form.number]
    template = template_bytes(kind, issue)
    lists = lists_of(load_settings(workspace).settings, int(form.period[:4]))
    return template, fill(template, kind, Filling(form.on_cover, form.rows), lists)


AFTER_THE_VERDICTS = ("publish", "give_feedback", "give_receipts", "report_day")


def lived(folder: Path) -> Years:
    """Two years, one night a season; every form is accepted.

    A form is issued from the ledger alone, so no night draws the committee's workbooks, and only the last one writes
    answers, receipts and the page of the day: those of both years, without a fault.
    """
    workspace = begun(folder)
    issued: dict[str, bytes] = {}
    for night, forms in STORY[:-1]:
        _dropped(workspace, forms, issued)
        run_without(workspace, night, *AFTER_THE_VERDICTS)
    night, forms = STORY[-1]
    _dropped(workspace, forms, issued)
    assert run_without(workspace, night, "publish").faults == ()
    return Years(workspace, issued)


def run_without(workspace: Workspace, night: dt.datetime, *without: str) -> nightly.RunReport:
    """A night that leaves some of its stages out."""
    with pytest.MonkeyPatch.context() as patch:
        for stage in without:
            patch.setattr(nightly, stage, lambda _run: "")
        return nightly.run_night(workspace, night)


def _dropped(workspace: Workspace, forms: Sequence[Form], issued: dict[str, bytes]) -> None:
    """Issue forms, and put them filled into the inbox."""
    for form in forms:
        issued[form.name], content = filled(workspace, form)
        (workspace.inbox / f"{form.name}.xlsx").write_bytes(content)


def _at_year_end() -> Mapping[str, Sequence[Row]]:
    """Of six objectives one had failed, one was ended by a document, one has no figure; the others are just met."""
    made = whole_year(NCC)
    changes = {"MT05": ENDED, "MT06": WITHOUT_FIGURE}
    results = [
        WITHOUT_FIGURE if row["code"] == "MT06" else {**row, **changes.get(row["code"], {})} for row in made["results"]
    ]
    return {**made, "results": results}


def next_plan() -> Mapping[str, Sequence[Row]]:
    """2020: MT01 and MT02 go on, MT03 asks less, MT04 counts in another unit, MT06 is given up."""
    decided = {"due_on": dt.date(2020, 12, 15)}
    objectives = [
        {
            "code": "MT01",
            "target": 98,
            "statement": "Từ 98% trở lên hồ sơ người có công được giải quyết đúng hạn, trước hạn.",
            **decided,
        },
        {"code": "MT02", "target": 100, "statement": "100% hồ sơ tồn đọng còn lại được rà soát, kết luận.", **decided},
        {"code": "MT03", "target": 240, "statement": "Hỗ trợ xây mới, sửa chữa tối thiểu 240 căn nhà ở.", **decided},
        {
            "code": "MT04",
            "target": 2400,
            "unit": "triệu đồng",
            "baseline": 2400,
            "statement": "Vận động Quỹ Đền ơn đáp nghĩa cấp tỉnh từ 2,4 tỷ đồng trở lên.",
            **decided,
        },
        {"code": "MT06", **CLEARED},
    ]
    tasks = [
        {
            "task_code": f"NV{place:02d}",
            "objective": f"MT{place:02d}",
            "task": "Thực hiện, theo dõi hằng tháng",
            "resources": "Chuyên viên phòng",
            "owner": "Trần Thị Tuyết Nga",
            "start_on": dt.date(2020, 1, 6),
            "finish_on": dt.date(2020, 11, 30),
            "evaluation": "Báo cáo hằng tháng",
        }
        for place in range(1, 5)
    ]
    return {"objectives": objectives, "tasks": tasks}


def next_report() -> Mapping[str, Sequence[Row]]:
    """2020 at six months."""
    same = {"data_as_of": dt.date(2020, 5, 31), "evidence": "Sổ theo dõi"}
    rate = {"numerator": 99, "denominator": 100, "actual": 99, "self_assessment": "Đạt", **same}
    early = {"self_assessment": "Chưa đến kỳ đánh giá", **same}
    results = [
        {"code": "MT01", **rate},
        {"code": "MT02", "numerator": 3, "denominator": 4, "actual": 75, **early},
        {"code": "MT03", "actual": 130, **early},
        {"code": "MT04", "actual": 1000, **early},
    ]
    return {"results": results, "progress": [{"task_code": f"NV0{n}", "status": "Đang thực hiện"} for n in range(1, 5)]}


TCT = content_of("TCT")
REGISTER = {name: TCT[name] for name in ("declarations", "postings", "checks", "scope_changes")}
AS_USUAL = {"prepared_by": TCT["prepared_by"], "approved_by": TCT["approved_by"], "telephone": TCT["telephone"]}
PLAN = {name: NCC[name] for name in ("objectives", "tasks")}
HALF = {name: NCC[name] for name in ("results", "progress")}

STORY: tuple[tuple[dt.datetime, tuple[Form, ...]], ...] = (
    (dt.datetime(2019, 1, 26, 0, 5), (Form("BM-01", "NCC", "2019-KH", PLAN, PEOPLE),)),
    (
        dt.datetime(2019, 6, 6, 0, 5),
        (
            Form("BM-02", "NCC", "2019-6T", HALF, cover(NCC, Period.parse("2019-6T"))),
            Form("BM-04", "TCT", "2019-6T", REGISTER, AS_USUAL),
        ),
    ),
    (
        dt.datetime(2019, 11, 5, 0, 5),
        (
            Form("BM-02", "NCC", "2019-CN", _at_year_end(), {}),
            Form("BM-04", "TCT", "2019-CN", {}, {}),
        ),
    ),
    (dt.datetime(2020, 1, 20, 0, 5), (Form("BM-01", "NCC", "2020-KH", next_plan(), {}),)),
    (dt.datetime(2020, 6, 5, 0, 5), (Form("BM-02", "NCC", "2020-6T", next_report(), {}),)),
)
