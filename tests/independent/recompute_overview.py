"""Everything recomputed of one period; and sheet 1 again: its figures and the counts behind its charts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from recompute_inputs import Inputs
from recompute_objectives import Cells, Outcome, outcomes, result_row, task_rows, unmet_rows
from recompute_owed import AFTER_DUE, LATE, ON_TIME, OUTSTANDING, STATES, Obligation, obligations
from recompute_registers import (
    EXPECTED,
    NOT_DECLARED,
    NOT_PROVED,
    UNDERSTOOD,
    declarations,
    people,
    proofs,
    scope_changes,
    timeline,
)
from recompute_status import BEATEN, MET, STATUSES, UNMET

TOTAL, REACHED_SHARE = "Cộng", "Tỷ lệ đạt"
COUNT, WHOLE, SHARE = "Số lượng", "Trên tổng số", "Tỷ lệ"
REACHED, JUDGED = "Đạt", "Đến kỳ đánh giá"


@dataclass(frozen=True)
class Recomputed:
    """Everything the sheets 1–5, 7 and 8 show of one period as of one day."""

    inputs: Inputs
    period: str
    owed: Sequence[Obligation]
    outcomes: Sequence[Outcome]
    results: Sequence[Cells]
    unmet: Sequence[Cells]
    tasks: Sequence[Cells]
    people: Sequence[Cells]
    proofs: Sequence[Cells]
    declarations: Sequence[Cells]
    scope_changes: Sequence[Cells]
    timeline: Sequence[Cells]

    @property
    def of_period(self) -> Sequence[Obligation]:
        """The obligations of the period itself, without the earlier ones of the year."""
        return [one for one in self.owed if one.period == self.period]

    def status_counts(self, division: str | None = None) -> Counter[str]:
        """Objectives by status, of one division or of all."""
        return Counter(one.judged.status for one in self.outcomes if division in (None, one.division))

    def state_counts(self, form: str | None = None) -> Counter[str]:
        """The period's forms by state, of one form or of all."""
        return Counter(one.state for one in self.of_period if form in (None, one.form))


def recompute(inputs: Inputs, period: str) -> Recomputed:
    """Every figure of the committee workbook of a period, from the input files alone."""
    found = outcomes(inputs, period)
    return Recomputed(
        inputs=inputs,
        period=period,
        owed=obligations(inputs, period),
        outcomes=found,
        results=[result_row(one) for one in found],
        unmet=unmet_rows(inputs, period),
        tasks=list(task_rows(inputs, period)),
        people=people(inputs, period),
        proofs=proofs(inputs),
        declarations=declarations(inputs),
        scope_changes=scope_changes(inputs),
        timeline=timeline(inputs),
    )


def reached_and_judged(counts: Mapping[str, int]) -> tuple[int, int]:
    """Đạt with Vượt, and those together with Không đạt."""
    reached = counts.get(MET, 0) + counts.get(BEATEN, 0)
    return reached, reached + counts.get(UNMET, 0)


def share(part: int, whole: int) -> Fraction | None:
    """The part of the whole; nothing of nothing."""
    return Fraction(part, whole) if whole else None


def counted(rows: Sequence[Cells], header: str, *words: str) -> int:
    """Rows that say one of the words under the header."""
    return sum(row[header] in words for row in rows)


def overdue(rows: Sequence[Cells]) -> list[Cells]:
    """Rows with days overdue."""
    return [row for row in rows if isinstance(row["Số ngày quá hạn"], Fraction) and row["Số ngày quá hạn"] > 0]


def figures(one: Recomputed) -> dict[str, Cells]:
    """The table of main figures: count, whole and share by label."""
    reached, judged = reached_and_judged(one.status_counts())
    states, forms = one.state_counts(), len(one.of_period)
    plans = [owed for owed in one.owed if owed.form == "BM-01"]
    registered = {outcome.division for outcome in one.outcomes}
    counts = {
        "Mục tiêu đã đăng ký": (len(one.outcomes), None),
        "Phòng đã đăng ký mục tiêu, trên số phải nộp BM-01": (len(registered), len(plans)),
        "Mục tiêu đạt (gồm vượt), trên số đến kỳ đánh giá": (reached, judged),
        "Mục tiêu không đạt, trên số đến kỳ đánh giá": (judged - reached, judged),
        "Biểu mẫu của kỳ nộp đúng hạn": (states[ON_TIME] + states[AFTER_DUE], forms),
        "Biểu mẫu của kỳ nộp trễ": (states[LATE], forms),
        "Biểu mẫu của kỳ chưa có bản hợp lệ": (sum(states[state] for state in OUTSTANDING), forms),
        "Hành động khắc phục quá hạn": (len(overdue(one.unmet)), len(one.unmet)),
        "Nhiệm vụ quá hạn": (len(overdue(one.tasks)), len(one.tasks)),
        "Người đã hiểu CSCL": (
            counted(one.people, "Tình trạng", UNDERSTOOD),
            counted(one.people, "Tình trạng", *EXPECTED),
        ),
        "Thay đổi phạm vi chưa công bố lại": (
            counted(one.scope_changes, "Công bố lại", NOT_DECLARED),
            len(one.scope_changes),
        ),
        "Minh chứng công bố còn thiếu": (counted(one.proofs, "Tình trạng", NOT_PROVED), len(one.proofs)),
    }
    return {label: _figure(*both) for label, both in counts.items()}


def _figure(count: int, whole: int | None) -> Cells:
    return {
        COUNT: Fraction(count),
        WHOLE: None if whole is None else Fraction(whole),
        SHARE: None if whole is None else share(count, whole),
    }


def by_division(one: Recomputed) -> dict[str, Cells]:
    """Objectives by division and status, with the line of totals."""
    owing = dict.fromkeys(owed.division for owed in one.owed if owed.form == "BM-01")
    divisions = {**owing, **dict.fromkeys(outcome.division for outcome in one.outcomes)}
    rows = {division: _status_row(one.status_counts(division)) for division in divisions}
    return {**rows, TOTAL: _status_row(one.status_counts())}


def _status_row(counts: Counter[str]) -> Cells:
    row: Cells = {status: Fraction(counts[status]) for status in STATUSES}
    return {**row, TOTAL: Fraction(counts.total()), REACHED_SHARE: share(*reached_and_judged(counts))}


def by_form(one: Recomputed) -> dict[str, Cells]:
    """The period's forms by state, with the line of totals."""
    rows = {form: one.state_counts(form) for form in dict.fromkeys(owed.form for owed in one.of_period)}
    return {form: _state_row(counts) for form, counts in {**rows, TOTAL: one.state_counts()}.items()}


def _state_row(counts: Counter[str]) -> Cells:
    row: Cells = {state: Fraction(counts[state]) for state in STATES}
    return {**row, TOTAL: Fraction(counts.total())}


def by_period(one: Recomputed) -> dict[str, Cells]:
    """Share reached over the periods that have accepted reports, and this one."""
    year = one.period.split("-")[0]
    reported = {sent.period for sent in one.inputs.submissions if sent.form == "BM-02" and sent.is_accepted}
    due = {sent: one.inputs.due_on("BM-02", sent) for sent in reported if sent.startswith(year)}
    earlier = [sent for sent in sorted(due, key=due.__getitem__) if due[sent] < max(o.due_on for o in one.of_period)]
    return {period: _period_row(one.inputs, period) for period in dict.fromkeys([*earlier, one.period])}


def _period_row(inputs: Inputs, period: str) -> Cells:
    reached, judged = reached_and_judged(Counter(found.judged.status for found in outcomes(inputs, period)))
    return {REACHED: Fraction(reached), JUDGED: Fraction(judged), REACHED_SHARE: share(reached, judged)}
