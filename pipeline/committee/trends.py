"""Sheet 9: better or worse. The headline and every objective over periods; what changed; the counts sheet 1 draws."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.change_words import change_words, shortened
from pipeline.committee.draft import HEADER_ROW, Draft, Tables, commitment_signs, form_label, label
from pipeline.committee.drawing import Canvas, Column, Kind, Placed
from pipeline.committee.grids import NAME_WIDTH, Grid, by_division, by_form, divisions_by_need
from pipeline.committee.over_time import write_over_time
from pipeline.committee.results import figure_or_word
from pipeline.vietnamese import format_date
from pipeline.wording import say

_WIDTHS = (9.0, NAME_WIDTH, *[11.0] * 12)
_PRINTED = len(_WIDTHS)
_NAMED = 60
_SHIFTS = (
    Column("division", label("division"), 9, Kind.CODE),
    Column("statement", form_label("objectives", "statement"), NAME_WIDTH),
    Column("code", form_label("objectives", "code"), 11, Kind.CODE),
    Column("shift", label("shift"), 11, Kind.SIGN, "shift"),
    Column("year_before", label("year_before"), 11, Kind.CODE),
    Column("before", label("commitment_before"), 11, Kind.CODE),
    Column("year", label("year"), 11, Kind.CODE),
    Column("after", label("commitment_after"), 11, Kind.CODE),
    Column("plan_source", label("source"), 11, Kind.SOURCE),
    Column("plan_place", label("place"), 11, Kind.PLACE),
)
_CHANGES = (
    Column("since", label("since"), 9, Kind.CODE),
    Column("which", label("which"), NAME_WIDTH),
    Column("subject", label("subject"), 11, Kind.CODE),
    Column("before", label("before"), 11, Kind.CODE),
    Column("after", label("after"), 11, Kind.CODE),
    Column("count", label("count"), 11, Kind.WHOLE),
)


@dataclass(frozen=True)
class Counts:
    """Where the counts stand that sheet 1 is drawn from."""

    divisions: Grid
    forms: Grid
    periods: Placed


def write_trends(draft: Draft, tables: Tables) -> tuple[Counts, Tables]:
    """Write the sheet; gives where its counts and its tables stand."""
    canvas = draft.begin("trends", list(_WIDTHS))
    committee = draft.committee
    # What grows and shrinks from day to day stands last, so that the rest keeps its cells.
    forms = by_form(canvas, draft, tables, HEADER_ROW + max(len(committee.over_time), 1) + 3)
    divisions = by_division(canvas, draft, tables, forms.total_row + 3)
    shifts = _shifts(canvas, draft, divisions.total_row + 3)
    objectives = _objectives(canvas, draft, shifts.last_row + 3)
    changes = _changes(canvas, draft, objectives.last_row + 3)
    placed = {"shifts": shifts, "changes": changes, "trends": objectives}
    periods = write_over_time(canvas, draft, {**tables, **placed}, (divisions, forms))
    _to_their_blocks(canvas, draft, divisions, objectives)
    _to_their_results(canvas, draft, objectives, tables["objective_results"])
    draft.finish(canvas, changes.last_row, _PRINTED, objectives.header_row)
    return Counts(divisions, forms, periods), {**placed, "over_time": periods}


def _shifts(canvas: Canvas, draft: Draft, row: int) -> Placed:
    shifts = draft.committee.shifts
    told = shifts.assign(
        before=commitment_signs(shifts, "_before"),
        after=commitment_signs(shifts),
        plan_place=draft.addresses.of(shifts["plan_source"], shifts["plan_row"], "objectives", "target"),
    )
    canvas.line(row - 1, say("committee.heading.shifts"), looks.HEADING)
    return canvas.table(row, "thay_doi_cam_ket", _SHIFTS, told, say("committee.empty.shifts"))


def _changes(canvas: Canvas, draft: Draft, row: int) -> Placed:
    """Every change since the last run that had something to tell, and since the report before."""
    changes, day = draft.committee.changes, draft.committee.changed_on
    words = pd.DataFrame([change_words(change) for change in changes.to_dict("records")], columns=_TOLD)
    told = changes.assign(
        since=[say(f"committee.change.short_{since}") for since in changes["since"]],
        which=[shortened(which, _NAMED) for which in words["which"]],
        **{name: words[name] for name in ("subject", "before", "after")},
    )
    since = format_date(day) if day else say("committee.change.none_before")
    canvas.line(row - 1, say("committee.heading.all_changes", since=since), looks.HEADING)
    return canvas.table(row, "thay_doi", _CHANGES, told, say("committee.empty.changes"))


_TOLD = ["subject", "before", "after", "which"]


def _objectives(canvas: Canvas, draft: Draft, row: int) -> Placed:
    """Every objective, a pair of columns a period, the latest first: one block of rows a division."""
    trends = draft.committee.trends
    periods = list(draft.committee.over_time["period"])[::-1]
    columns = [*_objective_columns(), *_period_columns(periods, trends)]
    told = trends.assign(
        commitment=commitment_signs(trends),
        **{
            f"value_{place}": figure_or_word(trends[f"value_{place}"], trends[f"word_{place}"])
            for place in range(sum(name.startswith("value_") for name in trends.columns))
        },
    )
    canvas.line(row - 1, say("committee.heading.trends"), looks.HEADING)
    for place, column in enumerate(columns[_PRINTED:], _PRINTED + 1):
        canvas.sheet.width(place, column.width)
    return canvas.table(row, "xu_huong", columns, told, say("committee.empty.objective_results"))


def _objective_columns() -> Iterator[Column]:
    yield Column("division", label("division"), 9, Kind.CODE)
    yield Column("statement", form_label("objectives", "statement"), NAME_WIDTH)
    yield Column("code", form_label("objectives", "code"), 11, Kind.CODE)
    yield Column("commitment", label("commitment"), 11, Kind.CODE)
    yield Column("before", label("since_before"), 11, Kind.SIGN, "arrow")
    yield Column("year_before", label("since_year_before"), 11, Kind.SIGN, "arrow")


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
