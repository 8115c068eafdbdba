"""Section: what was registered or reached, by division, with the key table, the chart, the agency's objectives."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from pipeline.consolidation import Committee
from pipeline.consolidation.headline import previous_periods, status_by_division
from pipeline.consolidation.status import REACHED
from pipeline.letters.covering.model import Block, ChartText, Section, Series, TableText
from pipeline.letters.covering.phrases import counted, lower_first, measured, percent, unbroken
from pipeline.letters.words import period_words
from pipeline.settings import Period
from pipeline.vietnamese import format_number, rounded_percent
from pipeline.vocabulary.choices import Status, TaskStatus
from pipeline.wording import say, topic

_GREEN, _RED, _BLUE = "2E7D4F", "B3261E", "9DB7DB"
_WIDTHS: Final = (21.0, 62.0, 15.0, 14.0, 12.0, 17.0, 18.0)
_PLANNED_WIDTHS: Final = (22.0, 90.0, 24.0, 24.0)
_AGENCY_WIDTHS: Final = (12.0, 95.0, 31.0, 22.0)


def planned(committee: Committee) -> Section:
    """Of a plan: how many objectives and tasks each division registered."""
    return Section(say("report.section.planned"), tuple(_planned(committee)))


def _planned(committee: Committee) -> Iterator[Block]:
    objectives, figures = committee.objective_results, committee.figures
    if objectives.empty:
        yield say("report.results.none")
        return
    told = {name: counted(figures[name]) for name in ("divisions", "objectives", "tasks")}
    yield say("report.results.planned", **told)
    counts = pd.DataFrame(
        {
            "objectives": objectives["division"].value_counts(),
            "tasks": committee.plan_tasks["division"].value_counts(),
        }
    )
    counts = _in_order(counts.fillna(0).astype("int64"), committee)
    rows = [(code, _name(committee, code), *map(str, row)) for code, *row in counts.itertuples()]
    total = ("", say("report.table.total"), *map(str, counts.sum()))
    columns = tuple(topic("report")["columns"]["planned"])
    title = say("report.table.by_division", number=1)
    yield TableText(title, columns, _PLANNED_WIDTHS, (*rows, total), frozenset({2, 3}), has_total=True)
    series = Series(say("report.chart.planned"), _BLUE, tuple(counts["objectives"]))
    yield _chart(say("report.chart.title_planned"), counts, (series,))


def results(committee: Committee) -> Section:
    """Of a report: what was reached, division by division, against the report before, and for the agency as one."""
    return Section(say("report.section.results"), tuple(_results(committee)))


def _results(committee: Committee) -> Iterator[Block]:
    if committee.objective_results.empty:
        yield say("report.results.none")
        return
    yield _in_one_sentence(committee)
    yield from _against_the_last(committee)
    yield from _of_tasks(committee)
    counts = _counts(committee)
    yield _by_division(committee, counts)
    yield _chart(_chart_title(counts), counts, _series(counts))
    yield from _agency(committee)


def _in_one_sentence(committee: Committee) -> str:
    figures = committee.figures
    told = {name: counted(figures[name]) for name in ("objectives", "divisions", "judged", "reached", "not_met")}
    if not figures["judged"]:
        return say("report.results.none_judged", **told)
    kind = "judged_all" if not figures["not_met"] else "judged" if figures["reached"] else "judged_nothing"
    return say(f"report.results.{kind}", **told, share=percent(figures["reached_share"]), rest=_rest(committee))


def _rest(committee: Committee) -> str:
    """The objectives that were not judged, by why."""
    statuses = committee.objective_results["status"]
    left = statuses[~statuses.isin([*REACHED, str(Status.NOT_MET)])].value_counts(sort=False)
    if left.empty:
        return ""
    why = (
        [lower_first(str(left.index[0]))]
        if len(left) == 1
        else [
            say("report.results.rest_one", count=counted(count), status=lower_first(str(status)))
            for status, count in left.items()
        ]
    )
    return say(
        "report.results.rest", count=counted(left.sum()), why=("(%s)" if len(why) > 1 else "%s") % ", ".join(why)
    )


def _against_the_last(committee: Committee) -> Iterator[str]:
    """This period's share beside that of the last report before it; nothing where one of them is missing."""
    figures = committee.figures
    last, _ = previous_periods(committee.over_time, committee.period)
    if not figures["judged_before"] or not figures["judged"]:
        return
    before = figures["reached_before"] / figures["judged_before"]
    # What is shown is compared: 81,3 % and 76,1 % are 5,2 points apart.
    points = rounded_percent(figures["reached_share"]) - rounded_percent(before)
    move = "same" if not points else "up" if points > 0 else "down"
    yield say(
        "report.results.before",
        period=period_words(Period.parse(last)),
        share=percent(before),
        move=say(f"report.results.{move}", points=format_number(float(abs(points)))),
    )


def _of_tasks(committee: Committee) -> Iterator[str]:
    tasks = committee.plan_tasks
    if len(tasks):
        done = int((tasks["status"] == TaskStatus.DONE).sum())
        overdue = committee.figures["tasks_overdue"]
        yield say("report.results.tasks", tasks=counted(len(tasks)), done=counted(done), overdue=counted(overdue))


def _counts(committee: Committee) -> pd.DataFrame:
    """Division to registered, judged, reached, not_met."""
    statuses = _in_order(status_by_division(committee.objective_results), committee)
    reached, missed = statuses[list(REACHED)].sum(axis=1), statuses[str(Status.NOT_MET)]
    told = {"registered": statuses.sum(axis=1), "judged": reached + missed, "reached": reached, "not_met": missed}
    return pd.DataFrame(told)


def _in_order(counts: pd.DataFrame, committee: Committee) -> pd.DataFrame:
    """The rows in the order of the directory; divisions that it no longer has come last."""
    known = [division.code for division in committee.settings.divisions if division.code in counts.index]
    return counts.reindex([*known, *sorted(set(counts.index) - set(known))])


def _name(committee: Committee, code: object) -> str:
    names = {division.code: division.name for division in committee.settings.divisions}
    return names.get(str(code), str(code))


def _by_division(committee: Committee, counts: pd.DataFrame) -> TableText:
    total = counts.sum()
    rows = [(code, _name(committee, code), *_figures(*row)) for code, *row in counts.itertuples()]
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
    told = {
        ("reached", _GREEN): counts["reached"],
        ("not_met", _RED): counts["not_met"],
        ("other", _BLUE): counts["registered"] - counts["judged"],
    }
    shown = {key: values for key, values in told.items() if values.sum()}
    return tuple(Series(say(f"report.chart.{name}"), colour, tuple(values)) for (name, colour), values in shown.items())


def _chart(title: str, counts: pd.DataFrame, series: tuple[Series, ...]) -> ChartText:
    return ChartText(title, say("report.chart.alt"), say("report.chart.axis"), tuple(map(str, counts.index)), series)


def _agency(committee: Committee) -> Iterator[Block]:
    pooled = committee.agency_objectives
    if pooled.empty:
        return
    names = ["code", "text", "commitment", "value", "unit", "status"]
    rows = tuple(_agency_row(*row) for row in pooled[names].itertuples(index=False, name=None))
    columns = tuple(topic("report")["columns"]["agency"])
    yield TableText(say("report.table.agency", number=2), columns, _AGENCY_WIDTHS, rows)


def _agency_row(*row: object) -> tuple[str, ...]:
    code, text, commitment, value, unit, status = (None if pd.isna(told) else told for told in row)  # type: ignore[call-overload]
    dash = say("report.table.no_share")
    shown = measured(float(str(value)), unit) if value is not None else dash
    told = say("report.table.agency_result", value=shown, commitment=unbroken(str(commitment or dash)))
    return (str(code), str(text), told, str(status or dash))
