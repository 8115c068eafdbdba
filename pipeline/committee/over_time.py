"""The first table of sheet 9: the headline's figures period by period, counted live over the data sheets."""

from collections.abc import Callable

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.draft import HEADER_ROW, Draft, Tables, label, period_words
from pipeline.committee.drawing import Canvas, Column, Kind, Placed
from pipeline.committee.grids import FIRST_COUNT, NAME_WIDTH, Grid
from pipeline.consolidation.states import SUBMITTED
from pipeline.consolidation.states import STATE_ORDER
from pipeline.consolidation.status import REACHED, STATUS_ORDER
from pipeline.settings import Period
from pipeline.vocabulary.choices import Status
from pipeline.wording import say


def write_over_time(canvas: Canvas, draft: Draft, tables: Tables, grids: tuple[Grid, Grid]) -> Placed:
    """Write the table over the history and, for the period itself, over the two grids."""
    told = draft.committee.over_time
    counted = _Counted(tables, str(draft.committee.period), *grids)
    columns = (
        Column("period", label("period"), 9, Kind.CODE),
        Column("words", label("period_words"), NAME_WIDTH),
        Column("reported", label("periods_reported"), 11, Kind.COUNT, formula=counted.reported),
        Column("reached", label("periods_reached"), 11, Kind.COUNT, formula=counted.reached),
        Column("not_met", label("periods_not_met"), 11, Kind.COUNT, formula=counted.not_met),
        Column("judged", label("judged"), 11, Kind.COUNT, formula=lambda row: f"=D{row}+E{row}"),
        Column("share", label("reached_share"), 11, Kind.SHARE, formula=lambda row: f'=IF(F{row}=0,"",D{row}/F{row})'),
        Column("duties", label("periods_owed"), 11, Kind.COUNT, formula=lambda row: f"=SUM(I{row}:L{row})"),
        *(
            Column(group, label(f"periods_{group}"), 11, Kind.COUNT, formula=counted.submitted(group, letter))
            for group, letter in zip(SUBMITTED, "IJKL", strict=True)
        ),
        Column(
            "in_time_share",
            label("in_time_share"),
            11,
            Kind.SHARE,
            formula=lambda row: f'=IF(H{row}=0,"",I{row}/H{row})',
        ),
    )
    words = pd.Series([period_words(Period.parse(period)) for period in told["period"]], told.index, dtype="str")
    canvas.line(HEADER_ROW - 1, say("committee.heading.by_period"), looks.HEADING)
    return canvas.table(HEADER_ROW, "qua_cac_ky", columns, told.assign(words=words), say("committee.empty.over_time"))


class _Counted:
    """The formulas: what earlier reports say, and for the period itself what the grids of this sheet say."""

    def __init__(self, tables: Tables, period: str, divisions: Grid, forms: Grid) -> None:
        self._tables, self._period, self._divisions, self._forms = tables, period, divisions, forms

    def reported(self, row: int) -> str:
        """Objectives that were reported on."""
        now = f"COUNTA({self._tables['objective_results'].column('report_source')})"
        return f"=COUNTIF({self._tables['history'].column('period')},$A{row})+{self._own(row)}*{now}"

    def reached(self, row: int) -> str:
        """Objectives reached, those beaten with them."""
        return self._of_statuses(row, REACHED)

    def not_met(self, row: int) -> str:
        """Objectives missed."""
        return self._of_statuses(row, (str(Status.NOT_MET),))

    def submitted(self, group: str, letter: str) -> Callable[[int], str]:
        """Forms of one group, whose word stands in the header of the column."""
        periods, groups = (self._tables["obligations_before"].column(name) for name in ("period", "group"))
        totals = [
            self._forms.total(FIRST_COUNT + place)
            for place, state in enumerate(STATE_ORDER)
            if state in SUBMITTED[group]
        ]
        now = "+".join(totals)
        return lambda row: f"=COUNTIFS({periods},$A{row},{groups},{letter}${HEADER_ROW})+{self._own(row)}*({now})"

    def _of_statuses(self, row: int, statuses: tuple[str, ...]) -> str:
        history = self._tables["history"]
        period, status = history.column("period"), history.column("status")
        then = "+".join(f'COUNTIFS({period},$A{row},{status},"{each}")' for each in statuses)
        now = "+".join(self._divisions.total(FIRST_COUNT + STATUS_ORDER.index(each)) for each in statuses)
        return f"={then}+{self._own(row)}*({now})"

    def _own(self, row: int) -> str:
        return f'($A{row}="{self._period}")'
