"""The charts of sheet 1 again: their titles, and the figures that they remember."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from openpyxl.cell.cell import Cell
from openpyxl.chart.data_source import NumRef
from openpyxl.worksheet.worksheet import Worksheet
from recompute_compare import Comparison, block, place_of
from recompute_overview import JUDGED, REACHED_SHARE, Recomputed, by_period, reached_and_judged
from recompute_owed import AFTER_DUE, ON_TIME, STATES
from recompute_sentences import percent
from recompute_status import STATUSES, UNMET


def compare_charts(done: Comparison, sheet: Worksheet, trends: Worksheet, one: Recomputed) -> None:
    """The numbers of the titles, and the values that the drawn series remember: those of the cells they point to."""
    titles = _title_numbers(trends, one)
    for chart in sheet._charts:  # type: ignore[attr-defined]
        drawn = [series.val.numRef for series in chart.series]
        first = next(iter(_cells_of(trends, drawn[0].f)))
        row = max(header for header in titles if header < first.row)
        text = "".join(run.t for part in chart.title.tx.rich.p for run in part.r or ())
        done.sentence(sheet, f"chart over row {row} of sheet 9", text, titles[row])
        for reference in drawn:
            _compare_series(done, trends, reference)


def _title_numbers(trends: Worksheet, one: Recomputed) -> Mapping[int, Sequence[Fraction]]:
    """The numbers of the titles by the header row of the block that is drawn.

    The first is about what is unmet, or about what is registered while nothing can be judged.
    """
    unmet = Counter(found.division for found in one.outcomes if found.judged.status == UNMET)
    registered = Counter(found.division for found in one.registered)
    is_judged = bool(reached_and_judged(one.status_counts())[1])
    counted_by_division = unmet if is_judged else registered
    objectives = [counted_by_division.total(), len(counted_by_division)] if counted_by_division else []
    states = one.state_counts()
    on_time = [states[ON_TIME] + states[AFTER_DUE], states.total()]
    told = by_period(one).get(one.period)
    reached = percent(told[REACHED_SHARE]) if told else None
    return {
        block(trends, STATUSES)[0]: [Fraction(count) for count in objectives],
        block(trends, STATES)[0]: [Fraction(count) for count in on_time],
        block(trends, ("Kỳ", JUDGED))[0]: [] if reached is None else [reached],
    }


def _cells_of(sheet: Worksheet, reference: str) -> list[Cell]:
    found = sheet[reference.rpartition("!")[2].replace("$", "")]
    return [cell for row in found for cell in row] if isinstance(found, tuple) else [found]


def _compare_series(done: Comparison, sheet: Worksheet, reference: NumRef) -> None:
    remembered = {point.idx: point.v for point in reference.numCache.pt} if reference.numCache else {}
    for index, cell in enumerate(_cells_of(sheet, reference.f)):
        done.figures += 1
        if remembered.get(index) != cell.value and (cell.value or 0) != float(remembered.get(index) or 0):
            done.differ(place_of(sheet, cell.coordinate), "what the chart remembers", remembered.get(index), cell.value)
