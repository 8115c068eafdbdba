"""Two divisions of the demo, one of which is merged into the other in mid-year: forms issued, filled, dropped, run."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from issuing_years import AFTER_THE_VERDICTS, HALF, NCC, PEOPLE, PLAN, Form, Row, begun, filled, run_without

from bench.typed_cells import cover, whole_year
from pipeline.demo.content import content_of, directory_rows
from pipeline.demo.filling import Filling, fill
from pipeline.forms import DIRECTORY
from pipeline.nightly import RunReport
from pipeline.settings import AgencyName, Period
from pipeline.settings.succession import taken_over_code
from pipeline.templates.template import Issue, template_bytes
from pipeline.workspace import Workspace

CLOSED_ON = dt.date(2019, 7, 31)
KHTC = content_of("KHTC")
YEAR = Period.parse("2019-CN")
_KHTC_PLAN = {name: KHTC[name] for name in ("objectives", "tasks")}
_KHTC_HALF = {name: KHTC[name] for name in ("results", "progress")}
_SIGNED = {name: KHTC[name] for name in PEOPLE}
_BEFORE: tuple[tuple[dt.datetime, tuple[Form, ...]], ...] = (
    (
        dt.datetime(2019, 1, 26, 0, 5),
        (Form("BM-01", "NCC", "2019-KH", PLAN, PEOPLE), Form("BM-01", "KHTC", "2019-KH", _KHTC_PLAN, _SIGNED)),
    ),
    (
        dt.datetime(2019, 6, 6, 0, 5),
        (
            Form("BM-02", "NCC", "2019-6T", HALF, cover(NCC, Period.parse("2019-6T"))),
            Form("BM-02", "KHTC", "2019-6T", _KHTC_HALF, cover(KHTC, Period.parse("2019-6T"))),
        ),
    ),
)


@dataclass(frozen=True)
class Merged:
    """The workspace after the night of the year's report, the report as it was issued, and the run."""

    workspace: Workspace
    issued: bytes
    run: RunReport


def merged(folder: Path) -> Merged:
    """NCC is merged into KHTC in the directory; KHTC reports on the year of both in the form that it was given."""
    workspace = begun(folder)
    for night, forms in _BEFORE:
        for form in forms:
            (workspace.inbox / f"{form.name}.xlsx").write_bytes(filled(workspace, form)[1])
        run_without(workspace, night, *AFTER_THE_VERDICTS)
    workspace.directory_file.write_bytes(_directory())
    run_without(workspace, dt.datetime(2019, 8, 2, 0, 5), *AFTER_THE_VERDICTS)
    issued, content = filled(workspace, Form("BM-02", "KHTC", "2019-CN", _of_both(), cover(KHTC, YEAR)))
    (workspace.inbox / "bao cao nam.xlsx").write_bytes(content)
    return Merged(workspace, issued, run_without(workspace, dt.datetime(2019, 11, 6, 0, 5)))


def _directory() -> bytes:
    """The secretary's list with the merger."""
    rows = directory_rows()
    closed = {"valid_to": CLOSED_ON, "successor": "KHTC"}
    divisions = [{**row, **(closed if row["code"] == "NCC" else {})} for row in rows["divisions"]]
    issue = Issue(lists={}, agency=AgencyName(name="", superior="", place=""), made_on=dt.date(2019, 1, 1))
    return fill(template_bytes(DIRECTORY, issue), DIRECTORY, Filling(rows={**rows, "divisions": divisions}), {})


def _of_both() -> Mapping[str, Sequence[Row]]:
    """What the clerk types: the year of KHTC, and of what was taken over under the codes printed in the form."""
    own, taken = whole_year(KHTC), whole_year(NCC)
    keys = {"results": "code", "progress": "task_code"}
    return {
        sheet: [*own[sheet], *({**row, key: taken_over_code("NCC", row[key])} for row in taken[sheet])]
        for sheet, key in keys.items()
    }
