"""How commitments moved from one BM-01 to the next, counted from the forms alone, over years."""

from collections import Counter
from collections.abc import Iterator

from recompute_inputs import Inputs, Row, Submission
from recompute_objectives import plan_for
from recompute_status import AT_MOST, BELOW, number

LOWERED, CHANGED, DROPPED = "hạ chỉ tiêu", "đổi cách đo", "bỏ mục tiêu"
ENDED = "ngừng áp dụng"
"""By a document that a report names."""
PARTS = ("KH", "6T", "CN")
Name = tuple[int, str]
"""The year in which an objective began, and its code then."""


def shift_counts(inputs: Inputs, period: str) -> Counter[str]:
    """Commitments lowered, measured otherwise or dropped, of every division, in the BM-01 held up to a period."""
    return Counter(what for _, _, what in shifts(inputs, period))


def shifts(inputs: Inputs, period: str) -> Iterator[tuple[str, str, str]]:
    """Division, the code in the later BM-01 (of what was dropped, in the earlier), and how it moved."""
    for division in inputs.divisions:
        plans = list(_plans(inputs, division, period))
        names: dict[tuple[str, str], Name] = {}
        before: dict[Name, tuple[str, Row]] = {}
        for place, plan in enumerate(plans):
            year, here = int(plan.period[:4]), set()
            for code, row in plan.rows("code").items():
                name = _name(names, plan, code, row)
                here.add(name)
                moved = _moved(before[name][1], row) if name in before else None
                if moved:
                    yield division, code, moved
                before[name] = (code, row)
            if place:
                yield from ((division, before[gone][0], DROPPED) for gone in before.keys() - here if gone[0] <= year)
                before = {name: held for name, held in before.items() if name in here}


def _plans(inputs: Inputs, division: str, period: str) -> Iterator[Submission]:
    """The BM-01 that were held against a report, or are in force, in the order of time, each once."""
    last, seen = (int(period[:4]), PARTS.index(period[5:])), set()
    for year in sorted(map(int, inputs.settings["years"])):
        for place, part in enumerate(PARTS):
            plan = plan_for(inputs, division, f"{year}-{part}") if (year, place) <= last else None
            if plan is not None and plan.source.sha256 not in seen:
                seen.add(plan.source.sha256)
                yield plan


def _name(names: dict[tuple[str, str], Name], plan: Submission, code: str, row: Row) -> Name:
    """An objective goes by the name of the one that it says it continues, else by its own of its year."""
    year = int(plan.period[:4])
    continued = names.get((f"{year - 1}", str(row.get("continues"))))
    return names.setdefault((f"{year}", code), continued or (year, code))


def _moved(before: Row, now: Row) -> str | None:
    if any((before.get(tag) or "") != (now.get(tag) or "") for tag in ("unit", "comparator")):
        return CHANGED
    target, earlier = number(now, "target"), number(before, "target")
    if target is None or earlier is None:
        return None
    is_ceiling = now["comparator"] in (AT_MOST, BELOW)
    return LOWERED if (target > earlier if is_ceiling else target < earlier) else None
