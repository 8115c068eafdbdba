"""What the demo's two years cost, and what of it Python's search for garbage: `python bench/demo.py`.

Each way in a process of its own, both at once, so that a busy machine hinders them alike. Times are processor seconds,
those of the workers that have ended included.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.cli.app import SELDOM

_USUAL = (700, 10, 10)
_CHILD = """
import gc, os, sys
from pathlib import Path
from pipeline.demo import replay
gc.set_threshold(*map(int, sys.argv[2:]))
replay(Path(sys.argv[1]))
times = os.times()
print(times.user + times.system + times.children_user + times.children_system)
"""


def main() -> None:
    """Print the processor seconds of both ways."""
    with tempfile.TemporaryDirectory() as folder:
        at_work = {
            name: subprocess.Popen(  # noqa: S603 - our own interpreter
                [sys.executable, "-c", _CHILD, str(Path(folder) / name), *map(str, threshold)],
                stdout=subprocess.PIPE,
                text=True,
            )
            for name, threshold in {"seldom": SELDOM, "as Python does": _USUAL}.items()
        }
        for name, process in at_work.items():
            print(f"{name:15} {float(process.communicate()[0].split()[-1]):6.1f} s of {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
