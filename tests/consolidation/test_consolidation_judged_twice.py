"""What ``evidence`` judges anew is what ``achievement`` judges, over objectives and results at random."""

import random
from typing import Any

import pandas as pd
from committee_content import _table, sheet_rows

from pipeline.achievement import computed_status
from pipeline.evidence.judging import judged
from pipeline.ledger.tables import sheet_tables
from pipeline.parsing import storable_columns
from pipeline.settings import PeriodKind
from pipeline.sheets.objectives import committed
from pipeline.vocabulary.choices import Coded, Comparator, Measure, YesNo

KINDS = (PeriodKind.SIX_MONTHS, PeriodKind.WHOLE_YEAR)
_FIGURES = (None, 0.0, 3.0, 4.0, 5.0, 5.5, 7.0, 95.0, 100.0)
_DAYS = (None, "2019-05-31", "2019-06-30", "2019-10-31", "2019-12-31")


def _objective(draw: random.Random) -> dict[str, Any]:
    measure = draw.choice(list(Measure))
    comparator = None if measure is Measure.YES_NO else str(draw.choice(list(Comparator)))
    upper = draw.choice((6.0, 7.0, None)) if comparator == Comparator.BETWEEN else None
    target = None if measure is Measure.YES_NO else draw.choice(_FIGURES[1:])
    return {
        "submission_id": 1,
        "code": "MT01",
        "measure": str(measure),
        "comparator": comparator,
        "target": target,
        "target_upper": upper,
        "baseline": draw.choice(_FIGURES),
        "milestone": draw.choice(_FIGURES),
        "due_on": draw.choice(_DAYS),
    }


def _result(draw: random.Random, objective: dict[str, Any]) -> dict[str, Any]:
    words = list(YesNo) if objective["measure"] == Measure.YES_NO else []
    denominator = draw.choice((None, 0.0, 20.0))
    return {
        "submission_id": 2,
        "code": "MT01",
        "numerator": draw.choice((None, 0.0, 1.0, 19.0)),
        "denominator": denominator,
        "actual": str(draw.choice([*Coded, *words])) if draw.random() < 0.4 else draw.choice(_FIGURES),
        "data_as_of": draw.choice(_DAYS),
        "full_year_estimate": str(draw.choice(words)) if words else draw.choice(_FIGURES),
        "self_assessment": draw.choice(("Đạt", "Không đạt")),
    }


def _plain(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row as the ledger has it."""
    (read,) = sheet_rows(table, [row])
    return {**dict.fromkeys(storable_columns(sheet_tables()[table])), **read}


def test_both_judge_alike() -> None:
    draw = random.Random(15)  # noqa: S311 - the same each time
    pairs = []
    for _ in range(6000):
        objective = _objective(draw)
        pairs.append((objective, _result(draw, objective), draw.choice(KINDS)))
    objectives = _table("objectives", sheet_rows("objectives", [objective for objective, _, _ in pairs]))
    results = _table("results", sheet_rows("results", [result for _, result, _ in pairs]))
    kinds = pd.Series([str(kind) for _, _, kind in pairs])
    rows = pd.concat([results, objectives.rename(columns=committed)], axis=1).assign(period_kind=kinds)
    statuses = computed_status(rows).fillna("Chưa đủ số liệu")
    for place, (objective, result, kind) in enumerate(pairs):
        plain, reported = (_plain(table, row) for table, row in (("objectives", objective), ("results", result)))
        assert statuses[place] == judged(plain, reported, kind), (objective, result, kind)
    assert statuses.nunique() >= 6
