"""The rows whose stored times a wrong clock made, with their right times: what the views of ``right_rows`` show."""

import datetime as dt
import json
import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from pipeline.findings import DecisionKind
from pipeline.ledger.right_time import Look, RightTime, Years
from pipeline.ledger.schema import waiting_of

_STEP: Final = dt.timedelta(seconds=1)
Corrected = tuple[object, ...]
"""The key of a row, then its times in ISO form."""


@dataclass(frozen=True)
class History:
    """Every look, the right times of the wrong ones, the years of the settings, and until when is known.

    ``at_work``: the time of the run or decision at work, which nothing recorded follows; ``is_closed_now``: the
    decision that closes the last wrong span is about to be recorded.
    """

    looks: Sequence[Look]
    right: Mapping[int, RightTime]
    years: Years | None
    now: dt.datetime | None
    at_work: dt.datetime | None = None
    is_closed_now: bool = False

    def is_wrong(self, place: int) -> bool:
        """Whether the look at that place is wrong."""
        return self.looks[place].scan_id in self.right

    def first_right(self, places: Iterable[int]) -> dt.datetime | None:
        """When the first of these looks was that is right; None where none is."""
        return next((self.looks[place].as_of for place in places if not self.is_wrong(place)), None)

    def time(self, place: int) -> dt.datetime:
        """When the look at that place was in truth."""
        look = self.looks[place]
        return self.right[look.scan_id].time if self.is_wrong(place) else look.as_of


def corrected_rows(connection: sqlite3.Connection, history: History) -> dict[str, list[Corrected]]:
    """Table to its rows that a wrong clock dated."""
    events = _Events(connection, history)
    arrivals = _Arrivals(connection, history)
    return {
        "scan": [(scan_id, right.time.isoformat()) for scan_id, right in history.right.items()],
        "event": [(number, time.isoformat()) for number, time in sorted(events.times.items())],
        "submission": events.of("judged"),
        "decision": events.of("decided"),
        "arrival": list(arrivals.rows()),
        "sighting": list(arrivals.seen(events.looks_of_sightings)),
        "fault": list(_faults(connection, history)),
    }


class _Events:
    """The chain of events laid beside the looks: each look names the head of the chain after it."""

    def __init__(self, connection: sqlite3.Connection, history: History) -> None:
        rows = connection.execute(
            "SELECT event_id, kind, as_of, hash, content FROM main.event ORDER BY event_id"
        ).fetchall()
        place = {link: position for position, (*_, link, _) in enumerate(rows, 1)}
        heads = connection.execute("SELECT content FROM main.scan ORDER BY scan_id").fetchall()
        self._history = history
        self._heads = list(accumulate((place.get(content, 0) for (content,) in heads), max))
        of_clock = [position for position, row in enumerate(rows, 1) if _is_of_clock(row[1], row[4])]
        self._last_of_clock = len(rows) + 1 if history.is_closed_now or not of_clock else of_clock[-1]
        self._order: dict[str, list[int]] = {}
        self.times: dict[int, dt.datetime] = {}
        self.looks_of_sightings: dict[tuple[str, str], int] = {}
        for position, (number, kind, text, _, content) in enumerate(rows, 1):
            self._order.setdefault(kind, []).append(number)
            raw = dt.datetime.fromisoformat(text)
            right = self._right(position, kind, raw)
            if right != raw:
                self.times[number] = right
            if kind == "seen":
                seen = json.loads(content)
                self.looks_of_sightings[seen["sha256"], seen["path"]] = bisect_left(self._heads, position)

    def of(self, kind: str) -> list[Corrected]:
        """The rows of a table that grows by one with each event of a kind: its number and right time."""
        numbered = enumerate(self._order.get(kind, ()), 1)
        return [(number, self.times[event].isoformat()) for number, event in numbered if event in self.times]

    def _right(self, position: int, kind: str, raw: dt.datetime) -> dt.datetime:
        """What a look found, it recorded with itself; what its run judged follows it; decisions come between looks."""
        following = bisect_left(self._heads, position)
        if kind == "decided":
            return self._between(position, following, raw)
        place = following - 1 if kind == "judged" else following
        is_of_it = 0 <= place < len(self._history.looks) and self._history.looks[place].as_of == raw
        return self._history.time(place) if is_of_it else raw

    def _between(self, position: int, following: int, raw: dt.datetime) -> dt.datetime:
        """A decision keeps its time where the right looks around it allow it; else it follows the look before it."""
        history = self._history
        is_amid_wrong = bool(following) and history.is_wrong(following - 1) and position < self._last_of_clock
        closed = history.now if is_amid_wrong else history.at_work
        lowest = history.first_right(reversed(range(following))) or dt.datetime.min
        highest = history.first_right(range(following, len(history.looks))) or closed
        is_far = history.years is not None and not history.years.cover(raw)
        if lowest <= raw and (not is_far if highest is None else raw <= highest):
            return raw
        if not following:
            return raw if highest is None else highest
        at = max(history.time(following - 1), lowest)
        # What is decided after a night was not known in it.
        return at if history.is_wrong(following - 1) else min(at + _STEP, highest or dt.datetime.max)


def _is_of_clock(kind: str, content: str) -> bool:
    """Whether an event states that a clock was wrong; what is decided after it is dated by a right one."""
    return kind == "decided" and bool(json.loads(content)["kind"] == DecisionKind.CLOCK)


class _Arrivals:
    """Arrivals and sightings whose interval a wrong look bounds."""

    def __init__(self, connection: sqlite3.Connection, history: History) -> None:
        self._connection, self._history = connection, history
        self._place = {look.scan_id: place for place, look in enumerate(history.looks)}
        texts = connection.execute("SELECT waiting FROM main.scan ORDER BY scan_id").fetchall()
        self._waiting = [frozenset(waiting_of(text)) for (text,) in texts]

    def rows(self) -> Iterator[Corrected]:
        """Of table arrival."""
        times = "not_before, not_after, arrived_at, written_at, changed_at"
        query = f"SELECT arrival_id, path, scan_id, {times} FROM main.arrival"  # noqa: S608 - names of ours
        for number, path, scan_id, *texts in self._connection.execute(query):
            right = self._interval(path, self._place[scan_id], [_moment(text) for text in texts])
            if right is not None:
                yield (number, *right)

    def seen(self, looks: Mapping[tuple[str, str], int]) -> Iterator[Corrected]:
        """Of table sighting; ``looks``: the place of the look that saw each."""
        query = "SELECT sha256, path, not_before, not_after, arrived_at FROM main.sighting"
        for sha256, path, *times in self._connection.execute(query):
            place = looks.get((sha256, path), len(self._waiting))
            if place < len(self._waiting):
                right = self._interval(path, place, [*(_moment(text) for text in times), None, None])
                if right is not None:
                    yield (sha256, path, *right)

    def _interval(self, path: str, place: int, times: Sequence[dt.datetime | None]) -> Corrected | None:
        """not_before, not_after, arrived_at as they were in truth; None where no wrong look bounds them.

        The file's own stamp counts where it lies inside; else the earliest, in the sender's favour.
        """
        absent = [at for at in range(place) if path not in self._waiting[at]]
        if not self._history.is_wrong(place) and not (absent and self._history.is_wrong(absent[-1])):
            return None
        _, not_after, arrived_at, *stamps = times
        lowest = self._history.first_right(reversed(absent))
        if self._history.is_wrong(place):
            right = self._history.right[self._history.looks[place].scan_id]
            highest = right.before or right.time
        else:
            highest = not_after or self._history.looks[place].as_of
        given = stamps if any(stamps) else [arrived_at]
        inside = [stamp for stamp in given if stamp and (lowest or dt.datetime.min) <= stamp <= highest]
        estimate = max(inside) if inside else lowest or highest
        return (lowest and lowest.isoformat(), highest.isoformat(), estimate.isoformat())


def _faults(connection: sqlite3.Connection, history: History) -> Iterator[Corrected]:
    """A fault has its run's time: the first look from the one of the fault before on that bears it."""
    place = 0
    for number, text in connection.execute("SELECT fault_id, as_of FROM main.fault ORDER BY fault_id"):
        raw = dt.datetime.fromisoformat(text)
        look = next((at for at in range(place, len(history.looks)) if history.looks[at].as_of == raw), None)
        place = place if look is None else look
        if look is not None and history.is_wrong(look):
            yield (number, history.time(look).isoformat())


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)
