"""The declaration of the system: what is in force, its four proofs, scope changes that wait (duties 1 to 4)."""

import datetime as dt
from enum import StrEnum

import numpy as np
import pandas as pd

from pipeline.consolidation.selection import View


class Proof(StrEnum):
    """The four things that make a declaration good (QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3)."""

    DECISION = "decision"
    NOTICE = "notice"
    POSTING = "posting"
    PORTAL = "portal"


PROVED_BY = {
    Proof.DECISION: ("decision_on", "decision_no"),
    Proof.NOTICE: ("notice_on", "notice_no"),
    Proof.POSTING: ("posted_on", "posted_at"),
    Proof.PORTAL: ("published_on", "published_url"),
}
"""Each proof's fields of the register: its day and what it is known by."""
DATED = (
    "internal_audit_on",
    "management_review_on",
    "effectiveness_confirmed_on",
    "decision_on",
    "notice_on",
    "posted_on",
    "published_on",
    "checked_on",
)
"""The dated steps of a declaration, in their natural order."""


def register(view: View, table: str) -> pd.DataFrame:
    """The rows of the register that counts (``declarations`` or ``scope_changes``)."""
    rows = view.content.rows[table]
    return rows[rows["submission_id"].isin(view.ids_of("BM-04"))].reset_index(drop=True)


def declarations(rows: pd.DataFrame) -> pd.DataFrame:
    """The register's declarations, latest first, with ``is_in_force``: replaced by none (forms.md, BM-04)."""
    in_force = ~rows["decision_no"].isin(rows["replaces"].dropna())
    ordered = rows.assign(is_in_force=in_force).sort_values("decision_on", ascending=False, kind="stable")
    return ordered.reset_index(drop=True)


def proofs(declared: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """The four proofs of each declaration in force: proof, decision_no, reference, done_on, is_done, days.

    ``days``: since the decision, until the proof or, while it is missing, until ``today``.
    """
    in_force = declared[declared["is_in_force"]]
    told = [
        pd.DataFrame(
            {
                "proof": str(proof),
                "decision_no": in_force["decision_no"],
                "reference": in_force[reference],
                "done_on": in_force[done_on],
                "since": in_force["decision_on"],
                "submission_id": in_force["submission_id"],
                "excel_row": in_force["excel_row"],
            }
        )
        for proof, (done_on, reference) in PROVED_BY.items()
    ]
    every = pd.concat(told).sort_values("decision_no", kind="stable").reset_index(drop=True)
    until = every["done_on"].fillna(pd.Timestamp(today))
    return every.assign(is_done=every["done_on"].notna(), days=(until - every["since"]).dt.days).drop(columns="since")


def scope_changes(rows: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """The changes of scope, those not yet re-declared first, with the ``days`` since these took effect; else 0."""
    waiting = rows["declared_in"].isna()
    since = (pd.Timestamp(today) - rows["effective_on"]).dt.days.where(waiting, 0)
    made = rows.assign(is_declared=~waiting, days=since.astype("int64"))
    return made.sort_values(["is_declared", "effective_on"], ascending=[True, False], kind="stable").reset_index(
        drop=True
    )


def timeline(declared: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Everything dated in the register in the order of time: on, step, reference, submission_id, excel_row."""
    steps = [
        declared[["submission_id", "excel_row"]].assign(on=declared[step], step=step, reference=declared["decision_no"])
        for step in DATED
    ]
    moved = changes[["submission_id", "excel_row"]].assign(
        on=changes["effective_on"], step="effective_on", reference=changes["legal_basis"]
    )
    every = pd.concat([*steps, moved], ignore_index=True)
    every = every[every["on"].notna()].astype({"on": "datetime64[us]", "step": "str", "reference": "str"})
    order = every["step"].map({step: place for place, step in enumerate((*DATED, "effective_on"))})
    return (
        every.assign(order=order)
        .sort_values(["on", "order"], kind="stable")
        .drop(columns="order")
        .reset_index(drop=True)
    )


def is_valid(proof_rows: pd.DataFrame, changes: pd.DataFrame) -> bool:
    """Whether exactly one declaration is in force, with its four proofs, and no change of scope waits."""
    one = len(proof_rows) == len(PROVED_BY)
    return bool(one and np.all(proof_rows["is_done"]) and np.all(changes["is_declared"]))
