"""ARRIVE: every new file into custody before anything judges it, with the interval in which it came."""

import datetime as dt
import errno
import logging
from collections.abc import Collection
from dataclasses import dataclass

from pipeline.faults import OperatorError
from pipeline.intake.custody import Taken, hash_of, take
from pipeline.intake.inbox import InboxFile, InboxScan, scan_inbox
from pipeline.ledger import Arrival
from pipeline.night.frame import Run
from pipeline.workspace import VIETNAM, Workspace

log = logging.getLogger(__name__)

_OURS = {errno.ENOSPC, errno.EROFS}
"""What only writing into the archive can meet."""


@dataclass(frozen=True)
class Arrived:
    """What one look into the inbox found, beside the arrivals that it wrote down."""

    scan: InboxScan
    unchanged: int
    not_taken: tuple[str, ...]


def arrive(run: Run) -> Arrived:
    """Take every new file into custody before anything judges it, and write down when it came."""
    with run.clock.stage("arrive"):
        found = scan_inbox(run.workspace.inbox, VIETNAM, run.as_of)
        known, not_before = set(run.ledger.known_hashes()), run.ledger.last_scan()
        arrivals, not_taken, unchanged = [], [], 0
        for file in found.files:
            taken = _taken(file, run.workspace, known)
            if taken is None:
                not_taken.append(file.name)
            elif taken.sha256 in known:
                unchanged += 1
            else:
                known.add(taken.sha256)
                arrivals.append(arrival_of(file, taken, not_before, run.as_of))
        with run.ledger.writing():
            run.ledger.record_settings(run.loaded.sha256, run.loaded.content, run.as_of)
            run.ledger.record_scan(run.scan, arrivals)
    return Arrived(found, unchanged, tuple(not_taken))


def _taken(file: InboxFile, workspace: Workspace, known: Collection[str]) -> Taken | None:
    """The file in custody; None when its sender's side keeps it from being read now.

    Hashing first spares the copy of what is known; for a new file the hash that counts is the copy's own.

    Raises:
        OperatorError: E805, the archive has no room or cannot be written: that is no sender's fault.
    """
    try:
        sha256 = hash_of(file.path)
        return Taken(sha256, 0) if sha256 in known else take(file.path, workspace.archive)
    except OSError as error:
        if error.errno in _OURS:
            raise OperatorError("E805", path="archive", reason=error.strerror or error) from error
        log.warning("not taken: %s: %s", file.name, error)
        return None


def arrival_of(file: InboxFile, taken: Taken, not_before: dt.datetime | None, not_after: dt.datetime) -> Arrival:
    """The arrival as an interval, with the file's stamp clamped into it as the best estimate (design 5)."""
    estimate = min(max(file.stamp, not_before or dt.datetime.min), not_after)
    return Arrival(taken.sha256, file.name, taken.size, not_before, not_after, estimate)
