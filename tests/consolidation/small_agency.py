"""A small agency over two years, what tampering does, and the fewest fields of a row that a test needs to tell."""

import dataclasses
import datetime as dt
from typing import Any

import pandas as pd
from committee_content import Story, frames_of

from pipeline.consolidation import Committee, LedgerContent, View
from pipeline.consolidation.controls import controls
from pipeline.consolidation.headline import headline
from pipeline.desk.accepted import Accepted
from pipeline.obligations import duties, handed_over, plans_in_force
from pipeline.settings import Period, Settings

SIX_MONTHS = Period.parse("2019-6T")
WHOLE_YEAR = Period.parse("2019-CN")
PLAN = Period.parse("2019-KH")
TODAY = dt.date(2019, 6, 13)


def _division(code: str, name: str, owes: list[str], kind: str = "phòng") -> dict[str, Any]:
    return {"code": code, "name": name, "kind": kind, "owes": owes, "contact": f"{code.lower()}@so.vn"}


def _person(code: str, division: str, **dates: dt.date) -> dict[str, Any]:
    told = {"staff_code": code, "name": f"Người {code}", "division": division}
    return {**told, "position": "Chuyên viên", "category": "công chức", **dates}


def _due(year: int) -> dict[str, Any]:
    reports = {"BM-02": dt.date(year, 6, 10), "BM-04": dt.date(year, 6, 10)}
    later = {"BM-02": dt.date(year, 11, 10), "BM-04": dt.date(year, 11, 10)}
    return {"KH": {"BM-01": dt.date(year, 1, 31), "BM-03": dt.date(year, 3, 31)}, "6T": reports, "CN": later}


def small_settings() -> Settings:
    return Settings.model_validate(
        {
            "agency": [{"name": "Sở Thử nghiệm", "superior": "UBND tỉnh", "place": "Sóc Trăng"}],
            "standards": [{"designation": "TCVN ISO 9001:2015"}],
            "years": {2018: _due(2018), 2019: _due(2019)},
            "policy_versions": [
                {
                    "version": "CSCL-1",
                    "approved_on": dt.date(2018, 1, 2),
                    "points": [{"code": "CS1", "text": "Đúng hạn"}],
                }
            ],
            "agency_objectives": [
                {
                    "code": "MC1",
                    "text": "Đúng hạn",
                    "measure": "tỷ lệ",
                    "comparator": "ít nhất",
                    "target": 95,
                    "unit": "%",
                },
                {
                    "code": "MC2",
                    "text": "Số lớp",
                    "measure": "số lũy kế",
                    "comparator": "ít nhất",
                    "target": 5,
                    "unit": "lớp",
                },
                {
                    "code": "MC3",
                    "text": "Số ngày",
                    "measure": "mức",
                    "comparator": "không quá",
                    "target": 3,
                    "unit": "ngày",
                },
            ],
            "divisions": [
                _division("VP", "Văn phòng", ["BM-01", "BM-02", "BM-03"]),
                _division("KHTC", "Phòng Kế hoạch - Tài chính", ["BM-01", "BM-02", "BM-03"]),
                _division("TCT", "Tổ công tác ISO", ["BM-04"], "tổ công tác"),
            ],
            "staff": [
                _person("CB1", "VP"),
                _person("CB2", "VP"),
                _person("CB3", "KHTC"),
                _person("CB4", "VP", valid_from=dt.date(2019, 5, 2)),
                _person("CB5", "KHTC", valid_to=dt.date(2019, 2, 28)),
            ],
        }
    )


def objective(code: str = "MT01", **told: Any) -> dict[str, Any]:  # noqa: ANN401 - a row is of any values
    """A rate of at least 95 %, due at the end of 2019, unless told otherwise."""
    row = {
        "code": code,
        "statement": f"Mục tiêu {code}",
        "measure": "tỷ lệ",
        "comparator": "ít nhất",
        "target": 95.0,
        "unit": "%",
        "baseline": 90.0,
        "due_on": "2019-12-31",
    }
    return {**row, **told}


def result(code: str = "MT01", **told: Any) -> dict[str, Any]:  # noqa: ANN401 - a row is of any values
    """What was reached by the end of May."""
    return {"code": code, "data_as_of": "2019-05-31", "self_assessment": "Đạt", **told}


def rate(code: str, numerator: float, denominator: float, **told: Any) -> dict[str, Any]:  # noqa: ANN401
    """A rate by its parts."""
    share = round(100 * numerator / denominator, 2) if denominator else None
    return result(code, numerator=numerator, denominator=denominator, actual=share, **told)


def plan(story: Story, division: str, *objectives: dict[str, Any], period: str = "2019-KH", **more: Any) -> int:  # noqa: ANN401
    """A BM-01 of these objectives, in time unless ``arrived`` says otherwise."""
    arrived = more.pop("arrived", f"{period[:4]}-01-20 08:00")
    rows = {"cover": [{}], "objectives": list(objectives), "tasks": more.pop("tasks", [])}
    return story.add("BM-01", division, period, arrived, rows, **more)


def report(story: Story, division: str, *results: dict[str, Any], period: str = "2019-6T", **more: Any) -> int:  # noqa: ANN401
    """A BM-02 of these results, in time unless ``arrived`` says otherwise."""
    month = "06" if period.endswith("6T") else "11"
    arrived = more.pop("arrived", f"{period[:4]}-{month}-05 08:00")
    rows = {"cover": [{}], "results": list(results), "progress": more.pop("progress", [])}
    rows["actions"] = more.pop("actions", [])
    return story.add("BM-02", division, period, arrived, rows, **more)


def consolidated(
    story: Story, period: Period = SIX_MONTHS, today: dt.date = TODAY, settings: Settings | None = None
) -> Committee:
    """The workbook's frames; whatever the story, sheet 10 must find all of it."""
    committee = frames_of(story.content(), settings or small_settings(), period, today)
    assert listed(committee.controls[~committee.controls["holds"]], "check", "subject", "expected", "actual") == []
    return committee


def view(story: Story, period: Period = SIX_MONTHS, today: dt.date = TODAY, settings: Settings | None = None) -> View:
    """What each frame is computed from by itself: the whole committee takes ten times as long."""
    return View(story.content(), settings or small_settings(), period, today)


def accepted_of(story: Story, settings: Settings) -> Accepted:
    """What the forms that are issued take over."""
    content = story.content()
    handed = handed_over(settings, content.submissions, content.rows["objectives"])
    return Accepted(content.submissions, plans_in_force(content.submissions, duties(settings)), content.rows, handed)


def tampered(committee: Committee, content: LedgerContent, **frames: pd.DataFrame) -> Committee:
    """The same frames but for these, with figures and checks made anew against the ledger's content."""
    changed = dataclasses.replace(committee, **{name: rows.reset_index(drop=True) for name, rows in frames.items()})
    view = View(content, committee.settings, committee.period, committee.today)
    return dataclasses.replace(changed, figures=headline(changed, view.period), controls=controls(changed, view))


def dissolved(code: str, until: dt.date) -> Settings:
    """The same agency, one division of which was dissolved."""
    settings = small_settings()
    divisions = [d.model_copy(update={"valid_to": until}) if d.code == code else d for d in settings.divisions]
    return settings.model_copy(update={"divisions": tuple(divisions)})


def listed(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """Rows as tuples of some columns; what is missing is None."""
    plain = frame[list(columns)].astype(object)
    return list(plain.where(plain.notna(), None).itertuples(index=False, name=None))
