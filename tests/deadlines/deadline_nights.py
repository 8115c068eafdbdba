"""Nights that publish only the workbooks that a test looks at."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pipeline.editions.edition import Edition, edition_of
from pipeline.ledger import Ledger, Scan
from pipeline.night import day_sources, publishing
from pipeline.settings import Period, Settings

HALF_YEAR = "2019-6T"


@contextmanager
def only(*periods: str) -> Iterator[None]:
    """Within it a run goes its whole road, but the workbooks of other periods are not drawn."""

    def edition_of_these(period: Period, ledger: Ledger, settings: Settings, scan: Scan) -> Edition | None:
        return edition_of(period, ledger, settings, scan) if str(period) in periods else None

    with pytest.MonkeyPatch.context() as patch:
        for module in (publishing, day_sources):
            patch.setattr(module, "edition_of", edition_of_these)
        yield
