"""The streams and the log of the process: Vietnamese everywhere, nothing that a terminal would obey.

The log is opened when there is something to write, in the first place that takes it.
"""

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from pipeline.cli.output import print_fault
from pipeline.naming import visible, visible_lines
from pipeline.wording import say

NAME = "qms.log"
_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))
_OF_WAITING = "pipeline.ledger.patience"


def make_streams_ready() -> None:
    """Streams that are there and speak UTF-8; call first of all.

    A stream that the caller closed goes nowhere: its number must not be given to the next file that is opened. Where
    the locale takes names of files for ASCII, the program starts anew with names in UTF-8.
    """
    for name, mode in _STREAMS:
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end
    for stream in (sys.stdout, sys.stderr):
        # A piped stream on Windows would otherwise be in a code page that has no Vietnamese.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - ourselves


class _LogLines(logging.Formatter):
    """One record, one line, and the lines of its trace."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return visible(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802, ANN401 - as logging declares it
        return visible_lines(super().formatException(ei))


class LogFile(RotatingFileHandler):
    """A log with a few places where it may stand; nothing is made before the first record."""

    def __init__(self, root: Path) -> None:
        """``root``: the folder that the command names as its workspace."""
        super().__init__(root / "archive" / NAME, maxBytes=2_000_000, backupCount=3, encoding="utf-8", delay=True)
        self.setFormatter(_LogLines("%(asctime)s %(levelname)s %(name)s %(message)s"))
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
        print_fault(say("command_line.waiting"))


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
