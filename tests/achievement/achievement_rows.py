"""One result beside its objective, as the algorithm takes them: said in a few words, the rest left blank."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from pipeline.achievement import degree, is_beaten
from pipeline.achievement import judged as judged_results

Value = str | float | None
Told = Mapping[str, Value]
"""What is said of a result and its objective, by column."""

_RATE: Told = {"objective_measure": "tỷ lệ", "objective_comparator": "ít nhất", "objective_target": 95.0}
_SIX_MONTHS: Told = {"period_kind": "6T", "data_as_of": "2019-05-31", "objective_due_on": "2019-12-31"}

_TYPES = {
    **dict.fromkeys(
        (
            "numerator",
            "denominator",
            "actual",
            "full_year_estimate",
            "objective_target",
            "objective_target_upper",
            "objective_milestone",
            "objective_baseline",
        ),
        "float64",
    ),
    **dict.fromkeys(
        (
            "actual_coded",
            "full_year_estimate_coded",
            "self_assessment",
            "period_kind",
            "objective_measure",
            "objective_comparator",
            "objective_range_beaten",
        ),
        "str",
    ),
    **dict.fromkeys(("data_as_of", "objective_due_on"), "datetime64[us]"),
}

COUNT: Told = {"objective_measure": "số lũy kế"}
LEVEL: Told = {"objective_measure": "mức"}
STAYS: Told = {"objective_range_beaten": "phải ở trong khoảng"}
BELOW: Told = {"objective_range_beaten": "thấp hơn vẫn đạt"}
FROM_ABOVE: Told = {"objective_baseline": 8.0}
YES_NO: Told = {"objective_measure": "có/không", "objective_comparator": "đúng bằng", "objective_target": None}
WHOLE_YEAR: Told = {"period_kind": "CN", "data_as_of": "2019-10-31"}
DUE: Told = {"objective_due_on": "2019-05-31"}
DUE_IN_AUTUMN: Told = {"objective_due_on": "2019-10-31"}


def promise(comparator: str, target: float | None, upper: float | None = None) -> dict[str, Value]:
    """What an objective asks for: "không quá" 5."""
    return {"objective_comparator": comparator, "objective_target": target, "objective_target_upper": upper}


@dataclass(frozen=True, eq=False)
class Result:
    """One result: by default a rate of at least 95, reported on 31/5 in the six-month report, due at the year's end."""

    note: str
    told: Told = field(default_factory=dict)

    @property
    def row(self) -> Told:
        """Every column that the algorithm looks at."""
        return {**dict.fromkeys(_TYPES), **_RATE, **_SIX_MONTHS, **self.told}


def judged(results: list[Result]) -> pd.DataFrame:
    """The rows with computed_status, by_estimate, value, degree and beaten."""
    rows = pd.DataFrame([result.row for result in results]).astype(_TYPES)
    rows = judged_results(rows)
    return rows.assign(degree=degree(rows), beaten=is_beaten(rows))
