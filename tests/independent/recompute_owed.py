"""Sheet 2 again: every obligation of the year that is due by the period's due date, and its state as of a day."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from recompute_calendar import calendar
from recompute_inputs import Inputs, Row, Submission, Value

NOT_DUE, MISSING = "Chưa đến hạn", "Chưa nộp"
ON_TIME, AFTER_DUE, LATE = "Nộp đúng hạn", "Nộp đúng hạn, hợp lệ sau hạn", "Nộp trễ"
RETURNED, EMPTY, NOT_OWED = "Trả lại", "Biểu mẫu trống", "không phải nộp"
WITHDRAWN, EXTENDED, EXEMPT = "Đã rút, chưa nộp lại", "Được gia hạn", "Được miễn nộp"
STATES = (MISSING, EMPTY, RETURNED, WITHDRAWN, NOT_DUE, EXTENDED, LATE, AFTER_DUE, ON_TIME, EXEMPT)
OUTSTANDING = (MISSING, EMPTY, RETURNED, WITHDRAWN)
STAMPED = "Căn cứ thời điểm lưu ghi trên tệp."

_OWES = {"BM-01": "owes_objectives", "BM-02": "owes_results", "BM-03": "owes_policy", "BM-04": "owes_declaration"}


@dataclass(frozen=True)
class Obligation:
    """Who owes what before when, and how it stands; ``shown`` is the version that counts, or the last one."""

    division: str
    form: str
    period: str
    due_on: dt.date
    state: str
    days_late: int
    remark: str | None
    received: dt.datetime | None
    shown: Submission | None
    newer: Submission | None

    @property
    def is_overdue(self) -> bool:
        """Whether the committee still waits for it after its due date."""
        return self.state in OUTSTANDING and self.days_late > 0


def obligations(inputs: Inputs, period: str) -> list[Obligation]:
    """Every obligation of the period's year that is due on or before the period's own due date."""
    year, part = period.split("-")
    parts = calendar(inputs.settings, year)
    last = max(parts[part].values())
    owed = ((form, f"{year}-{one}", due) for one in parts for form, due in parts[one].items() if due <= last)
    return [
        _obligation(inputs, code, form, owed_for, due)
        for form, owed_for, due in owed
        for code, division in inputs.divisions.items()
        if _owes(division, form, due)
    ]


def _owes(division: Row, form: str, due: dt.date) -> bool:
    return division["in_scope"] == "có" and division[_OWES[form]] == "có" and covers(division, due - dt.timedelta(1))


def covers(row: Row, day: dt.date) -> bool:
    """Whether the row's from and to, both included, cover the day."""
    since, until = row["valid_from"], row["valid_to"]
    return (not isinstance(since, dt.date) or since <= day) and (not isinstance(until, dt.date) or day <= until)


def _obligation(inputs: Inputs, division: str, form: str, period: str, due: dt.date) -> Obligation:
    versions = inputs.versions(form, division, period)
    counts = inputs.in_force(form, division, period)
    state = _state(versions, lambda one: arrived_on(one) < due, is_early=inputs.today < due)
    shown = counts or (versions[-1] if versions else None)
    newer = versions[-1] if counts and versions[-1] is not counts else None
    days_late, stamped = _days_late(state, versions, due, inputs.today), _remark(inputs, versions, due)
    received = _received(state, versions, due) or (shown.source.arrived_at if shown else None)
    remark = " ".join(filter(None, (stamped, _later_version(counts, received), _warned(inputs, shown)))) or None
    return Obligation(division, form, period, due, state, days_late, remark, received, shown, newer)


def _received(state: str, versions: Sequence[Submission], due: dt.date) -> dt.datetime | None:
    """When the version came by which an accepted form is in time or late."""
    accepted = [one for one in versions if one.is_accepted]
    if state == AFTER_DUE:
        accepted = [one for one in versions if not one.is_empty and arrived_on(one) < due]
    return accepted[0].source.arrived_at if accepted else None


def _later_version(counts: Submission | None, received: dt.datetime | None) -> str | None:
    """That another version counts than the one that decided of the time."""
    if counts is None or counts.source.arrived_at == received:
        return None
    return f"Bản đang có hiệu lực (lần nộp {counts.source.version}) nhận {counts.source.arrived_at:%d/%m/%Y}."


def _warned(inputs: Inputs, shown: Submission | None) -> str | None:
    """How many warnings the file has, and how many of them its sender explained."""
    count, explained = inputs.warned.get(shown.source.sha256, (0, 0)) if shown else (0, 0)
    return f"{count} lưu ý, {explained} đã giải trình." if count else None


def _state(versions: Sequence[Submission], in_time: Callable[[Submission], bool], *, is_early: bool) -> str:
    """The state by strict due dates: who is due before 10 June is late on 10 June. An empty form was never received."""
    accepted = [one for one in versions if one.is_accepted]
    if accepted and in_time(accepted[0]):
        return ON_TIME
    if accepted:
        return AFTER_DUE if any(in_time(one) for one in versions if not one.is_empty) else LATE
    if versions:
        return EMPTY if versions[-1].is_empty else RETURNED
    return NOT_DUE if is_early else MISSING


def _remark(inputs: Inputs, versions: Sequence[Submission], due: dt.date) -> str | None:
    """That the files' stamps decided: at the one or the other end of their intervals the state would be another."""
    midnight = dt.datetime.combine(due, dt.time())
    at_once = _state(versions, lambda one: (inputs.interval(one)[0] or dt.datetime.min) < midnight, is_early=True)
    at_last = _state(versions, lambda one: inputs.interval(one)[1] < midnight, is_early=True)
    return None if at_once == at_last else STAMPED


def arrived_on(one: Submission) -> dt.date:
    """The local day of the best estimate of a file's arrival."""
    return one.source.arrived_at.date()


def _days_late(state: str, versions: Sequence[Submission], due: dt.date, today: dt.date) -> int:
    """Days from the last good day, which is the day before the due date."""
    if state in (ON_TIME, AFTER_DUE, NOT_DUE):
        return 0
    received = today if state in OUTSTANDING else min(arrived_on(one) for one in versions if not one.is_empty)
    return max(0, (received - due).days + 1)


def owed_row(inputs: Inputs, one: Obligation) -> dict[str, Value | dt.datetime]:
    """The row of sheet 2."""
    division, shown = inputs.divisions[one.division], one.shown
    heir = heir_of(inputs, one.division)
    inherited = f"{heir} kế thừa, chịu trách nhiệm nộp." if heir else None
    asked = inputs.divisions[heir] if heir else division
    return {
        "Mã Phòng": one.division,
        "Phòng, đơn vị": division["name"],
        "Biểu mẫu": one.form,
        "Kỳ": one.period,
        "Nộp trước ngày": one.due_on,
        "Hạn gốc": None,
        "Tình trạng": one.state,
        "Ngày nhận": one.received,
        "Số ngày trễ": Fraction(one.days_late),
        "Lần nộp": Fraction(shown.source.version) if shown else None,
        "Bản mới hơn": one.newer.source.verdict if one.newer else None,
        "Nguồn": shown.source.number if shown else None,
        "Người đứng đầu": asked["head"],
        "Liên hệ": asked["contact"],
        "Ghi chú": " ".join(filter(None, (inherited, one.remark))) or None,
    }


def heir_of(inputs: Inputs, division: str) -> str | None:
    """Who answers today for what a closed division owes: the first of its successors."""
    row = inputs.divisions[division]
    until, named = row["valid_to"], str(row.get("successor") or "").split()
    return named[0].rstrip(",") if named and isinstance(until, dt.date) and until < inputs.today else None


def matrix_rows(inputs: Inputs, owed: Sequence[Obligation]) -> Iterator[tuple[str, dict[str, str]]]:
    """The states by division and by ``form period``; who owes none of the forms is left out."""
    columns = dict.fromkeys(f"{one.form} {one.period}" for one in owed)
    for division in inputs.divisions:
        states = {f"{one.form} {one.period}": one.state for one in owed if one.division == division}
        if states:
            yield division, {column: states.get(column, NOT_OWED) for column in columns}
