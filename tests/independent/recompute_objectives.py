"""Sheets 3, 4 and 5 again: objectives with their results, what is unmet, and the tasks."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from recompute_inputs import Inputs, Row, Submission, Value
from recompute_owed import arrived_on
from recompute_status import (
    BEATEN,
    MET,
    NO_LONGER,
    NO_REPORT,
    NOT_REGISTERED,
    NOT_YET,
    UNMET,
    YES_NO,
    Judgement,
    arrow,
    commitment,
    day,
    degree,
    judge,
)

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
    plan = plan_for(inputs, division, period)
    report = inputs.in_force("BM-02", division, period)
    objectives = plan.rows("code") if plan else {}
    results = report.rows("code") if report else {}
    for code in dict.fromkeys([*objectives, *results]):
        objective, result = objectives.get(code), results.get(code)
        judged = _judged(objective, result, period.split("-")[1])
        yield Outcome(division, code, objective, result, plan, report, judged)


def _judged(objective: Row | None, result: Row | None, part: str) -> Judgement:
    if objective is None:
        return Judgement(result["actual"] if result else None, NOT_REGISTERED)
    if result is None:
        return Judgement(None, NOT_YET if part == "KH" else NO_REPORT)
    return judge(objective, result, part)


def _origin(one: Submission | None, row: Row | None, tag: str) -> tuple[str | None, Value]:
    """The file and, in words, the sheet and cell."""
    return (one.source.number, row[f"{tag}@"]) if one and row else (None, None)


def result_row(one: Outcome) -> Cells:
    """The row of sheet 3."""
    objective: Row = one.objective or {}
    result: Row = one.result or {}
    plan_source, plan_place = _origin(one.plan, one.objective, "target")
    report_source, report_place = _origin(one.report, one.result, "actual")
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


def unmet_rows(inputs: Inputs, period: str) -> list[Cells]:
    """The rows of sheet 4, one an objective: unmet in this period, or in an earlier one and still open.

    Unmet in both it stands with the last report, since the first, and waits since the earlier day.
    """
    now = outcomes(inputs, period)
    latest = {(one.division, one.code): one.judged.status for one in now}
    own, until = {(one.division, one.code): one for one in now if one.judged.status == UNMET}, read_on(inputs, period)
    rows = [_unmet_row(until, one, period, UNMET) for one in own.values()]
    for earlier in _earlier_periods(inputs, period):
        for one in outcomes(inputs, earlier):
            current = latest.get((one.division, one.code), one.judged.status)
            is_open = current not in (MET, BEATEN, NO_LONGER)
            if one.judged.status == UNMET and (one.division, one.code) in own:
                rows = [_open_since(until, row, one, earlier) for row in rows]
            elif one.judged.status == UNMET and is_open:
                rows.append({**_unmet_row(until, one, earlier, current), "Kỳ phát sinh": "Kỳ trước chuyển sang"})
    return rows


def _open_since(until: dt.date, row: Cells, one: Outcome, earlier: str) -> Cells:
    """The row, where it is that objective's, as open since an earlier period."""
    if (row["Mã Phòng"], row["Mã mục tiêu"]) != (one.division, one.code):
        return row
    days = days_after(until, day(one.result or {}, "action_due_on"))
    late = row["Số ngày quá hạn"]
    longest = max(days, late) if isinstance(late, Fraction) else days
    return {**row, "Từ kỳ": earlier, "Số ngày quá hạn": longest}


def _earlier_periods(inputs: Inputs, period: str) -> list[str]:
    """The periods before this one that have accepted reports.

    Raises:
        ValueError: one of them lies in an earlier year, where objectives go by other codes; not recomputed here.
    """
    reported = {one.period for one in inputs.submissions if one.form == "BM-02" and one.is_accepted}
    earlier = sorted(one for one in reported if inputs.due_on("BM-02", one) < _last_due(inputs, period))
    if not all(one.startswith(period[:5]) for one in earlier):
        message = f"reports of earlier years are not followed here: {earlier}"
        raise ValueError(message)
    return earlier


def _last_due(inputs: Inputs, period: str) -> dt.date:
    year, part = period.split("-")
    last: dt.date = max(inputs.settings["years"][year][part].values())
    return last


READING_DAYS = 30
"""Unless the settings say otherwise."""


def read_on(inputs: Inputs, period: str) -> dt.date:
    """Up to which day what is overdue is counted: some days after the period's last due date it stands."""
    days = inputs.settings.get("thresholds", {}).get("reading_days", READING_DAYS)
    return min(inputs.today, _last_due(inputs, period) + dt.timedelta(days))


def days_after(today: dt.date, limit: dt.date | None) -> Fraction:
    """Days by which a day that is itself still good has passed."""
    return Fraction(max(0, (today - limit).days)) if limit else Fraction(0)


def _unmet_row(until: dt.date, one: Outcome, period: str, current: str) -> Cells:
    objective, result = one.objective or {}, one.result or {}
    source, place = _origin(one.report, one.result, "actual")
    return {
        "Kỳ phát sinh": "Kỳ này",
        "Kỳ": period,
        "Từ kỳ": period,
        **dict.fromkeys(("Ngày làm xong", "Có hiệu lực", "Kết quả khắc phục", "Người kiểm tra")),
        "Mã Phòng": one.division,
        "Mã mục tiêu": one.code,
        "Nội dung mục tiêu": objective["statement"],
        "Chỉ tiêu": commitment(objective),
        "Kết quả": one.judged.value,
        "Đơn vị tính": objective.get("unit") if objective["measure"] != YES_NO else None,
        "Ghi chú": one.judged.remark,
        "Nguyên nhân": result.get("cause"),
        "Hành động khắc phục": result.get("corrective_action"),
        "Người thực hiện khắc phục": result.get("action_owner"),
        "Thời hạn khắc phục": result.get("action_due_on"),
        "Số ngày quá hạn": days_after(until, day(result, "action_due_on")),
        "Hiện nay": current,
        "Nguồn": source,
        "Vị trí trong tệp gốc": place,
    }


def task_rows(inputs: Inputs, period: str) -> Iterator[Cells]:
    """The rows of sheet 5. The months are a drawing: their cells are empty."""
    for division in inputs.divisions:
        plan = plan_for(inputs, division, period)
        report = inputs.in_force("BM-02", division, period)
        progress = report.rows("task_code") if report else {}
        for code, task in (plan.rows("task_code") if plan else {}).items():
            row = _task_row(read_on(inputs, period), (division, plan, task), (report, progress.get(code)))
            # The plan's own period has no report on progress, so nothing is overdue in it (sheet 12 says so).
            yield {**row, "Số ngày quá hạn": Fraction(0)} if period.endswith("-KH") else row


def _task_row(
    until: dt.date, planned: tuple[str, Submission | None, Row], reported: tuple[Submission | None, Row | None]
) -> Cells:
    division, plan, task = planned
    report, progress = reported
    told: Mapping[str, Value] = progress or {}
    status = told.get("status") or NO_REPORT
    plan_source, plan_place = _origin(plan, task, "finish_on")
    report_source, report_place = _origin(report, progress, "status")
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
