"""Years of a department: a workbook is made when what it says has changed, never because the date has."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from recorded_story import recorded
from several_years import settings_of, story_of

from pipeline.editions.edition import edition_of
from pipeline.findings import DecisionKind
from pipeline.ledger import Decision, Ledger, Scan, SettingsVersion
from pipeline.ledger.tables import row_tables
from pipeline.night import publishing
from pipeline.night.frame import Run
from pipeline.settings import Period
from pipeline.workspace import LoadedSettings, Workspace

YEARS = range(2018, 2020)
"""One that is over, and the one that goes on."""
SETTINGS = settings_of(4, YEARS)
VERSION = SettingsVersion("s" * 64, SETTINGS.model_dump_json())
Night = Callable[[str], list[str]]


@pytest.fixture
def so(tmp_path: Path) -> Workspace:
    (tmp_path / "archive").mkdir()
    return Workspace(tmp_path)


@pytest.fixture
def ledger(so: Workspace) -> Iterator[Ledger]:
    with Ledger(so.ledger_file, row_tables()) as opened:
        recorded(opened, story_of(4, 3, YEARS), VERSION, until="2019-06-08")
        yield opened


@pytest.fixture
def night(so: Workspace, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Night:
    """Looks into the inbox, in which nothing is new, and publishes; gives the periods whose workbooks were made."""
    drawn: list[str] = []
    draw = publishing._workbook
    monkeypatch.setattr(
        publishing, "_workbook", lambda edition, run: (drawn.append(str(edition.period)), draw(edition, run))[1]
    )

    def look(as_of: str) -> list[str]:
        drawn.clear()
        scan = Scan("run", dt.datetime.fromisoformat(as_of), VERSION.sha256, program="p")
        with ledger.writing():
            ledger.record_scan(scan)
        loaded = LoadedSettings(SETTINGS, VERSION.sha256)
        publishing.publish(Run(so, loaded, ledger, scan, 1, lambda *_: None))
        return list(drawn)

    return look


def _files(so: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((so.outbox / "tong_hop").iterdir())}


def test_a_new_day_with_nothing_new_makes_no_workbook(so: Workspace, night: Night) -> None:
    assert night("2019-06-08T00:05") == ["2018-KH", "2018-6T", "2018-CN", "2019-KH", "2019-6T"]
    published = _files(so)
    assert (night("2019-06-09T00:05"), night("2019-06-09T15:00")) == ([], [])
    assert _files(so) == published


def test_a_due_date_that_passes_makes_those_of_its_year_once(so: Workspace, night: Night) -> None:
    night("2019-06-09T00:05")
    published = _files(so)
    assert night("2019-06-10T00:05") == ["2019-KH", "2019-6T"]
    assert (night("2019-06-10T00:20"), night("2019-06-11T00:05")) == ([], [])
    changed = {name for name, content in _files(so).items() if content != published[name]}
    assert changed == {"2019-KH.xlsx", "2019-6T.xlsx"}


@pytest.mark.parametrize(
    ("before", "on", "because"),
    [
        ("2019-10-15T00:05", "2019-10-16T00:05", "a task of the plans was to be finished the day before"),
        ("2019-11-09T00:05", "2019-11-10T00:05", "the reports of the whole year are due"),
    ],
)
def test_a_day_that_changes_a_state_makes_them_anew(before: str, on: str, because: str, night: Night) -> None:
    night(before)
    assert "2019-6T" in night(on), because


def test_an_extension_counts_from_the_day_until_which_it_gives_time(ledger: Ledger, night: Night) -> None:
    at = dt.datetime(2019, 6, 8, 9, 0)
    more_time = Decision(
        kind=DecisionKind.EXTENDED, as_of=at, period="2019-6T", form="BM-04", division="TCT", until=dt.date(2019, 7, 4)
    )
    with ledger.writing():
        ledger.record_decision(more_time)
    night("2019-07-03T00:05")
    assert night("2019-07-04T00:05") == ["2019-KH", "2019-6T"]


def test_the_year_that_is_over_is_closed_once(night: Night) -> None:
    night("2019-12-30T00:05")
    assert night("2020-01-01T00:05") == ["2019-KH", "2019-6T", "2019-CN"]
    assert night("2020-01-02T00:05") == []


def test_an_edition_speaks_as_of_the_look_that_saw_the_last_change(ledger: Ledger, night: Night) -> None:
    for as_of in ("2019-06-10T07:00", "2019-06-10T07:15", "2019-06-20T00:05"):
        night(as_of)
    scan = Scan("run", dt.datetime(2019, 6, 20, 0, 5), VERSION.sha256)
    edition = edition_of(Period.parse("2019-6T"), ledger, SETTINGS, scan)
    assert edition is not None
    assert edition.as_of == dt.datetime(2019, 6, 10, 7, 0)
