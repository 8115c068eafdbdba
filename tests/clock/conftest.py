"""Offices whose calendar has only the periods in question, and the year under a right clock, made once for the table.

Each period of a calendar is a workbook that every run and every audit draws: a second by itself.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from clock_office import Year, as_written, right_year
from remembering import computed_once

from pipeline import nightly
from pipeline.demo.content import settings_text
from pipeline.demo.replaying import demo_directory
from pipeline.desk.starting import furnish
from pipeline.intake import inbox
from pipeline.night import arriving
from pipeline.workspace import Workspace, load_settings


@pytest.fixture(scope="module")
def same_content_is_computed_once() -> Iterator[None]:
    """For nights, audits and rebuilt nights of one ledger; not for the table, which compares what is drawn twice."""
    with computed_once():
        yield


@pytest.fixture(scope="module")
def no_page_is_drawn() -> Iterator[None]:
    """For nights of which only the workbooks and the ledger are looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nightly, "report_day", lambda _run: "")
        yield


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Workspace]:
    """Makes the demo's office before its first night, with these periods in its calendar and no other."""
    directory = demo_directory()

    def make(*periods: str) -> Workspace:
        others = rf"\[years\.2019\.(?!{'|'.join(period[5:] for period in periods)})\w\w\]\n(.+\n)+"
        office = furnish(tmp_path_factory.mktemp("office") / "so", re.sub(others, "", settings_text()), directory)
        assert [str(period) for period in load_settings(office).settings.periods] == [*periods]
        return office

    return make


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """As long as it is in use, files bear the stamps that the table gives them, whenever the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        stamped = as_written(inbox.look_at)
        for module in (inbox, arriving):
            patch.setattr(module, "look_at", stamped)
        yield right_year(tmp_path_factory.mktemp("nam"))
