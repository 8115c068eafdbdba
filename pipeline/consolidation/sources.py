"""Every file that the workbook accounts for: what became of it, and whether its rows count."""

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import pandas as pd

from pipeline.consolidation.selection import View
from pipeline.findings import Severity, Verdict
from pipeline.forms import FORMS
from pipeline.obligations import in_force, is_accepted


class Use(StrEnum):
    """Whether the rows of a file stand in the workbook, or why they do not."""

    COUNTED = "counted"
    COMPARED = "compared"
    OTHER_PLAN = "other_plan"
    SUPERSEDED = "superseded"
    RETURNED = "returned"
    UNREADABLE = "unreadable"
    NOT_A_FORM = "not_a_form"
    WITHDRAWN = "withdrawn"
    INTERNAL_FAULT = "internal_fault"


IN_THE_WORKBOOK = (str(Use.COUNTED), str(Use.COMPARED))
_ON_AN_EARLIER_VERSION = "T226"
_COVER = ("document_no", "prepared_by", "approved_by")
_TOLD = ("path", "division", "form", "period", "arrived_at", "sha256", "verdict", "version", "is_empty", "withdrawn")


def sources(view: View) -> pd.DataFrame:
    """One row a file, in the order of judging.

    Columns: source (N001…), submission_id, ``_TOLD``, use (a :class:`Use`), errors (count), first_code (of the first
    error, else of the first finding, blank without), of_earlier (on an earlier version of the form that is still
    taken), and from the cover of accepted forms ``_COVER``.
    """
    files = view.content.submissions.loc[view.belonging, list(_TOLD)].reset_index()
    findings = view.content.findings
    earlier = findings[findings["code"] == _ON_AN_EARLIER_VERSION]
    return files.assign(
        source=source_codes(files["submission_id"]),
        use=_use(files, view),
        **_findings(files["submission_id"], view.content.findings),
        **_covers(files["submission_id"], view.content.rows),
        of_earlier=files["submission_id"].isin(earlier["submission_id"]),
    )


def source_codes(submission_ids: pd.Series) -> pd.Series:
    """The names under which files are cited in one workbook: N001…, in their order."""
    codes = [f"N{place:03d}" for place in range(1, len(submission_ids) + 1)]
    return pd.Series(codes, index=submission_ids.index, dtype="str")


def cited(ids: pd.Series, source_rows: pd.DataFrame) -> pd.Series:
    """The source code of each submission_id; missing stays missing."""
    return ids.map(source_rows.set_index("submission_id")["source"]).astype("str")


def _use(files: pd.DataFrame, view: View) -> pd.Series:
    ids = files["submission_id"]
    verdict = files["verdict"]
    use = np.select(
        [
            ids.isin(view.counted["submission_id"]),
            ids.isin(view.compared),
            is_accepted(files) & (files["form"] == "BM-01") & ids.isin(in_force(view.content.submissions).index),
            is_accepted(files),
            verdict == Verdict.RETURNED,
            verdict == Verdict.UNREADABLE,
            verdict == Verdict.NOT_A_FORM,
            files["withdrawn"],
        ],
        [
            Use.COUNTED,
            Use.COMPARED,
            Use.OTHER_PLAN,
            Use.SUPERSEDED,
            Use.RETURNED,
            Use.UNREADABLE,
            Use.NOT_A_FORM,
            Use.WITHDRAWN,
        ],
        default=Use.INTERNAL_FAULT,
    )
    return pd.Series(use, index=files.index, dtype="str")


def _findings(ids: pd.Series, findings: pd.DataFrame) -> dict[str, pd.Series]:
    is_error = findings["severity"] == Severity.ERROR
    errors = findings[is_error].groupby("submission_id").size()
    weightiest = findings.assign(lighter=~is_error).sort_values("lighter", kind="stable")
    first = weightiest.drop_duplicates("submission_id").set_index("submission_id")["code"]
    return {
        "errors": ids.map(errors).fillna(0).astype("int64"),
        "first_code": ids.map(first).astype("str"),
    }


def _covers(ids: pd.Series, rows: Mapping[str, pd.DataFrame]) -> dict[str, pd.Series]:
    covers = pd.concat([rows[f"{form.form_id}_cover"] for form in FORMS], ignore_index=True)
    by_file = covers.drop_duplicates("submission_id").set_index("submission_id")
    return {name: ids.map(by_file[name]).astype("str") for name in _COVER}


def left_out(source_rows: pd.DataFrame) -> pd.DataFrame:
    """The files whose rows do not stand in the workbook; ``use`` says why."""
    return source_rows[~source_rows["use"].isin(IN_THE_WORKBOOK)].reset_index(drop=True)
