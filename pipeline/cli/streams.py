"""The streams and names of the process: Vietnamese everywhere, and nothing that a terminal would obey."""

import logging
import os
import sys
from typing import Any

from pipeline.naming import visible, visible_lines

_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


def make_ready() -> None:
    """Streams that are there and speak UTF-8; call first of all.

    A stream that the caller closed goes nowhere: its number must not be given to the next file that is opened. Where
    the locale takes names of files for ASCII, the program starts anew with names in UTF-8.
    """
    for name, mode in _STREAMS:
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end
    _speak_utf8()
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - ourselves


def _speak_utf8() -> None:
    """A piped stream on Windows would otherwise be in a code page that has no Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


class LogLines(logging.Formatter):
    """One record, one line, and the lines of its trace."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """The line, whatever its facts hold."""
        return visible(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802, ANN401 - as logging declares it
        """The trace in its lines."""
        return visible_lines(super().formatException(ei))
