"""What reading a form costs in two checkouts, side by side: `python bench/reading.py OTHER [runs]`.

Two processes, one for this checkout and one for OTHER (a folder with another version of ``pipeline/``), read the same
forms in turn, so that what the machine does besides weighs on both alike. Told are medians of processor time in
milliseconds, and the median of the paired differences.
"""

import subprocess
import sys
from pathlib import Path
from statistics import median

HERE = Path(__file__).parents[1]
FORMS = [
    *sorted((HERE / "templates_xlsx").glob("BM-0*.xlsx")),
    *sorted((HERE / "tests/parsing/fixtures").glob("*.xlsx")),
]
READER = """
import sys, time
from pathlib import Path
from pipeline.intake.worker import read_workbook
for line in sys.stdin:
    began = time.process_time()
    read_workbook(Path(line.strip()))
    print(time.process_time() - began, flush=True)
"""


class Reader:
    """A process that reads forms with the package of one checkout."""

    def __init__(self, checkout: Path) -> None:
        """Start it; the checkout comes first on its path."""
        command = [sys.executable, "-c", READER]
        self._process = subprocess.Popen(  # noqa: S603 - our own arguments
            command, cwd=checkout, env={"PYTHONPATH": str(checkout)}, stdin=-1, stdout=-1, text=True
        )

    def milliseconds(self, form: Path) -> float:
        """How long one reading takes."""
        print(form, file=self._process.stdin, flush=True)
        return float(next(iter(self._process.stdout or ()))) * 1000


def main(other: Path, runs: int) -> None:
    """Print the figures by form."""
    here, there = Reader(HERE), Reader(other)
    for form in FORMS:
        pairs = [(here.milliseconds(form), there.milliseconds(form)) for _ in range(runs)]
        ours, theirs = (median(times) for times in zip(*pairs, strict=True))
        print(f"{form.name:32} here {ours:6.1f}  other {theirs:6.1f}  +{median(a - b for a, b in pairs):5.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), int(sys.argv[2]) if len(sys.argv) > 2 else 20)
