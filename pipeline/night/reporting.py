"""REPORT: the secretary's page of the day, made anew only when something that it tells has changed."""

import dataclasses
import json
from collections.abc import Callable
from functools import partial

from pipeline.ledger.hashing import digest
from pipeline.night.clocks import has_typed_time, suspect_clocks
from pipeline.night.frame import Run
from pipeline.night.plain_page import outage_words, plain_data, plain_page
from pipeline.night.walls import Stage
from pipeline.outbox import Folder, Outbox, dated_sibling

_READ_BY_OTHERS = (Folder.WORKBOOKS, Folder.ANSWERS)
"""The folders of the outbox in which something may be open elsewhere when it is published."""
Texts = tuple[str, str]
"""The data and the page."""


def report_day(run: Run, outbox: Outbox) -> str | None:
    """Bring the page of the day and its data up to date; gives the page's path, relative to the workspace.

    One page a day, whatever the number of runs: a function of the ledger's content, the settings, the day, what waits,
    what is open elsewhere and what could not be made. A page that cannot be made is replaced by a plainer one; None
    when neither could be written.
    """
    page, data = (f"{Folder.DAYS}/{run.as_of:%Y-%m-%d}.{kind}" for kind in ("md", "json"))

    def put(texts: Callable[[], Texts], made_from: str) -> str:
        as_data, as_page = texts()
        outbox.publish(data, as_data.encode(), made_from, sibling=dated_sibling(run.as_of))
        return outbox.publish(page, as_page.encode(), made_from, sibling=dated_sibling(run.as_of)).relative

    def full() -> str:
        siblings = _siblings(outbox)
        made_from = _made_from(run, siblings)
        if outbox.is_current(page, made_from) and outbox.is_current(data, made_from):
            return page
        return put(partial(_texts, run, siblings), made_from)

    with run.clock.stage(Stage.REPORT):
        relative = run.walls.attempt(Stage.REPORT, page, full, partial(put, partial(_plain_texts, run), ""))
    return None if relative is None else f"outbox/{relative}"


def _siblings(outbox: Outbox) -> dict[str, str]:
    """What was open elsewhere, to the dated file that stands in for it."""
    found = (outbox.siblings(folder).items() for folder in _READ_BY_OTHERS)
    return {f"outbox/{path}": f"outbox/{sibling}" for of_folder in found for path, sibling in of_folder}


def _made_from(run: Run, siblings: dict[str, str]) -> str:
    sources = [
        run.ledger.content_hash(),
        run.loaded.sha256,
        run.as_of.date().isoformat(),
        run.ledger.waiting(),
        siblings,
    ]
    clocks = [suspect_clocks(run.ledger), has_typed_time(run)]
    faults = [dataclasses.asdict(fault) for fault in run.ledger.open_faults()]
    outages = [outage_words(outage) for outage in run.outages]
    return digest([*sources, *clocks, faults, outages])


def _texts(run: Run, siblings: dict[str, str]) -> Texts:
    from pipeline.consolidation.day import day_of
    from pipeline.night.day_sources import sources_of
    from pipeline.night.day_words import day_data, day_page

    day = day_of(sources_of(run, siblings))
    return json.dumps(day_data(day), ensure_ascii=False, indent=2) + "\n", day_page(day)


def _plain_texts(run: Run) -> Texts:
    return json.dumps(plain_data(run), ensure_ascii=False, indent=2) + "\n", plain_page(run)
