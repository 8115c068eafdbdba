"""Waiting for a ledger that another program holds: SQLite waits, and after a moment the log says so once."""

import logging
import sqlite3
from typing import Any, Final

log = logging.getLogger(__name__)

NOTICED_SECONDS: Final = 2.0
"""So long nobody wonders why nothing happens."""
HELD: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
"""The primary codes of what another program holds."""


class Patient(sqlite3.Connection):
    """A connection that waits at each step, and tells its log once that it does, when that takes longer than a moment.

    The command line shows that record on the terminal (``cli.logs``).
    """

    _rest = 0.0

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401 - as SQLite has it
        """As every connection does it.

        Raises:
            sqlite3.Error: another program holds the ledger all the while, or whatever else SQLite has to say.
        """
        try:
            return super().execute(sql, parameters)
        except sqlite3.OperationalError as error:
            if not self._rest or error.sqlite_errorcode & 0xFF not in HELD:
                raise
        log.warning("waiting for another program that holds the ledger")
        rest, self._rest = self._rest, 0.0
        super().execute(f"PRAGMA busy_timeout = {rest * 1000:.0f}")
        return super().execute(sql, parameters)

    def wait(self, seconds: float) -> None:
        """How long each step waits in all."""
        noticed = min(NOTICED_SECONDS, seconds)
        self._rest = seconds - noticed
        super().execute(f"PRAGMA busy_timeout = {noticed * 1000:.0f}")


def connect(path: object, seconds: float, *, uri: bool = False) -> Patient:
    """A connection to a file, or to a URI, that waits so long at each step."""
    connection: Patient = sqlite3.connect(str(path), uri=uri, isolation_level=None, factory=Patient)
    connection.wait(seconds)
    return connection
