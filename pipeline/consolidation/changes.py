"""What changed: since the last run that had something new, and since the report before."""

from enum import StrEnum
from typing import Final

import pandas as pd

from pipeline.consolidation.frame import COUNT, TEXT, Frame
from pipeline.consolidation.frames import Frames, Sources
from pipeline.consolidation.states import STATE_ORDER, states_of
from pipeline.consolidation.status import STATUS_ORDER
from pipeline.consolidation.view import View, ranked
from pipeline.obligations import OBLIGATION


class Since(StrEnum):
    """What is compared with."""

    RUN = "run"
    PERIOD = "period"


class Subject(StrEnum):
    """What moved."""

    OBLIGATION = "obligation"
    OBJECTIVE = "objective"
    FILE = "file"


class Changes(Frame):
    """One row a kind of move, from one state, status or verdict to another; blank where there was none."""

    since = subject = before = after = TEXT
    count = COUNT
    which = TEXT


_ORDER: Final = (*STATUS_ORDER, *STATE_ORDER)


def since_last_run(frames: Frames, then: View) -> pd.DataFrame:
    """Moves from what the ledger held then to the frames of now; files are those that came since."""
    states = _moves(states_of(then), frames.obligations, OBLIGATION, "state")
    results = then.judged[then.judged["period"] == str(then.period)]
    statuses = _moves(results, frames.objective_results, ["division", "code"], "status")
    files = frames.sources[~frames.sources[Sources.submission_id].isin(then.content.submissions.index)]
    files = files.assign(before="", after=files["verdict"])
    moved = [
        _grouped(states, states["form"] + " " + states["division"], Since.RUN, Subject.OBLIGATION),
        _grouped(statuses, statuses["division"] + " " + statuses["code"], Since.RUN, Subject.OBJECTIVE),
        _grouped(files, files["source"], Since.RUN, Subject.FILE),
    ]
    return _ordered(pd.concat(moved, ignore_index=True))


def since_last_period(frames: Frames) -> pd.DataFrame:
    """Moves of each objective's status from the last report before to this one, followed by its thread.

    Nothing where there is no earlier report, or none of this period.
    """
    results, history = frames.objective_results, frames.history
    last = history[history["period"].isin(history["period"].tail(1))].drop_duplicates("thread")
    both = last[["thread", "status"]].merge(
        results[results["report_id"].notna()], on="thread", suffixes=("_before", "")
    )
    moved = both[both["status_before"] != both["status"]]
    moved = moved.rename(columns={"status_before": "before", "status": "after"})
    return _ordered(_grouped(moved, moved["division"] + " " + moved["code"], Since.PERIOD, Subject.OBJECTIVE))


def _moves(before: pd.DataFrame, after: pd.DataFrame, key: list[str], value: str) -> pd.DataFrame:
    """What has another value than before: key, before, after; a missing side stays missing."""
    earlier = before[[*key, value]].rename(columns={value: "before"})
    both = earlier.merge(after[[*key, value]].rename(columns={value: "after"}), on=key, how="outer")
    return both[both["before"].fillna("") != both["after"].fillna("")]


def _grouped(moved: pd.DataFrame, names: pd.Series, since: Since, subject: Subject) -> pd.DataFrame:
    """One row a kind of move, with how many made it and which ones."""
    moves = moved[["before", "after"]].fillna("").assign(which=names.astype("str"))
    grouped = moves.groupby(["before", "after"], sort=False)["which"].agg(["size", ", ".join]).reset_index()
    grouped = grouped.rename(columns={"size": "count", "join": "which"})
    return grouped.assign(since=str(since), subject=str(subject))[Changes.columns()]


def _ordered(changes: pd.DataFrame) -> pd.DataFrame:
    """What became worst comes first."""
    rank = ranked(changes["after"], _ORDER).fillna(len(_ORDER))
    ordered = changes.assign(rank=rank).sort_values(["subject", "rank", "count"], ascending=[True, True, False])
    return ordered.drop(columns="rank").reset_index(drop=True)
