"""The demo's submissions, each filled through the template that the division would have been given that night."""

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook

from pipeline.demo.content import content_of
from pipeline.demo.filling import Filling, Row, fill, steady
from pipeline.forms import BY_NUMBER, Form, lists_of
from pipeline.issuing import NotServed, issue_for, read_accepted
from pipeline.settings import Period
from pipeline.workbooks.template import template_bytes
from pipeline.workspace import Workspace, load_settings

PLAN, SIX_MONTHS = Period.parse("2019-KH"), Period.parse("2019-6T")


class Forger:
    """Makes the demo's files against what the workspace has accepted so far."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the workspace whose ledger the pre-filled forms lean on."""
        self._settings = load_settings(workspace).settings
        self._accepted = read_accepted(workspace, self._settings)

    def plan(self, code: str, changes: Mapping[str, Row] | None = None) -> bytes:
        """BM-01 of a division; ``changes`` overwrite fields of objectives by code."""
        content = content_of(code)
        objectives = [{**row, **(changes or {}).get(row["code"], {})} for row in content["objectives"]]
        return self._filled("BM-01", code, PLAN, {"objectives": objectives, "tasks": content["tasks"]})

    def careless_plan(self, code: str) -> bytes:
        """BM-01 with the mistakes of a hurried clerk: no target, a wrong unit, a date of next year, a missing owner."""
        return self.plan(
            code,
            {
                "MT01": {"unit": "học viên"},
                "MT02": {"target": None},
                "MT03": {"due_on": "31/12/2020"},
                "MT04": {"owner": None},
            },
        )

    def report(self, code: str, changes: Mapping[str, Row] | None = None) -> bytes:
        """BM-02 of six months, on the pre-filled form; ``changes`` overwrite fields of results by code."""
        content = content_of(code)
        results = [{**row, **(changes or {}).get(row["code"], {})} for row in content["results"]]
        return self._filled("BM-02", code, SIX_MONTHS, {"results": results, "progress": content["progress"]})

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
        return self._filled("BM-02", code, SIX_MONTHS, {})

    def policy(self, code: str) -> bytes:
        """BM-03 of a division, on the form with its staff printed."""
        return self._filled("BM-03", code, PLAN, {"policy": content_of(code)["policy"]})

    def declaration(self, code: str) -> bytes:
        """BM-04 of the ISO working group."""
        content = content_of(code)
        rows = {name: content[name] for name in ("declarations", "scope_changes")}
        return self._filled("BM-04", code, SIX_MONTHS, rows)

    def private_workbook(self) -> bytes:
        """A clerk's own workbook that is no form."""
        workbook = Workbook()
        sheet = workbook.active
        if sheet is not None:
            for row in (("Nội dung chi", "Dự toán", "Đã chi"), ("Văn phòng phẩm", 45000000, 21300000)):
                sheet.append(row)
        saved = io.BytesIO()
        workbook.save(saved)
        return steady(saved.getvalue())

    def lock_file(self) -> bytes:
        """What Excel leaves beside a workbook that is open."""
        return b"\x0bLe Van Tam" + b" " * 154

    def _first_rate(self, code: str) -> Mapping[str, Any]:
        rates = (row for row in content_of(code)["results"] if 0 < row.get("numerator", 0) < row["denominator"])
        return next(rates)

    def _filled(self, number: str, code: str, period: Period, rows: Mapping[str, Any]) -> bytes:
        form: Form = BY_NUMBER[number]
        division = self._settings.division(code)
        if division is None:
            raise KeyError(code)
        issue = issue_for(form, division, period, self._settings, self._accepted)
        if isinstance(issue, NotServed):
            raise KeyError(issue.reason)
        content = content_of(code)
        cover = {
            "document_no": content.get("document_no", {}).get(number),
            "document_on": content.get("document_on", {}).get(number),
            "prepared_by": content["prepared_by"],
            "telephone": content.get("telephone"),
            "approved_by": content["approved_by"],
            "signed_on": content.get("document_on", {}).get(number),
        }
        lists = lists_of(self._settings, period.year)
        filling = Filling({name: value for name, value in cover.items() if value is not None}, rows)
        return fill(template_bytes(form, issue), form, filling, lists)
