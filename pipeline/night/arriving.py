"""ARRIVE: every new file into custody before anything judges it, with the interval in which it came."""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import sleep

from pipeline.faults import OperatorError
from pipeline.findings import MISPLACED
from pipeline.intake.custody import (
    Taken,
    UnreadableError,
    UnsettledError,
    hash_of,
    hash_of_start,
    is_whole,
    keep_settings,
    take,
)
from pipeline.intake.inbox import InboxFile, InboxScan, look_at, scan_inbox
from pipeline.ledger import WHOLE_INBOX, Arrival, Oversize, SettingsVersion, Waiting
from pipeline.night.frame import Run
from pipeline.night.oversize import is_oversize
from pipeline.workspace import VIETNAM

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Arrived:
    """What one look into the inbox found: new bytes, known bytes under a new name, what waits, and what is known.

    ``waiting``: path to reason, as the ledger keeps it.
    """

    arrivals: tuple[Arrival, ...]
    sightings: tuple[Arrival, ...]
    waiting: Mapping[str, str]
    unchanged: int


@dataclass(frozen=True)
class _Past:
    """What the ledger knows before a look: bytes to names, name to the bytes last seen under it.

    ``misplaced`` count anew elsewhere; ``lost`` are in no custody and not judged yet; ``waiting`` of the look before.
    """

    names: Mapping[str, frozenset[str]]
    last_under: Mapping[str, str]
    misplaced: frozenset[str]
    lost: frozenset[str]
    waiting: Mapping[str, str]


@dataclass
class _Look:
    """One look while it lasts."""

    fresh: list[InboxFile] = field(default_factory=list)
    sightings: list[Arrival] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    came_now: set[str] = field(default_factory=set)
    waiting: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0

    def add(self, arrival: Arrival, *, is_known: bool) -> None:
        """New bytes, or a new name of known ones; what came twice in one look came once."""
        if is_known or arrival.sha256 in self.came_now:
            self.sightings.append(arrival)
        else:
            self.arrivals.append(arrival)
            self.came_now.add(arrival.sha256)


def arrive(run: Run, anew: Sequence[Arrival] = ()) -> Arrived:
    """Take every new settled file into custody before anything judges it, and write down when it came.

    ``anew`` is in custody already and is to be judged once more, as having come when it came.

    Raises:
        OperatorError: E805, the archive has no room or cannot be written; E801, the inbox cannot be listed.
    """
    with run.clock.stage("arrive"):
        past = _past(run)
        found = scan_inbox(run.workspace.inbox, VIETNAM, run.as_of)
        look = _Look(waiting=_out_of_reach(found, past))
        for one in anew:
            look.add(replace(one, arrival_id=0), is_known=False)
        _sort(run, look, found.files, past)
        _take_settled(run, look, past)
        _record(run, look)
    return Arrived(tuple(look.arrivals), tuple(look.sightings), dict(sorted(look.waiting.items())), look.unchanged)


def _past(run: Run) -> _Past:
    ledger = run.ledger
    pending = (one.sha256 for one in ledger.pending())
    return _Past(
        names=ledger.known_names(),
        last_under=ledger.last_under(),
        misplaced=ledger.last_told(MISPLACED),
        lost=frozenset(sha256 for sha256 in pending if not is_whole(run.workspace.archive, sha256)),
        waiting=ledger.waiting(),
    )


def _out_of_reach(found: InboxScan, past: _Past) -> dict[str, str]:
    """What could not be looked at; an inbox that lost all that it ever held, even its folders, was not there."""
    waiting = dict.fromkeys(found.open_elsewhere, Waiting.OPEN)
    waiting |= dict.fromkeys(found.out_of_reach, Waiting.NOT_TAKEN)
    waiting |= dict.fromkeys(found.closed_folders, Waiting.FOLDER)
    if found.is_bare and past.names:
        waiting[WHOLE_INBOX] = Waiting.NO_LOOK
    for name, why in waiting.items():
        log.warning("%s: %s", why, name)
    return {name: str(why) for name, why in waiting.items()}


def _sort(run: Run, look: _Look, files: Iterable[InboxFile], past: _Past) -> None:
    """Known bytes apart from new ones. Hashing first spares the copy of what is known."""
    for file in files:
        if is_oversize(run.loaded.settings, file.look.size):
            _sort_oversize(look, file, past)
            continue
        try:
            sha256 = hash_of(file.path)
        except UnreadableError as error:
            _left(look, file, Waiting.NOT_TAKEN, error)
            continue
        if sha256 not in past.names or sha256 in past.lost:
            look.fresh.append(file)
        else:
            _recognise(run, look, (file, sha256, file.look.size), past)


def _sort_oversize(look: _Look, file: InboxFile, past: _Past) -> None:
    """What lies there as it lay at the last look is noted at once; what is new must lie still first."""
    noted = past.waiting.get(file.name, "")
    oversize = Oversize.of(noted) if noted and Waiting.of(noted) is Waiting.TOO_LARGE else None
    if oversize is not None and (oversize.size, oversize.stamp) == (file.look.size, file.stamp):
        look.waiting[file.name] = noted
    else:
        look.fresh.append(file)


def _recognise(run: Run, look: _Look, came: tuple[InboxFile, str, int], past: _Past) -> None:
    """Bytes that were in custody before this look: ``came`` is the file, its SHA-256 and its size."""
    file, sha256, size = came
    if file.name not in past.names[sha256]:
        look.add(_arrival(run, file, sha256, size), is_known=sha256 not in past.misplaced)
    elif past.last_under[file.name] == sha256:
        look.unchanged += 1
    else:
        look.add(_arrival(run, file, sha256, size), is_known=True)


def _take_settled(run: Run, look: _Look, past: _Past) -> None:
    """Copy what lies unchanged; the hash that counts is the copy's own."""
    if look.fresh:
        sleep(run.loaded.settings.limits.settle_seconds)
    for file in look.fresh:
        taken = _taken(run, look, file)
        if taken is None:
            continue
        if taken.sha256 in past.names:
            _recognise(run, look, (file, taken.sha256, taken.size), past)
        else:
            look.add(_arrival(run, file, taken.sha256, taken.size), is_known=False)


def _taken(run: Run, look: _Look, file: InboxFile) -> Taken | None:
    """The file in custody; None when it is too large or still being written, or cannot be read where it lies.

    Raises:
        OperatorError: E805, the archive has no room or cannot be written: that is no sender's fault.
    """
    try:
        if look_at(file.path) not in {file.look, None}:
            raise UnsettledError(file.name)
        if not is_oversize(run.loaded.settings, file.look.size):
            return take(file.path, run.workspace.archive)
        look.waiting[file.name] = str(Oversize(file.look.size, file.stamp, hash_of_start(file.path, file.look.size)))
    except UnreadableError as error:
        why = Waiting.UNSETTLED if isinstance(error, UnsettledError) else Waiting.NOT_TAKEN
        _left(look, file, why, error)
    except OSError as error:
        raise OperatorError("E805", path="archive", reason=error) from error
    return None


def _left(look: _Look, file: InboxFile, why: Waiting, reason: object) -> None:
    log.warning("%s: %s: %s", why, file.name, reason)
    look.waiting[file.name] = str(why)


def _arrival(run: Run, file: InboxFile, sha256: str, size: int) -> Arrival:
    """The arrival as an interval, with the file's stamp clamped into it as the best estimate (design 5)."""
    not_before = run.ledger.last_absent(file.name)
    estimate = min(max(file.stamp, not_before or dt.datetime.min), run.as_of)
    folder = run.loaded.settings.division_of_folder(file.folder)
    return Arrival(
        sha256,
        file.name,
        size,
        not_before,
        run.as_of,
        estimate,
        folder=folder,
        written_at=file.written_at,
        changed_at=file.changed_at,
    )


def _record(run: Run, look: _Look) -> None:
    settings = SettingsVersion(run.loaded.sha256, run.loaded.content, *_kept_settings(run))
    with run.ledger.writing():
        run.ledger.record_settings(settings, run.as_of)
        run.ledger.record_scan(run.scan, look.arrivals, look.sightings, look.waiting)


def _kept_settings(run: Run) -> tuple[str, str]:
    """The bytes of both settings files in custody; gives their hashes."""
    files = ((run.loaded.written, ".toml"), (run.loaded.directory, ".xlsx"))
    try:
        written, directory = (keep_settings(content, suffix, run.workspace.archive) for content, suffix in files)
    except OSError as error:
        raise OperatorError("E805", path="archive", reason=error) from error
    return written, directory
