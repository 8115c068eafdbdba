"""ARRIVE: every new file into custody before anything judges it, with the interval in which it came."""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from time import sleep

from pipeline.faults import OperatorError
from pipeline.intake.custody import Taken, UnreadableError, UnsettledError, hash_of, keep_settings, take
from pipeline.intake.inbox import InboxFile, look_at, scan_inbox
from pipeline.ledger import Arrival, SettingsVersion, Waiting
from pipeline.night.frame import Run
from pipeline.workspace import VIETNAM

log = logging.getLogger(__name__)

MISPLACED = "F108"
"""As in ``judging``, which a run with nothing new does not import: such bytes count anew when they lie elsewhere."""


@dataclass(frozen=True)
class Arrived:
    """What one look into the inbox found: new bytes, known bytes under a new name, what waits, and what is known."""

    arrivals: tuple[Arrival, ...]
    sightings: tuple[Arrival, ...]
    waiting: Mapping[str, str]
    unchanged: int


@dataclass
class _Look:
    """One look while it lasts."""

    fresh: list[InboxFile] = field(default_factory=list)
    sightings: list[Arrival] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    waiting: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0


def arrive(run: Run) -> Arrived:
    """Take every new settled file into custody before anything judges it, and write down when it came.

    Raises:
        OperatorError: E805, the archive has no room or cannot be written; E801, the inbox cannot be listed.
    """
    with run.clock.stage("arrive"):
        found = scan_inbox(run.workspace.inbox, VIETNAM, run.as_of)
        look = _Look(waiting=dict.fromkeys(found.open_elsewhere, str(Waiting.OPEN)))
        known = run.ledger.known_names()
        _sort(run, look, found.files, known)
        _take_settled(run, look, known)
        _record(run, look)
    return Arrived(tuple(look.arrivals), tuple(look.sightings), dict(sorted(look.waiting.items())), look.unchanged)


def _sort(run: Run, look: _Look, files: Iterable[InboxFile], known: Mapping[str, frozenset[str]]) -> None:
    """Known bytes apart from new ones. Hashing first spares the copy of what is known."""
    misplaced = run.ledger.last_told(MISPLACED)
    for file in files:
        try:
            sha256 = hash_of(file.path)
        except UnreadableError as error:
            _left(look, file, Waiting.NOT_TAKEN, error)
            continue
        if sha256 not in known:
            look.fresh.append(file)
        elif file.name in known[sha256]:
            look.unchanged += 1
        elif sha256 in misplaced:
            look.arrivals.append(_arrival(run, file, sha256, file.look.size))
        else:
            look.sightings.append(_arrival(run, file, sha256, file.look.size))


def _take_settled(run: Run, look: _Look, known: Mapping[str, frozenset[str]]) -> None:
    """Copy what lies unchanged; the hash that counts is the copy's own."""
    if look.fresh:
        sleep(run.loaded.settings.limits.settle_seconds)
    taken_now = {one.sha256 for one in look.arrivals}
    for file in look.fresh:
        taken = _taken(run, look, file)
        if taken is not None:
            is_known = taken.sha256 in known or taken.sha256 in taken_now
            came = look.sightings if is_known else look.arrivals
            came.append(_arrival(run, file, taken.sha256, taken.size))
            taken_now.add(taken.sha256)


def _taken(run: Run, look: _Look, file: InboxFile) -> Taken | None:
    """The file in custody; None when it is still being written, or its sender's side keeps it from being read.

    Raises:
        OperatorError: E805, the archive has no room or cannot be written: that is no sender's fault.
    """
    try:
        if look_at(file.path) not in {file.look, None}:
            raise UnsettledError(file.name)
        return take(file.path, run.workspace.archive)
    except UnreadableError as error:
        why = Waiting.UNSETTLED if isinstance(error, UnsettledError) else Waiting.NOT_TAKEN
        _left(look, file, why, error)
        return None
    except OSError as error:
        raise OperatorError("E805", path="archive", reason=error.strerror or error) from error


def _left(look: _Look, file: InboxFile, why: Waiting, reason: object) -> None:
    log.warning("%s: %s: %s", why, file.name, reason)
    look.waiting[file.name] = str(why)


def _arrival(run: Run, file: InboxFile, sha256: str, size: int) -> Arrival:
    """The arrival as an interval, with the file's stamp clamped into it as the best estimate (design 5)."""
    not_before = run.ledger.last_absent(file.name)
    estimate = min(max(file.stamp, not_before or dt.datetime.min), run.as_of)
    folder = run.loaded.settings.division_of_folder(file.folder)
    return Arrival(sha256, file.name, size, not_before, run.as_of, estimate, folder=folder)


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
        raise OperatorError("E805", path="archive", reason=error.strerror or error) from error
    return written, directory
