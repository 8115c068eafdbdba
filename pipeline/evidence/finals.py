"""The final figures of a year that reports of the next one tell, counted a second time."""

from collections.abc import Iterator, Mapping
from typing import Final

from pipeline.evidence.facts import Row
from pipeline.evidence.holding import REPORT, Holding
from pipeline.settings import Period, PeriodKind
from pipeline.settings.succession import own_code
from pipeline.sheets.objectives import Objectives
from pipeline.sheets.results import Results
from pipeline.vocabulary.fields import coded_column

_FINAL: Final = Results.last_year_final
Result = tuple[int, str, str]
"""Year, division and code of a result of the whole year."""


def corrections(holding: Holding, period: Period) -> Mapping[Result, Row]:
    """Each result that is corrected, with the row that tells its final figure last up to a period."""
    last: dict[Result, Row] = {}
    for each in sorted({*holding.reported_before(period), period}):
        reported = {*_reported(holding, Period(each.year - 1, PeriodKind.WHOLE_YEAR))}
        last |= {result: row for result, row in _corrections(holding, each) if result[1:] in reported}
    return last


def corrected(result: Row, correction: Row, due_on: str | None) -> Row:
    """A result of a year that is over: the final figure for what was reported, on the day on which it was due."""
    estimate = Results.full_year_estimate
    blank = (Results.numerator, Results.denominator, estimate, coded_column(estimate))
    return {
        **result,
        **dict.fromkeys(blank),
        Results.actual: correction.get(_FINAL),
        coded_column(Results.actual): correction.get(coded_column(_FINAL)),
        Results.data_as_of: due_on or result[Results.data_as_of],
    }


def _reported(holding: Holding, period: Period) -> Iterator[tuple[str, str]]:
    return ((division, row[Results.code]) for division, row in _results(holding, period))


def _corrections(holding: Holding, period: Period) -> Iterator[tuple[Result, Row]]:
    """Of each final figure which result it corrects, and the row that tells it."""
    continues = {
        (division, code): row.get(Objectives.continues)
        for division, code, row in holding.planned("objectives", Objectives.code, period)
    }
    for division, row in _results(holding, period):
        before = continues.get((division, row[Results.code]))
        is_told = row.get(_FINAL) is not None or row.get(coded_column(_FINAL)) is not None
        if is_told and before:
            yield (period.year - 1, own_code(row[Results.code])[0] or division, before), row


def _results(holding: Holding, period: Period) -> Iterator[tuple[str, Row]]:
    divisions = {file: division for division, file in holding.last(REPORT, period).items()}
    rows = holding.facts.rows.get("results", ())
    return ((divisions[row["submission_id"]], row) for row in rows if row["submission_id"] in divisions)
