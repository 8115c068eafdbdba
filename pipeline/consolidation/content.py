"""What consolidation starts from: the ledger's content as frames."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd


def _no_findings() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "submission_id": pd.Series([], dtype="int64"),
            "code": pd.Series([], dtype="str"),
            "severity": pd.Series([], dtype="str"),
        }
    )


@dataclass(frozen=True, eq=False)
class LedgerContent:
    """The ledger as frames, in its own types.

    ``submissions`` as ``ledger.tables.read_submissions`` gives them, indexed by submission_id. ``rows``: table name
    to the accepted rows of every submission, every table present. ``findings``: submission_id, code, severity, in the
    order told.
    """

    submissions: pd.DataFrame
    rows: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame = field(default_factory=_no_findings)


def before_last_change(content: LedgerContent) -> LedgerContent:
    """The content as it stood before the last run that judged something; empty when there was only one."""
    judged = content.submissions["judged_as_of"]
    return replace(content, submissions=content.submissions[judged < judged.max()])
