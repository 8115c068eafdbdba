"""The log: opened when there is something to write, in the first place that takes it, and never a word about itself."""

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pipeline.cli.output import print_fault
from pipeline.cli.streams import LogLines
from pipeline.wording import say

NAME = "qms.log"


class LogFile(RotatingFileHandler):
    """A log with a few places where it may stand; nothing is made before the first record."""

    def __init__(self, root: Path) -> None:
        """``root``: the folder that the command names as its workspace."""
        super().__init__(root / "archive" / NAME, maxBytes=2_000_000, backupCount=3, encoding="utf-8", delay=True)
        self.setFormatter(LogLines("%(asctime)s %(levelname)s %(name)s %(message)s"))
        self._root = root

    @property
    def place(self) -> Path | None:
        """Where the records really are; None when no disk takes them."""
        self.acquire()
        try:
            self.stream = self.stream or self._open()
        finally:
            self.release()
        return None if self.baseFilename == os.devnull else Path(self.baseFilename)

    def _open(self) -> TextIOWrapper:
        for path in self._places():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                stream = path.open("a", encoding="utf-8")
            except OSError:
                continue
            self.baseFilename = os.path.abspath(path)  # noqa: PTH100 - as the handler itself keeps it
            return stream
        self.baseFilename = os.devnull
        return Path(os.devnull).open("a", encoding="utf-8")

    def _places(self) -> list[Path]:
        """The archive's own place first, then where the pages of failed runs are left."""
        from pipeline.night.last_run import folders, is_workspace

        archive = [self._root / "archive"] if is_workspace(self._root) else []
        return [folder / NAME for folder in (*archive, *folders(self._root))]

    def doRollover(self) -> None:  # noqa: N802 - logging's name
        """Begin a new file; while another program holds this one (Windows), it goes on growing instead."""
        try:
            super().doRollover()
        except OSError:
            self.stream = self.stream or self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A record that cannot be written is given up: its trace on the terminal would only hide the real fault."""


class _Waiting(logging.Handler):
    """Says on the terminal that the work waits: else nobody knows why nothing happens."""

    def emit(self, _record: logging.LogRecord) -> None:
        """One line for people."""
        print_fault(say("command_line.waiting"))


_OF_WAITING = "pipeline.ledger.patience"


def log_to_file(root: Path) -> None:
    """What is loud is loud in the log, and nothing of it on the terminal but that the work waits."""
    ours = logging.getLogger("pipeline")
    for logger, handler in ((ours, LogFile(root)), (logging.getLogger(_OF_WAITING), _Waiting())):
        for earlier in list(logger.handlers):
            logger.removeHandler(earlier)
            earlier.close()
        logger.addHandler(handler)
    ours.setLevel(logging.WARNING)
    # Nothing of it goes on to the terminal through the root logger.
    ours.propagate = False


def trace_place() -> str:
    """Where a trace lies, in words for people."""
    handlers = logging.getLogger("pipeline").handlers
    places = [handler.place for handler in handlers if isinstance(handler, LogFile)]
    return next((str(place) for place in places if place), say("command_line.no_log"))
