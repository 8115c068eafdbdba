"""The streams and the log of the process: Vietnamese everywhere, nothing that a terminal would obey.

The log is opened when there is something to write, in the first place that takes it.
"""

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.cli.output import print_fault
from pipeline.naming import visible, visible_lines
from pipeline.wording import say

NAME = "qms.log"
_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))
_ON_THE_TERMINAL = {"pipeline.ledger.patience": "command_line.waiting", "pipeline.intake.cluster.loss": "cluster.lost"}
"""Loggers whose records are also said on the terminal, and the words: else nobody knows why it takes so long."""


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


class LogFile(logging.Handler):
    """A log with a few places where it may stand: each record is appended to the first that takes it.

    A record that no place takes is given up: its trace on the terminal would only hide the real fault.
    """

    most_bytes = 2_000_000
    kept = 3

    def __init__(self, root: Path) -> None:
        """``root``: the folder that the command names as its workspace."""
        super().__init__()
        self.setFormatter(_LogLines("%(asctime)s %(levelname)s %(name)s %(message)s"))
        self._root = root

    @property
    def place(self) -> Path | None:
        """Where the records stand: in the archive, or with the pages of failed runs; None when no disk takes them."""
        from pipeline.night.last_run import folders, is_workspace

        archive = [self._root / "archive"] if is_workspace(self._root) else []
        for folder in (*archive, *folders(self._root)):
            with suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
                (folder / NAME).open("a").close()
                return folder / NAME
        return None

    def emit(self, record: logging.LogRecord) -> None:
        """Append the record to the log, which begins anew when it is long."""
        log = self.place
        if log is None:
            return
        # While another program holds the log (Windows), it goes on growing.
        with suppress(OSError):
            if log.stat().st_size > self.most_bytes:
                self._begin_anew(log)
        with suppress(OSError), log.open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(f"{self.format(record)}\n")

    def _begin_anew(self, log: Path) -> None:
        for number in range(self.kept, 0, -1):
            earlier = log.with_name(f"{NAME}.{number - 1}") if number > 1 else log
            if earlier.exists():
                earlier.replace(log.with_name(f"{NAME}.{number}"))


class _Notice(logging.Handler):
    """Says on the terminal what a logger's records mean."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def emit(self, _record: logging.LogRecord) -> None:
        print_fault(say(self._words))


def log_to_file(root: Path) -> None:
    """What is loud is loud in the log, and nothing of it on the terminal but why the work takes long."""
    ours = logging.getLogger("pipeline")
    notices = [(logging.getLogger(name), _Notice(words)) for name, words in _ON_THE_TERMINAL.items()]
    for logger, handler in ((ours, LogFile(root)), *notices):
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
