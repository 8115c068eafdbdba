"""Why a reported result has its computed status, in the words of a finding."""

from typing import Any

import numpy as np
import pandas as pd

from pipeline.achievement import is_beyond_bound
from pipeline.sheets.objectives import Objectives, committed
from pipeline.sheets.results import Results
from pipeline.vietnamese import format_date, format_number, format_quantity
from pipeline.vocabulary.choices import Coded, Status, YesNo
from pipeline.vocabulary.fields import coded_column
from pipeline.wording import say

_OWN_WORDS = (Coded.NOT_APPLICABLE, Coded.NO_DATA, Coded.NO_CASE)
_UNIT, _MILESTONE, _DUE_ON = (committed(name) for name in (Objectives.unit, Objectives.milestone, Objectives.due_on))


def reasons(held: pd.DataFrame, commitments: pd.Series) -> pd.Series:
    """Each result's reason: "kết quả 92,5% chưa đạt chỉ tiêu (ít nhất 95%)"; blank where the division says the same.

    ``held`` is what ``achievement.judged`` gives, ``commitments`` the promise in words.
    """
    columns = ["value", "word", _UNIT, _MILESTONE, _DUE_ON, Results.full_year_estimate]
    words = held.get(coded_column(Results.full_year_estimate), pd.Series(None, index=held.index, dtype="str"))
    rows = zip(_kinds(held), commitments, words, *(held[name] for name in columns), strict=True)
    return pd.Series([_reason(*row) for row in rows], index=held.index, dtype="str")


def _kinds(held: pd.DataFrame) -> np.ndarray:
    status = held["computed_status"]
    kinds = {
        "": status.isna() | (status == held[Results.self_assessment]),
        "coded": held["word"].isin(_OWN_WORDS),
        "no_case": status == Status.NO_CASE,
        "expected": status == Status.MET_BY_ESTIMATE,
        "not_expected": status == Status.NOT_MET_BY_ESTIMATE,
        "met": status == Status.MET,
        "not_due": status == Status.NOT_DUE,
        "beyond": is_beyond_bound(held),
        "missed": held["is_final"],
    }
    return np.select([mask.astype(bool) for mask in kinds.values()], list(kinds), default="milestone")


def _reason(kind: str, commitment: str, answer: object, *figures: Any) -> str | None:  # noqa: ANN401 - cells
    value, word, unit, milestone, due_on, estimate = figures
    if not kind:
        return None
    return say(
        f"validation.why.{kind}",
        commitment=say("validation.choice", value=commitment) if commitment == YesNo.YES else commitment,
        outcome=_outcome(value, word, unit),
        estimate=_outcome(estimate, answer, unit),
        milestone=_outcome(milestone, None, unit),
        due_on="" if pd.isna(due_on) else format_date(due_on),
    )


def _outcome(value: float, word: object, unit: object) -> str:
    if isinstance(word, str):
        return f"“{word}”"
    return "" if pd.isna(value) else format_quantity(format_number(round(value, 2)), unit)
