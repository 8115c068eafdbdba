"""What a file costs a worker, the wire and the main process, what a ministry needs: `python bench/ministry.py`.

Replays the demo, gives its forms of one division to many made divisions, and runs a night over them twice: in few
divisions and in many. Every time is processor time: of a worker in this process, of the main process without its
workers. With a page as argument (`python bench/ministry.py docs/scale.md`) its table between the marks is written anew.
"""

import datetime as dt
import hashlib
import os
import pickle
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

from pipeline import nightly
from pipeline.demo import NIGHTS, replay
from pipeline.feedback.marked_copy import FeedbackSheet
from pipeline.findings import Finding
from pipeline.forms import BY_NUMBER
from pipeline.intake.file_kinds import DEFAULT_LIMITS, RawWorkbook
from pipeline.intake.shipping import packed
from pipeline.intake.worker import read_workbook
from pipeline.judging.reading import read_and_parse
from pipeline.night import frame
from pipeline.night.marking import mark
from pipeline.patching import Package
from pipeline.seals import Seal
from pipeline.settings import Settings
from pipeline.workspace import LoadedSettings, Workspace, load_settings

_OWN = "VP"
_FORMS = ("BM-01 VP 2019.xlsx", "BM-02_2019-6T_VP.xlsx", "BM-03_2019-KH_VP.xlsx")
_AS_OF = dt.datetime(2019, 6, 8, 0, 5)
_FEW, _MANY = 70, 140
"""Divisions of the two nights; what one file costs is the slope between them."""
_RETURNED = 4
"""Every so manieth division sends forms that are returned."""
_BEGIN, _END = "<!-- measured -->", "<!-- end -->"


@dataclass(frozen=True)
class Evening:
    """The heaviest evening of a ministry: how many files, and how many of them are answered."""

    units: int = 20_000
    forms: float = 2
    """BM-01 and BM-03 are due together in January."""
    on_it: float = 0.8
    returned: float = 0.25

    @property
    def files(self) -> float:
        """What arrives."""
        return self.units * self.forms * self.on_it


def _milliseconds(work: Callable[[], object]) -> float:
    """The median of five times, in processor time."""
    times = []
    for _ in range(5):
        began = time.process_time()
        work()
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)


def _read(model: Path) -> RawWorkbook:
    workbook = read_workbook(model)
    assert isinstance(workbook, RawWorkbook), workbook  # noqa: S101 - a form of the demo
    return workbook


def _of_workers(model: Path, settings: Settings) -> dict[str, float]:
    """What one form costs its worker, in ms, and the wire, in KB there and back."""
    number = model.name[:5]
    workbook = _read(model)
    sheet = workbook.sheets[1].title
    findings = [Finding("V301", sheet=sheet, cell=f"D{row}", facts={"label": "x", "found": "y"}) for row in (8, 9, 10)]
    words = FeedbackSheet(
        model.name,
        "Trả lại",
        BY_NUMBER[number],
        {},
        _OWN,
        "2019-KH",
        "",
        findings,
        Seal("0" * 64, dt.datetime(2019, 1, 31)),
    )
    marked = mark(model, words, number, DEFAULT_LIMITS)
    kib, compressed = 1024, zlib.compress(pickle.dumps(settings))
    rows = read_and_parse(model, DEFAULT_LIMITS, compressed)
    return {
        "reading, worker ms": _milliseconds(lambda: read_and_parse(model, DEFAULT_LIMITS, compressed)),
        "marking, worker ms": _milliseconds(lambda: mark(model, words, number, DEFAULT_LIMITS)),
        "file, KB": model.stat().st_size / kib,
        "to read: there, KB": len(packed(read_and_parse, (model, compressed), DEFAULT_LIMITS, os.getpid)) / kib,
        "to read: back, KB": len(pickle.dumps(rows)) / kib,
        "to mark: there, KB": len(packed(mark, (model, replace(words, form=None)), DEFAULT_LIMITS, os.getpid)) / kib,
        "to mark: back, KB": len(pickle.dumps(marked)) / kib,
    }


def _sent_by(code: str, model: Path, *, is_returned: bool) -> bytes:
    """The form as another division sends it; one that is returned lacks who prepared it."""
    workbook, package = _read(model), Package.opened(model)
    for sheet in workbook.sheets:
        if sheet.title in {workbook.sheets[0].title, "_qms"}:
            own = {place: cell for place, cell in sheet.cells.items() if str(cell.value).partition(" - ")[0] == _OWN}
            edits = {f"{chr(64 + column)}{row}": code for row, column in own}
            if is_returned and sheet is workbook.sheets[0]:
                (row, _), *_ = own
                edits[f"C{row + 5}"] = None  # who prepared it
            package.worksheet(sheet.title).put(edits)
    return package.saved()


def _settings(base: Settings, codes: list[str]) -> Settings:
    """The agency with made divisions that owe, and are staffed, as the own one."""
    (own,) = [one for one in base.divisions if one.code == _OWN]
    divisions = [own.model_copy(update={"code": code}) for code in codes]
    people = [one for one in base.staff if one.division == _OWN]
    staff = [one.model_copy(update={"division": code}) for code in codes for one in people]
    limits = base.limits.model_copy(update={"settle_seconds": 0})
    changes = {"divisions": (*base.divisions, *divisions), "staff": (*base.staff, *staff), "limits": limits}
    return base.model_copy(update=changes)


def _night(folder: Path, demo: Workspace, count: int) -> dict[str, float]:
    """Main-process seconds by stage of a night in which so many divisions send three forms each."""
    codes = [f"P{number:04d}" for number in range(count)]
    office = Workspace(folder / str(count))
    for number, code in enumerate(codes):
        for name in _FORMS:
            path = office.inbox / code / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_sent_by(code, demo.inbox / _OWN / name, is_returned=number % _RETURNED == 0))
    for file in (office.settings_file, office.directory_file):
        file.write_bytes(b"")
    settings = _settings(load_settings(demo).settings, codes)
    loaded = LoadedSettings(settings, hashlib.sha256(settings.model_dump_json().encode()).hexdigest())
    with (
        mock.patch.object(nightly, "load_settings", return_value=loaded),
        mock.patch.object(frame.time, "perf_counter", time.process_time),
    ):
        report = nightly.run_night(office, _AS_OF)
    verdicts = {name: number for name, number in nightly.counts(report).items() if number}
    print(f"{count} divisions: {verdicts}, {len(report.feedback)} answers, {report.seconds}", file=sys.stderr)
    return {**report.seconds, "answers": len(report.feedback), "files": report.arrived}


def _slopes(few: dict[str, float], many: dict[str, float]) -> dict[str, float]:
    """What one file more, or one answer more, costs the main process, in ms."""
    files, answers = (many[key] - few[key] for key in ("files", "answers"))
    per = {stage: answers if stage == "feedback" else files for stage in few}
    return {
        stage: (many[stage] - few[stage]) / per[stage] * 1000
        for stage in ("arrive", "read", "judge", "publish", "report", "feedback", "receipts")
    }


def _table(forms: dict[str, dict[str, float]], slopes: dict[str, float]) -> Iterator[str]:
    yield f"| one form | {' | '.join(forms)} |"
    yield f"|---|{'---|' * len(forms)}"
    for line in next(iter(forms.values())):
        yield f"| {line} | {' | '.join(f'{form[line]:.1f}' for form in forms.values())} |"
    yield ""
    yield "| one file more, main process | ms |"
    yield "|---|---|"
    for stage, cost in slopes.items():
        yield f"| {stage}{' (an answer)' if stage == 'feedback' else ''} | {cost:.1f} |"
    yield ""
    yield from _ministry(forms, slopes, Evening())


def _ministry(forms: dict[str, dict[str, float]], slopes: dict[str, float], evening: Evening) -> Iterator[str]:
    """What the heaviest evening needs."""
    mean = {line: statistics.mean(form[line] for form in forms.values()) for line in next(iter(forms.values()))}
    answers = evening.files * evening.returned
    of_main = sum(cost for stage, cost in slopes.items() if stage != "feedback") * evening.files
    of_main += slopes["feedback"] * answers
    of_workers = mean["reading, worker ms"] * evening.files + mean["marking, worker ms"] * answers
    there = mean["to read: there, KB"] * evening.files + mean["to mark: there, KB"] * answers
    back = mean["to read: back, KB"] * evening.files + mean["to mark: back, KB"] * answers
    hour, gib = 3_600_000, 1024 * 1024
    yield "| the heaviest evening | |"
    yield "|---|---|"
    yield f"| files, answers | {evening.files:,.0f}, {answers:,.0f} |"
    yield f"| workers, processor hours | {of_workers / hour:.1f} |"
    yield f"| main process, processor hours | {of_main / hour:.1f} |"
    yield f"| workers that keep the main process at work | {of_workers / of_main:.1f} |"
    yield f"| shipped there, back, GiB | {there / gib:.1f}, {back / gib:.1f} |"
    yield f"| wire, Mbit/s over the main process's hours | {(there + back) / gib * 8590 / (of_main / 1000):.0f} |"


def main() -> None:
    """Print the tables, or put them into a page."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Workspace(Path(folder) / "demo")
        replay(demo.root, NIGHTS)
        base = load_settings(demo).settings
        forms = {name[:5]: _of_workers(demo.inbox / _OWN / name, base) for name in _FORMS}
        _night(Path(folder) / "first", demo, 2)  # what is imported once
        few, many = (_night(Path(folder), demo, count) for count in (_FEW, _MANY))
    table = "\n".join(_table(forms, _slopes(few, many)))
    if len(sys.argv) == 1:
        print(table)
        return
    page = Path(sys.argv[1])
    before, _, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    page.write_text(f"{before}{_BEGIN}\n\n{table}\n\n{_END}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
