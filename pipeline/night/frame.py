"""One run's frame, handed from stage to stage."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.intake.file_kinds import MEBIBYTE
from pipeline.intake.workers import Workers
from pipeline.ledger import Ledger, Scan
from pipeline.night.last_run import Outage
from pipeline.night.walls import Walls
from pipeline.outbox import Outbox
from pipeline.seals import Seal
from pipeline.settings import Period, Settings
from pipeline.workspace import LoadedSettings, Workspace

if TYPE_CHECKING:
    from pipeline.consolidation import Committee
    from pipeline.editions.snapshot import LedgerSnapshot

Progress = Callable[[str, int, int], None]
"""Hears of a stage, how many are done, how many there are."""


@dataclass(frozen=True)
class Run:
    """One run's frame: where, when, under which settings, into which ledger, and what could not be made.

    ``seconds``: by stage; ``committees``: the frames that this run published from, for the page of the day;
    ``outages``: when nobody was answered before this run, for the same page.
    """

    workspace: Workspace
    loaded: LoadedSettings
    ledger: Ledger
    scan: Scan
    workers: Workers
    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)
    walls: Walls = field(default_factory=Walls)
    committees: dict[Period, "Committee"] = field(default_factory=dict)
    outages: tuple[Outage, ...] = ()

    @property
    def as_of(self) -> dt.datetime:
        """The run's clock."""
        return self.scan.as_of

    @property
    def settings(self) -> Settings:
        """The settings of the run."""
        return self.loaded.settings

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = round(self.seconds.get(stage, 0.0) + time.perf_counter() - began, 4)

    @cached_property
    def snapshot(self) -> "LedgerSnapshot":
        """The ledger once everything is judged: for the stages after that."""
        from pipeline.editions.snapshot import LedgerSnapshot

        return LedgerSnapshot(self.ledger)

    def seal_at(self, at: dt.datetime) -> Seal:
        """The seal of a time at which this run or one before it judged."""
        return self.ledger.seal_at(at) or Seal(self.ledger.content_hash(at), at)

    @cached_property
    def outbox(self) -> Outbox:
        """The outbox with its memory."""
        return Outbox(self.workspace.outbox, self.workspace.archive, self.as_of)

    def is_oversize(self, size: int) -> bool:
        """Whether a file of so many bytes is too large for custody."""
        return size > self.settings.limits.max_custody_megabytes * MEBIBYTE
