"""Runs forked from a warm process, ended when they are told to, with everything that they started."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from custody_inbox import copy_of

from pipeline.workspace import Workspace

_ZYGOTE = Path(__file__).with_name("custody_zygote.py")


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code (minus the signal when it was killed), and what it said."""

    code: int
    out: str
    err: str
    process: int

    @property
    def was_killed(self) -> bool:
        """Whether the run died before it could end."""
        return self.code == -signal.SIGKILL

    @property
    def document(self) -> dict[str, Any]:
        """The run's report, as ``--json`` gives it."""
        told: dict[str, Any] = json.loads(self.out)
        return told


class Runner:
    """One warm process; ``run`` forks a run from it and waits. Use as a context manager."""

    def __init__(self, folder: Path, *nights: tuple[Workspace, str]) -> None:
        """``folder`` takes what the runs say; the process warms itself up with copies of the nights and their times."""
        self._folder = folder
        copies = [(copy_of(night, folder / f"warm{place}"), as_of) for place, (night, as_of) in enumerate(nights)]
        self._warming = [word for night, as_of in copies for word in (str(night.root), as_of)]

    def __enter__(self) -> Self:
        with (self._folder / "zygote.err").open("w") as faults:
            self._zygote = subprocess.Popen(
                [sys.executable, str(_ZYGOTE), *self._warming],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=faults,
                text=True,
            )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._zygote.stdin is not None
        assert self._zygote.stdout is not None
        self._zygote.stdin.close()
        self._zygote.wait(timeout=30)
        self._zygote.stdout.close()

    def run(self, workspace: Workspace, as_of: str, **order: Any) -> Ended:  # noqa: ANN401 - JSON
        """One run.

        ``road`` is where it dies by itself (custody_deaths), ``faults`` what it meets (custody_faults), ``kill_after``
        the seconds after which it is killed from outside. ``workers``: read in worker processes, as in life, and work
        out everything; without them what is slow and pure is not worked out anew (custody_remembering). ``command``:
        another command than the run. ``patience``: the seconds for which it waits for a ledger that another program
        holds, in place of those of life. Afterwards nothing that it started lives on; with ``orphans`` its workers are
        left to end by themselves.
        """
        said = str(self._folder / "said")
        order["remembers"] = not order.get("workers")
        process = self._asked({**order, "root": str(workspace.root), "as_of": as_of, "said": said})["process"]
        code = self._heard()["code"]
        out, err = (Path(f"{said}.{ending}").read_text(encoding="utf-8") for ending in ("out", "err"))
        return Ended(code, out, err, process)

    def _asked(self, order: Mapping[str, Any]) -> dict[str, int]:
        assert self._zygote.stdin is not None
        self._zygote.stdin.write(json.dumps(order) + "\n")
        self._zygote.stdin.flush()
        return self._heard()

    def _heard(self) -> dict[str, int]:
        assert self._zygote.stdout is not None
        line = self._zygote.stdout.readline()
        assert line, (self._folder / "zygote.err").read_text(encoding="utf-8")
        heard: dict[str, int] = json.loads(line)
        return heard


def outlived(process: int, seconds: float) -> bool:
    """Whether something that a run started is still alive after so many seconds; it is ended then."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            os.killpg(process, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    return True
