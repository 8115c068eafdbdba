"""One night in a process of its own, with the memory of its whole tree: from /proc, so on Linux only."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
_PAGE = 4096
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_USED_ITSELF = slice(11, 13)
"""Where ``/proc/…/stat`` has the time in user mode and in the kernel, counted after the name in brackets."""


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
    """Adds up the resident memory of a process and all below it, some fifty times a second, and what each used.

    The workers are children of a fork server for which nobody waits: what the kernel adds up of children has not them.
    """

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.highest = 0
        self.used: dict[int, float] = {}
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.02):
            tree = _tree(self.process)
            self.highest = max(self.highest, sum(map(_resident, tree)))
            for process in tree:
                self.used[process] = max(_used(process), self.used.get(process, 0))


def _tree(process: int) -> list[int]:
    processes = [process]
    for parent in processes:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                processes += map(int, (task / "children").read_text().split())
        except OSError:  # it has ended meanwhile
            continue
    return processes


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _used(process: int) -> float:
    """Processor seconds of one process, without its children."""
    try:
        after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, after_name[_USED_ITSELF])) / _TICKS


def night(root: Path, as_of: str) -> Night:
    """One ``qms run``."""
    began = time.monotonic()
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
    return Night(sum(watch.used.values()), seconds, watch.highest / (1 << 20), process.returncode, report, err)
