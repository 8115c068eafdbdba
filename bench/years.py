"""Five years of one department: what a run costs after the first and after the fifth: `python -m bench.years`.

Eight divisions send the four forms of each year, in four nights. After the first and after the last year, in processes
of their own: the first run of a day with nothing new, another run of that day, one with one new form. Told are seconds
of wall and of processor, and how many times as much the last year takes.
"""

import calendar
import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.agency import Agency, again, agency
from bench.scale import Cost, night
from pipeline.demo import NIGHTS, replay
from pipeline.formulas.evaluation import serial_of
from pipeline.patching import Package
from pipeline.workspace import Workspace

_FIRST, _YEARS, _DIVISIONS = 2019, 5, 8
_NIGHTS: Final = ("01-26", "03-30", "06-09", "11-09")
"""The evening of each of a division's four forms."""
_POLICY: Final = "CSCL-2019"
_RUNS: Final = ("first run of a day, nothing new", "another run of the day", "one new form")


def of_year(content: bytes, year: int) -> bytes:
    """A form of the first year as it would be of another: its days and its words."""
    package, first = Package(content), (serial_of(dt.date(_FIRST, 1, 1)), serial_of(dt.date(_FIRST, 12, 31)))
    for worksheet in package.worksheets:
        texts = worksheet.texts()
        words = {cell: _words(text, year) for cell, text in texts.items() if str(_FIRST) in text}
        days = {
            cell: serial_of(_moved(float(text), year))
            for cell, text in texts.items()
            if text.replace(".", "", 1).isdecimal() and first[0] <= float(text) <= first[1]
        }
        worksheet.put({**words, **days})
    return package.saved()


def _words(text: str, year: int) -> str:
    return text.replace(_POLICY, "\0").replace(str(_FIRST), str(year)).replace("\0", _POLICY)


def _moved(serial: float, year: int) -> dt.date:
    day = dt.date(1899, 12, 30) + dt.timedelta(days=serial)
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def _settings(text: str) -> str:
    """The demo's settings with the due dates of every year."""
    begin, end = text.index(f"[years.{_FIRST}.KH]"), text.index("# ── Ngưỡng")
    block = text[begin:end]
    return text[:end] + "".join(block.replace(str(_FIRST), str(_FIRST + n)) for n in range(1, _YEARS)) + text[end:]


def _sent(ours: Agency, year: int, which: int) -> Iterator[tuple[str, bytes]]:
    forms = list(ours.forms())[which :: len(_NIGHTS)]
    for place, content in forms:
        yield place.replace(str(_FIRST), str(year)), content if year == _FIRST else of_year(content, year)


def _measured(workspace: Workspace, ours: Agency, year: int) -> list[Cost]:
    costs = [night(workspace, f"{year}-11-{day}") for day in ("11T00:05", "11T00:20")]
    (place, content), *_ = _sent(ours, year, len(_NIGHTS) - 1)
    (workspace.inbox / place).with_suffix(".lan2.xlsx").write_bytes(again(content))
    return [*costs, night(workspace, f"{year}-11-11T00:35")]


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        demo, workspace = Workspace(Path(folder) / "demo"), Workspace(Path(folder) / "so")
        replay(demo.root, NIGHTS)
        ours = agency(demo, _DIVISIONS)
        workspace.root.mkdir()
        workspace.settings_file.write_text(_settings(demo.settings_file.read_text(encoding="utf-8")), encoding="utf-8")
        workspace.directory_file.write_bytes(ours.directory())
        measured = {}
        for year in range(_FIRST, _FIRST + _YEARS):
            for which, day in enumerate(_NIGHTS):
                for place, content in _sent(ours, year, which):
                    path = workspace.inbox / place
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
                night(workspace, f"{year}-{day}T00:05")
            if year in {_FIRST, _FIRST + _YEARS - 1}:
                measured[year] = _measured(workspace, ours, year)
        before, after = measured.values()
        print("| run | year 1: wall, processor s | year 5: wall, processor s | times, wall | times, processor |")
        print("|---|---|---|---|---|")
        for name, one, five in zip(_RUNS, before, after, strict=True):
            times = f"{five.wall / one.wall:.2f} | {five.processor / one.processor:.2f}"
            print(f"| {name} | {one.wall:.2f}, {one.processor:.2f} | {five.wall:.2f}, {five.processor:.2f} | {times} |")


if __name__ == "__main__":
    main()
