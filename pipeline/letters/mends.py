"""Which mends of a returned form are the most useful: one that clears many cells before one that clears one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.findings import Finding, explain, is_error

MOST: Final = 3


@dataclass(frozen=True)
class Mend:
    """One mistake and what to do about it; ``others`` are the further places (sheet, cell) of the same mistake."""

    code: str
    sheet: str
    cell: str
    problem: str
    fix: str
    others: tuple[tuple[str, str], ...] = ()


def most_useful(findings: Iterable[Finding], count: int = MOST) -> tuple[Mend, ...]:
    """The mends that clear the most cells, errors only, one a code; equals keep the order in which they were found."""
    by_code: dict[str, list[Finding]] = {}
    for finding in filter(is_error, findings):
        by_code.setdefault(finding.code, []).append(finding)
    mends = [_mend(of_code) for of_code in by_code.values()]
    return tuple(sorted(mends, key=lambda mend: -len(mend.others))[:count])


def _mend(of_code: Sequence[Finding]) -> Mend:
    first, words = of_code[0], explain(of_code[0])
    places = dict.fromkeys((finding.sheet, finding.cell) for finding in of_code)
    others = tuple(place for place in places if place != (first.sheet, first.cell))
    return Mend(first.code, first.sheet, first.cell, words.problem, words.fix, others)
