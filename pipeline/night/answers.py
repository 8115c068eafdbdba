"""Who is answered, and where each answer lies: one a file, or one for many versions that were replaced in their night.

Imports neither pandas nor the forms.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from pipeline.findings import Verdict
from pipeline.ledger import Ledger, Oversize, Waiting
from pipeline.naming import file_name
from pipeline.outbox import Folder
from pipeline.settings import NO_DIVISION, Settings
from pipeline.wording import say

FEW: Final = 5
"""Up to so many replaced versions of a night are answered one by one."""


@dataclass(frozen=True)
class Answer:
    """One answer, not yet drawn: where it goes, to which original, how to draw it, and what goes out if that fails."""

    relative: str
    sha256: str
    content: Callable[[], bytes]
    plainer: Callable[[], bytes]


class Recorded(NamedTuple):
    """One submission as the ledger holds it; times are ISO texts."""

    submission_id: int
    sha256: str
    path: str
    folder: str
    verdict: str
    form: str | None
    division: str | None
    period: str | None
    judged_as_of: str
    arrived_at: str

    @property
    def night(self) -> tuple[str | None, str | None, str | None, str]:
        """The obligation, and the run that judged it."""
        return self.form, self.division, self.period, self.judged_as_of


@dataclass(frozen=True)
class Dropped:
    """One file of the pre-check folder, named relative to it, and the copy of it that is judged."""

    name: str
    sha256: str
    copy: Path


class Replaced(NamedTuple):
    """The versions of one obligation that were replaced in the night in which they came, and the last of that night."""

    versions: Sequence[Recorded]
    last: Recorded


class Due(NamedTuple):
    """A submission that is answered: where its answers lie in the outbox, and the group whose answer it shares."""

    one: Recorded
    places: Sequence[str]
    group: Replaced | None


def recorded(ledger: Ledger) -> list[Recorded]:
    """Every submission, in the order of judging."""
    query = (
        "SELECT s.submission_id, a.sha256, a.path, a.folder, s.verdict, s.form, s.division, s.period, s.judged_as_of,"
        " a.arrived_at FROM submission s JOIN arrival a USING (arrival_id) ORDER BY s.submission_id"
    )
    return [Recorded(*row) for row in ledger.connection.execute(query)]


def due_answers(ledger: Ledger, settings: Settings) -> list[Due]:
    """The answers to all that the ledger holds, whether they went out or not.

    Forms first, then whose sender sent least that night: noise keeps nobody waiting.
    """
    judged = recorded(ledger)
    times = _times(judged)
    groups = dict(_replaced(judged, times))
    sent = Counter((one.division or one.folder, one.judged_as_of) for one in judged)
    due = []
    for one in judged:
        number = one.submission_id
        if number in times:
            folders = places_of(one.path, one.division, settings)
            shared, again = number in groups, times[number]
            places = [
                _shared_path(one, folder) if shared else answer_path(one.path, one.sha256, folder, again)
                for folder in folders
            ]
            due.append(Due(one, places, groups.get(number)))
    return sorted(
        due, key=lambda each: (each.one.form is None, sent[each.one.division or each.one.folder, each.one.judged_as_of])
    )


def _times(judged: Sequence[Recorded]) -> dict[int, int]:
    """The submissions that are answered, each with the number of its answer among those to the same bytes, from 1.

    What lay in a wrong folder and came again in the right one is answered again. What was accepted without a word is
    answered only where its sender heard of a fault of ours before; the same fault is reported once.
    """
    times: dict[int, int] = {}
    heard: Counter[str] = Counter()
    faulty: set[str] = set()
    for one in judged:
        is_fault = one.verdict == Verdict.INTERNAL_FAULT
        if is_fault and one.sha256 in faulty:
            continue
        heard[one.sha256] += 1
        if one.verdict != Verdict.ACCEPTED or one.sha256 in faulty:
            times[one.submission_id] = heard[one.sha256]
        if is_fault:
            faulty.add(one.sha256)
    return times


def _replaced(judged: Sequence[Recorded], times: Mapping[int, int]) -> Iterator[tuple[int, Replaced]]:
    """What shares an answer: many versions of one night but for the last, and the last of them that was accepted."""
    nights: dict[object, list[Recorded]] = {}
    for one in judged:
        if None not in one.night and one.verdict != Verdict.INTERNAL_FAULT:
            nights.setdefault(one.night, []).append(one)
    for versions in nights.values():
        last = versions[-1]
        counting = [one for one in versions if Verdict(one.verdict).is_accepted][-1:]
        others = [one for one in versions if one is not last and one not in counting]
        if sum(one.submission_id in times for one in others) > FEW:
            group = Replaced(others, last)
            yield from ((one.submission_id, group) for one in others)


def _shared_path(one: Recorded, folder: str) -> str:
    stem = say("feedback.shared.file_name", form=one.form, period=one.period)
    when = one.judged_as_of[:16].replace("-", "").replace("T", "-").replace(":", "")
    return f"{Folder.ANSWERS}/{folder}/{file_name(stem, f'__{when}.xlsx')}"


def answer_path(path: str, sha256: str, folder: str, time: int = 1) -> str:
    """Named after the sender's file, kept apart by content: two versions under one name get two answers.

    A long name is cut (``naming.file_name``); an ordinary one stays as it is.
    """
    again = f"_lan{time}" if time > 1 else ""
    return f"{Folder.ANSWERS}/{folder}/{file_name(PurePosixPath(path).stem, f'__{sha256[:8]}{again}.xlsx')}"


def places_of(path: str, division: str | None, settings: Settings) -> list[str]:
    """Who is answered: the division that the form names, and the one in whose folder it lay, when that is another."""
    return list(dict.fromkeys(filter(None, (division, division_of(path, settings))))) or [NO_DIVISION]


def division_of(path: str, settings: Settings) -> str:
    """The division in whose folder a path of the inbox lies; blank for any other place."""
    return settings.division_of_folder(path.partition("/")[0]) if "/" in path else ""


def oversize_answers(
    waiting: Mapping[str, str], settings: Settings, below: str = ""
) -> Iterator[tuple[str, Oversize, str]]:
    """Each path that is too large for custody, what is kept of it, and where an answer lies: nothing of it is judged.

    ``waiting``: path to reason, as a look keeps it; ``below``: where in a division's folder the answers lie.
    """
    for path, reason in sorted(waiting.items()):
        if Waiting.of(reason) is Waiting.TOO_LARGE:
            kept = Oversize.of(reason)
            for folder in places_of(path, None, settings):
                yield path, kept, answer_path(path, kept.start, f"{folder}{below}")
