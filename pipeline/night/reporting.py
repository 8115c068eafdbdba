"""REPORT: the secretary's page of the day, made anew only when something that it tells has changed.

What is read and worded here needs neither frames nor forms, so that a plainer page can be made without them.
"""

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from pipeline.guards import TYPED
from pipeline.ledger import Fault, Ledger
from pipeline.ledger.hashing import digest
from pipeline.naming import visible
from pipeline.night.frame import Run
from pipeline.night.last_run import Outage
from pipeline.night.walls import Stage
from pipeline.outbox import Folder
from pipeline.vietnamese import format_date
from pipeline.wording import say

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


def fault_words(fault: Fault) -> str:
    """What could not be made, why, and what to do, in one Vietnamese sentence."""
    artefact = f"outbox/{fault.artefact}" if fault.artefact else say(f"run_report.faults.stage.{fault.stage}")
    key = "ours" if fault.code.startswith("Z") else "operator"
    facts = {"artefact": artefact, "code": fault.code, "reason": fault.reason}
    return say(f"run_report.faults.{key}", **facts) + " " + say(f"run_report.faults.instead.{fault.stage}")


def outage_words(outage: Outage) -> str:
    """From when to when nobody was answered, how many runs failed and why, in Vietnamese."""
    reason = visible(" ".join(outage.reason.split()))
    facts = {"since": outage.since, "until": outage.until, "count": outage.failed_runs, "reason": reason}
    return say("run_report.outages.words", **facts)


def suspect_clocks(ledger: Ledger) -> list[dict[str, str]]:
    """The spans of looks that are wrong by themselves and of which nothing is decided yet, in their order."""
    suspect = ledger.wrong_looks.suspect
    looks = ledger.looks() if suspect else []
    spans = [list(span) for is_one, span in groupby(looks, lambda look: look.scan_id in suspect) if is_one]
    return [
        {
            "first": span[0].run_id[:8],
            "until": span[-1].run_id[:8],
            "since": f"{span[0].as_of:%d/%m/%Y %H:%M}",
            "last": f"{span[-1].as_of:%d/%m/%Y %H:%M}",
        }
        for span in spans
    ]


def has_typed_time(run: Run) -> bool:
    """Whether a run of this day was dated more than an hour from the clock of its machine."""
    query = "SELECT as_of, clock FROM scan WHERE as_of LIKE ? AND clock <> ''"
    rows = run.ledger.connection.execute(query, (f"{run.as_of:%Y-%m-%d}%",))
    moments = [tuple(map(dt.datetime.fromisoformat, row)) for row in rows]
    return any(abs(as_of - clock) > TYPED for as_of, clock in moments)


def plain_data(run: Run) -> dict[str, Any]:
    """The day as JSON has it when the whole cannot be made: the day, how many files got which verdict, faults."""
    faults = [dataclasses.asdict(fault) for fault in _faults(run)]
    return {"day": run.as_of.date().isoformat(), "verdicts": _verdicts(run), "faults": faults}


def plain_page(run: Run) -> str:
    """The page when the whole cannot be made."""
    lines = [
        say("run_report.title", day=format_date(run.as_of.date())),
        "",
        say("run_report.plain"),
        "",
        *(say("run_report.outages.line", words=outage_words(outage)) for outage in run.outages),
        *(
            say("run_report.decided.verdict", verdict=say(f"run.verdict.{verdict}"), count=count)
            for verdict, count in _verdicts(run).items()
        ),
        "",
        say("run_report.heading.faults"),
        *(say("run_report.faults.line", words=fault_words(fault)) for fault in _faults(run)),
    ]
    return "\n".join(lines) + "\n"


def _verdicts(run: Run) -> dict[str, int]:
    query = "SELECT verdict, count(*) FROM submission WHERE judged_as_of LIKE ? GROUP BY verdict ORDER BY verdict"
    return dict(run.ledger.connection.execute(query, (f"{run.as_of:%Y-%m-%d}%",)).fetchall())


def _faults(run: Run) -> list[Fault]:
    """What is in the ledger already, and what this run could not make so far."""
    return [*run.ledger.open_faults(), *run.walls.began()]
