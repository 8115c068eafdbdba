"""The sentences of sheet 1 again: the headline, what needs a decision, what changed since the last run."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from recompute_inputs import Value
from recompute_objectives import Cells
from recompute_overview import COUNT, Recomputed, figures, overdue, reached_and_judged, recompute, reported_periods
from recompute_owed import EXEMPT, EXTENDED, NOT_DUE
from recompute_registers import ABSENT, JOINED_LATER, NO_RECORD, NOT_DECLARED, NOT_PROVED, NOT_UNDERSTOOD
from recompute_status import NO_REPORT, UNMET, number

NOT_THERE = "chưa có"
LAST_RUN, LAST_PERIOD = "Lần trước", "Kỳ trước"
_UNINFORMED = (NOT_UNDERSTOOD, ABSENT, NO_RECORD, JOINED_LATER)


@dataclass(frozen=True)
class Decision:
    """A thing that needs a decision: what it is about, the numbers its sentence gives, and whose it is."""

    about: str
    count: int
    numbers: tuple[int | None, ...]
    names: tuple[str, ...] = ()


def headline(one: Recomputed) -> list[Fraction]:
    """The numbers of the first sentences, in their order; what there is none of is not told."""
    count = {label: number(row, COUNT) or Fraction(0) for label, row in figures(one).items()}
    objectives, divisions = count["Mục tiêu đã đăng ký"], count["Phòng đã đăng ký mục tiêu"]
    if one.period.endswith("-KH"):
        return [divisions, objectives, *_of_forms(one, count)]
    reached, judged = reached_and_judged(one.status_counts())
    if not judged:
        return [objectives, *_of_forms(one, count)]
    if reached == judged:
        return [Fraction(judged), objectives, *_of_forms(one, count)]
    shown = percent(Fraction(reached, judged)) or Fraction(0)
    numbers = [Fraction(reached), Fraction(judged), shown, Fraction(judged - reached), objectives]
    return [*numbers, *_of_forms(one, count)]


def _of_forms(one: Recomputed, count: Mapping[str, Fraction]) -> list[Fraction]:
    """How many forms are owed, and how they stand; all of them in time is one number."""
    owed = Fraction(sum(state != EXEMPT for state in one.state_counts().elements()))
    states = one.state_counts()
    parts = [count[f"Biểu mẫu {word}"] for word in ("nộp đúng hạn", "nộp trễ", "chưa có bản hợp lệ")]
    parts.append(Fraction(states[NOT_DUE] + states[EXTENDED]))
    return [owed] if parts[0] == owed else [owed, *filter(None, parts)]


def decisions(one: Recomputed) -> list[Decision]:
    """What needs a decision, the first three in the order that sheet 12 gives."""
    return [found for found in _decisions(one) if found.count][:3]


def _decisions(one: Recomputed) -> Iterator[Decision]:
    yield _on_declaration(one)
    late = [owed for owed in one.owed if owed.is_overdue]
    longest = max((owed.days_late for owed in late), default=None)
    names = tuple(f"{owed.form} {owed.division}" for owed in late)
    yield Decision("biểu mẫu quá hạn", len(late), (len(late), longest), names)
    yield _on_overdue("hành động khắc phục quá hạn", overdue(one.unmet), "Mã mục tiêu")
    unmet = tuple(f"{found.division} {found.code}" for found in one.outcomes if found.judged.status == UNMET)
    yield Decision("mục tiêu không đạt", len(unmet), (len(unmet),), unmet)
    yield _on_overdue("nhiệm vụ quá hạn", overdue(one.tasks), "Mã nhiệm vụ")
    is_due = one.inputs.today >= one.inputs.due_on("BM-03", f"{one.period[:4]}-KH")
    uninformed = [row for row in one.people if is_due and row["Tình trạng"] in _UNINFORMED]
    divisions = tuple(dict.fromkeys(str(row["Mã Phòng"]) for row in uninformed))
    yield Decision("người chưa nắm được CSCL", len(uninformed), (len(uninformed),), divisions)


def _on_declaration(one: Recomputed) -> Decision:
    waiting = [row["Số ngày chờ"] for row in one.scope_changes if row["Công bố lại"] == NOT_DECLARED]
    missing = [row["Số ngày sau Quyết định"] for row in one.proofs if row["Tình trạng"] == NOT_PROVED]
    counts = tuple(len(found) for found in (waiting, missing) if found)
    return Decision("Công bố HTQLCL", sum(counts), (*counts, _longest([*waiting, *missing])))


def _on_overdue(about: str, rows: Sequence[Cells], header: str) -> Decision:
    names = tuple(dict.fromkeys(f"{row['Mã Phòng']} {row[header]}" for row in rows))
    return Decision(about, len(rows), (len(rows), _longest([row["Số ngày quá hạn"] for row in rows])), names)


def _longest(waits: Sequence[Value]) -> int | None:
    return max((int(wait) for wait in waits if isinstance(wait, Fraction)), default=None)


def percent(value: Value) -> Fraction | None:
    """A share as it is written in a sentence: in percent, to one decimal."""
    return Fraction(round(value * 1000), 10) if isinstance(value, Fraction) else None


def numbers_in(text: str) -> list[Fraction]:
    """The numbers of a Vietnamese sentence."""
    found = re.findall(r"(?<![\w-])\d+(?:\.\d{3})*(?:,\d+)?", text)
    return [Fraction(one.replace(".", "").replace(",", ".")) for one in found]


def before_the_last(one: Recomputed) -> dt.datetime | None:
    """The last run that brought something, before the one that brought the latest files."""
    nights = one.inputs.arrivals
    return nights[-2] if len(nights) > 1 else None


def changes(one: Recomputed) -> Counter[tuple[str, str, str, str]]:
    """What is new or otherwise, by the line it stands in: (since when, what, before, after)."""
    night = before_the_last(one) or dt.datetime.min
    before = _as_of(one, night)
    new = [source for source in one.inputs.sources if source.number and source.arrived_at > night]
    return Counter(
        [
            *((LAST_RUN, "tệp mới", NOT_THERE, source.verdict) for source in new),
            *_moves((LAST_RUN, "nộp biểu mẫu"), _states(before), _states(one)),
            *_moves((LAST_RUN, "mục tiêu"), _statuses(before), _statuses(one)),
            *_moves_between_periods(one),
        ]
    )


def _as_of(one: Recomputed, night: dt.datetime) -> Recomputed:
    there = [sent for sent in one.inputs.submissions if sent.source.arrived_at <= night]
    day = night.date() if there else one.inputs.today
    return recompute(replace(one.inputs, submissions=there, today=day), one.period)


def _states(one: Recomputed) -> dict[tuple[str, ...], str]:
    return {(owed.form, owed.division, owed.period): owed.state for owed in one.owed}


def _statuses(one: Recomputed) -> dict[tuple[str, ...], str]:
    return {(found.division, found.code): found.judged.status for found in one.outcomes}


def _moves(
    what: tuple[str, str], before: Mapping[tuple[str, ...], str], after: Mapping[tuple[str, ...], str]
) -> Iterator[tuple[str, str, str, str]]:
    for key, word in after.items():
        if before.get(key) != word:
            yield *what, before.get(key, NOT_THERE), word


def _moves_between_periods(one: Recomputed) -> Iterator[tuple[str, str, str, str]]:
    """Objectives that were reported in this period and in the one before, and stand otherwise."""
    periods = reported_periods(one)
    if len(periods) > 1:
        earlier = _statuses(recompute(one.inputs, periods[-2]))
        both = {key: now for key, now in _statuses(one).items() if NO_REPORT not in (now, earlier.get(key, NO_REPORT))}
        yield from _moves((LAST_PERIOD, "mục tiêu"), earlier, both)
