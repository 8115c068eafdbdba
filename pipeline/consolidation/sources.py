"""Every file that the workbook accounts for: what became of it, whether its rows count, the findings that stand."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, assert_never

import pandas as pd

from pipeline.consolidation.frames import Sources, Standing
from pipeline.consolidation.view import View
from pipeline.findings import Code, Finding, Severity, Verdict, explain
from pipeline.forms import FORMS
from pipeline.obligations import PLAN, POLICY, REGISTER, REPORT, in_force
from pipeline.sheets.cover import Cover


class Use(StrEnum):
    """Whether the rows of a file stand in the workbook, or why they do not."""

    COUNTED = "counted"
    COMPARED = "compared"
    OTHER_PLAN = "other_plan"
    FORMER_POLICY = "former_policy"
    SUPERSEDED = "superseded"
    NOT_CONSOLIDATED = "not_consolidated"
    RETURNED = "returned"
    UNREADABLE = "unreadable"
    NOT_A_FORM = "not_a_form"
    WITHDRAWN = "withdrawn"
    INTERNAL_FAULT = "internal_fault"


IN_THE_WORKBOOK: Final = (str(Use.COUNTED), str(Use.COMPARED))
CONSOLIDATED: Final = frozenset({PLAN, REPORT, POLICY, REGISTER})
"""The forms whose rows the workbook has sheets for."""
_IN_FORCE: Final = {PLAN: Use.OTHER_PLAN, POLICY: Use.FORMER_POLICY}
"""Why a form in force does not count: another period's report is held against the plan; the policy has changed."""
_ON_AN_EARLIER_VERSION: Final = Code.T226
_COVER: Final = (Cover.document_no, Cover.prepared_by, Cover.approved_by)


def sources(view: View) -> pd.DataFrame:
    """One row a file, in the order of judging."""
    files = view.content.submissions.loc[view.belonging].reset_index()
    ids, findings = files["submission_id"], view.content.findings
    on_earlier = findings.loc[findings["code"] == _ON_AN_EARLIER_VERSION, "submission_id"]
    every = files.assign(
        source=source_codes(ids),
        use=_uses(files, view),
        **_findings(ids, findings),
        **_covers(ids, view.content.rows),
        of_earlier=ids.isin(on_earlier),
    )
    return every[Sources.columns()]


def source_codes(submission_ids: pd.Series) -> pd.Series:
    """The names under which files are cited in one workbook: N001…, in their order."""
    codes = [f"N{place:03d}" for place in range(1, len(submission_ids) + 1)]
    return pd.Series(codes, index=submission_ids.index, dtype="str")


def cited(ids: pd.Series, codes: Mapping[int, str]) -> pd.Series:
    """The source code of each submission_id; missing stays missing."""
    return pd.Series([codes.get(i) for i in ids.tolist()], index=ids.index, dtype="str")


def _uses(files: pd.DataFrame, view: View) -> pd.Series:
    ids, counting = files["submission_id"], in_force(view.content.submissions).index
    left_out = [
        _why_left_out(Verdict(verdict), form, is_withdrawn, is_in_force)
        for verdict, form, is_withdrawn, is_in_force in zip(
            files["verdict"], files["form"], files["withdrawn"], ids.isin(counting), strict=True
        )
    ]
    uses = pd.Series(left_out, index=files.index, dtype="str").mask(ids.isin(view.compared), str(Use.COMPARED))
    return uses.mask(ids.isin(view.counted["submission_id"]), str(Use.COUNTED))


def _why_left_out(verdict: Verdict, form: str, is_withdrawn: bool, is_in_force: bool) -> str:  # noqa: FBT001 - a row
    """Why rows neither count nor are compared with."""
    match verdict:
        case Verdict.ACCEPTED | Verdict.ACCEPTED_WITH_WARNINGS if is_withdrawn:
            use = Use.WITHDRAWN
        case Verdict.ACCEPTED | Verdict.ACCEPTED_WITH_WARNINGS if form not in CONSOLIDATED:
            use = Use.NOT_CONSOLIDATED
        case Verdict.ACCEPTED | Verdict.ACCEPTED_WITH_WARNINGS:
            use = _IN_FORCE.get(form, Use.SUPERSEDED) if is_in_force else Use.SUPERSEDED
        case Verdict.RETURNED:
            use = Use.RETURNED
        case Verdict.UNREADABLE:
            use = Use.UNREADABLE
        case Verdict.NOT_A_FORM:
            use = Use.NOT_A_FORM
        case Verdict.INTERNAL_FAULT:
            use = Use.WITHDRAWN if is_withdrawn else Use.INTERNAL_FAULT
        case _:
            assert_never(verdict)
    return str(use)


def _findings(ids: pd.Series, findings: pd.DataFrame) -> dict[str, pd.Series]:
    is_error, is_warning = findings["severity"] == Severity.ERROR, findings["severity"] == Severity.WARNING
    counted = {"errors": is_error, "warnings": is_warning, "explained": findings["is_explained"]}
    counts = {name: findings[among].groupby("submission_id").size() for name, among in counted.items()}
    weightiest = findings.assign(lighter=~is_error).sort_values("lighter", kind="stable")
    first = weightiest.drop_duplicates("submission_id").set_index("submission_id")["code"]
    of_files = {name: ids.map(count).fillna(0).astype("int64") for name, count in counts.items()}
    return {**of_files, "first_code": ids.map(first).astype("str")}


def _covers(ids: pd.Series, rows: Mapping[str, pd.DataFrame]) -> dict[str, pd.Series]:
    covers = pd.concat([rows[f"{form.form_id}_cover"] for form in FORMS], ignore_index=True)
    by_file = covers.drop_duplicates("submission_id").set_index("submission_id")
    return {name: ids.map(by_file[name]).astype("str") for name in _COVER}


def left_out(source_rows: pd.DataFrame) -> pd.DataFrame:
    """The files whose rows do not stand in the workbook; ``use`` says why."""
    return source_rows[~source_rows["use"].isin(IN_THE_WORKBOOK)].reset_index(drop=True)


def standing_rows(findings: Iterable[tuple[int, Finding]], counted_rows: pd.DataFrame) -> pd.DataFrame:
    """The standing findings on a form that counts in the period."""
    ordered = counted_rows.merge(in_words(findings), on="submission_id")
    return ordered.sort_values(["form", "division", "code"], kind="stable").reset_index(drop=True)[Standing.columns()]


def in_words(findings: Iterable[tuple[int, Finding]]) -> pd.DataFrame:
    """Findings with the submission that each concerns, in the catalogue's words: submission_id, code, problem, fix."""
    explained = [(number, finding.code, explain(finding)) for number, finding in findings]
    rows = [(number, code, words.problem, words.fix) for number, code, words in explained]
    dtypes = {"submission_id": "int64", **dict.fromkeys(("code", "problem", "fix"), "str")}
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)
