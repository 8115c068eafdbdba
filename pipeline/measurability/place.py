"""A number among its neighbours, and the part that a number plays in its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.measurability.chart import Chart
from pipeline.measurability.quantities import Quantity
from pipeline.measurability.reading import Sign
from pipeline.measurability.signs import Governed


class Role(StrEnum):
    """What a number is in its sentence."""

    TARGET = "target"
    NAME = "name"
    BASELINE = "baseline"
    FILTER = "filter"
    CRITERION = "criterion"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Cast:
    """A number, what governs it, and its part. ``rank`` is the sign of a rank, else empty."""

    quantity: Quantity
    governed: Governed
    role: Role
    rank: str = ""


@dataclass(frozen=True)
class Place:
    """A number among its neighbours."""

    chart: Chart
    quantity: Quantity
    governed: Governed
    rest: Sequence[Quantity]
    taken: frozenset[int]

    @property
    def following(self) -> Quantity | None:
        """The next number."""
        return self.rest[0] if self.rest else None


def same_clause(chart: Chart, start: int, end: int) -> bool:
    """Whether nothing between two places ends a clause."""
    return not any(
        chart.at("hard_stop", at) or chart.at("part_of", at) or chart.tokens[at].text == "," for at in range(start, end)
    )


def sign_of_rank(cast: Cast) -> Sign | None:
    """The sign that a rank brings with it: "trong nhóm 10" is at most, "xếp thứ 10" exactly."""
    return Sign(cast.rank) if cast.rank else None
