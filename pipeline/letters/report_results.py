"""What was registered or reached, by division and for the agency as one: tables, one chart, sentences of the report."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import pandas as pd

from pipeline.consolidation import Committee
from pipeline.consolidation.frames import ObjectiveResults
from pipeline.consolidation.headline import since_a_year_before, status_by_division
from pipeline.consolidation.status import REACHED, Remark, Stated, is_registered
from pipeline.letters.words import counted, lower_first, measured, percent, unbroken
from pipeline.vietnamese import format_number
from pipeline.vocabulary.choices import Status, TaskStatus
from pipeline.wording import say, topic

_GREEN, _RED, _PALE_GREEN, _PALE_RED, _AMBER, _BLUE = "2E7D4F", "B3261E", "A9D3B5", "E7A9A4", "F0B429", "9DB7DB"
_WIDTHS: Final = (20.0, 51.0, 18.0, 21.0, 13.0, 19.0, 18.0)
_PLANNED_WIDTHS: Final = (22.0, 90.0, 24.0, 24.0)
_AGENCY_WIDTHS: Final = (14.0, 71.0, 30.0, 22.0, 23.0)
Row = Mapping[Hashable, object]


@dataclass(frozen=True)
class TableText:
    """A ruled table: widths in millimetres; ``figures`` are the columns set to the right; a last row may be a total."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    has_total: bool = False


@dataclass(frozen=True)
class Series:
    """One series of a chart: what it counts, its colour (RRGGBB), one count a category."""

    name: str
    colour: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class ChartText:
    """Stacked lying bars over categories."""

    title: str
    alternative: str
    axis: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


TOP, BELOW_BARS, BAR = 9.0, 17.0, 4.2
"""Millimetres: the title above the bars of a chart; axis, its title and legend below; one bar."""


def chart_height(chart: ChartText) -> float:
    """Millimetres that a chart is high."""
    return TOP + BAR * len(chart.categories) + BELOW_BARS


Block: TypeAlias = str | TableText | ChartText


def planned(committee: Committee, most: int) -> Iterator[Block]:
    """Of a plan: how many objectives and tasks each division registered."""
    objectives, figures = committee.objective_results, committee.figures
    if objectives.empty:
        yield say("report.results.none")
        return
    yield say(
        "report.results.planned", **{name: counted(figures[name]) for name in ("divisions", "objectives", "tasks")}
    )
    of_each = {"objectives": objectives, "tasks": committee.plan_tasks}
    counts = pd.DataFrame({name: rows["division"].value_counts() for name, rows in of_each.items()})
    counts = _in_order(counts.fillna(0).astype("int64"), committee)
    named = counts.head(most)
    rows = [(code, committee.names.get(code, code), *map(str, row)) for code, *row in named.itertuples()]
    rows += [("", _others(counts, named), *map(str, counts.drop(named.index).sum()))] if len(counts) > most else []
    total = ("", say("report.table.total"), *map(str, counts.sum()))
    columns = tuple(topic("report")["columns"]["planned"])
    title = say("report.table.by_division", number=1)
    yield TableText(title, columns, _PLANNED_WIDTHS, (*rows, total), frozenset({2, 3}), has_total=True)
    series = Series(say("report.chart.planned"), _BLUE, tuple(named["objectives"]))
    yield _chart(say("report.chart.title_planned"), named, (series,))


def results(committee: Committee, most: int, most_of_agency: int) -> Iterator[Block]:
    """Of a report: what was reached, division by division, against a year before, and for the agency as one."""
    if committee.objective_results.empty:
        yield say("report.results.none")
        return
    yield _in_one_sentence(committee)
    yield from _apart(committee)
    yield from _against_a_year_before(committee)
    yield from _of_tasks(committee)
    counts = _counts(committee)
    named = _in_need(counts, most)
    # A chart cannot be parted: it comes first, where the page has room, and tables go on over its end.
    yield _chart(_chart_title(counts), named, _series(named))
    yield _by_division(committee, counts, named)
    yield from _agency(committee, most_of_agency)


def _in_one_sentence(committee: Committee) -> str:
    figures = committee.figures
    counts = {name: counted(figures[name]) for name in ("objectives", "divisions", "judged", "reached", "not_met")}
    if not figures["judged"]:
        return say("report.results.none_judged", **counts)
    kind = "judged_all" if not figures["not_met"] else "judged" if figures["reached"] else "judged_nothing"
    return say(f"report.results.{kind}", **counts, share=percent(figures["reached_share"]), rest=_rest(committee))


def _rest(committee: Committee) -> str:
    """The objectives that were not judged, by why."""
    objectives = committee.objective_results
    statuses = objectives.loc[is_registered(objectives), ObjectiveResults.status]
    left = statuses[~statuses.isin([*REACHED, str(Status.NOT_MET)])].value_counts(sort=False)
    if left.empty:
        return ""
    count = counted(left.sum())
    if len(left) == 1:
        return say("report.results.rest_alike", count=count, status=lower_first(str(left.index[0])))
    each = [
        say("report.results.rest_one", count=counted(part), status=lower_first(str(status)))
        for status, part in left.items()
    ]
    return say("report.results.rest", count=count, why=", ".join(each))


def _apart(committee: Committee) -> Iterator[str]:
    if committee.figures["unregistered"]:
        yield say("report.results.unregistered", count=counted(committee.figures["unregistered"]))


def _against_a_year_before(committee: Committee) -> Iterator[str]:
    """This period's share beside that of the same period a year before; nothing where one of them is missing."""
    figures = committee.figures
    if not figures["judged_year_before"] or not figures["judged"]:
        return
    before, points = since_a_year_before(figures)
    move = "same" if not points else "up" if points > 0 else "down"
    yield say(
        "report.results.year_before",
        period=committee.period.a_year_before.in_words,
        share=percent(before),
        move=say(f"report.results.{move}", points=format_number(abs(points))),
    )


def _of_tasks(committee: Committee) -> Iterator[str]:
    tasks = committee.plan_tasks
    if len(tasks):
        done = int((tasks["status"] == TaskStatus.DONE).sum())
        overdue = committee.figures["tasks_overdue"]
        yield say("report.results.tasks", tasks=counted(len(tasks)), done=counted(done), overdue=counted(overdue))


def _counts(committee: Committee) -> pd.DataFrame:
    """Division to registered, judged, reached, not_met, and of those not judged those by an estimate, not reported."""
    statuses = _in_order(status_by_division(committee.objective_results), committee)
    reached, missed = statuses[list(REACHED)].sum(axis=1), statuses[str(Status.NOT_MET)]
    counts = {
        "registered": statuses.sum(axis=1),
        "judged": reached + missed,
        "reached": reached,
        "not_met": missed,
        "met_by_estimate": statuses[str(Status.MET_BY_ESTIMATE)],
        "not_met_by_estimate": statuses[str(Status.NOT_MET_BY_ESTIMATE)],
        "not_reported": statuses[str(Stated.NOT_REPORTED)],
    }
    return pd.DataFrame(counts)


def _in_need(counts: pd.DataFrame, most: int) -> pd.DataFrame:
    """The divisions, those with most missed or not reported where there are more than can be named; in their order."""
    need = counts["not_met"] + counts["not_met_by_estimate"] + counts["not_reported"]
    return counts.loc[counts.index.isin(need.sort_values(ascending=False, kind="stable").head(most).index)]


def _others(counts: pd.DataFrame, named: pd.DataFrame) -> str:
    return say("report.table.others", count=counted(len(counts) - len(named)))


def _in_order(counts: pd.DataFrame, committee: Committee) -> pd.DataFrame:
    """The rows in the order of the directory; divisions that it no longer has come last."""
    listed = [code for code in committee.names if code in counts.index]
    return counts.reindex([*listed, *sorted(set(counts.index) - set(listed))])


def _by_division(committee: Committee, every: pd.DataFrame, named: pd.DataFrame) -> TableText:
    counts = every[["registered", "judged", "reached", "not_met"]]
    total, each = counts.sum(), counts.loc[named.index]
    rows = [(code, committee.names.get(code, code), *_figures(*row)) for code, *row in each.itertuples()]
    if len(every) > len(named):
        rows.append(("", _others(every, named), *_figures(*counts.drop(named.index).sum())))
    last = ("", say("report.table.total"), *_figures(*total))
    columns = tuple(topic("report")["columns"]["by_division"])
    title = say("report.table.by_division", number=1)
    return TableText(title, columns, _WIDTHS, (*rows, last), frozenset(range(2, 7)), has_total=True)


def _figures(registered: int, judged: int, reached: int, not_met: int) -> tuple[str, ...]:
    share = percent(reached / judged) if judged else say("report.table.no_share")
    return (*map(format_number, (registered, judged, reached, not_met)), share)


def _chart_title(counts: pd.DataFrame) -> str:
    missed = counts["not_met"]
    facts = {"not_met": counted(missed.sum()), "divisions": counted((missed > 0).sum())}
    return say(f"report.chart.{'title' if missed.sum() else 'title_good'}", **facts)


def _series(counts: pd.DataFrame) -> tuple[Series, ...]:
    series = {
        ("reached", _GREEN): counts["reached"],
        ("not_met", _RED): counts["not_met"],
        ("met_by_estimate", _PALE_GREEN): counts["met_by_estimate"],
        ("not_met_by_estimate", _PALE_RED): counts["not_met_by_estimate"],
        ("not_reported", _AMBER): counts["not_reported"],
    }
    apart = sum((values for values in series.values()), counts["registered"] * 0)
    series["other", _BLUE] = counts["registered"] - apart
    return tuple(
        Series(say(f"report.chart.{name}"), colour, tuple(values))
        for (name, colour), values in series.items()
        if values.sum()
    )


def _chart(title: str, counts: pd.DataFrame, series: tuple[Series, ...]) -> ChartText:
    return ChartText(title, say("report.chart.alt"), say("report.chart.axis"), tuple(map(str, counts.index)), series)


def _agency(committee: Committee, most: int) -> Iterator[Block]:
    """What needs the committee first; beyond so many the workbook has them."""
    pooled = committee.agency_objectives
    if pooled.empty:
        return
    missed = pooled["status"] == Status.NOT_MET
    named = pooled.assign(is_met=~missed).sort_values("is_met", kind="stable") if len(pooled) > most else pooled
    rows = tuple(map(_agency_row, named.head(most).to_dict("records")))
    columns = tuple(topic("report")["columns"]["agency"])
    yield TableText(say("report.table.agency", number=2), columns, _AGENCY_WIDTHS, rows)
    if len(pooled) > most:
        yield say("report.results.more_agency", count=counted(len(pooled) - most))


def _agency_row(row: Row) -> tuple[str, ...]:
    dash = say("report.table.no_share")
    commitment, status = (text_or(row[name], dash) for name in ("commitment", "status"))
    if row["remark"] == Remark.PROVISIONAL:
        status = say("report.table.agency_status", status=status)
    value = row["value"]
    figure = measured(value, row["unit"]) if isinstance(value, float) and not pd.isna(value) else dash
    result = say("report.table.agency_result", value=figure, commitment=unbroken(commitment))
    divisions = say("report.table.agency_divisions", given=row["divisions_in"], divisions=row["divisions"])
    return (str(row["code"]), str(row["text"]), result, divisions, status)


def text_or(text: object, otherwise: str) -> str:
    """The text, or what stands in its place."""
    return text if isinstance(text, str) and text else otherwise
