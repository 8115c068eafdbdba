"""What changed: since the last run that judged something, and since the report before."""

from enum import StrEnum

import pandas as pd

from pipeline.consolidation.owed import STATE_ORDER
from pipeline.consolidation.status import STATUS_ORDER


class Since(StrEnum):
    """What is compared with."""

    RUN = "run"
    PERIOD = "period"


class Subject(StrEnum):
    """What moved."""

    OBLIGATION = "obligation"
    OBJECTIVE = "objective"
    FILE = "file"


_COLUMNS = ["since", "subject", "before", "after", "count", "which"]
_WEIGHT = {word: place for place, word in enumerate((*STATUS_ORDER, *STATE_ORDER))}


def _moves(before: pd.DataFrame, after: pd.DataFrame, key: list[str], value: str) -> pd.DataFrame:
    """What has another value than before: key, before, after; a missing side stays missing."""
    both = before[[*key, value]].merge(after[[*key, value]], on=key, how="outer", suffixes=("_before", "_after"))
    moved = both[both[f"{value}_before"].fillna("") != both[f"{value}_after"].fillna("")]
    return moved.rename(columns={f"{value}_before": "before", f"{value}_after": "after"})


def _grouped(moved: pd.DataFrame, names: pd.Series, since: Since, subject: Subject) -> pd.DataFrame:
    """One row a kind of move, with how many made it and which ones."""
    told = pd.DataFrame(
        {"before": moved["before"].fillna(""), "after": moved["after"].fillna(""), "which": names.astype("str")}
    )
    grouped = told.groupby(["before", "after"], sort=False)["which"].agg(["size", ", ".join]).reset_index()
    grouped = grouped.rename(columns={"size": "count", "join": "which"})
    return grouped.assign(since=str(since), subject=str(subject))[_COLUMNS]


def since_last_run(
    obligations: tuple[pd.DataFrame, pd.DataFrame],
    objectives: tuple[pd.DataFrame, pd.DataFrame],
    new_files: pd.DataFrame,
) -> pd.DataFrame:
    """Moves between two states of the ledger, given as (before, after), and the ``sources`` that are new.

    Columns: since, subject, before, after (states or statuses; a file's verdict; blank where there was none), count,
    which.
    """
    owed = _moves(*obligations, key=["form", "division", "period"], value="state")
    held = _moves(*objectives, key=["division", "code"], value="status")
    moved = [
        _grouped(owed, owed["form"] + " " + owed["division"], Since.RUN, Subject.OBLIGATION),
        _grouped(held, held["division"] + " " + held["code"], Since.RUN, Subject.OBJECTIVE),
        _grouped(new_files.assign(before="", after=new_files["verdict"]), new_files["source"], Since.RUN, Subject.FILE),
    ]
    return _ordered(pd.concat(moved, ignore_index=True))


def since_last_period(objective_results: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Moves of each objective's status from the last report before to this one, followed by its thread; same columns.

    Nothing where no earlier report is known, or none of this period.
    """
    now = objective_results[objective_results["report_id"].notna()]
    before = history[history["period"] == history["period"].iloc[-1:].squeeze()] if len(history) else history
    both = before.drop_duplicates("thread")[["thread", "status"]].merge(now, on="thread", suffixes=("_before", ""))
    moved = both[both["status_before"] != both["status"]]
    moved = moved.rename(columns={"status_before": "before", "status": "after"})
    return _ordered(_grouped(moved, moved["division"] + " " + moved["code"], Since.PERIOD, Subject.OBJECTIVE))


def _ordered(changes: pd.DataFrame) -> pd.DataFrame:
    """What became worst comes first."""
    weight = changes["after"].map(_WEIGHT).fillna(len(_WEIGHT))
    ordered = changes.assign(weight=weight).sort_values(["subject", "weight", "count"], ascending=[True, True, False])
    return ordered.drop(columns="weight").reset_index(drop=True)
