"""Types values into forms with LibreOffice itself. A script for a Python that has ``uno``; no test imports it.

It reads one job as JSON from standard input, starts one soffice for all of it, and ends that soffice whatever happens::

    {"soffice": "/usr/bin/soffice", "profile": "<empty folder>", "seconds": 120,
     "files": [{"template": "<path>", "cells": [["Mục tiêu", "G6", "95%"], ["Mục tiêu", "O6", "31/12/2019"]],
                "saves": [["<path>.xlsx", "Calc MS Excel 2007 XML"], ["<path>.xls", "MS Excel 97"]]}]}

Every cell is given as the keys that a clerk presses before Enter, and LibreOffice decides what they mean. What it did
with them when this was written (7.4, Vietnamese locale):

* ``43,42`` and ``4.286`` are numbers; ``43.42`` stays text, because the dot parts thousands.
* ``95%`` becomes 0.95 and the cell takes the format 0,00%. The format stays: ``43,42`` entered there later by this
  script is 4342 %. (At the screen, LibreOffice adds the % sign as soon as a digit is pressed in such a cell.)
* ``43,42%`` is kept as 0.43420000000000003; .xlsx and .ods round it to 0.4342 as they are written, .xls does not.
* ``31/12/2019`` becomes a date and keeps the cell's dd/mm/yyyy; in a cell without a date format it gets MM/DD/YY.
* In a text cell (@) everything stays as typed, also ``1/2``; in a General cell ``12/5`` becomes a date of this year,
  ``0912…`` loses its zero and ``Đúng`` turns into TRUE.
* Autocorrection and data validation wait at the keyboard only: neither touches what comes this way.
* ``XCell.setFormula`` is no way to type: it reads English whatever the locale (``31/12/2019`` stays text, ``12/5`` is
  5 December) and stores 0.95 for ``95%`` without the % format.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]  # comes with LibreOffice, for its own Python only

# A Vietnamese office: the decimal comma, and days before months.
LOCALE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>vi-VN</value></prop>
</item>
</oor:items>
"""

NoConnectError = uno.getClass("com.sun.star.connection.NoConnectException")
DisposedError = uno.getClass("com.sun.star.lang.DisposedException")


class RefusedError(Exception):
    """LibreOffice did not do what the job asks."""

    def __init__(self, *what: str) -> None:
        """Say what it refused, and where."""
        super().__init__(" ".join(what))


class Office:
    """A running LibreOffice."""

    def __init__(self, context: Any) -> None:  # noqa: ANN401 - uno's objects have no types
        """Take the remote component context."""
        create = context.ServiceManager.createInstanceWithContext
        self.desktop = create("com.sun.star.frame.Desktop", context)
        self._dispatcher = create("com.sun.star.frame.DispatchHelper", context)

    def fill(self, file: dict[str, Any]) -> None:
        """Open one template out of sight, type, and save it under other names."""
        address = uno.systemPathToFileUrl(file["template"])
        document = self.desktop.loadComponentFromURL(address, "_blank", 0, (_property("Hidden", value=True),))
        if document is None:  # no exception: also when a lock file of somebody else lies beside it
            raise RefusedError("not_opened", file["template"])
        try:
            for title, cells in groupby(file["cells"], key=itemgetter(0)):
                self._type(document, title, [(address, keys) for _, address, keys in cells])
            for path, kind in file["saves"]:
                document.storeToURL(uno.systemPathToFileUrl(path), (_property("FilterName", kind),))
        finally:
            document.close(True)  # noqa: FBT003 - uno knows no names of arguments

    def _type(self, document: Any, title: str, cells: Iterable[tuple[str, str]]) -> None:  # noqa: ANN401 - as above
        sheet, view = document.Sheets.getByName(title), document.CurrentController
        view.setActiveSheet(sheet)
        frame, is_protected = view.Frame, sheet.isProtected()
        for address, keys in cells:
            cell = sheet.getCellRangeByName(address)
            # A clerk would be told so; without a screen, the message ends LibreOffice by its signal 6.
            if is_protected and cell.CellProtection.IsLocked:
                raise RefusedError("locked", title, address)
            self._dispatch(frame, ".uno:GoToCell", ToPoint=address)
            self._dispatch(frame, ".uno:EnterString", StringName=keys)
            if cell.Type.value == "EMPTY":
                raise RefusedError("still_empty", title, address)

    def _dispatch(self, frame: Any, command: str, **arguments: str) -> None:  # noqa: ANN401 - as above
        given = tuple(_property(name, value) for name, value in arguments.items())
        self._dispatcher.executeDispatch(frame, command, "", 0, given)


def _property(name: str, value: object) -> Any:  # noqa: ANN401 - as above
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


@contextmanager
def running_office(soffice: str, profile: Path, seconds: float) -> Iterator[Office]:
    """A LibreOffice of our own, with its own profile and a pipe to talk through; gone after at most ``seconds``.

    Raises:
        RefusedError: it does not start, or not in time.
    """
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(LOCALE, encoding="utf-8")
    pipe = f"qms_{uuid.uuid4().hex}"
    process = subprocess.Popen(
        [
            soffice,
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"-env:UserInstallation={profile.as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ],
        env={**os.environ, "TMPDIR": str(profile)},  # one that is ended by force leaves its scratch files
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # soffice is a script that starts others: they end as one group
    )
    # Its end also ends every call to it that is still waiting.
    alarm = threading.Timer(seconds, _end, [process])
    alarm.start()
    try:
        office = Office(_connected(pipe, process))
        try:
            yield office
        finally:
            with suppress(DisposedError):  # it may be gone before it can answer
                office.desktop.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
    finally:
        alarm.cancel()
        _end(process)
        process.wait()


def _connected(pipe: str, process: "subprocess.Popen[bytes]") -> Any:  # noqa: ANN401 - as above
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while process.poll() is None:
        with suppress(NoConnectError):
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        time.sleep(0.1)
    raise RefusedError("ended_early", str(process.returncode))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the whole group where the system has groups, else the process.

    LibreOffice cleans up after itself only when it is asked over the pipe; ended so, it leaves an empty socket in /tmp.
    """
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def main() -> int:
    """Do the job on standard input; 1 when LibreOffice refused, with the reason on standard error."""
    job = json.load(sys.stdin)
    try:
        with running_office(job["soffice"], Path(job["profile"]), job["seconds"]) as office:
            for file in job["files"]:
                office.fill(file)
    except (RefusedError, DisposedError) as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
