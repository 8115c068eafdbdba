"""Standing findings (design 6) beside the files that they concern."""

from collections.abc import Iterable

import pandas as pd

from pipeline.findings import Finding, explain

_DTYPES = {"submission_id": "int64", "code": "str", "problem": "str", "fix": "str"}


def standing_rows(found: Iterable[tuple[int, Finding]], counted_rows: pd.DataFrame) -> pd.DataFrame:
    """Those that concern a form that counts in the period: submission_id, form, division, period, code, problem, fix.

    The words are the catalogue's own.
    """
    told = [(submission_id, finding.code, explain(finding)) for submission_id, finding in found]
    rows = [(submission_id, code, words.problem, words.fix) for submission_id, code, words in told]
    every = pd.DataFrame(rows, columns=list(_DTYPES)).astype(_DTYPES)
    ordered = counted_rows.merge(every, on="submission_id")
    return ordered.sort_values(["form", "division", "code"], kind="stable").reset_index(drop=True)
