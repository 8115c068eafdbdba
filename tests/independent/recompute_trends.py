"""Sheet 9's objectives over the periods, and each beside the like period of the year before."""

from collections.abc import Mapping
from fractions import Fraction

from recompute_inputs import Value
from recompute_objectives import Cells, Outcome
from recompute_overview import Recomputed, reported_periods
from recompute_status import CUMULATIVE, commitment, compared
from recompute_threads import Thread, thread
from recompute_unmet import threaded


def _progress(held: Outcome, found: Mapping[str, Mapping[Thread, Outcome]], name: Thread) -> Value:
    """By how much a number that only grows had grown in the last report since the one before in its year."""
    last = [*found][-1:]
    told = [found[period].get(name) for period in found if period[:4] == last[0][:4]][-2:]
    if len(told) < 2 or (held.objective or {}).get("measure") != CUMULATIVE:
        return None
    earlier, now = (one.judged.value if one else None for one in told)
    return now - earlier if isinstance(now, Fraction) and isinstance(earlier, Fraction) else None


def year_before(period: str) -> str:
    """The like period of the year before."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def like_outcomes(one: Recomputed) -> Mapping[Thread, Outcome]:
    """What was reported in the like period of the year before, if it was."""
    like = year_before(one.period)
    return threaded(one.inputs, like) if like in reported_periods(one) else {}


def trend_rows(one: Recomputed) -> list[Cells]:
    """Every objective over the periods with reports, by whatever code it went in them."""
    found = {period: threaded(one.inputs, period) for period in reported_periods(one)}
    rows = []
    for held in one.outcomes:
        name = thread(one.inputs, int(one.period[:4]), held.division, held.code)
        like = found.get(year_before(one.period), {}).get(name)
        row: Cells = {
            "Mã Phòng": held.division,
            "Nội dung mục tiêu": (held.objective or held.result or {})["statement"],
            "Mã mục tiêu": held.code,
            "Chỉ tiêu": commitment(held.objective) if held.objective else None,
            "Tăng thêm từ kỳ trước trong năm": _progress(held, found, name),
            "So với cùng kỳ": verdict(held, like) if like else None,
            "Đã báo cáo và số chính thức": None,
        }
        for period, outcomes_then in found.items():
            told = outcomes_then.get(name)
            row |= {
                f"Kết quả {period}": told.judged.value if told else None,
                f"Trạng thái {period}": told.judged.status if told else None,
            }
        rows.append(row)
    return rows


def verdict(now: Outcome, then: Outcome) -> str | None:
    """A result beside that of the like period of the year before, by today's commitment."""
    if now.objective is None or then.objective is None:
        return None
    if any(now.objective.get(tag) != then.objective.get(tag) for tag in ("measure", "unit")):
        return None
    return compared(now.objective, now.judged.value, then.judged.value)
