"""Workbooks of a year that is over: they stand, and a clock that is known as wrong afterwards is read right in them."""

import datetime as dt
import os
from collections.abc import Callable

import pytest

from pipeline import nightly
from pipeline.demo.submissions import Forger
from pipeline.desk.auditing import audit_workspace
from pipeline.desk.recording import Grounds, record_wrong_clock, revoke
from pipeline.nightly import RunOptions
from pipeline.workspace import VIETNAM, Workspace

pytestmark = pytest.mark.usefixtures("same_content_is_computed_once", "no_page_is_drawn")
Opened = Callable[..., Workspace]


def _run(office: Workspace, *nights: str) -> list[str]:
    return [nightly.run_night(office, dt.datetime.fromisoformat(at), RunOptions(workers=1)).run_id for at in nights]


def _judge(office: Workspace, *nights: str) -> list[str]:
    """Runs whose workbooks nobody will look at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nightly, "publish", lambda _run: ())
        return _run(office, *nights)


def _drop(office: Workspace, stamp: str) -> None:
    path = office.inbox / "TCT" / "BM-04.xlsx"
    path.parent.mkdir()
    path.write_bytes(Forger(office).declaration("TCT"))
    seconds = dt.datetime.fromisoformat(stamp).replace(tzinfo=VIETNAM).timestamp()
    os.utime(path, (seconds, seconds))


def _workbook(office: Workspace, period: str = "2019-6T") -> bytes:
    return (office.outbox / "tong_hop" / f"{period}.xlsx").read_bytes()


def _failures(office: Workspace) -> list[str]:
    return [str(one.words) for line in audit_workspace(office).lines for one in line.outcome.failures]


def test_a_workbook_that_its_due_date_began_stands_when_its_year_is_over(opened: Opened) -> None:
    office = opened("2019-6T", "2019-CN")
    _judge(office, "2019-06-06T00:05")
    _drop(office, "2019-06-07T12:00")
    _judge(office, "2019-06-08T00:05")
    _run(office, "2019-12-05T00:05", "2020-01-05T00:05")
    assert _workbook(office, "2019-CN")
    assert _failures(office) == []


def test_so_it_does_where_nothing_ever_came_for_the_year(opened: Opened) -> None:
    office = opened("2019-6T", "2019-CN")
    _judge(office, "2019-06-06T00:05")
    _run(office, "2019-12-05T00:05", "2020-01-05T00:05")
    assert _workbook(office, "2019-CN")
    assert _failures(office) == []


def test_a_program_that_came_after_the_year_begins_no_workbook_of_it(opened: Opened) -> None:
    office = opened("2019-KH", "2019-6T", "2019-CN")
    _run(office, "2020-01-05T00:05")
    assert not list(office.outbox.glob("tong_hop/2019-*.xlsx"))


def test_a_closed_years_workbook_follows_a_decision_on_clocks_and_its_revocation(opened: Opened) -> None:
    office = opened("2019-KH", "2019-6T")
    first, *_ = _judge(office, "2019-06-06T00:05")
    _drop(office, "2019-06-07T12:00")
    _judge(office, "2019-06-08T00:05")
    _run(office, "2020-01-05T00:05")
    stood = _workbook(office)
    told = record_wrong_clock(office, first, first, Grounds(dt.datetime(2020, 1, 6, 8), "pin CMOS"))
    _run(office, "2020-01-07T00:05")
    assert _workbook(office) != stood
    assert _failures(office) == []
    revoke(office, told.number, Grounds(dt.datetime(2020, 1, 8, 8), "ghi nhầm"))
    _run(office, "2020-01-09T00:05")
    assert _workbook(office) == stood
    assert _failures(office) == []
