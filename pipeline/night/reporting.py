"""REPORT: the secretary's page of the day, made anew only when something that it tells has changed."""

import dataclasses
import json
from collections.abc import Callable, Mapping
from functools import partial

from pipeline.ledger.hashing import digest
from pipeline.night.frame import Run
from pipeline.night.plain_day import has_typed_time, outage_words, plain_data, plain_page, suspect_clocks
from pipeline.night.walls import Stage
from pipeline.outbox import Folder

_READ_BY_OTHERS = (Folder.WORKBOOKS, Folder.ANSWERS)
"""The folders of the outbox in which something may be open elsewhere when it is published."""
Texts = tuple[dict[str, object], str]
"""The data and the page."""


def report_day(run: Run) -> str | None:
    """Bring the page of the day and its data up to date; gives the page's path, relative to the workspace.

    One page a day, whatever the number of runs: a function of the ledger's content, the settings, the day, what waits,
    what is open elsewhere and what could not be made. A page that cannot be made is replaced by a plainer one; None
    when neither could be written.
    """
    page, values = (f"{Folder.DAYS}/{run.as_of:%Y-%m-%d}.{kind}" for kind in ("md", "json"))

    def put(texts: Callable[[], Texts], made_from: str) -> str:
        as_data, as_page = texts()
        content = json.dumps(as_data, ensure_ascii=False, indent=2) + "\n"
        run.outbox.publish(values, content.encode(), made_from)
        return run.outbox.publish(page, as_page.encode(), made_from).relative

    def full() -> str:
        siblings = _siblings(run)
        made_from = _made_from(run, siblings)
        if run.outbox.is_current(page, made_from) and run.outbox.is_current(values, made_from):
            return page
        return put(partial(_texts, run, siblings), made_from)

    def plainer() -> str:
        return put(lambda: (plain_data(run), plain_page(run)), "")

    with run.timed(Stage.REPORT):
        relative = run.walls.attempt(Stage.REPORT, page, full, plainer)
    return None if relative is None else f"outbox/{relative}"


def _siblings(run: Run) -> dict[str, str]:
    """What was open elsewhere, to the dated file that stands in for it."""
    siblings = [pair for folder in _READ_BY_OTHERS for pair in run.outbox.siblings(folder).items()]
    return {f"outbox/{path}": f"outbox/{sibling}" for path, sibling in siblings}


def _made_from(run: Run, siblings: Mapping[str, str]) -> str:
    sources = [
        run.ledger.content_hash(),
        run.loaded.sha256,
        run.as_of.date().isoformat(),
        run.ledger.waiting(),
        siblings,
    ]
    clocks = [suspect_clocks(run.ledger), has_typed_time(run)]
    faults = [dataclasses.asdict(fault) for fault in run.ledger.open_faults()]
    return digest([*sources, *clocks, faults, [outage_words(outage) for outage in run.outages]])


def _texts(run: Run, siblings: Mapping[str, str]) -> Texts:
    from pipeline.consolidation.day import day_of
    from pipeline.night.day_sources import sources_of
    from pipeline.night.day_words import day_data, day_page

    day = day_of(sources_of(run, siblings))
    return day_data(day), day_page(day)
