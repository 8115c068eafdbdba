"""The final figure of a year (số chính thức), told in a report of the next one: it corrects the year, and keeps both.

Only what is read up to a later period is corrected: the workbook of the year itself rests on the reports until its own
end (decision 0054).
"""

from typing import Final

import pandas as pd

from pipeline.achievement import reported_value
from pipeline.settings import PeriodKind
from pipeline.settings.succession import own_code
from pipeline.sheets.objectives import Objectives, committed
from pipeline.sheets.results import Results
from pipeline.vocabulary.fields import coded_column

_FINAL, _FINAL_CODED = Results.last_year_final, coded_column(Results.last_year_final)
_CONTINUES, _DUE_ON = committed(Objectives.continues), committed(Objectives.due_on)
_BASELINE = committed(Objectives.baseline)
_OWN: Final = ["division", "period", "code"]
_LAST: Final = ["last_division", "last_period", "last_code"]
REPORTED: Final = ("reported_value", "reported_word", "final_figure", "final_word", "final_id", "final_row")
"""What was reported of a result, and where that was corrected by what and by which file; blank on other rows."""


def with_final_figures(results: pd.DataFrame) -> pd.DataFrame:
    """The results of :func:`judged.judged_results` before they are judged, with :data:`REPORTED` and ``final_before``.

    A corrected row has the final figure in place of what was reported, and is judged as a year that is over.
    ``final_before`` and ``final_before_word``: the final figure of the year before each row's.
    """
    rows = results.assign(**_last_year(results), reported_value=reported_value(results))
    latest = _latest(rows)
    of_row = latest.rename(columns=dict(zip(_LAST, _OWN, strict=True)))
    before = latest[[*_LAST, "final_figure", "final_word"]].set_axis(
        [*_LAST, "final_before", "final_before_word"], axis="columns"
    )
    both = rows.merge(of_row, "left", _OWN).merge(before, "left", _LAST).set_axis(rows.index)
    corrected = both["report_id"].notna() & (both["final_figure"].notna() | both["final_word"].notna())
    both = both.assign(
        reported_value=both["reported_value"].where(corrected),
        reported_word=both[coded_column(Results.actual)].where(corrected),
        **{name: both[name].where(corrected) for name in REPORTED[2:]},
    )
    return _corrected(both, corrected).drop(columns=_LAST)


def with_final_baseline(results: pd.DataFrame) -> pd.DataFrame:
    """The results with last year's final figure as their baseline, where there is one."""
    coded = coded_column(_BASELINE)
    is_final = results["final_before"].notna() | results["final_before_word"].notna()
    baselines = {
        _BASELINE: results[_BASELINE].mask(is_final, results["final_before"]),
        coded: results[coded].mask(is_final, results["final_before_word"]),
    }
    return results.assign(**baselines)


def _last_year(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Whose objective of which period each row goes on with, by division, period and code; blank where of none."""
    owners = [
        own_code(code)[0] or division
        for division, code in rows[["division", "code"]].itertuples(index=False, name=None)
    ]
    goes_on = rows[_CONTINUES].notna()
    last = (rows["year"].astype("int64") - 1).astype("str") + f"-{PeriodKind.WHOLE_YEAR}"
    owned = pd.Series(owners, rows.index, dtype="str")
    return dict(zip(_LAST, (owned.where(goes_on), last.where(goes_on), rows[_CONTINUES]), strict=True))


def _latest(rows: pd.DataFrame) -> pd.DataFrame:
    """The last final figure that was told of each result: the keys of its row, the figure, its file and row."""
    is_told = (rows[_FINAL].notna() | rows[_FINAL_CODED].notna()) & rows[_CONTINUES].notna()
    named = {_FINAL: "final_figure", _FINAL_CODED: "final_word", "report_id": "final_id", "report_row": "final_row"}
    latest = rows[is_told].sort_values(["order", "report_row"], kind="stable")
    return latest.drop_duplicates(_LAST, keep="last")[[*_LAST, *named]].rename(columns=named)


def _corrected(rows: pd.DataFrame, corrected: pd.Series) -> pd.DataFrame:
    """The final figure in the place of figure, parts and estimate, on the day on which the objective was due."""
    replaced = {
        Results.actual: rows["final_figure"],
        coded_column(Results.actual): rows["final_word"],
        Results.data_as_of: rows[_DUE_ON].fillna(rows[Results.data_as_of]),
    }
    blank = (Results.numerator, Results.denominator, Results.full_year_estimate)
    return rows.assign(
        **{name: rows[name].mask(corrected, values) for name, values in replaced.items()},
        **{name: rows[name].mask(corrected) for name in (*blank, coded_column(Results.full_year_estimate))},
    )
