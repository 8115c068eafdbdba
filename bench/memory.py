"""What one change of the outbox's memory costs when it knows many names: `python bench/memory.py`.

Beside it, in the same run and folder, the way of version 0.3.0: the whole file written anew for each change. Times are
medians of processor plus waiting time in milliseconds, syncs to the disk included, taken in turns.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.memory import Memory
from pipeline.writing import write_whole

_CHANGES = 40


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _both(folder: Path, count: int) -> tuple[float, float]:
    entry = {"made_from": "0" * 64, "sha256": "1" * 64, "program": "0.0.0"}
    known = {f"phan_hoi/P{number % 60:02d}/BM-01 kế hoạch__{number:08x}.xlsx": entry for number in range(count)}
    whole = folder / "whole.json"
    (folder / "published.json").write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    memory = Memory(folder / "published.json")
    memory.remember("first", entry)

    def rewritten() -> None:
        write_whole(whole, json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True).encode())

    taken = [
        (_timed(rewritten), _timed(lambda place=place: memory.remember(f"answer {place}", entry)))
        for place in range(_CHANGES)
    ]
    before, now = zip(*taken, strict=True)
    return statistics.median(before), statistics.median(now)


def main() -> None:
    """Print the figures."""
    for count in (100, 500, 2_500, 10_000):
        with tempfile.TemporaryDirectory(dir=".") as folder:
            before, now = _both(Path(folder), count)
        print(f"{count:6} names: rewritten {before:7.2f} ms   appended {now:6.2f} ms   ratio {before / now:6.1f}")


if __name__ == "__main__":
    main()
