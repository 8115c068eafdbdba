"""REPORT: the secretary's page of the day, made anew only when something that it tells has changed."""

import json

from pipeline.ledger.hashing import digest
from pipeline.night.frame import Run
from pipeline.outbox import Outbox, dated_sibling

_READ_BY_OTHERS = ("tong_hop", "phan_hoi")
"""The folders of the outbox in which something may be open elsewhere when it is published."""


def report_day(run: Run, outbox: Outbox) -> str:
    """Bring the page of the day and its data up to date; gives the page's path, relative to the workspace.

    One page a day, whatever the number of runs: a function of the ledger's content, the settings, the day, what waits
    and what is open elsewhere.

    Raises:
        OperatorError: E805, it cannot be written.
    """
    page, data = (f"nhat_ky/{run.as_of:%Y-%m-%d}.{kind}" for kind in ("md", "json"))
    siblings = {
        f"outbox/{path}": f"outbox/{sibling}"
        for folder in _READ_BY_OTHERS
        for path, sibling in outbox.siblings(folder).items()
    }
    told = [run.ledger.content_hash(), run.loaded.sha256, run.as_of.date().isoformat(), run.ledger.waiting(), siblings]
    made_from = digest(told)
    with run.clock.stage("report"):
        if outbox.is_current(page, made_from) and outbox.is_current(data, made_from):
            return f"outbox/{page}"
        as_data, as_page = _texts(run, siblings)
        outbox.publish(data, as_data.encode(), made_from, sibling=dated_sibling(run.as_of))
        published = outbox.publish(page, as_page.encode(), made_from, sibling=dated_sibling(run.as_of))
    return f"outbox/{published.relative}"


def _texts(run: Run, siblings: dict[str, str]) -> tuple[str, str]:
    """The data and the page."""
    from pipeline.consolidation.day import day_of
    from pipeline.night.day_sources import sources_of
    from pipeline.night.day_words import day_data, day_page

    day = day_of(sources_of(run, siblings))
    return json.dumps(day_data(day), ensure_ascii=False, indent=2) + "\n", day_page(day)
