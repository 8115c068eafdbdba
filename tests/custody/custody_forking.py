"""Inside the warm process: one run is forked for each order, so that none has to import anything. POSIX only.

Orders come in as JSON, a line each; the answers are a line when the run has begun (its process, which leads a group of
its own) and a line when it has ended (its exit code, or minus the signal that ended it).
"""

import io
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import nullcontext, redirect_stdout, suppress
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

from custody_deaths import Road
from custody_faults import arrange
from custody_reading import reading_here
from custody_remembering import remembering

from pipeline.cli import main as qms
from pipeline.ledger import store


def fork_runs() -> None:
    """Run each workspace of the command line once, so that everything is imported and every cache full; then serve."""
    # Shared by all runs and outside their groups: it frees the semaphores of the killed.
    resource_tracker.ensure_running()
    for root, as_of in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        with reading_here(), remembering(), redirect_stdout(io.StringIO()):
            code = qms(["run", "--workspace", root, "--as-of", as_of, "--json"])
        assert code == 0
    for line in sys.stdin:
        order = json.loads(line)
        process = os.fork()
        if process == 0:
            _run(order)
        # Both sides set it, so that neither can be too early for the other.
        _lead_a_group(process)
        _say({"process": process})
        _say({"code": _ended(process, order)})


def _ended(process: int, order: Mapping[str, Any]) -> int:
    """How it ended. Its number stays its own until it is waited for, so that nobody else can be killed in its place."""
    if "kill_after" in order:
        time.sleep(order["kill_after"])
        os.kill(process, signal.SIGKILL)
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    if not order.get("orphans"):
        os.killpg(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


def _run(order: Mapping[str, Any]) -> None:
    """The run itself; never returns."""
    code = 70
    try:
        _lead_a_group(0)
        _redirect(order["said"])
        if "user" in order:
            os.setgid(order["user"])
            os.setuid(order["user"])
        code = _disturbed(order)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _disturbed(order: Mapping[str, Any]) -> int:
    store.WAIT_SECONDS = order.get("patience", store.WAIT_SECONDS)
    arrange(order.get("faults", ()))
    if "road" in order:
        Road(Path(order["root"]), order["road"]).watch()
    reading = nullcontext() if order.get("workers") else reading_here()
    with reading, remembering() if order.get("remembers") else nullcontext():
        return qms(order.get("command") or ["run", "--workspace", order["root"], "--as-of", order["as_of"], "--json"])


def _lead_a_group(process: int) -> None:
    # It may have ended already.
    with suppress(ProcessLookupError, PermissionError):
        os.setpgid(process, process)


def _redirect(said: str) -> None:
    for stream, ending in ((1, "out"), (2, "err")):
        file = os.open(f"{said}.{ending}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        os.dup2(file, stream)
        os.close(file)


def _say(answer: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
