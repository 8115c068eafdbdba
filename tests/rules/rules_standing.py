"""What is in force, in the ledger's shape: two years of BM-01 and two reports, with nothing to say about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd
from rules_settings import SETTINGS

from pipeline.obligations import duties, handed_over, plans_in_force
from pipeline.validation import standing_findings

Row = Mapping[str, object]

LAST_YEAR, PLAN, REVISION, SIX_MONTHS, WHOLE_YEAR, LAST_REPORT = 1, 2, 3, 4, 5, 6

_SUBMITTED: Mapping[int, Row] = {
    LAST_YEAR: {"form": "BM-01", "period": "2018-KH", "arrived_at": "2018-01-20", "sha256": "a1"},
    PLAN: {"form": "BM-01", "period": "2019-KH", "arrived_at": "2019-01-20", "sha256": "a2"},
    SIX_MONTHS: {"form": "BM-02", "period": "2019-6T", "arrived_at": "2019-06-05", "sha256": "a4", "based_on": "a2"},
    WHOLE_YEAR: {"form": "BM-02", "period": "2019-CN", "arrived_at": "2019-11-05", "sha256": "a5", "based_on": "a2"},
}
REVISED: Row = {"form": "BM-01", "period": "2019-KH", "arrived_at": "2019-12-20", "sha256": "a3"}
"""A revision after both reports were due: they stay judged against the plan."""

MT01: Row = {
    "code": "MT01",
    "continues": "MT01",
    "measure": "tỷ lệ",
    "comparator": "ít nhất",
    "target": 95.0,
    "unit": "%",
}
MT02: Row = {
    "code": "MT02",
    "continues": "MT02",
    "measure": "số lũy kế",
    "comparator": "không quá",
    "target": 5.0,
    "unit": "đơn",
}
MT03: Row = {
    "code": "MT03",
    "continues": "MT03",
    "measure": "tỷ lệ",
    "comparator": "đúng bằng",
    "target": 100.0,
    "unit": "%",
}
MT04: Row = {**MT01, "code": "MT04", "continues": "MT04"}

_TYPES = {
    **dict.fromkeys(("code", "continues", "measure", "comparator", "unit", "self_assessment"), "str"),
    **dict.fromkeys(("target", "target_upper", "actual"), "float64"),
    "submission_id": "int64",
}


@dataclass(frozen=True)
class World:
    """What is in force: submissions by id, and the rows of each."""

    submitted: Mapping[int, Row] = field(default_factory=lambda: _SUBMITTED)
    objectives: Mapping[int, Sequence[Row]] = field(
        default_factory=lambda: {LAST_YEAR: (MT01, MT02, MT03), PLAN: (MT01, MT02, MT03)}
    )
    ended: Mapping[int, str] = field(default_factory=dict)
    results: Mapping[int, Mapping[str, float]] = field(
        default_factory=lambda: {
            SIX_MONTHS: {"MT01": 96, "MT02": 3, "MT03": 100},
            WHOLE_YEAR: {"MT01": 96, "MT02": 4, "MT03": 100},
        }
    )

    def submitting(self, number: int, row: Row) -> "World":
        """The world with a submission more, or with another in its place."""
        told = {**self.submitted.get(number, {}), **row}
        return replace(self, submitted=dict(sorted({**self.submitted, number: told}.items())))

    def planning(self, number: int, *rows: Row) -> "World":
        """The world in which a BM-01 has these objectives."""
        return replace(self, objectives={**self.objectives, number: rows})

    def reporting(self, number: int, actuals: Mapping[str, float]) -> "World":
        """The world in which a BM-02 has these results."""
        return replace(self, results={**self.results, number: actuals})

    def ending(self, number: int, code: str) -> "World":
        """The world in which a BM-02 calls an objective no longer applicable."""
        return replace(self, ended={number: code})

    def revising(self, *rows: Row) -> "World":
        """The world in which the plan was revised to these objectives."""
        return self.submitting(REVISION, REVISED).planning(REVISION, *rows)

    @property
    def findings(self) -> list[tuple[int, str, Mapping[str, str]]]:
        """Submission, code and facts of every standing finding."""
        submissions = self._submissions()
        plans = plans_in_force(submissions, duties(SETTINGS))
        handed = handed_over(SETTINGS, submissions, self._objectives())
        rows = {"objectives": self._objectives(), "results": self._results()}
        found = standing_findings(submissions, rows, plans, handed)
        return [(number, finding.code, finding.facts) for number, finding in found]

    def _submissions(self) -> pd.DataFrame:
        plain = {"division": "VP", "verdict": "accepted", "withdrawn": False, "based_on": ""}
        submissions = pd.DataFrame([{**plain, **row} for row in self.submitted.values()])
        return submissions.assign(
            arrived_at=pd.to_datetime(submissions["arrived_at"]).astype("datetime64[us]"),
            based_on=submissions["based_on"].astype("str"),
        ).set_index(pd.Index(list(self.submitted), name="submission_id"))

    def _objectives(self) -> pd.DataFrame:
        rows = [{"submission_id": number, **row} for number, some in self.objectives.items() for row in some]
        columns = ["submission_id", "code", "continues", "measure", "comparator", "target", "target_upper", "unit"]
        return pd.DataFrame(rows, columns=columns).astype({name: _TYPES[name] for name in columns})

    def _results(self) -> pd.DataFrame:
        rows = [
            {
                "submission_id": number,
                "code": code,
                "actual": actual,
                "self_assessment": "Không còn áp dụng" if self.ended.get(number) == code else "Đạt",
            }
            for number, actuals in self.results.items()
            for code, actual in actuals.items()
        ]
        columns = ["submission_id", "code", "actual", "self_assessment"]
        return pd.DataFrame(rows, columns=columns).astype({name: _TYPES[name] for name in columns})


UNANSWERED_CODES = frozenset({"C426"})
"""Findings on printed rows that nobody filled, which no rule on a row can see."""
STANDING_CODES = frozenset({"R610", "R611", "R612", "R613", "R614", "R615"})
SAME_NIGHT_CODES = frozenset({"S701"})
"""What is said of several files of one night; ``test_rules_same_night`` has its example."""
