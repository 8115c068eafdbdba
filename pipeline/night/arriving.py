"""ARRIVE: every new file into custody before anything judges it, with the interval in which it came."""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from time import sleep

from pipeline.faults import disk_faults
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
from pipeline.workspace import VIETNAM

log = logging.getLogger(__name__)


def arrive(run: Run, anew: Sequence[Arrival] = ()) -> "Arrived":
    """Take every new settled file into custody before anything judges it, and write down when it came.

    ``anew`` is in custody already and is to be judged once more, as having come when it came.

    Raises:
        OperatorError: E805, the archive has no room or cannot be written; E801, the inbox cannot be listed.
    """
    with run.timed("arrive"):
        look = Arrived(run)
        inbox = scan_inbox(run.workspace.inbox, VIETNAM, run.as_of)
        look.leave_out_of_reach(inbox)
        for one in anew:
            look.add(replace(one, arrival_id=0), is_known=False)
        look.take_settled(list(look.fresh(inbox.files)))
        with disk_faults("archive"):
            files = ((run.loaded.written, ".toml"), (run.loaded.directory, ".xlsx"))
            hashes = [keep_settings(content, suffix, run.workspace.archive) for content, suffix in files]
        with run.ledger.writing():
            run.ledger.record_settings(SettingsVersion(run.loaded.sha256, run.loaded.content, *hashes), run.as_of)
            run.ledger.record_scan(run.scan, look.arrivals, look.sightings, look.waiting)
    look.waiting = dict(sorted(look.waiting.items()))
    return look


class Arrived:
    """One look into the inbox: new bytes, known bytes under a new name, what waits, and how much is as it was.

    ``waiting``: path to reason, as the ledger keeps it. What the ledger knew before: ``_names``, bytes to the names
    under which they were seen; ``_last_under``, name to the bytes last seen under it; ``_misplaced`` bytes, which count
    anew elsewhere; ``_lost`` ones, which are in no custody and not judged yet.
    """

    def __init__(self, run: Run) -> None:
        ledger, archive = run.ledger, run.workspace.archive
        self._run = run
        self._names, self._last_under = ledger.known_names(), ledger.last_under()
        self._misplaced, self._waiting_before = ledger.last_judged_with(MISPLACED), ledger.waiting()
        self._lost = {one.sha256 for one in ledger.pending() if not is_whole(archive, one.sha256)}
        self.sightings: list[Arrival] = []
        self._arrivals: dict[str, Arrival] = {}
        self.waiting: dict[str, str] = {}
        self.unchanged = 0

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        """The new bytes, each once."""
        return tuple(self._arrivals.values())

    def left_because(self, *reasons: Waiting) -> tuple[str, ...]:
        """The paths of what waits for one of these reasons, reason by reason."""
        return tuple(path for why in reasons for path, reason in self.waiting.items() if Waiting.of(reason) is why)

    def add(self, arrival: Arrival, *, is_known: bool) -> None:
        """New bytes, or a new name of known ones; what came twice in one look came once."""
        if is_known or arrival.sha256 in self._arrivals:
            self.sightings.append(arrival)
        else:
            self._arrivals[arrival.sha256] = arrival

    def leave(self, name: str, why: Waiting, reason: object = "seen at the listing") -> None:
        """Something is not taken now."""
        log.warning("%s: %s: %s", why, name, reason)
        self.waiting[name] = str(why)

    def leave_out_of_reach(self, inbox: InboxScan) -> None:
        """What could not be looked at; an inbox that lost all that it ever held, even its folders, was not there."""
        groups = {
            Waiting.OPEN: inbox.open_elsewhere,
            Waiting.NOT_TAKEN: inbox.out_of_reach,
            Waiting.FOLDER: inbox.closed_folders,
            Waiting.NO_LOOK: (WHOLE_INBOX,) if inbox.is_bare and self._names else (),
        }
        for why, names in groups.items():
            for name in names:
                self.leave(name, why)

    def fresh(self, files: Iterable[InboxFile]) -> Iterator[InboxFile]:
        """The files whose bytes are new. Hashing first spares the copy of what is known."""
        for file in files:
            if self._run.is_oversize(file.look.size):
                if not self._is_noted(file):
                    yield file
                continue
            try:
                sha256 = hash_of(file.path)
            except UnreadableError as error:
                self.leave(file.name, Waiting.NOT_TAKEN, error)
                continue
            if sha256 not in self._names or sha256 in self._lost:
                yield file
            else:
                self._recognise(file, Taken(sha256, file.look.size))

    def _is_noted(self, file: InboxFile) -> bool:
        """Whether what is too large lies there as it lay at the last look; what is new must lie still first."""
        noted = self._waiting_before.get(file.name, "")
        if not noted or Waiting.of(noted) is not Waiting.TOO_LARGE:
            return False
        oversize = Oversize.of(noted)
        is_same = (oversize.size, oversize.stamp) == (file.look.size, file.stamp)
        if is_same:
            self.waiting[file.name] = noted
        return is_same

    def _recognise(self, file: InboxFile, taken: Taken) -> None:
        """Bytes that were in custody before this look."""
        if file.name in self._names[taken.sha256]:
            if self._last_under[file.name] == taken.sha256:
                self.unchanged += 1
            else:
                self.add(self._arrival(file, taken), is_known=True)
        else:
            self.add(self._arrival(file, taken), is_known=taken.sha256 not in self._misplaced)

    def take_settled(self, fresh: Sequence[InboxFile]) -> None:
        """Copy what lies unchanged; the hash that counts is the copy's own.

        Raises:
            OperatorError: E805, the archive has no room or cannot be written.
        """
        if fresh:
            sleep(self._run.settings.limits.settle_seconds)
        for file in fresh:
            taken = self._taken(file)
            if taken is not None and taken.sha256 in self._names:
                self._recognise(file, taken)
            elif taken is not None:
                self.add(self._arrival(file, taken), is_known=False)

    def _taken(self, file: InboxFile) -> Taken | None:
        """The file in custody; None when it is too large or still being written, or cannot be read where it lies."""
        size = file.look.size
        try:
            if look_at(file.path) not in {file.look, None}:
                raise UnsettledError(file.name)
            if not self._run.is_oversize(size):
                with disk_faults("archive"):  # which is no sender's fault
                    return take(file.path, self._run.workspace.archive)
            self.waiting[file.name] = str(Oversize(size, file.stamp, hash_of_start(file.path, size)))
        except UnreadableError as error:
            is_unsettled = isinstance(error, UnsettledError)
            self.leave(file.name, Waiting.UNSETTLED if is_unsettled else Waiting.NOT_TAKEN, error)
        return None

    def _arrival(self, file: InboxFile, taken: Taken) -> Arrival:
        """The arrival as an interval, with the file's stamp clamped into it as the best estimate (design 5)."""
        not_before = self._run.ledger.last_absent(file.name)
        return Arrival(
            taken.sha256,
            file.name,
            taken.size,
            not_before,
            self._run.as_of,
            min(max(file.stamp, not_before or dt.datetime.min), self._run.as_of),
            folder=self._run.settings.division_of_folder(file.folder),
            written_at=file.written_at,
            changed_at=file.changed_at,
        )
