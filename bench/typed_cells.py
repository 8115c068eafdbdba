"""How many cells a clerk fills in a pre-filled BM-02, and in a blank one: `python bench/typed_cells.py`.

For every division of the demo, at six months and for the whole year: each cell that must be typed or chosen, cover
included, so that the very same rows are accepted. "asked" leaves out what a blank form does not insist on (statement,
commitment, six months, the task's words and date), although the signed paper has to show it. The demo has no report
for the whole year: it is made up from the one at six months (``whole_year``).
"""

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.demo import NIGHTS, replay
from pipeline.demo.content import content_of
from pipeline.demo.filling import Filling, fill, typed_cells
from pipeline.desk.issuing import Request, issue_for, read_accepted
from pipeline.desk.starting import blank_templates
from pipeline.forms import BY_NUMBER
from pipeline.settings import Division, Period, Settings
from pipeline.templates.template import Issue, template_bytes
from pipeline.vocabulary.choices import Comparator, Measure, Status, TaskStatus, YesNo
from pipeline.vocabulary.lists import lists_of
from pipeline.workspace import Workspace, load_settings

Row = Mapping[str, Any]
FORM = BY_NUMBER["BM-02"]
PERIODS = (Period.parse("2019-6T"), Period.parse("2019-CN"))
YEAR_END = dt.date(2019, 10, 31)
"""The day of the figures in a report for the whole year, which is due before 10 November."""
NOT_ASKED = {"statement", "commitment", "six_months", "task", "planned_finish_on"}


@dataclass(frozen=True)
class Sheet:
    """One report to be filled: the two templates, and what must stand in either of them in the end."""

    division: str
    period: Period
    blank: bytes
    prefilled: bytes
    wanted: Filling
    lists: Mapping[str, Mapping[str, str]]

    def typed(self, template: bytes, *, asked: bool = False) -> int:
        """How many cells are typed into a template."""
        rows = {name: [_asked(row) if asked else row for row in some] for name, some in self.wanted.rows.items()}
        return len(typed_cells(template, FORM, Filling(self.wanted.cover, rows), self.lists))

    def done(self, template: bytes) -> bytes:
        """The report, filled in a template."""
        return fill(template, FORM, self.wanted, self.lists)


def _asked(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in NOT_ASKED}


def sheets(workspace: Workspace) -> Iterator[Sheet]:
    """Every report of the demo that can be pre-filled; for the whole year where one at six months was accepted."""
    settings = load_settings(workspace).settings
    accepted = read_accepted(workspace, settings)
    for period in PERIODS:
        for division in settings.divisions:
            issue = issue_for(Request(FORM, division, period, settings, accepted)) if "BM-02" in division.owes else None
            if isinstance(issue, Issue) and (period is PERIODS[0] or accepted.report(division.code, PERIODS[0])):
                yield sheet(issue, division, period, settings)


def sheet(issue: Issue, division: Division, period: Period, settings: Settings) -> Sheet:
    """One report: what was printed belongs to it as much as what the demo's clerk types."""
    content = content_of(division.code)
    typed = whole_year(content) if period is PERIODS[1] else content
    rows = {name: beside(issue.rows[name], typed[name]) for name in ("results", "progress")}
    return Sheet(
        division=division.code,
        period=period,
        blank=blank_templates(settings)[FORM.file_name],
        prefilled=template_bytes(FORM, issue),
        wanted=Filling({**cover(content, period), **issue.identity}, rows),
        lists=lists_of(settings, period.year),
    )


def beside(printed: Sequence[Row], typed: Sequence[Row]) -> list[Row]:
    """Each printed row with what is typed in it."""
    by_code = {next(iter(row.values())): row for row in typed}
    return [{**_present(row), **by_code.get(next(iter(row.values())), {})} for row in printed]


def _present(row: Row) -> Row:
    # NaN and NaT alone differ from themselves.
    return {name: value for name, value in row.items() if value is not None and value == value}  # noqa: PLR0124


def cover(content: Row, period: Period) -> Row:
    """What a clerk writes on the cover, as the demo's has it."""
    day = content["document_on"]["BM-02"] if period is PERIODS[0] else dt.date(2019, 11, 4)
    people = {name: content[name] for name in ("prepared_by", "telephone", "approved_by")}
    return {**people, "document_no": content["document_no"]["BM-02"], "document_on": day, "signed_on": day}


def whole_year(content: Row) -> Mapping[str, list[Row]]:
    """A report for the whole year: what had failed for good stays so, every other objective is just met."""
    objectives = {row["code"]: row for row in content["objectives"]}
    due = {row["task_code"]: row["finish_on"] for row in content["tasks"]}
    return {
        "results": [_at_year_end(row, objectives[row["code"]]) for row in content["results"]],
        "progress": [_task_at_year_end(row, due[row["task_code"]]) for row in content["progress"]],
    }


def _at_year_end(row: Row, objective: Row) -> Row:
    if row["self_assessment"] == Status.NOT_MET and objective["due_on"] <= YEAR_END:
        return {**row, "data_as_of": YEAR_END}
    reached = _reached(objective)
    parts = {"numerator": round(reached * 100), "denominator": 10000} if objective["measure"] == Measure.RATE else {}
    estimate = {"full_year_estimate": reached} if objective["due_on"] > YEAR_END else {}
    return {
        "code": row["code"],
        **parts,
        "actual": reached,
        "data_as_of": YEAR_END,
        **estimate,
        "self_assessment": str(Status.MET),
        "evidence": row.get("evidence", "Báo cáo tổng hợp đến ngày 31/10/2019"),
    }


def _reached(objective: Row) -> Any:  # noqa: ANN401 - a number, or có
    if objective["measure"] == Measure.YES_NO:
        return str(YesNo.YES)
    beyond = {Comparator.MORE_THAN: 0.5, Comparator.LESS_THAN: -0.5}
    return objective["target"] + beyond.get(objective["comparator"], 0)


def _task_at_year_end(row: Row, finish_on: dt.date) -> Row:
    if row["status"] in {TaskStatus.DONE, TaskStatus.CANCELLED}:
        return row
    if finish_on <= YEAR_END:
        return {"task_code": row["task_code"], "status": str(TaskStatus.DONE), "finished_on": finish_on}
    return {"task_code": row["task_code"], "status": str(TaskStatus.UNDER_WAY)}


def main() -> None:
    """Print the figures by division, and their sum."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder) / "demo")
        replay(workspace.root, NIGHTS)
        every = list(sheets(workspace))
    print("period   division   blank  pre-filled  share   asked: blank  pre-filled  share")
    for period in PERIODS:
        counted = [(one.division, _counts(one)) for one in every if one.period == period]
        total = tuple(map(sum, zip(*(counts for _, counts in counted), strict=True)))
        for name, (blank, filled, asked_blank, asked_filled) in (*counted, ("all", total)):
            print(
                f"{period!s:8} {name:10} {blank:5} {filled:11} {filled / blank:6.0%}"
                f" {asked_blank:15} {asked_filled:11} {asked_filled / asked_blank:6.0%}"
            )


def _counts(one: Sheet) -> tuple[int, int, int, int]:
    plainly = (one.typed(one.blank), one.typed(one.prefilled))
    return (*plainly, one.typed(one.blank, asked=True), one.typed(one.prefilled, asked=True))


if __name__ == "__main__":
    main()
