"""The demo's submissions, each filled through the template that the division would have been given that night."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.demo.content import content_for, content_of
from pipeline.demo.filling import Filling, Row, Typed, fill, typed_cells
from pipeline.desk.issuing import NotServed, Request, issue_for, read_accepted
from pipeline.excel.cells import Book
from pipeline.forms import BY_NUMBER
from pipeline.settings import Period, PeriodKind
from pipeline.sheets.cover import Cover
from pipeline.sheets.results import Actions
from pipeline.templates.template import Issue, template_bytes
from pipeline.vocabulary.lists import Lists, lists_of
from pipeline.vocabulary.sheets import Form
from pipeline.workspace import Workspace, load_settings

_PERIODS = {PeriodKind.PLAN: Period.parse("2019-KH"), PeriodKind.SIX_MONTHS: Period.parse("2019-6T")}


@dataclass(frozen=True)
class Assignment:
    """A clerk's work on one form: the template as the division was given it, and what is typed into it."""

    issue: Issue
    template: bytes
    form: Form
    filling: Filling
    lists: Lists

    @property
    def typed(self) -> tuple[Typed, ...]:
        """The values and their cells, in the order of typing."""
        return typed_cells(self.template, self.form, self.filling, self.lists)

    def done(self) -> bytes:
        """The filled form."""
        return fill(self.template, self.form, self.filling, self.lists)


class Forger:
    """Makes the demo's files against what the workspace has accepted so far."""

    def __init__(self, workspace: Workspace, period: Period | None = None) -> None:
        """Take the workspace whose ledger the pre-filled forms lean on; without ``period`` the first half of 2019."""
        self._period = period
        self._settings = load_settings(workspace).settings
        self._accepted = read_accepted(workspace, self._settings)

    def assignment(self, number: str, code: str, changes: Mapping[str, Row] | None = None) -> Assignment:
        """A form and what its division types; ``changes`` overwrite fields of objectives or results by code."""
        content = content_for(code, str(self._period_of(BY_NUMBER[number])))
        rows = {
            name: [{**row, **(changes or {}).get(row.get("code", ""), {})} for row in content.get(name, [])]
            for name in (sheet.name for sheet in BY_NUMBER[number].sheets)
        }
        return self._assigned(number, code, rows)

    def plan(self, code: str, changes: Mapping[str, Row] | None = None) -> bytes:
        """BM-01 of a division; ``changes`` overwrite fields of objectives by code."""
        return self.assignment("BM-01", code, changes).done()

    def careless_plan(self, code: str) -> bytes:
        """BM-01 with the mistakes of a hurried clerk: no target, a wrong unit, a date of next year, a missing owner."""
        hurried = content_of("mistakes")["hurried"]
        return self.plan(
            code,
            {objective: {name: value or None for name, value in row.items()} for objective, row in hurried.items()},
        )

    def report(self, code: str, changes: Mapping[str, Row] | None = None) -> bytes:
        """BM-02 on the pre-filled form; ``changes`` overwrite fields of results by code."""
        return self.assignment("BM-02", code, changes).done()

    def corrected_report(self, code: str) -> bytes:
        """BM-02 once more, after somebody found that figures of the first one were wrong."""
        return self.report(code, content_of("mistakes")["corrected"])

    def report_on_version_before(self, code: str) -> bytes:
        """BM-02 on the template of the version before, which a clerk had kept: without the sheet *Khắc phục*."""
        today = BY_NUMBER["BM-02"]
        before = next(each for each in today.earlier if each.is_taken)
        sheets = (
            schema.without([name for sheet, name in before.lacks if sheet == schema.name]) for schema in today.sheets
        )
        form = replace(today, version=before.version, sheets=tuple(schema for schema in sheets if schema.fields))
        assigned = self.assignment("BM-02", code)
        return replace(assigned, form=form, template=template_bytes(form, assigned.issue)).done()

    def report_with_wrong_share(self, code: str) -> bytes:
        """BM-02 whose first rate does not follow from its parts."""
        rate = self._first_rate(code)
        return self.report(code, {rate["code"]: {"actual": rate["actual"] - 5}})

    def report_with_swapped_parts(self, code: str) -> bytes:
        """BM-02 in which numerator and denominator of the first rate are swapped."""
        rate = self._first_rate(code)
        swapped = {"numerator": rate["denominator"], "denominator": rate["numerator"]}
        return self.report(code, {rate["code"]: swapped})

    def empty_report(self, code: str) -> bytes:
        """BM-02 with a cover and not a single result."""
        return self._assigned("BM-02", code, {}).done()

    def policy(self, code: str) -> bytes:
        """BM-03 of a division, on the form with its staff printed."""
        return self.assignment("BM-03", code).done()

    def declaration(self, code: str) -> bytes:
        """BM-04 of the ISO working group."""
        return self.assignment("BM-04", code).done()

    def private_workbook(self, _code: str = "") -> bytes:
        """A clerk's own workbook that is no form."""
        book = Book("", "", dt.date(2019, 6, 9))
        sheet = book.sheet("Sheet")
        for row, texts in enumerate(content_of("mistakes")["private"]["rows"], 1):
            for column, text in enumerate(texts, 1):
                sheet.text(row, column, text)
        return book.to_bytes()

    def lock_file(self, _code: str = "") -> bytes:
        """What Excel leaves beside a workbook that is open."""
        return b"\x0bLe Van Tam" + b" " * 154

    def _first_rate(self, code: str) -> Mapping[str, Any]:
        return next(row for row in content_of(code)["results"] if 0 < row.get("numerator", 0) < row["denominator"])

    def _period_of(self, form: Form) -> Period:
        return self._period or _PERIODS[form.periods[0]]

    def _assigned(self, number: str, code: str, rows: Mapping[str, Any]) -> Assignment:
        form = BY_NUMBER[number]
        period = self._period_of(form)
        division = self._settings.division(code)
        if division is None:
            raise KeyError(code)
        issue = issue_for(Request(form, division, period, self._settings, self._accepted))
        if isinstance(issue, NotServed):
            raise KeyError(issue.reason)
        filling = Filling(_cover(content_for(code, str(period)), number), {**rows, "actions": _open(rows, issue)})
        return Assignment(issue, template_bytes(form, issue), form, filling, lists_of(self._settings, period.year))


def _open(rows: Mapping[str, Any], issue: Issue) -> list[Row]:
    """What is reported on earlier corrective actions: on those alone that are printed as still open."""
    key = (Actions.origin, Actions.objective)
    printed = {tuple(row[name] for name in key) for row in issue.rows.get("actions", ())}
    return [row for row in rows.get("actions", ()) if tuple(row[name] for name in key) in printed]


def _cover(content: Mapping[str, Any], number: str) -> Row:
    signed_on = content.get(Cover.document_on, {}).get(number)
    cover = {
        Cover.document_no: content.get(Cover.document_no, {}).get(number),
        Cover.document_on: signed_on,
        Cover.prepared_by: content[Cover.prepared_by],
        "telephone": content.get("telephone"),
        Cover.approved_by: content[Cover.approved_by],
        Cover.signed_on: signed_on,
    }
    return {name: value for name, value in cover.items() if value is not None}
