"""What consolidation starts from: the ledger's content as frames."""

import datetime as dt
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


def _no_decisions() -> pd.DataFrame:
    texts = dict.fromkeys(("kind", "form", "division", "period", "reason", "document", "sha256"), "str")
    times = dict.fromkeys(("until", "document_on", "as_of"), "datetime64[us]")
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in {**_ID, **texts, **times}.items()})


def _no_faults() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype="str") for name in ("code", "stage", "artefact", "reason")})


_ID = {"decision_id": "int64"}


@dataclass(frozen=True, eq=False)
class LedgerContent:
    """The ledger as frames, in its own types.

    ``submissions`` as ``ledger.tables.read_submissions`` gives them, indexed by submission_id. ``rows``: table name
    to the accepted rows of every submission, every table present. ``findings``: submission_id, code, severity, in the
    order told. ``decisions`` as ``ledger.tables.read_decisions`` gives them: those that stand. ``faults`` as
    ``ledger.tables.read_faults`` gives them: what our own program could not make. ``changed_at``: the
    last run that had something new to tell; None stands for the last judging. ``before``: the content as the run before
    that one told it; None where only submissions can tell.
    """

    submissions: pd.DataFrame
    rows: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame = field(default_factory=_no_findings)
    decisions: pd.DataFrame = field(default_factory=_no_decisions)
    faults: pd.DataFrame = field(default_factory=_no_faults)
    changed_at: dt.datetime | None = None
    before: "LedgerContent | None" = None

    @property
    def last_change(self) -> pd.Timestamp:
        """When the last run was that had something new to tell; NaT when there was none."""
        if self.changed_at is not None:
            return pd.Timestamp(self.changed_at)
        return pd.Timestamp(self.submissions["judged_as_of"].max())


def before_last_change(content: LedgerContent) -> LedgerContent:
    """The content as it stood before the last run that had something new to tell; empty when there was only one."""
    if content.before is not None:
        return content.before
    judged = content.submissions["judged_as_of"]
    return replace(content, submissions=content.submissions[judged < judged.max()])
