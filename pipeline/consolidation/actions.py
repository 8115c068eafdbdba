"""Corrective actions from the report that names them to the one that finds them effective (TCVN ISO 9001, 10.2.1 d)."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.consolidation.judged import with_origin
from pipeline.consolidation.status import REACHED
from pipeline.obligations import period_order
from pipeline.settings.succession import own_code
from pipeline.sheets.results import Actions, Results
from pipeline.vocabulary.choices import Effect, Status

_MISSED_BY: Final = ["missed_by", "period", "missed_code"]
"""An action's name: the division that planned the objective, the period in which it was missed, that division's code.

What was taken over is named alike by the former division and by whoever took it over (KHTC, NCC-MT02).
"""
PROGRESS: Final = (Actions.finished_on, Actions.action_result, Actions.checked_by, Actions.is_effective)
"""What a later report says of an action."""


def missed(judged: pd.DataFrame, rows: Mapping[str, pd.DataFrame], reports: pd.DataFrame) -> pd.DataFrame:
    """Every result that missed its objective, also by an estimate, with what the last report said of its action.

    ``is_open``: no later report reaches the objective or, with its approving document, withdraws it, and the action
    was not found effective; across years an objective is followed through ``continues``. ``judged`` as
    ``judged_results`` gives it, ``rows`` by table, ``reports`` those of a ``View``.
    """
    failed = judged[judged["computed_status"].isin(Status.not_met())]
    failed = _named(failed).merge(_last_said(rows["actions"], reports), on=_MISSED_BY, how="left")
    in_time = judged[["thread", "order", "status"]].sort_values("order", kind="stable")
    closing = in_time[in_time["status"].isin([*REACHED, Status.NO_LONGER])]
    closed_at = dict(zip(closing["thread"], closing["order"], strict=True))
    orders = zip(failed["thread"], failed["order"], strict=True)
    is_open = pd.Series(
        [closed_at.get(thread, "") <= order for thread, order in orders], index=failed.index, dtype="bool"
    )
    return failed.assign(is_open=is_open & (failed[Actions.is_effective] != Effect.EFFECTIVE))


def reported(actions: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """What reports say of earlier actions: the rows, with report_id, report_row, division and period of the report."""
    return reports.merge(with_origin(actions, "report"), on="report_id")


def _last_said(actions: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """The last word on each action: :data:`_MISSED_BY` and :data:`PROGRESS`."""
    every = reported(actions, reports)
    every = every.assign(order=period_order(every["period"])).sort_values("order", kind="stable")
    named = every.drop(columns="period").rename(columns={Actions.origin: "period", Actions.objective: Results.code})
    return _named(named).drop_duplicates(_MISSED_BY, keep="last")[[*_MISSED_BY, *PROGRESS]]


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with division and code, and with the names of their actions."""
    parts = [own_code(code) for code in rows[Results.code].fillna("")]
    former = pd.Series([division for division, _ in parts], rows.index, dtype="str")
    own = pd.Series([code for _, code in parts], rows.index, dtype="str")
    return rows.assign(missed_by=former.where(former != "", rows["division"]), missed_code=own)
