"""What coach calls an error of a sentence, a form is returned for, whatever its columns hold (d14)."""

from measurability_labels import SENTENCES

from pipeline.findings import Severity, entry_of
from pipeline.measurability import read_objective
from pipeline.measurability.advice import advise
from pipeline.rules.sentences import COLUMNS, row_of
from pipeline.sheets.objectives import Objectives


def _errors(codes: object) -> set[str]:
    return {code for code in codes if entry_of(code).severity is Severity.ERROR}  # type: ignore[attr-defined]


def test_coach_and_check_call_the_same_sentences_an_error() -> None:
    """d14."""
    apart = []
    for sentence in SENTENCES:
        values = {**dict.fromkeys(COLUMNS), Objectives.statement: sentence, Objectives.target: 95.0, "year": "2019"}
        row = row_of({**values, Objectives.measure: "tỷ lệ", Objectives.unit: "%"})
        coached = _errors(one.code for one in advise(read_objective(sentence)))
        if row is None or _errors(row.advice) != coached:
            apart.append(sentence)
    assert apart == []
