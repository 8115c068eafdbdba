"""The sentences of sheet 1 again: the headline, what needs a decision, what changed since the last run."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from recompute_inputs import Value
from recompute_objectives import Cells
from recompute_overview import (
    COUNT,
    JUDGED,
    REACHED,
    REACHED_SHARE,
    Recomputed,
    agency_missed,
    agency_rows,
    by_period,
    figures,
    reached_and_judged,
    recompute,
)
from recompute_owed import EXEMPT, EXTENDED, NOT_DUE
from recompute_status import MET, MET_BY_ESTIMATE, NOT_YET, UNMET_BY_ESTIMATE, number
from recompute_trends import like_outcomes, year_before
from recompute_unmet import threaded

NOT_THERE = "chưa có"
LAST_RUN, LAST_YEAR = "Lần trước", "Cùng kỳ"
OVERDUE, IN_TIME = "Quá hạn", "Còn hạn"


def headline(one: Recomputed) -> list[Fraction]:
    """The numbers of the first sentences, in their order; what there is none of is not told."""
    missed = agency_missed(one)
    return [*([Fraction(len(missed))] if missed else []), *_of_objectives(one)]


def _of_objectives(one: Recomputed) -> list[Fraction]:
    count = {label: number(row, COUNT) or Fraction(0) for label, row in figures(one).items()}
    objectives, divisions = count["Mục tiêu đã đăng ký"], count["Phòng đã đăng ký mục tiêu"]
    if not objectives:
        return _of_forms(one, count)
    if one.period.endswith("-KH"):
        return [divisions, objectives, *_of_forms(one, count)]
    reached, judged = reached_and_judged(one.status_counts())
    if not judged:
        return [objectives, *_of_forms(one, count)]
    if reached == judged:
        return [Fraction(judged), objectives, *_of_forms(one, count)]
    shown = percent(Fraction(reached, judged)) or Fraction(0)
    estimated = [Fraction(one.status_counts()[status]) for status in (MET_BY_ESTIMATE, UNMET_BY_ESTIMATE)]
    numbers = [Fraction(judged), objectives, Fraction(reached), shown, Fraction(judged - reached)]
    numbers += estimated if any(estimated) else []
    return [*numbers, *_of_forms(one, count)]


def _of_forms(one: Recomputed, count: Mapping[str, Fraction]) -> list[Fraction]:
    """How many forms are owed, and how they stand; all of them in time is one number."""
    owed = Fraction(sum(state != EXEMPT for state in one.state_counts().elements()))
    states = one.state_counts()
    words = ("nộp đúng hạn", "nộp trễ", "của kỳ chưa có bản hợp lệ")
    parts = [count[f"Biểu mẫu {word}"] for word in words]
    parts.append(Fraction(states[NOT_DUE] + states[EXTENDED]))
    return [owed] if parts[0] == owed else [owed, *filter(None, parts)]


def percent(value: Value) -> Fraction | None:
    """A share as it is written in a sentence: in percent, to one decimal."""
    return Fraction(round(value * 1000), 10) if isinstance(value, Fraction) else None


def numbers_in(text: str) -> list[Fraction]:
    """The numbers of a Vietnamese sentence."""
    found = re.findall(r"(?<![\w-])\d+(?:\.\d{3})*(?:,\d+)?", text)
    return [Fraction(one.replace(".", "").replace(",", ".")) for one in found]


def before_the_last(one: Recomputed) -> dt.datetime | None:
    """The last look into the inbox on a day before that of the workbook, once something had come."""
    looks = [night for night in one.inputs.looks if night.date() < one.inputs.today]
    return looks[-1] if looks and one.inputs.arrivals and one.inputs.arrivals[0] <= looks[-1] else None


def changes(one: Recomputed) -> Counter[tuple[str, str, str, str]]:
    """What is new or otherwise, by the line it stands in: (since when, what, before, after)."""
    night = before_the_last(one)
    if night is None:
        return Counter()
    before = _as_of(one, night)
    new = [source for source in one.inputs.sources if source.number and source.arrived_at > night]
    kinds = {
        "nộp biểu mẫu": _states,
        "mục tiêu": _statuses,
        "mục tiêu chung": _of_the_agency,
        "hành động khắc phục": _actions,
        "nhiệm vụ": _tasks,
        "phổ biến CSCL": _people,
        "minh chứng công bố": _proofs,
        "thay đổi phạm vi": _scope,
    }
    moved = [move for what, keyed in kinds.items() for move in _moves((LAST_RUN, what), keyed(before), keyed(one))]
    moved += [(LAST_YEAR, "mục tiêu", *both) for both in _since_last_year(one)]
    return Counter([*((LAST_RUN, "tệp mới", NOT_THERE, source.verdict) for source in new), *moved])


def _since_last_year(one: Recomputed) -> Iterator[tuple[str, str]]:
    """The statuses of objectives that were judged otherwise in the like period of the year before."""
    now, then = threaded(one.inputs, one.period), like_outcomes(one)
    both = ((then[name].judged.status, found.judged.status) for name, found in now.items() if name in then)
    return (pair for pair in both if pair[0] != pair[1])


def beside_last_year(one: Recomputed) -> tuple[str, list[Fraction]] | None:
    """Whether the share reached is better, and the numbers of that sentence; nothing without both shares."""
    then = by_period(one).get(year_before(one.period))
    share = by_period(one).get(one.period, {}).get(REACHED_SHARE)
    earlier = then[REACHED_SHARE] if then else None
    if then is None or not isinstance(share, Fraction) or not isinstance(earlier, Fraction):
        return None
    points, words = percent(share - earlier) or Fraction(0), numbers_in(str(then["Kỳ báo cáo"]))
    counts = [number(then, name) or Fraction(0) for name in (REACHED, JUDGED)]
    return "Tốt hơn" if points > 0 else "Kém hơn", [abs(points), *words, percent(earlier) or Fraction(0), *counts]


def _as_of(one: Recomputed, night: dt.datetime) -> Recomputed:
    there = [sent for sent in one.inputs.submissions if sent.source.arrived_at <= night]
    day = night.date() if there else one.inputs.today
    return recompute(replace(one.inputs, submissions=there, today=day), one.period)


def _states(one: Recomputed) -> dict[tuple[str, ...], str]:
    return {(owed.form, owed.division, owed.period): owed.state for owed in one.owed}


def _statuses(one: Recomputed) -> dict[tuple[str, ...], str]:
    return {(found.division, found.code): found.judged.status for found in one.outcomes}


def _of_the_agency(one: Recomputed) -> dict[tuple[str, ...], str]:
    """At six months a rate is reached or not yet due; without a figure it has no state."""
    targets = {str(each["code"]): each["target"] for each in one.inputs.settings["agency_objectives"]}
    rates = {code: value for code, (value, _) in agency_rows(one).items() if value is not None}
    return {(code,): MET if value >= Fraction(targets[code]) else NOT_YET for code, value in rates.items()}


def _actions(one: Recomputed) -> dict[tuple[str, ...], str]:
    return _keyed(one.unmet, ("Mã Phòng", "Mã mục tiêu"), lambda row: OVERDUE if row["Số ngày quá hạn"] else IN_TIME)


def _tasks(one: Recomputed) -> dict[tuple[str, ...], str]:
    return _keyed(
        one.tasks,
        ("Mã Phòng", "Mã nhiệm vụ"),
        lambda row: OVERDUE if row["Số ngày quá hạn"] else str(row["Tình trạng"]),
    )


def _people(one: Recomputed) -> dict[tuple[str, ...], str]:
    return _keyed(one.people, ("Mã Phòng", "Họ và tên"), lambda row: str(row["Tình trạng"]))


def _proofs(one: Recomputed) -> dict[tuple[str, ...], str]:
    return _keyed(one.proofs, ("Minh chứng", "Số văn bản, nơi, địa chỉ"), lambda row: str(row["Tình trạng"]))


def _scope(one: Recomputed) -> dict[tuple[str, ...], str]:
    return _keyed(one.scope_changes, ("Vị trí trong tệp gốc",), lambda row: str(row["Công bố lại"]))


def _keyed(rows: Sequence[Cells], key: tuple[str, ...], state: Callable[[Cells], str]) -> dict[tuple[str, ...], str]:
    return {tuple(str(row[name]) for name in key): state(row) for row in rows}


def _moves(
    what: tuple[str, str], before: Mapping[tuple[str, ...], str], after: Mapping[tuple[str, ...], str]
) -> Iterator[tuple[str, str, str, str]]:
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            yield *what, before.get(key, NOT_THERE), after.get(key, NOT_THERE)
