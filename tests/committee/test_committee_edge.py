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
from recorded_story import recorded
from small_agency import SIX_MONTHS, listed, objective, plan, rate, report, result, small_settings

from pipeline.editions.frames import committee_frames, export_rows, workbook_of
from pipeline.editions.snapshot import LedgerSnapshot
from pipeline.ledger import Ledger, SettingsVersion
from pipeline.ledger.tables import row_tables

NIGHT = dt.datetime(2019, 6, 13, 0, 5)
SETTINGS = "s" * 64


def _story() -> Story:
    story = Story()
    plan(story, "VP", objective("MT01"), objective("MT02"))
    report(story, "VP", rate("MT01", 96, 100), based_on="0" * 64)
    report(story, "KHTC", result("MT09", actual=1.0))
    story.add("BM-02", "VP", "2019-6T", "2019-06-08 08:00", verdict="returned")
    return story


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    story = _story()
    originals = tmp_path / "archive" / "originals"
    originals.mkdir(parents=True)
    with Ledger(tmp_path / "archive" / "ledger.sqlite", row_tables()) as opened:
        for told in story.submissions:
            (originals / f"{told['sha256']}.xlsx").touch()
        recorded(opened, story, SettingsVersion(SETTINGS, "{}"))
        yield opened


def night_workbook(ledger: Ledger, as_of: dt.datetime) -> bytes:
    return workbook_of(
        committee_frames(LedgerSnapshot(ledger), small_settings(), SIX_MONTHS, as_of), ledger, ledger.seal_at(as_of)
    )


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
