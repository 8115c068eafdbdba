"""The year under a right clock, made once for the table."""

from collections.abc import Iterator

import pytest
from clock_office import Year, as_written, right_year

from pipeline.intake import inbox
from pipeline.night import arriving


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """As long as it is in use, files bear the stamps that the table gives them, whenever the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        stamped = as_written(inbox.look_at)
        for module in (inbox, arriving):
            patch.setattr(module, "look_at", stamped)
        yield right_year(tmp_path_factory.mktemp("nam"))
