"""PUBLISH: the committee's workbooks, made anew only when what they are made from changed."""

from functools import partial

from pipeline.night.editions import Edition, edition_frames, edition_of
from pipeline.night.frame import Run
from pipeline.night.walls import Stage
from pipeline.outbox import Outbox, dated_sibling, workbook_place
from pipeline.settings import Period


def publish(run: Run, outbox: Outbox) -> list[str]:
    """Bring every workbook up to date; gives their paths, relative to the workspace.

    A workbook that cannot be made leaves the one that stood there before.
    """
    published = []
    with run.clock.stage(Stage.PUBLISH), run.walls.stage(Stage.PUBLISH):
        for period in run.loaded.settings.periods:
            artefact = workbook_place(period)
            if run.walls.is_left(Stage.PUBLISH, artefact):
                continue
            relative = run.walls.attempt(Stage.PUBLISH, artefact, partial(_brought_up_to_date, period, run, outbox))
            if relative is not None:
                published.append(f"outbox/{relative}")
                run.progress("publish", len(published), 0)
    return published


def _brought_up_to_date(period: Period, run: Run, outbox: Outbox) -> str | None:
    """Where the period's workbook stands now; None when the period has none yet."""
    edition = edition_of(period, run.ledger, run.loaded.settings, run.scan)
    if edition is None:
        return None
    relative = workbook_place(period)
    if outbox.is_current(relative, edition.made_from):
        return relative
    content = _workbook(edition, run)
    return outbox.publish(relative, content, edition.made_from, sibling=dated_sibling(run.as_of)).relative


def _workbook(edition: Edition, run: Run) -> bytes:
    from pipeline.consolidating import workbook_of

    run.committees[edition.period] = edition_frames(edition, run.ledger)
    return workbook_of(run.committees[edition.period], run.ledger)
