"""PUBLISH: the committee's workbooks, made anew only when what they are made from changed."""

from pipeline.night.frame import Run
from pipeline.outbox import Outbox, dated_sibling
from pipeline.settings import Period


def publish(run: Run, outbox: Outbox) -> list[str]:
    """Bring every workbook up to date; gives their paths, relative to the workspace."""
    published = []
    with run.clock.stage("publish"):
        for period, made_from in _wanted(run):
            relative = f"tong_hop/{period}.xlsx"
            if not outbox.is_current(relative, made_from):
                content = _workbook(run, period)
                relative = outbox.publish(relative, content, made_from, sibling=dated_sibling(run.as_of)).relative
            published.append(f"outbox/{relative}")
            run.progress("publish", len(published), 0)
    return published


def _workbook(run: Run, period: Period) -> bytes:
    from pipeline.consolidating import committee_workbook

    return committee_workbook(run.ledger, run.loaded.settings, period, run.as_of)


def _wanted(run: Run) -> list[tuple[Period, str]]:
    """The periods that have a workbook, and what it is made from.

    This year's are made anew each day that something can change: overdue days grow, due dates pass. An earlier year's
    is made anew only when something came in for that year.
    """
    settings, today = run.loaded.settings, run.as_of.date()
    submitted = run.ledger.submitted_periods()
    this_year = f"{run.ledger.content_hash()} {run.loaded.sha256} {today:%Y-%m-%d}"
    wanted = []
    for period in settings.periods:
        if period.year == today.year and (str(period) in submitted or settings.due_on(period) <= today):
            wanted.append((period, this_year))
        elif period.year != today.year and str(period) in submitted:
            wanted.append((period, f"{run.ledger.last_submission(period.year)}"))
    return wanted
