"""How long `qms --help` takes, beside a bare interpreter in the same run: `python bench/cold_start.py [runs]`.

Prints medians in seconds and the ratio of each pair's times; the machine's drift falls out of the ratio.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "qms --help": [sys.executable, "-m", "pipeline", "--help"],
    "qms run --help": [sys.executable, "-m", "pipeline", "run", "--help"],
}


def seconds_of(command: Sequence[str]) -> float:
    """Wall seconds of one whole process."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own commands
    return time.perf_counter() - began


def main(runs: int) -> None:
    """Time the commands in turn and print each one's median and its ratio to the bare interpreter."""
    times = {name: [] for name in COMMANDS}
    for command in COMMANDS.values():
        seconds_of(command)
    for _ in range(runs):
        for name, command in COMMANDS.items():
            times[name].append(seconds_of(command))
    bare = times["python -c pass"]
    for name, measured in times.items():
        ratios = [ours / theirs for ours, theirs in zip(measured, bare, strict=True)]
        print(
            f"{name:18} median {statistics.median(measured):.3f} s  "
            f"min {min(measured):.3f}  max {max(measured):.3f}  ratio {statistics.median(ratios):.2f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
