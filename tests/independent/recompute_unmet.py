"""Sheet 4 again: what is unmet, actions that are open, what reports say of them, and what ended by a document."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from recompute_inputs import Inputs, Row, Value
from recompute_objectives import Cells, Outcome, before, days_after, origin_of, outcomes, read_on
from recompute_status import (
    BEATEN,
    MET,
    NO_LONGER,
    UNMET,
    UNMET_BY_ESTIMATE,
    YES_NO,
    commitment,
    day,
)
from recompute_threads import Thread, thread

MISSED = (UNMET, UNMET_BY_ESTIMATE)
CLOSING = (MET, BEATEN, NO_LONGER)
"""Nothing that is reached by an estimate closes an action."""
EFFECTIVE = "có"


@dataclass(frozen=True)
class Action:
    """What a report says will be done about a missed objective; ``wait`` in days, none of what is finished."""

    period: str
    outcome: Outcome
    due_on: dt.date | None
    is_finished: bool = False
    is_closed: bool = False


def threaded(inputs: Inputs, period: str) -> dict[Thread, Outcome]:
    """The outcomes of a period by the objective that they are about."""
    found = outcomes(inputs, period)
    return {thread(inputs, int(period[:4]), one.division, one.code): one for one in found}


def finals(inputs: Inputs, period: str) -> dict[Thread, Value]:
    """What last year's objectives really came to, as this year's reports up to a period say; the last word counts."""
    told = {}
    year = int(period[:4])
    for when in [*before(inputs, period), period]:
        for name, one in threaded(inputs, when).items() if when[:4] == period[:4] else ():
            figure = (one.result or {}).get("last_year_final")
            if figure is not None and name[0] < year:
                told[name] = figure
    return told


def unmet_rows(inputs: Inputs, period: str) -> list[Cells]:
    """The rows of sheet 4, one an objective, of the last report that missed it: in this period, or still open since.

    Since the first of its open actions, with the longest of their waits.
    """
    told = {earlier: threaded(inputs, earlier) for earlier in [*before(inputs, period), period]}
    until, rows = read_on(inputs, period), []
    for name in dict.fromkeys(each for found in told.values() for each in found):
        history = [(when, found[name]) for when, found in told.items() if name in found]
        missed = [(when, one) for when, one in history if one.judged.status in MISSED]
        still = _open_actions(inputs, name, history)
        if missed and (missed[-1][0] == period or still):
            row = _unmet_row(until, *missed[-1], history[-1][1].judged.status)
            waits = [days_after(until, one.due_on) for one in still if not one.is_finished]
            since = still[0].period if still else period
            where = {} if missed[-1][0] == period else {"Kỳ phát sinh": "Kỳ trước chuyển sang"}
            rows.append(
                {**row, **where, "Từ kỳ": since, "Số ngày quá hạn": max(waits, default=days_after(until, until))}
            )
    return rows


def _open_actions(inputs: Inputs, name: Thread, history: list[tuple[str, Outcome]]) -> list[Action]:
    """The actions told of one objective that neither reaching it nor a report has closed."""
    still: list[Action] = []
    for when, one in history:
        answers = _answers(inputs, when)
        still = [_answered(action, answers.get((name, action.period))) for action in still]
        still = [action for action in still if not action.is_closed]
        if one.judged.status in CLOSING:
            still = []
        if one.judged.status in MISSED:
            still.append(Action(when, one, day(one.result or {}, "action_due_on")))
    return still


def _answered(action: Action, answer: Row | None) -> Action:
    if answer is None:
        return action
    finished = action.is_finished or answer["finished_on"] is not None
    return Action(action.period, action.outcome, action.due_on, finished, answer["is_effective"] == EFFECTIVE)


def _answers(inputs: Inputs, period: str) -> dict[tuple[Thread, str], Row]:
    """What a period's reports say of earlier actions, by the objective and the report that told of them."""
    found = {}
    for division in inputs.divisions:
        report = inputs.in_force("BM-02", division, period)
        for row in report.tables.get("origin", ()) if report else ():
            told_in = str(row["origin"])
            found[thread(inputs, int(told_in[:4]), division, str(row["objective"])), told_in] = row
    return found


def action_rows(inputs: Inputs, period: str) -> Iterator[Cells]:
    """What this period's reports say of the actions of earlier ones."""
    for division in inputs.divisions:
        report = inputs.in_force("BM-02", division, period)
        for row in report.tables.get("origin", ()) if report else ():
            yield {
                "Mã Phòng": division,
                "Mục tiêu không đạt": row["objective"],
                "Người thực hiện": row["owner"],
                "Hạn đã nêu": row["due_on"],
                "Kỳ phát sinh": row["origin"],
                "Hành động đã nêu": row["action"],
                "Kết quả khắc phục": row["action_result"],
                "Người kiểm tra": row["checked_by"],
                "Ngày làm xong": row["finished_on"],
                "Có hiệu lực": row["is_effective"],
                "Nguồn": report.source.number if report else None,
                "Vị trí trong tệp gốc": row["is_effective@"],
            }


def ended_rows(inputs: Inputs, period: str, since: str) -> Iterator[Cells]:
    """What the reports from a year on say is no longer followed, with the document that allows it."""
    for when in [*before(inputs, period), period]:
        for one in outcomes(inputs, when) if when[:4] >= since else ():
            if one.judged.status == NO_LONGER and one.objective and one.result:
                source, place = origin_of(one.report, one.result, "approving_document")
                yield {
                    "Mã Phòng": one.division,
                    "Mã mục tiêu": one.code,
                    "Nội dung mục tiêu": one.objective["statement"],
                    "Chỉ tiêu": commitment(one.objective),
                    "Kỳ": when,
                    "Văn bản cho phép ngừng áp dụng": one.result["approving_document"],
                    "Vị trí trong tệp gốc": place,
                    "Loại chỉ số": one.objective["measure"],
                    "Đơn vị tính": one.objective.get("unit"),
                    "Giá trị mục tiêu": one.objective.get("target"),
                    "Nguồn": source,
                }


def _unmet_row(until: dt.date, period: str, one: Outcome, current: str) -> Cells:
    objective, result = one.objective or {}, one.result or {}
    source, place = origin_of(one.report, one.result, "actual")
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
