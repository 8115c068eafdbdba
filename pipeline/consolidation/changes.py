"""What changed: since the last run that had something new, and since the same period a year before."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

import pandas as pd

from pipeline.consolidation.frame import COUNT, TEXT, Frame
from pipeline.consolidation.frames import Frames, Sources
from pipeline.consolidation.states import STATE_ORDER, states_of
from pipeline.consolidation.status import STATUS_ORDER
from pipeline.consolidation.view import View
from pipeline.obligations import OBLIGATION
from pipeline.settings import Period


class Since(StrEnum):
    """What is compared with."""

    RUN = "run"
    YEAR = "year"


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


_OBJECTIVE: Final = ["division", "code"]
_RANKS: Final = {value: place for place, value in enumerate((*STATUS_ORDER, *STATE_ORDER))}
_Key = tuple[str, ...]
_Move = tuple[str, str, _Key]
"""Before, after and the key of what moved."""
_Row = tuple[str, str, str, str, int, str]
"""A row of :class:`Changes`."""


def since_last_run(frames: Frames, then: View) -> pd.DataFrame:
    """Moves from what the ledger held then to the frames of now; files are those that came since."""
    states = _moves(_by(states_of(then), OBLIGATION, "state"), _by(frames.obligations, OBLIGATION, "state"))
    files = frames.sources[~frames.sources[Sources.submission_id].isin(then.content.submissions.index)]
    came = (("", verdict, (code,)) for verdict, code in zip(files["verdict"], files["source"], strict=True))
    # Form and division: its period stands beside neither.
    forms = ((before, after, key[:2]) for before, after, key in states)
    return _ordered(
        [
            *_grouped(forms, Since.RUN, Subject.OBLIGATION),
            *_grouped(_statuses(frames.objective_results, then), Since.RUN, Subject.OBJECTIVE),
            *_grouped(came, Since.RUN, Subject.FILE),
        ]
    )


def _statuses(results: pd.DataFrame, then: View) -> Iterator[_Move]:
    """Moves of objectives' statuses; none where the same forms say it, which are then not judged once more."""
    period = str(then.period)
    plans, reports = (held[held["period"] == period] for held in (then.plans, then.reports))
    if {*plans["plan_id"], *reports["report_id"]} == {*results["plan_id"].dropna(), *results["report_id"].dropna()}:
        return iter(())
    before = then.judged[then.judged["period"] == period]
    return _moves(_by(before, _OBJECTIVE, "status"), _by(results, _OBJECTIVE, "status"))


def since_a_year_before(frames: Frames, period: Period) -> pd.DataFrame:
    """Moves of each objective's status from the same period a year before to this one, followed by its thread.

    Nothing where there was no such report, or none of this period.
    """
    results, history = frames.objective_results, frames.history
    last = history[history["period"] == str(period.a_year_before)].drop_duplicates("thread")
    reported = results[results["report_id"].notna()]
    now: dict[str, list[tuple[str, ...]]] = {}
    for thread, status, *key in reported[["thread", "status", *_OBJECTIVE]].itertuples(index=False, name=None):
        now.setdefault(thread, []).append((status, *key))
    moved = [
        (before, after, tuple(key))
        for thread, before in last[["thread", "status"]].itertuples(index=False, name=None)
        for after, *key in now.get(thread, ())
        if before != after
    ]
    return _ordered(_grouped(moved, Since.YEAR, Subject.OBJECTIVE))


def _by(frame: pd.DataFrame, key: list[str], value: str) -> dict[_Key, str]:
    """The value of each key."""
    return dict(zip(frame[key].itertuples(index=False, name=None), frame[value], strict=True))


def _moves(before: Mapping[_Key, str], after: Mapping[_Key, str]) -> Iterator[_Move]:
    """What has another value than before, by its key; a missing side is blank."""
    for key in sorted({*before, *after}):
        if before.get(key, "") != after.get(key, ""):
            yield before.get(key, ""), after.get(key, ""), key


def _grouped(moved: Iterable[_Move], since: Since, subject: Subject) -> Iterator[_Row]:
    """One row a kind of move, with how many made it and which ones."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for before, after, key in moved:
        kinds.setdefault((before, after), []).append(" ".join(key))
    for (before, after), names in kinds.items():
        yield str(since), str(subject), before, after, len(names), ", ".join(names)


def _ordered(changes: Iterable[_Row]) -> pd.DataFrame:
    """What became worst comes first."""

    def place(change: _Row) -> tuple[str, int, int]:
        _, subject, _, after, count, _ = change
        return subject, _RANKS.get(after, len(_RANKS)), -count

    return Changes.of(sorted(changes, key=place))
