"""PUBLISH: the committee's workbooks, made anew only when what they are made from changed."""

from pipeline.night.editions import Edition, edition_frames, edition_of
from pipeline.night.frame import Run
from pipeline.outbox import Outbox, dated_sibling


def publish(run: Run, outbox: Outbox) -> list[str]:
    """Bring every workbook up to date; gives their paths, relative to the workspace."""
    published = []
    with run.clock.stage("publish"):
        for period in run.loaded.settings.periods:
            edition = edition_of(period, run.ledger, run.loaded.settings, run.scan)
            if edition is None:
                continue
            relative = f"tong_hop/{period}.xlsx"
            if not outbox.is_current(relative, edition.made_from):
                content = _workbook(edition, run)
                relative = outbox.publish(
                    relative, content, edition.made_from, sibling=dated_sibling(run.as_of)
                ).relative
            published.append(f"outbox/{relative}")
            run.progress("publish", len(published), 0)
    return published


def _workbook(edition: Edition, run: Run) -> bytes:
    from pipeline.consolidating import workbook_of

    run.committees[edition.period] = edition_frames(edition, run.ledger)
    return workbook_of(run.committees[edition.period], run.ledger)
