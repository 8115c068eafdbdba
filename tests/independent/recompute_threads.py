"""What goes on: an objective over the years and in the hands of heirs, and the objectives that a division leaves."""

import datetime as dt
from collections.abc import Iterator

from recompute_inputs import Inputs, Row

Thread = tuple[int, str, str]
"""The year in which an objective began, the division that began it, and its code then."""


def thread(inputs: Inputs, year: int, division: str, code: str) -> Thread:
    """An objective goes by the name of the one that its BM-01 says it continues, else by its own."""
    former, _, own = code.partition("-")
    if own and former in inputs.divisions:
        return thread(inputs, year, former, own)
    plan = inputs.in_force("BM-01", division, f"{year}-KH")
    row = plan.rows("code").get(code) if plan else None
    before = row.get("continues") if row else None
    return thread(inputs, year - 1, division, str(before).partition(" - ")[0]) if before else (year, division, code)


def heirs(inputs: Inputs, division: str, period: str) -> list[tuple[str, frozenset[str]]]:
    """Who reports in a period on what a closed division left, each with the codes named for it; the first without any.

    Who owed BM-02, has a BM-01 in force and was closed in the year before the last good day of the report leaves what
    it had. Empty while it reports itself, or nobody is named.
    """
    year, row = period[:4], inputs.divisions[division]
    if period.endswith("-KH") or row["owes_results"] != "có" or not _is_closed(row, inputs.due_on("BM-02", period)):
        return []
    if inputs.in_force("BM-01", division, f"{year}-KH") is None:
        return []
    named = [words.split() for words in str(row.get("successor") or "").split(",") if words.strip()]
    return [(code, frozenset(codes)) for code, *codes in named]


def _is_closed(row: Row, due: dt.date) -> bool:
    until = row["valid_to"]
    return isinstance(until, dt.date) and until.year == due.year and until < due - dt.timedelta(1)


def takes(inputs: Inputs, division: str, period: str, code: str) -> str:
    """Who reports on one of a division's objectives: itself, or its heir."""
    named = heirs(inputs, division, period)
    first = named[0][0] if named else division
    return next((heir for heir, codes in named if code in codes), first)


def held(inputs: Inputs, division: str, period: str) -> Iterator[tuple[str, str]]:
    """Whose BM-01 a division's report is held against, and what stands before the codes of those that it took over."""
    yield division, ""
    for former in inputs.divisions:
        if any(heir == division for heir, _ in heirs(inputs, former, period)):
            yield former, f"{former}-"
