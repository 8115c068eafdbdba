"""A small agency's year in few forms, held night by night on the real stages: arrive and decide, without publishing."""

import datetime as dt
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from custody_reading import reading_here
from custody_state import logical_dump
from rules_bases import BASES, COVER
from rules_settings import SETTINGS
from rules_sheets import form_of, template_content

from pipeline.demo.filling import Filling, Row, fill
from pipeline.desk.status import obligations_of
from pipeline.intake.workers import Workers
from pipeline.ledger import Scan
from pipeline.ledger.contents import read_findings, read_submissions
from pipeline.ledger.tables import read_rows, sheet_tables
from pipeline.night.arriving import arrive
from pipeline.night.deciding import judge_pending
from pipeline.night.frame import Run
from pipeline.obligations import in_force
from pipeline.settings import Period
from pipeline.vocabulary.lists import lists_of
from pipeline.workspace import VIETNAM, LoadedSettings, Workspace, create_ledger, open_ledger

_SETTLED = SETTINGS.model_copy(update={"limits": SETTINGS.limits.model_copy(update={"settle_seconds": 0})})
SMALL = LoadedSettings(_SETTLED, "0" * 64, b"", b"")
State = Mapping[str, object]
Ledger = Mapping[str, object]
PERIOD = Period.parse("2019-CN")


@dataclass(frozen=True)
class Drop:
    """One file put into the inbox at a time; no other file is written at that minute."""

    name: str
    content: bytes
    at: dt.datetime


def form(name: str, cover: Row | None = None, **changes: Row) -> bytes:
    """A valid base of the rules' tests as a workbook; ``changes`` overwrite fields of the first row of a sheet."""
    base = BASES[name]
    rows = {
        sheet: [{**row, **(changes.get(sheet, {}) if place == 0 else {})} for place, row in enumerate(typed)]
        for sheet, typed in base.rows.items()
    }
    filling = Filling({**COVER, **(cover or {})}, rows)
    return fill(template_content(name), form_of(base), filling, lists_of(SETTINGS, 2019))


REVISED = {"revision_reason": "Điều chỉnh theo chỉ đạo của Giám đốc Sở", "revision_document": "15/QĐ-SLĐTBXH"}


@cache
def forms_of_the_year() -> Mapping[str, tuple[bytes, ...]]:
    """Every version that comes, by form, in the order in which a night judges the forms; some are returned."""
    return {
        "BM-04": (form("BM-04"),),
        "BM-01": (
            form("BM-01"),
            form("BM-01", REVISED, objectives={"baseline": 93}),
            form("BM-01", objectives={"owner": None}),
        ),
        "BM-03": (form("BM-03"), form("BM-03", policy={"understood": None})),
        "BM-02": (form("BM-02", results={"actual": 90}), form("BM-02"), form("BM-02", {"telephone": "0299 3821 235"})),
    }


def year_of(drops: Iterable[Drop], nights: Iterable[dt.datetime], *, is_judged: bool = True) -> tuple[State, Ledger]:
    """What the year comes to when each night takes what was dropped before it: the final state, and the whole ledger.

    Without judging it is quick, and shows only how files are taken.
    """
    with ExitStack() as stack:
        workspace = Workspace(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        stack.enter_context(reading_here())
        workspace.inbox.mkdir()
        waiting = sorted(drops, key=lambda drop: drop.at)
        for night in nights:
            while waiting and waiting[0].at <= night:
                _put(workspace, waiting.pop(0))
            _hold(workspace, night, is_judged=is_judged)
        return _final_state(workspace), logical_dump(workspace.ledger_file)


def _put(workspace: Workspace, drop: Drop) -> None:
    path = workspace.inbox / drop.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(drop.content)
    stamp = drop.at.replace(tzinfo=VIETNAM).timestamp()
    os.utime(path, (stamp, stamp))


def _hold(workspace: Workspace, as_of: dt.datetime, *, is_judged: bool) -> None:
    with create_ledger(workspace) as ledger:
        run = Run(workspace, SMALL, ledger, Scan("", as_of, SMALL.sha256), Workers(1), lambda *_: None)
        arrive(run)
        if is_judged:
            judge_pending(run)


def _final_state(workspace: Workspace) -> State:
    """What must not depend on the nights: obligations, verdict and findings of all bytes, rows in force."""
    with open_ledger(workspace) as ledger:
        submissions = read_submissions(ledger)
        told = submissions[["sha256", "verdict", "form", "division", "period", "version", "is_empty", "arrived_at"]]
        counting = in_force(submissions)["sha256"]
        rows = {
            table: read_rows(ledger, table)
            .query("submission_id in @counting.index")
            .replace({"submission_id": counting})
            for table in sheet_tables()
            if table != "divisions"
        }
        findings = {sha256: read_findings(ledger, number) for number, sha256 in submissions["sha256"].items()}
    owed = obligations_of(workspace, SETTINGS, PERIOD, dt.datetime(2019, 12, 31))
    return {
        "told": sorted(told.astype(str).itertuples(index=False, name=None)),
        "findings": findings,
        "rows": {table: sorted(map(str, found.itertuples(index=False, name=None))) for table, found in rows.items()},
        "obligations": [
            (one.form, one.division, one.period, one.state, one.days_late, one.verdict, one.arrived_at) for one in owed
        ],
    }
