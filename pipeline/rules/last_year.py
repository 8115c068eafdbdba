"""The final figure of last year (số chính thức): only for an objective that goes on with one of last year, like it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.formulas.expressions import blank, every, filled
from pipeline.rules.filled import is_given
from pipeline.rules.plans import PERIOD_CODE
from pipeline.rules.report_cases import promised
from pipeline.settings import PeriodKind, kinds_of, years_of
from pipeline.settings.succession import own_code
from pipeline.sheets.objectives import Objectives, committed
from pipeline.vocabulary.entries import Entry
from pipeline.vocabulary.live import Live, LiveRow
from pipeline.vocabulary.rows import Join, Mask, Rows
from pipeline.vocabulary.rules import Rule

LAST_YEAR_KIND: Final = "last_year_kind"
"""How the objective that is continued was measured: "tỷ lệ (%)"; missing where none is continued."""
_THIS_YEAR_KIND: Final = "this_year_kind"
_TARGET: Final = ["division", "year", Objectives.code]


def kind_words(objectives: pd.DataFrame) -> pd.Series:
    """How each objective is measured, in words: "tỷ lệ (%)", "có/không"."""
    unit = objectives[Objectives.unit]
    return objectives[Objectives.measure].str.cat((" (" + unit + ")").fillna(""))


def continued(rows: Rows) -> Mapping[str, pd.Series]:
    """How last year's objective that each result's objective goes on with was measured, and how this year's is.

    What was taken over from a former division goes on with that division's.
    """
    plans = rows.knowledge.objectives.rename(columns={"period": PERIOD_CODE})
    key = ["division", PERIOD_CODE, Objectives.code]
    own = rows.frame[key].merge(plans[[*key, Objectives.continues, Objectives.measure, Objectives.unit]], "left", key)
    goes_on = own.dropna(subset=[Objectives.continues])
    target = goes_on.assign(
        division=_owners(goes_on),
        code=goes_on[Objectives.continues],
        year=_year(goes_on) - 1,
    )[_TARGET]
    words = target.merge(_by_year(plans), "left", _TARGET)["words"].set_axis(goes_on.index)
    kinds = {LAST_YEAR_KIND: words.reindex(own.index), _THIS_YEAR_KIND: kind_words(own)}
    return {name: kind.set_axis(rows.frame.index) for name, kind in kinds.items()}


def _by_year(plans: pd.DataFrame) -> pd.DataFrame:
    """How each year's objectives were measured, as they were held at its end, else by its plan."""
    dated = plans.assign(year=_year(plans), words=kind_words(plans))
    is_held = kinds_of(dated[PERIOD_CODE]) == PeriodKind.WHOLE_YEAR
    ordered = dated.assign(is_held=is_held).sort_values("is_held", kind="stable")
    return ordered.drop_duplicates(_TARGET, keep="last")[[*_TARGET, "words"]]


def _year(rows: pd.DataFrame) -> pd.Series:
    return years_of(rows[PERIOD_CODE]).astype("int64")


def _owners(rows: pd.DataFrame) -> pd.Series:
    """The division that made each objective: what was taken over has its code before its own."""
    owners = [own_code(code)[0] or division for division, code in zip(rows["division"], rows["code"], strict=True)]
    # An empty list would be a column of floats, which merges with no text.
    return pd.Series(owners, index=rows.index, dtype="str")


@dataclass(frozen=True)
class HasLastYear(Rule):
    """Blank unless the objective goes on with one of last year's accepted BM-01."""

    @property
    def needs(self) -> tuple[Join, ...]:
        return (continued,)

    def kept(self, rows: Rows) -> Mask:
        return ~is_given(rows, self.field) | rows[LAST_YEAR_KIND].notna() | rows[_THIS_YEAR_KIND].isna()

    def live(self, row: LiveRow) -> Live:
        """Something stands there beside an objective of this year that goes on with none."""
        is_new = every(filled(row.cell(committed(Objectives.measure))), blank(row.cell(LAST_YEAR_KIND)))
        return Live(every(filled(row.cell(self.field)), is_new))

    def wants_blank(self, entry: Entry) -> bool:
        """Where there is no last year."""
        return entry.name == self.field and entry.value(LAST_YEAR_KIND) is None


@dataclass(frozen=True)
class LikeLastYear(Rule):
    """Blank where last year's objective was of another measure or unit: a figure would be of unknown kind."""

    measure: str
    unit: str

    @property
    def needs(self) -> tuple[Join, ...]:
        return (continued, promised)

    @property
    def facts(self) -> Mapping[str, str]:
        return {LAST_YEAR_KIND: LAST_YEAR_KIND, _THIS_YEAR_KIND: _THIS_YEAR_KIND}

    def kept(self, rows: Rows) -> Mask:
        last = rows[LAST_YEAR_KIND]
        return ~is_given(rows, self.field) | last.isna() | (last == rows[_THIS_YEAR_KIND])

    def live(self, row: LiveRow) -> Live:
        """Something stands there, and last year's measure or unit is another."""
        last, measure, unit = (row.cell(name) for name in (LAST_YEAR_KIND, self.measure, self.unit))
        now = f'{measure}&IF({filled(unit)}," ("&{unit}&")","")'
        return Live(every(filled(row.cell(self.field)), filled(last), f"{last}<>{now}"))

    def wants_blank(self, entry: Entry) -> bool:
        """Where both are known and not alike."""
        last = entry.value(LAST_YEAR_KIND)
        return entry.name == self.field and last is not None and last != entry.value(_THIS_YEAR_KIND)
