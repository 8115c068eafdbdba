"""What reading a filled form costs, from its bytes to parsed rows: `python bench/reading.py [OTHER] [runs]`.

Three forms, each filled as the sender's package patched (thin), as LibreOffice saves that, and as openpyxl does. Read
means what a worker does: the zip inspected, values, formats, fonts, errors and formulas taken, to the raw workbook;
whole means that and the form recognised, located and parsed. Medians of processor time in milliseconds, in one process
that has read each form once before; ``crosses`` is what it hands to the main process, in bytes. With OTHER, a folder
with another version of ``pipeline/``, both read the same forms in turn, so that what the machine does besides weighs on
both alike.
"""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from pipeline.demo.content import content_of
from pipeline.demo.filling import Filling, fill, typed_cells
from pipeline.forms import BY_NUMBER
from pipeline.patching import Package
from pipeline.spreadsheet import cell_name
from pipeline.vocabulary.lists import lists_of
from pipeline.workspace import Workspace, load_settings

HERE = Path(__file__).parents[1]
READER = """
import datetime, json, pickle, sys, time
from pathlib import Path
from pipeline.intake.worker import read_workbook
from pipeline.judging import reading
from pipeline.workspace import Workspace, load_settings
settings = load_settings(Workspace(Path(sys.argv[1]))).settings
for line in sys.stdin:
    one = reading.Submission(0, Path(line.strip()), datetime.datetime(2019, 6, 3))
    began = time.process_time()
    workbook = read_workbook(one.path)
    read = time.process_time()
    parsed = reading.read(one, workbook, settings)
    whole = time.process_time()
    is_packed = hasattr(reading, "packed")
    crosses = reading.packed(parsed) if is_packed else pickle.dumps(workbook)
    print(json.dumps([(read - began) * 1000, (whole - began) * 1000, len(crosses)]), flush=True)
"""
_DIVISION = "BTXH"
_COVER = {"division": _DIVISION, "year": 2019, "prepared_by": "Trần Thị Hoa", "prepared_on": dt.date(2019, 6, 3)}
_PERIODS = {"BM-01": "KH", "BM-02": "6T", "BM-03": "KH"}


class Reader:
    """A process that reads forms with the package of one checkout."""

    def __init__(self, checkout: Path) -> None:
        """Start it; the checkout comes first on its path."""
        command = [sys.executable, "-c", READER, str(HERE)]
        self._process = subprocess.Popen(  # noqa: S603 - our own arguments
            command, cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)}, stdin=-1, stdout=-1, text=True
        )

    def figures(self, form: Path) -> tuple[float, float, int]:
        """Milliseconds to the raw workbook and to the parsed rows, and the bytes that cross."""
        print(form, file=self._process.stdin, flush=True)
        read, whole, crosses = json.loads(next(iter(self._process.stdout or ())))
        return read, whole, crosses

    def median(self, form: Path, runs: int) -> str:
        """The figures as a line of the table shows them."""
        read, whole, crosses = zip(*(self.figures(form) for _ in range(runs)), strict=True)
        return f"{median(read):7.1f} {median(whole):7.1f} {crosses[0]:8,}"


def forms(folder: Path) -> Iterator[Path]:
    """The filled forms as files, made in a folder; those of LibreOffice where it is there."""
    settings = load_settings(Workspace(HERE)).settings
    content, lists = content_of(_DIVISION), lists_of(settings, 2019)
    for number, period in _PERIODS.items():
        form = BY_NUMBER[number]
        template = next((HERE / "templates_xlsx").glob(f"{number}*.xlsx")).read_bytes()
        filling = Filling({**_COVER, "period": period}, {sheet.name: content[sheet.name] for sheet in form.sheets})
        package, cells = Package(template), dict[str, dict[str, object]]()
        for typed in typed_cells(template, form, filling, lists):
            cells.setdefault(typed.sheet, {})[cell_name(typed.row, typed.column)] = typed.value
        for title, values in cells.items():
            package.worksheet(title).put(values)  # type: ignore[arg-type]
        yield _written(folder / f"{number} patched.xlsx", package.saved())
        yield from _saved_by_libreoffice(folder / f"{number} patched.xlsx")
        yield _written(folder / f"{number} openpyxl.xlsx", fill(template, form, filling, lists))


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _saved_by_libreoffice(path: Path) -> Iterator[Path]:
    office = shutil.which("soffice")
    if office:
        there = path.parent / "libreoffice"
        profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(there), str(path)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own arguments
        yield (there / path.name).rename(path.with_name(path.name.replace("patched", "libreoffice")))


def main(others: list[Path], runs: int) -> None:
    """Print the table."""
    readers: Mapping[str, Reader] = {str(name): Reader(Path(name)) for name in (HERE, *others)}
    with tempfile.TemporaryDirectory() as folder:
        print(" " * 29, *(f"{Path(name).name:>23}" for name in readers), sep="   ")
        print(f"{'':29}", *("   read   whole  crosses" for _ in readers), sep="   ")
        for form in forms(Path(folder)):
            for reader in readers.values():
                reader.figures(form)
            lines = [reader.median(form, runs) for reader in readers.values()]
            print(f"{form.stem:22}{form.stat().st_size:8,}", *lines, sep="   ")


if __name__ == "__main__":
    places = [Path(word).absolute() for word in sys.argv[1:] if not word.isdecimal()]
    main(places, next((int(word) for word in sys.argv[1:] if word.isdecimal()), 30))
