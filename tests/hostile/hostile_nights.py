"""One night in a process of its own, with the memory of its whole tree: from /proc, so on Linux only."""

import json
import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
_PAGE = 4096


@dataclass(frozen=True)
class Night:
    """What a night took, and its report.

    ``processor`` are the seconds of processor time of all its processes, which a busy machine does not lengthen;
    ``megabytes`` the highest resident memory of all of them together.
    """

    processor: float
    seconds: float
    megabytes: float
    code: int
    report: dict[str, Any]
    err: str


class _Watch(threading.Thread):
    """Adds up the resident memory of a process and all below it, some fifty times a second."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.highest = 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.02):
            self.highest = max(self.highest, sum(map(_resident, _tree(self.process))))


def _tree(process: int) -> list[int]:
    found = [process]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:  # it has ended meanwhile
            continue
    return found


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _processor() -> float:
    """Processor seconds of all processes that were begun here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def night(root: Path, as_of: str) -> Night:
    """One ``qms run``."""
    began, used = time.monotonic(), _processor()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "run", "--workspace", root, "--as-of", as_of, "--json"],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = _Watch(process.pid)
    watch.start()
    out, err = process.communicate()
    watch.ended.set()
    seconds = time.monotonic() - began
    report = json.loads(out) if process.returncode == 0 else {}
    return Night(_processor() - used, seconds, watch.highest / (1 << 20), process.returncode, report, err)
