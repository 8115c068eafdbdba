"""The declaration of the system: what is in force, its four proofs, scope changes that wait (duties 1 to 4)."""

import datetime as dt
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from pipeline.consolidation.register_frames import Proofs, Timeline
from pipeline.consolidation.view import View, ranked
from pipeline.obligations import REGISTER
from pipeline.sheets.declaration import Declarations, ScopeChanges


class Proof(StrEnum):
    """The four things that make a declaration good (QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3)."""

    DECISION = "decision"
    NOTICE = "notice"
    POSTING = "posting"
    PORTAL = "portal"


PROVED_BY: Final = {
    Proof.DECISION: (Declarations.decision_on, Declarations.decision_no),
    Proof.NOTICE: (Declarations.notice_on, Declarations.notice_no),
    Proof.POSTING: (Declarations.posted_on, Declarations.posted_at),
    Proof.PORTAL: (Declarations.published_on, Declarations.published_url),
}
"""Each proof's fields of the register: its day and its reference."""
DATED: Final = (
    Declarations.internal_audit_on,
    Declarations.management_review_on,
    Declarations.effectiveness_confirmed_on,
    Declarations.decision_on,
    Declarations.notice_on,
    Declarations.posted_on,
    Declarations.published_on,
    Declarations.checked_on,
)
"""The dated steps of a declaration, in their natural order."""


def register(view: View, table: str) -> pd.DataFrame:
    """The rows of the register that counts (``declarations`` or ``scope_changes``)."""
    rows = view.content.rows[table]
    return rows[rows["submission_id"].isin(view.ids_of(REGISTER))].reset_index(drop=True)


def declarations(rows: pd.DataFrame) -> pd.DataFrame:
    """The register's declarations, latest first, with ``is_in_force``: replaced by none (forms.md, BM-04)."""
    in_force = ~rows[Declarations.decision_no].isin(rows[Declarations.replaces].dropna())
    ordered = rows.assign(is_in_force=in_force).sort_values(Declarations.decision_on, ascending=False, kind="stable")
    return ordered.reset_index(drop=True)


def proofs(declared: pd.DataFrame, read_on: dt.date) -> pd.DataFrame:
    """The four proofs of each declaration in force; ``days`` until the proof or, while it is missing, ``read_on``."""
    in_force = declared[declared["is_in_force"]]
    origin = in_force[[Declarations.decision_no, "submission_id", "excel_row"]]
    of_each = [
        origin.assign(
            proof=str(proof),
            reference=in_force[reference],
            done_on=in_force[done_on],
            since=in_force[Declarations.decision_on],
        )
        for proof, (done_on, reference) in PROVED_BY.items()
    ]
    every = pd.concat(of_each).sort_values(Declarations.decision_no, kind="stable").reset_index(drop=True)
    until = every["done_on"].fillna(pd.Timestamp(read_on))
    is_done, days = every["done_on"].notna(), (until - every["since"]).dt.days
    every = every.assign(is_done=is_done, days=days.where(is_done, days.clip(lower=0)))
    return every[Proofs.columns()]


def scope_changes(rows: pd.DataFrame, read_on: dt.date) -> pd.DataFrame:
    """The changes of scope, those not yet re-declared first, with the ``days`` from then to ``read_on``; else 0.

    So has one that takes effect after ``read_on``: a workbook may rest on a register that came after its period.
    """
    effective_on, waiting = rows[ScopeChanges.effective_on], rows[ScopeChanges.declared_in].isna()
    since = (pd.Timestamp(read_on) - effective_on).dt.days.clip(lower=0).where(waiting, 0)
    changes = rows.assign(is_declared=~waiting, days=since.astype("int64"))
    by = ["is_declared", ScopeChanges.effective_on]
    return changes.sort_values(by, ascending=[True, False], kind="stable").reset_index(drop=True)


def timeline(declared: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Everything dated in the register in the order of time."""
    steps = [_step(declared, step, Declarations.decision_no) for step in DATED]
    steps.append(_step(changes, ScopeChanges.effective_on, ScopeChanges.legal_basis))
    every = pd.concat(steps, ignore_index=True)
    every = every[every["on"].notna()].astype({name: Timeline.dtypes[name] for name in ("on", "step", "reference")})
    order = ranked(every["step"], (*DATED, ScopeChanges.effective_on))
    return (
        every.assign(order=order).sort_values(["on", "order"], kind="stable").reset_index(drop=True)[Timeline.columns()]
    )


def _step(rows: pd.DataFrame, step: str, reference: str) -> pd.DataFrame:
    return rows[["submission_id", "excel_row"]].assign(on=rows[step], step=step, reference=rows[reference])


def is_valid(proof_rows: pd.DataFrame, changes: pd.DataFrame) -> bool:
    """Whether exactly one declaration is in force, with its four proofs, and no change of scope waits."""
    is_single = len(proof_rows) == len(PROVED_BY)
    return bool(is_single and np.all(proof_rows["is_done"]) and np.all(changes["is_declared"]))
