"""Sheets 3, 4 and 5 again: objectives with their results, what is unmet, and the tasks."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from recompute_calendar import calendar
from recompute_inputs import Inputs, Row, Submission, Value
from recompute_owed import arrived_on
from recompute_status import (
    NO_REPORT,
    NOT_REGISTERED,
    NOT_YET,
    Judgement,
    arrow,
    commitment,
    day,
    degree,
    judge,
)
from recompute_threads import held, takes

DONE, CANCELLED = "Hoàn thành", "Hủy"
TASK_STATUSES = ("Chưa thực hiện", "Đang thực hiện", NO_REPORT, DONE, CANCELLED)
MONTHS = tuple(map(str, range(1, 13)))

Cells = dict[str, Value]
"""One row of the workbook by its headers."""


@dataclass(frozen=True)
class Outcome:
    """An objective of a division in a period with what was reported of it."""

    division: str
    code: str
    objective: Row | None
    result: Row | None
    plan: Submission | None
    report: Submission | None
    judged: Judgement


def plan_for(inputs: Inputs, division: str, period: str) -> Submission | None:
    """The BM-01 a report is held against (decision 0011): the last one in by its due date, else the first one."""
    year, part = period.split("-")
    accepted = [one for one in inputs.versions("BM-01", division, f"{year}-KH") if one.is_accepted]
    if part == "KH" or not accepted:
        return accepted[-1] if accepted else None
    due = inputs.due_on("BM-02", period)
    return next((one for one in reversed(accepted) if arrived_on(one) <= due), accepted[0])


def outcomes(inputs: Inputs, period: str) -> list[Outcome]:
    """Every objective registered or reported on, by division."""
    return [one for division in inputs.divisions for one in _outcomes_of(inputs, division, period)]


def _outcomes_of(inputs: Inputs, division: str, period: str) -> Iterator[Outcome]:
    """Of its own plan and of those that it took over; results without an objective last."""
    report = inputs.in_force("BM-02", division, period)
    results = dict(report.rows("code")) if report else {}
    for former, prefix in held(inputs, division, period):
        plan = plan_for(inputs, former, period)
        for code, objective in plan.rows("code").items() if plan else ():
            if takes(inputs, former, period, code) == division:
                result = results.pop(prefix + code, None)
                judged = _judged(objective, result, period.split("-")[1])
                yield Outcome(division, prefix + code, objective, result, plan, report, judged)
    for code, result in results.items():
        judged = _judged(None, result, period.split("-")[1])
        yield Outcome(division, code, None, result, plan_for(inputs, division, period), report, judged)


def _judged(objective: Row | None, result: Row | None, part: str) -> Judgement:
    if objective is None:
        return Judgement(result["actual"] if result else None, NOT_REGISTERED)
    if result is None:
        return Judgement(None, NOT_YET if part == "KH" else NO_REPORT)
    return judge(objective, result, part)


def origin_of(one: Submission | None, row: Row | None, tag: str) -> tuple[str | None, Value]:
    """The file and, in words, the sheet and cell."""
    return (one.source.number, row[f"{tag}@"]) if one and row else (None, None)


def result_row(one: Outcome) -> Cells:
    """The row of sheet 3."""
    objective: Row = one.objective or {}
    result: Row = one.result or {}
    plan_source, plan_place = origin_of(one.plan, one.objective, "target")
    report_source, report_place = origin_of(one.report, one.result, "actual")
    agency = objective.get("agency_objective")
    return {
        "Mã Phòng": one.division,
        "Mã mục tiêu": one.code,
        "Nội dung mục tiêu": (one.objective or result)["statement"],
        "Chỉ tiêu": commitment(objective) if one.objective else None,
        "Giá trị mục tiêu": objective.get("target"),
        "Đơn vị tính": objective.get("unit"),
        "Giá trị gốc (năm trước)": objective.get("baseline"),
        "Mốc 6 tháng": objective.get("milestone"),
        "Tử số": result.get("numerator"),
        "Mẫu số": result.get("denominator"),
        "Kết quả": one.judged.value,
        "Ước thực hiện cả năm": one.result.get("full_year_estimate") if one.result else None,
        "Mức độ đạt": degree(objective, one.judged) if one.objective else None,
        "Trạng thái": one.judged.status,
        "Tự đánh giá": result.get("self_assessment"),
        "Ghi chú": one.judged.remark,
        "So với gốc": arrow(objective, one.judged) if one.objective else "chưa so sánh được",
        "Loại chỉ số": objective.get("measure"),
        "Mục tiêu chung của Sở": str(agency).split(" - ")[0] if agency else None,
        "Thời hạn": objective.get("due_on"),
        "Số liệu tính đến ngày": result.get("data_as_of"),
        "Nguồn BM-01": plan_source,
        "Vị trí ở BM-01": plan_place,
        "Nguồn BM-02": report_source,
        "Vị trí ở BM-02": report_place,
    }


def before(inputs: Inputs, period: str) -> list[str]:
    """The periods before this one, of whatever year, that have accepted reports; in their order."""
    reported = {one.period for one in inputs.submissions if one.form == "BM-02" and one.is_accepted}
    due = {one: inputs.due_on("BM-02", one) for one in reported}
    return [one for one in sorted(due, key=due.__getitem__) if due[one] < last_due(inputs, period) and one != period]


def last_due(inputs: Inputs, period: str) -> dt.date:
    year, part = period.split("-")
    return max(calendar(inputs.settings, year)[part].values())


READING_DAYS = 30
"""Unless the settings say otherwise."""


def read_on(inputs: Inputs, period: str) -> dt.date:
    """Up to which day what is overdue is counted: some days after the period's last due date it stands."""
    days = inputs.settings.get("thresholds", {}).get("reading_days", READING_DAYS)
    return min(inputs.today, last_due(inputs, period) + dt.timedelta(days))


def days_after(today: dt.date, limit: dt.date | None) -> Fraction:
    """Days by which a day that is itself still good has passed."""
    return Fraction(max(0, (today - limit).days)) if limit else Fraction(0)


def task_rows(inputs: Inputs, period: str) -> Iterator[Cells]:
    """The rows of sheet 5. The months are a drawing: their cells are empty."""
    until = read_on(inputs, period)
    for division in inputs.divisions:
        report = inputs.in_force("BM-02", division, period)
        progress = report.rows("task_code") if report else {}
        for plan, prefix, task in _tasks_of(inputs, division, period):
            code = f"{prefix}{task['task_code']}"
            row = _task_row(until, (division, plan, task), (report, progress.get(code)))
            row |= {"Mã nhiệm vụ": code, "Mã mục tiêu": f"{prefix}{task['objective']}"}
            # The plan's own period has no report on progress, so nothing is overdue in it (sheet 12 says so).
            yield {**row, "Số ngày quá hạn": Fraction(0)} if period.endswith("-KH") else row


def _tasks_of(inputs: Inputs, division: str, period: str) -> Iterator[tuple[Submission, str, Row]]:
    for former, prefix in held(inputs, division, period):
        plan = plan_for(inputs, former, period)
        for task in plan.rows("task_code").values() if plan else ():
            if plan and takes(inputs, former, period, str(task["objective"])) == division:
                yield plan, prefix, task


def _task_row(
    until: dt.date, planned: tuple[str, Submission | None, Row], reported: tuple[Submission | None, Row | None]
) -> Cells:
    division, plan, task = planned
    report, progress = reported
    told: Mapping[str, Value] = progress or {}
    status = told.get("status") or NO_REPORT
    plan_source, plan_place = origin_of(plan, task, "finish_on")
    report_source, report_place = origin_of(report, progress, "status")
    late = days_after(until, day(task, "finish_on"))
    return {
        "Mã Phòng": division,
        "Mã nhiệm vụ": task["task_code"],
        "Mã mục tiêu": task["objective"],
        "Nhiệm vụ": task["task"],
        "Người chịu trách nhiệm": task["owner"],
        "Đơn vị phối hợp": task["coordinating_unit"],
        "Tình trạng": status,
        "Số ngày quá hạn": Fraction(0) if status in (DONE, CANCELLED) else late,
        "Ngày bắt đầu": task["start_on"],
        "Thời hạn hoàn thành": task["finish_on"],
        "Ngày hoàn thành": told.get("finished_on"),
        "Khó khăn, lý do": told.get("obstacle"),
        "Nguồn BM-01": plan_source,
        "Vị trí ở BM-01": plan_place,
        "Nguồn BM-02": report_source,
        "Vị trí ở BM-02": report_place,
        **dict.fromkeys(MONTHS),
    }
