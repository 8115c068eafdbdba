"""Computed status, degree and arrow of one objective, in exact fractions; from forms.md, "Computed status"."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from recompute_inputs import Row, Value

MET, BEATEN, UNMET = "Đạt", "Vượt", "Không đạt"
NOT_YET, NO_DATA = "Chưa đến kỳ đánh giá", "Chưa đủ số liệu"
NO_CASE, NO_LONGER = "Không phát sinh", "Không còn áp dụng"
NO_REPORT, NOT_REGISTERED = "Chưa có báo cáo", "Chưa có BM-01 hợp lệ"
MET_BY_ESTIMATE, UNMET_BY_ESTIMATE = "Đạt (theo ước)", "Không đạt (theo ước)"
STATUSES = (
    UNMET,
    UNMET_BY_ESTIMATE,
    NO_REPORT,
    NO_DATA,
    NOT_YET,
    MET_BY_ESTIMATE,
    MET,
    BEATEN,
    NO_CASE,
    NO_LONGER,
)

ON_TRACK, MILESTONE_MISSED = "đúng tiến độ", "không đạt mốc 6 tháng"
BOUND_BROKEN, BY_ESTIMATE = "đã vượt giới hạn", "theo ước thực hiện cả năm"
BETTER, SAME, WORSE, UNKNOWN = "tốt hơn", "không đổi", "kém hơn", "chưa so sánh được"

AT_LEAST, AT_MOST, EXACTLY = "ít nhất", "không quá", "đúng bằng"
ABOVE, BELOW, WITHIN = "lớn hơn", "nhỏ hơn", "trong khoảng"
SIGNS = {AT_LEAST: "≥", AT_MOST: "≤", EXACTLY: "=", ABOVE: ">", BELOW: "<"}
SHARE, CHANGE, CUMULATIVE, YES_NO = "tỷ lệ", "tăng, giảm", "số lũy kế", "có/không"

_CODED = {"chưa có số liệu": NO_DATA, "không phát sinh": NO_CASE, "không áp dụng": NO_LONGER}


@dataclass(frozen=True)
class Judgement:
    """What is shown of a result: ``value`` is a number, a coded word or có/không."""

    value: Value
    status: str
    remark: str | None = None
    is_final: bool = False


def number(row: Row, field: str) -> Fraction | None:
    """The field's number, if it holds one."""
    found = row.get(field)
    return found if isinstance(found, Fraction) else None


def day(row: Row, field: str) -> dt.date | None:
    """The field's day, if it holds one."""
    found = row.get(field)
    return found if isinstance(found, dt.date) else None


def is_met(objective: Row, value: Value) -> bool:
    """Whether the value meets the target by the objective's comparator."""
    if objective["measure"] == YES_NO:
        return value == "có"
    target, upper = number(objective, "target"), number(objective, "target_upper")
    if not isinstance(value, Fraction) or target is None:
        return False
    met = {
        AT_LEAST: value >= target,
        ABOVE: value > target,
        AT_MOST: value <= target,
        BELOW: value < target,
        EXACTLY: value == target,
        WITHIN: upper is not None and (target <= value <= upper or _beats_range(objective, value)),
    }
    return met[str(objective["comparator"])]


def _beats_range(objective: Row, value: Fraction) -> bool:
    """Outside of the range on the side on which BM-01 lets it be, unanswered above."""
    target, upper = number(objective, "target"), number(objective, "target_upper")
    if objective["comparator"] != WITHIN or target is None or upper is None:
        return False
    return value < target if _may_be_below(objective, upper) else _may_be_above(objective) and value > upper


def _may_be_above(objective: Row) -> bool:
    upper = number(objective, "target_upper")
    may = objective.get("range_beaten") in (None, "vượt vẫn đạt")
    return objective["comparator"] == WITHIN and may and upper is not None and not _may_be_below(objective, upper)


def _may_be_below(objective: Row, upper: Fraction) -> bool:
    """So answered; unanswered where milestone or last year's figure lie above the range."""
    if objective.get("range_beaten") is not None:
        return objective["range_beaten"] == "thấp hơn vẫn đạt"
    baseline = None if objective["measure"] == CHANGE else number(objective, "baseline")
    return any(figure is not None and figure > upper for figure in (baseline, number(objective, "milestone")))


def _milestone_is_met(objective: Row, value: Value) -> bool:
    """By the comparator; where the target is a figure or a range, as near to it as was expected by now."""
    milestone = number(objective, "milestone")
    if milestone is None or not isinstance(value, Fraction):
        return False
    if objective["comparator"] in (EXACTLY, WITHIN):
        return _distance(objective, value) <= _distance(objective, milestone)
    return is_met({**objective, "target": milestone}, value)


def _is_beyond(objective: Row, value: Value) -> bool:
    """A number that only grows has passed the target's upper bound."""
    bound = number(objective, "target_upper" if objective["comparator"] == WITHIN else "target")
    if not _can_still_break(objective) or bound is None or not isinstance(value, Fraction):
        return False
    if objective["comparator"] == BELOW:
        return value >= bound
    return value > bound


def _can_still_break(objective: Row) -> bool:
    """A number that only grows, under an upper bound that must hold."""
    bounded = objective["comparator"] in (AT_MOST, BELOW, EXACTLY, WITHIN) and not _may_be_above(objective)
    return objective["measure"] == CUMULATIVE and bounded


def _shown(objective: Row, value: Value) -> str:
    """Đạt, shown as Vượt when a ≥ or > target or a range is beaten."""
    target = number(objective, "target")
    if not isinstance(value, Fraction) or target is None:
        return MET
    above = objective["comparator"] in (AT_LEAST, ABOVE) and value > target
    return BEATEN if above or _beats_range(objective, value) else MET


def judge(objective: Row, result: Row, part: str) -> Judgement:
    """The status of a result at the period's part (6T or CN)."""
    actual = result.get("actual")
    due, data_as_of = day(objective, "due_on"), day(result, "data_as_of")
    is_later = due is not None and data_as_of is not None and due > data_as_of
    is_final = part == "CN" or not is_later
    if result.get("self_assessment") == NO_LONGER:
        return Judgement(actual, NO_LONGER, None, is_final)
    if isinstance(actual, str) and actual in _CODED:
        return Judgement(actual, _CODED[actual], None, is_final)
    numerator, denominator = number(result, "numerator"), number(result, "denominator")
    if denominator == 0:
        return Judgement("không phát sinh", NO_CASE, None, is_final)
    if numerator is not None and denominator is not None:
        actual = 100 * numerator / denominator
    if part == "CN" and is_later and _is_open(objective, result, actual):
        met = is_met(objective, result.get("full_year_estimate"))
        return Judgement(actual, MET_BY_ESTIMATE if met else UNMET_BY_ESTIMATE, BY_ESTIMATE, is_final=True)
    if is_final:
        return Judgement(actual, _final_status(objective, actual), None, is_final=True)
    return Judgement(actual, *_status_so_far(objective, actual))


def _is_open(objective: Row, result: Row, actual: Value) -> bool:
    """Whether the estimate decides: nothing is broken, reached already or called Không đạt by the division itself."""
    estimate = result.get("full_year_estimate")
    if estimate is None or _is_beyond(objective, actual):
        return False
    if not is_met(objective, estimate):
        return True
    if is_met(objective, actual):
        return _can_still_break(objective)
    return result.get("self_assessment") not in (UNMET, UNMET_BY_ESTIMATE)


def _final_status(objective: Row, value: Value) -> str:
    return _shown(objective, value) if is_met(objective, value) else UNMET


def _status_so_far(objective: Row, value: Value) -> tuple[str, str | None]:
    """At six months, the objective not being due yet."""
    if is_met(objective, value) and not _can_still_break(objective):
        return _shown(objective, value), None
    if _is_beyond(objective, value):
        return UNMET, BOUND_BROKEN
    if number(objective, "milestone") is not None:
        return (NOT_YET, ON_TRACK) if _milestone_is_met(objective, value) else (UNMET, MILESTONE_MISSED)
    return NOT_YET, None


def degree(objective: Row, judged: Judgement) -> Fraction | None:
    """actual/target for ≥ and >, target/actual for ≤ and < once these are due, none otherwise."""
    value = judged.value
    target = number(objective, "target")
    if not isinstance(value, Fraction) or target is None:
        return None
    if objective["comparator"] in (AT_LEAST, ABOVE):
        return value / target if target else None
    if objective["comparator"] in (AT_MOST, BELOW):
        return target / value if value and judged.status != NOT_YET else None
    return None


def _half_of_last_decimal(value: Fraction) -> Fraction:
    """By how much a typed number may have been rounded."""
    places = next((n for n in range(7) if (value * 10**n).denominator == 1), None)
    return Fraction(0) if places is None else Fraction(1, 2 * 10**places)


def _distance(objective: Row, value: Fraction) -> Fraction:
    """How far from what is wanted, smaller is better; by the comparator."""
    target, upper = number(objective, "target") or Fraction(0), number(objective, "target_upper") or Fraction(0)
    away = {
        AT_LEAST: -value,
        ABOVE: -value,
        AT_MOST: value,
        BELOW: value,
        EXACTLY: abs(value - target),
        WITHIN: Fraction(0) if _beats_range(objective, value) else max(target - value, value - upper, Fraction(0)),
    }
    return away[str(objective["comparator"])]


def arrow(objective: Row, judged: Judgement) -> str:
    """The value beside last year's. Before the due date nothing is said that later months can turn round (sheet 12)."""
    baseline, value = number(objective, "baseline"), judged.value
    if objective["measure"] == YES_NO or baseline is None or not isinstance(value, Fraction):
        return UNKNOWN
    now, before = _distance(objective, value), _distance(objective, baseline)
    # A rate is computed from its parts, unrounded; everything else was typed.
    typed = [baseline] if objective["measure"] == SHARE else [baseline, value]
    margin = max(map(_half_of_last_decimal, typed))
    seen = BETTER if now < before - margin else WORSE if now > before + margin else SAME
    if judged.is_final:
        return seen
    if objective["measure"] == CUMULATIVE:
        return seen if _stays(objective, value, seen) else UNKNOWN
    open_ended = objective["measure"] == CHANGE or objective["comparator"] == WITHIN
    return UNKNOWN if open_ended and seen == WORSE else seen


def compared(objective: Row, now: Value, then: Value) -> str | None:
    """Two results of like periods; nothing where one of them is no figure."""
    if objective["measure"] == YES_NO:
        both = now == "có", then == "có"
        return (
            (SAME if both[0] == both[1] else BETTER if both[0] else WORSE) if {now, then} <= {"có", "không"} else None
        )
    if not isinstance(now, Fraction) or not isinstance(then, Fraction):
        return None
    margin = Fraction(0) if objective["measure"] == SHARE else max(map(_half_of_last_decimal, (now, then)))
    away, before = _distance(objective, now), _distance(objective, then)
    return BETTER if away < before - margin else WORSE if away > before + margin else SAME


def _stays(objective: Row, value: Fraction, seen: str) -> bool:
    """Whether a number that can only grow keeps what is seen now."""
    if objective["comparator"] in (AT_LEAST, ABOVE):
        return seen == BETTER
    if objective["comparator"] in (AT_MOST, BELOW):
        return seen == WORSE
    return seen == WORSE and _is_beyond(objective, value)


def vietnamese(value: Fraction) -> str:
    """A number as it is written here: 14.500 and 99,5."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    whole, _, decimals = format(abs(exact.normalize()), "f").partition(".")
    sign = "-" if exact < 0 else ""
    return sign + f"{int(whole):,}".replace(",", ".") + (f",{decimals}" if decimals else "")


def commitment(objective: Row) -> str:
    """The target as a sentence figure: ``≥ 95%``, ``2 – 3 điểm %``, ``có``."""
    target, upper = number(objective, "target"), number(objective, "target_upper")
    if objective["measure"] == YES_NO or target is None:
        return "có"
    if objective["comparator"] == WITHIN and upper is not None:
        return f"{vietnamese(target)} – {vietnamese(upper)}{unit_words(objective)}"
    return f"{SIGNS[str(objective['comparator'])]} {vietnamese(target)}{unit_words(objective)}"


def unit_words(objective: Row) -> str:
    """The unit behind a figure: a percent sign touches it."""
    return "%" if objective["unit"] == "%" else f" {objective['unit']}"
