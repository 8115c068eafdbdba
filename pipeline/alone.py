"""One at a time: whoever writes into the ledger or the outbox holds the workspace's lock."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from pipeline.faults import OperatorError
from pipeline.wording import say
from pipeline.workspace import VIETNAM, Workspace


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace while the work inside is done.

    Raises:
        OperatorError: E806, somebody else holds it.
    """
    workspace.archive.mkdir(parents=True, exist_ok=True)
    holder = workspace.archive / "run.holder"
    lock = FileLock(workspace.archive / "run.lock", timeout=0)
    try:
        with lock:
            holder.write_text(say("run.holder", time=dt.datetime.now(VIETNAM)), encoding="utf-8")
            yield
    except Timeout as error:
        held = holder.read_text(encoding="utf-8") if holder.exists() else "?"
        raise OperatorError("E806", holder=held) from error
