"""Everything recomputed of one period; and sheet 1 again with the counts of sheet 9 that its charts are drawn from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from recompute_inputs import Inputs
from recompute_objectives import Cells, Outcome, before, outcomes, result_row, task_rows
from recompute_owed import (
    AFTER_DUE,
    EXTENDED,
    LATE,
    NOT_DUE,
    ON_TIME,
    OUTSTANDING,
    STATES,
    Obligation,
    obligations,
)
from recompute_registers import (
    EXPECTED,
    NOT_DECLARED,
    NOT_PROVED,
    UNDERSTOOD,
    check_periods,
    checks,
    declarations,
    people,
    postings,
    proofs,
    scope_changes,
    timeline,
)
from recompute_shifts import DROPPED, LOWERED, shift_counts
from recompute_status import BEATEN, MET, NO_DATA, STATUSES, UNMET, number
from recompute_unmet import action_rows, ended_rows, unmet_rows

TOTAL, REACHED_SHARE = "Cộng", "Tỷ lệ đạt"
COUNT, WHOLE, SHARE = "count", "whole", "share"
REACHED, MISSED, JUDGED = "Đạt (gồm vượt)", "Không đạt", "Đến kỳ đánh giá"
NAMES = {"6T": "6 tháng đầu năm", "CN": "cả năm"}


@dataclass(frozen=True)
class Recomputed:
    """Everything the sheets 1 to 10 show of one period as of one day."""

    inputs: Inputs
    period: str
    owed: Sequence[Obligation]
    outcomes: Sequence[Outcome]
    results: Sequence[Cells]
    unmet: Sequence[Cells]
    actions: Sequence[Cells]
    ended: Sequence[Cells]
    tasks: Sequence[Cells]
    people: Sequence[Cells]
    proofs: Sequence[Cells]
    declarations: Sequence[Cells]
    scope_changes: Sequence[Cells]
    postings: Sequence[Cells]
    checks: Sequence[Cells]
    check_periods: Sequence[Cells]
    timeline: Sequence[Cells]

    @property
    def of_period(self) -> Sequence[Obligation]:
        """The obligations of the period itself, without the earlier ones of the year."""
        return [one for one in self.owed if one.period == self.period]

    def status_counts(self, division: str | None = None) -> Counter[str]:
        """Registered objectives by status, of one division or of all."""
        return Counter(one.judged.status for one in self.registered if division in (None, one.division))

    @property
    def registered(self) -> Sequence[Outcome]:
        """The objectives of the BM-01 in force."""
        return [one for one in self.outcomes if one.objective is not None]

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
        actions=list(action_rows(inputs, period)),
        ended=list(ended_rows(inputs, period, period[:4])),
        tasks=list(task_rows(inputs, period)),
        people=people(inputs, period),
        proofs=proofs(inputs, period),
        declarations=declarations(inputs, period),
        scope_changes=scope_changes(inputs, period),
        postings=postings(inputs, period),
        checks=checks(inputs, period),
        check_periods=check_periods(inputs, period),
        timeline=timeline(inputs, period),
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
    waiting = sum(owed.form == "BM-01" and owed.state in (*OUTSTANDING, NOT_DUE, EXTENDED) for owed in one.owed)
    registered = {outcome.division for outcome in one.registered}
    counts = {
        "Mục tiêu đã đăng ký": (len(one.registered), None),
        "Phòng đã đăng ký mục tiêu": (len(registered), len(registered) + waiting),
        "Mục tiêu đạt / đến kỳ đánh giá": (reached, judged),
        "Mục tiêu không đạt": (judged - reached, judged),
        "Biểu mẫu nộp đúng hạn": (states[ON_TIME] + states[AFTER_DUE], forms),
        "Biểu mẫu nộp trễ": (states[LATE], forms),
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
    if one.period.endswith("-KH"):
        counts = {label: both for label, both in counts.items() if label not in _OF_RESULTS} | _of_plans(one)
    return {label: _figure(*both) for label, both in counts.items()}


_OF_RESULTS = (
    "Mục tiêu đạt / đến kỳ đánh giá",
    "Mục tiêu không đạt",
    "Hành động khắc phục quá hạn",
    "Nhiệm vụ quá hạn",
)


def _of_plans(one: Recomputed) -> dict[str, tuple[int, int | None]]:
    """What a plan's period has in place of results."""
    moved = shift_counts(one.inputs, one.period)
    serving = sum(bool(held.objective and held.objective.get("agency_objective")) for held in one.outcomes)
    return {
        "Mục tiêu phục vụ mục tiêu chung của Sở": (serving, len(one.registered)),
        "Nhiệm vụ của kế hoạch": (len(one.tasks), None),
        "Chỉ tiêu bị hạ so với trước": (moved[LOWERED], None),
        "Mục tiêu bỏ so với trước": (moved[DROPPED], None),
    }


def _figure(count: int, whole: int | None) -> Cells:
    return {
        COUNT: Fraction(count),
        WHOLE: None if whole is None else Fraction(whole),
        SHARE: None if whole is None else share(count, whole),
    }


def states_line(one: Recomputed) -> Cells:
    """The line of sheet 1 that adds up: what is registered, by status, and what stands apart."""
    counts = one.status_counts()
    apart = len(one.outcomes) - len(one.registered)
    line: Cells = {status: Fraction(counts[status]) for status in STATUSES}
    return {"Đã đăng ký": Fraction(counts.total()), **line, "Chưa có BM-01 hợp lệ (không tính)": Fraction(apart)}


def agency_rows(one: Recomputed) -> dict[str, tuple[Fraction | None, str]]:
    """The agency's own rates: code to the pooled rate in percent, and how many divisions are in of how many."""
    rows = {}
    for objective in one.inputs.settings["agency_objectives"]:
        parts = [o for o in one.registered if str(o.objective["agency_objective"]).split(" - ")[0] == objective["code"]]
        divisions = dict.fromkeys(part.division for part in parts)
        missing = {part.division for part in parts if part.result is None or part.judged.status == NO_DATA}
        halves = [(number(o.result, "numerator"), number(o.result, "denominator")) for o in parts if o.result]
        pooled = [(above, below) for above, below in halves if above is not None and below is not None]
        whole = sum(below for _, below in pooled)
        value = 100 * sum(above for above, _ in pooled) / whole if whole else None
        rows[str(objective["code"])] = value, f"{len(divisions) - len(missing)}/{len(divisions)}"
    return rows


def agency_missed(one: Recomputed) -> tuple[str, ...]:
    """The agency's rates below their targets once the year is over."""
    if not one.period.endswith("-CN"):
        return ()
    targets = {str(each["code"]): each["target"] for each in one.inputs.settings["agency_objectives"]}
    return tuple(code for code, (value, _) in agency_rows(one).items() if value is not None and value < targets[code])


def by_division(one: Recomputed) -> dict[str, Cells]:
    """Objectives by division and status, with the line of totals."""
    divisions = dict.fromkeys(outcome.division for outcome in one.registered)
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


def reported_periods(one: Recomputed) -> list[str]:
    """The periods of all years that have accepted reports, and this one unless it is a plan's."""
    return [*before(one.inputs, one.period), *([] if one.period.endswith("-KH") else [one.period])]


def by_period(one: Recomputed) -> dict[str, Cells]:
    """The headline's figures over the periods that have reports."""
    return {period: _period_row(one, period) for period in reported_periods(one)}


def _period_row(one: Recomputed, period: str) -> Cells:
    found = outcomes(one.inputs, period)
    reached, judged = reached_and_judged(Counter(outcome.judged.status for outcome in found))
    states = Counter(owed.state for owed in obligations(one.inputs, period) if owed.period == period)
    groups = {
        "Nộp đúng hạn": states[ON_TIME] + states[AFTER_DUE],
        "Nộp trễ": states[LATE],
        "Chưa có bản hợp lệ": sum(states[state] for state in OUTSTANDING),
        "Chưa đến hạn": states[NOT_DUE] + states[EXTENDED],
    }
    owed = sum(groups.values())
    year, part = period.split("-")
    return {
        "Kỳ": period,
        "Kỳ báo cáo": f"{NAMES[part]} {year}",
        "Mục tiêu có báo cáo": Fraction(sum(outcome.result is not None for outcome in found)),
        REACHED: Fraction(reached),
        MISSED: Fraction(judged - reached),
        JUDGED: Fraction(judged),
        REACHED_SHARE: share(reached, judged),
        "Biểu mẫu phải nộp": Fraction(owed),
        **{name: Fraction(count) for name, count in groups.items()},
        "Tỷ lệ đúng hạn": share(groups["Nộp đúng hạn"], owed),
    }
