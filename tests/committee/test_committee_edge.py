"""From a ledger on the disk to the workbook's bytes and the exported rows."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from committee_content import Story
from openpyxl import load_workbook
from small_agency import SIX_MONTHS, listed, objective, plan, rate, report, result, small_settings

from pipeline.editions.frames import committee_frames, export_rows, workbook_of
from pipeline.editions.snapshot import LedgerSnapshot
from pipeline.findings import Finding, Verdict
from pipeline.ledger import Arrival, Judgement, Ledger, Scan, SettingsVersion
from pipeline.ledger.records import Row
from pipeline.ledger.tables import row_tables, sheet_tables, storable_rows
from pipeline.parsing import storable_columns

NIGHT = dt.datetime(2019, 6, 13, 0, 5)
SETTINGS = "s" * 64


def _story() -> Story:
    story = Story()
    plan(story, "VP", objective("MT01"), objective("MT02"))
    report(story, "VP", rate("MT01", 96, 100), based_on="0" * 64)
    report(story, "KHTC", result("MT09", actual=1.0))
    story.add("BM-02", "VP", "2019-6T", "2019-06-08 08:00", verdict="returned")
    return story


def _arrival(told: dict[str, object]) -> Arrival:
    at = pd.Timestamp(str(told["arrived_at"])).to_pydatetime()
    return Arrival(str(told["sha256"]), str(told["path"]), 10_000, None, at, at)


def _rows(story: Story, submission_id: int) -> dict[str, list[Row]]:
    stored = {}
    for table, sheet in sheet_tables().items():
        days = [name for name, dtype in storable_columns(sheet).items() if dtype == "datetime64[us]"]
        own = [row for row in story.rows.get(table, []) if row["submission_id"] == submission_id]
        dated = [{n: dt.date.fromisoformat(v) if n in days and v else v for n, v in row.items()} for row in own]
        stored[table] = storable_rows(sheet, dated)
    return stored


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    story = _story()
    originals = tmp_path / "archive" / "originals"
    originals.mkdir(parents=True)
    with Ledger(tmp_path / "archive" / "ledger.sqlite", row_tables()) as opened:
        for submission_id, told in enumerate(story.submissions, 1):
            arrival = _arrival(told)
            (originals / f"{arrival.sha256}.xlsx").touch()
            scan = Scan("run", arrival.arrived_at, SETTINGS)
            with opened.writing():
                opened.record_settings(SettingsVersion(SETTINGS, "{}"), arrival.arrived_at)
                opened.record_scan(scan, [arrival])
                returned = told["verdict"] == "returned"
                judgement = Judgement(
                    arrival=opened.pending()[0],
                    verdict=Verdict(str(told["verdict"])),
                    findings=(Finding("C401"),) if returned else (),
                    form=str(told["form"]),
                    division=str(told["division"]),
                    period=str(told["period"]),
                    based_on=str(told["based_on"]),
                    rows={} if returned else _rows(story, submission_id),
                )
                opened.record_judgement(judgement, scan)
        yield opened


def night_workbook(ledger: Ledger, as_of: dt.datetime) -> bytes:
    return workbook_of(committee_frames(LedgerSnapshot(ledger), small_settings(), SIX_MONTHS, as_of), ledger)


def test_the_ledger_gives_the_frames_that_it_was_told(ledger: Ledger) -> None:
    told, read = _story().content(), LedgerSnapshot(ledger).content()
    submissions = told.submissions.assign(settings=pd.Series(SETTINGS, told.submissions.index, dtype="str"))
    pd.testing.assert_frame_equal(read.submissions[submissions.columns], submissions)
    for table, rows in told.rows.items():
        pd.testing.assert_frame_equal(read.rows[table], rows)
    assert listed(read.findings, "submission_id", "code", "severity") == [(4, "C401", "error")]


def test_the_workbook_depends_on_the_local_day_and_not_on_the_hour(ledger: Ledger) -> None:
    night = night_workbook(ledger, NIGHT)
    assert night_workbook(ledger, NIGHT.replace(hour=15)) == night
    assert night_workbook(ledger, NIGHT + dt.timedelta(days=1)) != night


def test_a_past_night_is_rebuilt_from_what_was_known_then(ledger: Ledger) -> None:
    at = dt.datetime(2019, 6, 1, 0, 5)
    committee = committee_frames(LedgerSnapshot(ledger), small_settings(), SIX_MONTHS, at, known_at=at)
    assert listed(committee.sources, "source", "form") == [("N001", "BM-01")]


def test_sources_link_to_the_archived_originals(ledger: Ledger) -> None:
    workbook = night_workbook(ledger, NIGHT)
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        relations = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels"))
    targets = set(re.findall(r'Target="([^"]*)" TargetMode="External"', relations))
    assert targets == {f"../../archive/originals/{told['sha256']}.xlsx" for told in _story().submissions}


def test_a_lost_original_is_named_without_a_link(ledger: Ledger, tmp_path: Path) -> None:
    for original in (tmp_path / "archive" / "originals").iterdir():
        original.unlink()
    sheet = load_workbook(io.BytesIO(night_workbook(ledger, NIGHT)))["11 Nguồn"]
    assert (sheet["A6"].value, sheet["A6"].hyperlink) == ("N001", None)


def test_standing_findings_reach_the_workbook(ledger: Ledger) -> None:
    committee = committee_frames(LedgerSnapshot(ledger), small_settings(), SIX_MONTHS, NIGHT)
    assert listed(committee.standing, "source", "code") == [("N002", "R610"), ("N002", "R611")]


def test_exported_results_carry_origin_and_status(ledger: Ledger) -> None:
    rows = export_rows(ledger, small_settings(), "results")
    assert listed(rows, "division", "period", "code", "computed_status") == [
        ("KHTC", "2019-6T", "MT09", None),
        ("VP", "2019-6T", "MT01", "Đạt"),
    ]
    assert set(rows["sha256"].str.len()) == {64}
