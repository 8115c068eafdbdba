"""RECEIPT: each division's book of what it sent and what counts now, made anew only when the ledger changed."""

from collections.abc import Iterator

from pipeline.night.frame import Run
from pipeline.outbox import Outbox, dated_sibling
from pipeline.settings import NO_DIVISION
from pipeline.wording import say


def give_receipts(run: Run, outbox: Outbox) -> list[str]:
    """Bring every book of receipts up to date; gives the paths of those that were made anew.

    Raises:
        OperatorError: E805, a book cannot be written.
    """
    made_from = f"{run.ledger.content_hash()} {run.loaded.sha256}"
    with run.clock.stage("receipts"):
        if all(outbox.is_current(relative, made_from) for relative in map(relative_of, _holders(run))):
            return []
        return [
            f"outbox/{outbox.publish(relative, content, made_from, sibling=dated_sibling(run.as_of)).relative}"
            for relative, content in _books(run)
            if not outbox.is_current(relative, made_from)
        ]


def relative_of(holder: str) -> str:
    """Where a holder's book lies in the outbox."""
    return f"phan_hoi/{holder}/{say('receipts.file_name')}"


def _holders(run: Run) -> Iterator[str]:
    """Whose books there must be, found without pandas: a run with nothing new stays nearly free."""
    query = (
        "SELECT s.division, a.folder FROM submission s JOIN arrival a USING (arrival_id)"
        " UNION SELECT NULL, folder FROM sighting"
    )
    for division, folder in run.ledger.connection.execute(query).fetchall():
        yield from {division, folder} - {None, ""} or {NO_DIVISION}


def _books(run: Run) -> Iterator[tuple[str, bytes]]:
    from pipeline.consolidating import read_receipts
    from pipeline.workbooks.receipts import receipt_workbook

    settings = run.loaded.settings
    for receipts in read_receipts(run.ledger, settings):
        yield relative_of(receipts.holder), receipt_workbook(receipts, settings)
