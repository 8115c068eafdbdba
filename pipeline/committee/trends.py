"""Sheet 9: better or worse. The headline and every objective over periods; what changed; the counts sheet 1 draws."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from pipeline.committee.attention import write_attention
from pipeline.committee.draft import HEADER_ROW, Draft, Printed, Table, Tables, write_table
from pipeline.committee.grids import (
    NAME_WIDTH,
    Grid,
    by_division,
    by_form,
    divisions_by_need,
    state_columns,
    status_column,
)
from pipeline.committee.words import (
    change_words,
    commitment_signs,
    field,
    figure_or_word,
    own,
    shortened,
)
from pipeline.consolidation.attention import is_crowded
from pipeline.consolidation.changes import Changes
from pipeline.consolidation.states import SUBMITTED
from pipeline.consolidation.status import REACHED, Stated
from pipeline.consolidation.trend_frames import OverTime, Shifts, Trends
from pipeline.consolidation.trends import in_pairs
from pipeline.excel import looks
from pipeline.excel.paging import Block
from pipeline.excel.tables import Canvas, Column, Kind, Placed
from pipeline.settings import Period
from pipeline.sheets.objectives import Objectives
from pipeline.vietnamese import format_date, format_number
from pipeline.vocabulary.choices import Status
from pipeline.wording import say

_WIDTHS = (9.0, NAME_WIDTH, *[11.0] * 12)
_PRINTED = len(_WIDTHS)
_NAMED = 60
_SHIFTS = (
    own(Shifts.division, 9, Kind.CODE),
    field("objectives", Objectives.statement, NAME_WIDTH),
    field("objectives", Objectives.code, 11, Kind.CODE),
    own(Shifts.shift, 11, Kind.SIGN, "shift"),
    own(Shifts.year_before, 11, Kind.CODE),
    own("before", 11, Kind.CODE, named="commitment_before"),
    own(Shifts.year, 11, Kind.CODE),
    own("after", 11, Kind.CODE, named="commitment_after"),
    own(Shifts.plan_source, 11, Kind.SOURCE, named="source"),
    own("plan_place", 11, Kind.PLACE, named="place"),
    own(Shifts.document, 11, named="document"),
)
_CHANGES = (
    own(Changes.since, 9, Kind.CODE),
    own(Changes.which, NAME_WIDTH),
    own(Changes.subject, 11, Kind.CODE),
    own(Changes.before, 11, Kind.CODE),
    own(Changes.after, 11, Kind.CODE),
    own(Changes.count, 11, Kind.WHOLE),
)


@dataclass(frozen=True)
class Counts:
    """Where the counts stand that sheet 1 is drawn from; ``attention`` where there are many divisions."""

    divisions: Grid
    forms: Grid
    periods: Placed
    attention: Placed | None = None


def write_trends(draft: Draft, tables: Tables) -> tuple[Counts, Tables]:
    """Write the sheet; gives where its counts and its tables stand."""
    canvas = draft.begin("trends", _WIDTHS)
    # What grows and shrinks from day to day stands last, so that the rest keeps its cells.
    forms = by_form(canvas, draft, tables, HEADER_ROW + max(len(draft.committee.over_time), 1) + 3)
    row, attention, waiting = forms.total_row + 3, None, []
    if is_crowded(draft.committee):
        attention = write_attention(canvas, draft, tables, row)
        waiting = [Block(row - 1, row, attention.header_row - 2), attention.block]
        row = attention.last_row + 3
    divisions = by_division(canvas, draft, tables, row)
    shifts = _shifts(canvas, draft, divisions.total_row + 3)
    objectives = _objectives(canvas, draft, shifts.last_row + 3)
    changes = _changes(canvas, draft, objectives.last_row + 3)
    placed = {"shifts": shifts, "changes": changes, "trends": objectives}
    periods = _over_time(canvas, draft, _Counted({**tables, **placed}, str(draft.committee.period), divisions, forms))
    _to_their_blocks(canvas, draft, divisions, objectives)
    _to_their_results(canvas, draft, objectives, tables["objective_results"])
    below = [table.block for table in (divisions, shifts, objectives, changes)]
    blocks = [periods.block, forms.block, *waiting, *below]
    draft.finish(canvas, Printed(changes.last_row, _PRINTED, blocks))
    return Counts(divisions, forms, periods, attention), {**placed, "over_time": periods}


def _shifts(canvas: Canvas, draft: Draft, row: int) -> Placed:
    shifts = draft.committee.shifts
    rows = shifts.assign(
        before=commitment_signs(shifts, "_before"),
        after=commitment_signs(shifts),
        plan_place=draft.places(shifts["plan_source"], shifts["plan_row"], "objectives", Objectives.target),
    )
    return write_table(canvas, row, Table("thay_doi_cam_ket", _SHIFTS, "shifts", "shifts"), rows)


def _changes(canvas: Canvas, draft: Draft, row: int) -> Placed:
    """Every change since the last run that had something new, and since the same period a year before."""
    changes, day = draft.committee.changes, draft.committee.changed_on
    sides = ["subject", "before", "after", "which"]
    words = pd.DataFrame([change_words(change) for change in changes.to_dict("records")], columns=sides)
    rows = changes.assign(
        since=[say(f"committee.change.short_{since}") for since in changes["since"]],
        **{name: words[name] for name in sides},
    )
    rows = rows.assign(which=[shortened(which, _NAMED) for which in words["which"]])
    since = format_date(day) if day else say("committee.change.none_before")
    canvas.line(row - 1, say("committee.heading.all_changes", since=since), looks.HEADING)
    return write_table(canvas, row, Table("thay_doi", _CHANGES, "changes"), rows)


def _objectives(canvas: Canvas, draft: Draft, row: int) -> Placed:
    """Every objective, a pair of columns a period, the latest first: one block of rows a division."""
    trends = draft.committee.trends
    periods = list(draft.committee.over_time[OverTime.period])[::-1]
    columns = [*_OBJECTIVES, *_period_columns(periods, trends), own("corrected_words", 40)]
    values = [name for name in trends.columns if name.startswith("value_")]
    words = {name: figure_or_word(trends[name], trends[name.replace("value_", "word_")]) for name in values}
    for place, column in enumerate(columns[_PRINTED:], _PRINTED + 1):
        canvas.sheet.width(place, column.width)
    table = Table("xu_huong", columns, "objective_results", "trends")
    return write_table(
        canvas,
        row,
        table,
        trends.assign(commitment=commitment_signs(trends), corrected_words=_corrected_words(trends), **words),
    )


def _corrected_words(trends: pd.DataFrame) -> pd.Series:
    """What was reported and what is final, where a later report told it; blank elsewhere."""
    reported = figure_or_word(trends[Trends.reported_value], trends[Trends.reported_word])
    final = figure_or_word(trends[Trends.final_figure], trends[Trends.final_word])
    words = [
        say("committee.corrected_by_final", period=period, reported=_plain(was), final=_plain(now))
        for period, was, now in zip(trends[Trends.corrected], reported, final, strict=True)
        if isinstance(period, str)
    ]
    return pd.Series(words, trends.index[trends[Trends.corrected].notna()], dtype="str").reindex(trends.index)


def _plain(figure: object) -> str:
    return format_number(round(figure, 2)) if isinstance(figure, float) else str(figure or "")


_OBJECTIVES = (
    own(Trends.division, 9, Kind.CODE),
    field("objectives", Objectives.statement, NAME_WIDTH),
    field("objectives", Objectives.code, 11, Kind.CODE),
    own("commitment", 11, Kind.CODE),
    own(Trends.progress, 11, Kind.NUMBER),
    own(Trends.year_before, 11, Kind.SIGN, "arrow", named="since_year_before"),
)


def _period_columns(periods: list[str], trends: pd.DataFrame) -> Iterator[Column]:
    for place, period in enumerate(periods):
        if f"value_{place}" in trends.columns:
            yield Column(f"value_{place}", say("committee.label.value_of", period=period), 11, Kind.NUMBER)
            yield Column(f"status_{place}", say("committee.label.status_of", period=period), 11, Kind.SIGN, "status")


def _to_their_blocks(canvas: Canvas, draft: Draft, divisions: Grid, objectives: Placed) -> None:
    """From each division's line to its block of objectives over the periods."""
    first = draft.committee.trends.drop_duplicates("division")
    positions = zip(first["division"], first.index.tolist(), strict=True)
    places_of = {code: objectives.place(position) for code, position in positions}
    for row, code in enumerate(divisions_by_need(draft).index, divisions.header_row + 1):
        canvas.go_to(row, 1, places_of[code], code, looks.LINKED)


def _to_their_results(canvas: Canvas, draft: Draft, objectives: Placed, results: Placed) -> None:
    """From an objective to its row on sheet 3, which leads on to its cell in the file."""
    held = draft.committee.objective_results[["division", "code"]]
    positions = {key: position for position, key in enumerate(held.itertuples(index=False, name=None))}
    for row, key in enumerate(draft.committee.trends[["division", "code"]].itertuples(index=False, name=None)):
        if key in positions:
            at = objectives.first_row + row, objectives.columns["code"]
            canvas.go_to(*at, results.place(positions[key]), key[1], looks.LINKED)


def _over_time(canvas: Canvas, draft: Draft, counted: "_Counted") -> Placed:
    """The headline's figures, like periods together: over the history and, of the period itself, the two grids."""
    rows = in_pairs(draft.committee.over_time, draft.committee.period)
    columns = (
        own(OverTime.period, 9, Kind.CODE),
        own("words", NAME_WIDTH, named="period_words"),
        own(OverTime.reported, 11, Kind.COUNT, named="periods_reported").live(counted.reported),
        own(OverTime.reached, 11, Kind.COUNT, named="periods_reached").live(counted.reached),
        own(OverTime.not_met, 11, Kind.COUNT, named="periods_not_met").live(counted.not_met),
        own(OverTime.judged, 11, Kind.COUNT).live(lambda row: f"=D{row}+E{row}"),
        own(OverTime.share, 11, Kind.SHARE, named="reached_share").live(lambda row: f'=IF(F{row}=0,"",D{row}/F{row})'),
        own(OverTime.duties, 11, Kind.COUNT, named="periods_owed").live(lambda row: f"=SUM(I{row}:L{row})"),
        *(
            own(group, 11, Kind.COUNT, named=f"periods_{group}").live(counted.submitted(group, letter))
            for group, letter in zip(SUBMITTED, "IJKL", strict=True)
        ),
        own(OverTime.in_time_share, 11, Kind.SHARE).live(lambda row: f'=IF(H{row}=0,"",I{row}/H{row})'),
    )
    words = pd.Series([Period.parse(period).in_words for period in rows["period"]], rows.index, dtype="str")
    table = Table("qua_cac_ky", columns, "over_time", "by_period")
    return write_table(canvas, HEADER_ROW, table, rows.assign(words=words))


@dataclass(frozen=True)
class _Counted:
    """The formulas: what earlier reports say, and for the period itself what the grids of this sheet say."""

    tables: Tables
    period: str
    divisions: Grid
    forms: Grid

    def reported(self, row: int) -> str:
        """Registered objectives that were reported on."""
        of_period = f"{self.tables['history'].column('period')},$A{row}"
        apart = f'{self.tables["history"].column("status")},"{Stated.NOT_PLANNED}"'
        waiting = self.divisions.total(status_column(Stated.NOT_REPORTED))
        now = f"({self.divisions.total(self.divisions.total_column)}-{waiting})"
        return f"=COUNTIFS({of_period})-COUNTIFS({of_period},{apart})+{self._own(row)}*{now}"

    def reached(self, row: int) -> str:
        """Objectives reached, those beaten with them."""
        return self._of_statuses(row, REACHED)

    def not_met(self, row: int) -> str:
        """Objectives missed."""
        return self._of_statuses(row, (str(Status.NOT_MET),))

    def submitted(self, group: str, letter: str) -> Callable[[int], str]:
        """Forms of one group, whose word stands in the header of the column."""
        periods, groups = (self.tables["obligations_before"].column(name) for name in ("period", "group"))
        now = "+".join(map(self.forms.total, sorted(state_columns(group))))
        return lambda row: f"=COUNTIFS({periods},$A{row},{groups},{letter}${HEADER_ROW})+{self._own(row)}*({now})"

    def _of_statuses(self, row: int, statuses: tuple[str, ...]) -> str:
        history = self.tables["history"]
        period, status = history.column("period"), history.column("status")
        then = "+".join(f'COUNTIFS({period},$A{row},{status},"{each}")' for each in statuses)
        now = "+".join(self.divisions.total(status_column(each)) for each in statuses)
        return f"={then}+{self._own(row)}*({now})"

    def _own(self, row: int) -> str:
        return f'($A{row}="{self.period}")'
