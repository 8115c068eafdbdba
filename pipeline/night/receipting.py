"""RECEIPT: each division's book of what it sent and what counts now, made anew only when the ledger changed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.ledger.hashing import digest
from pipeline.night.frame import Run
from pipeline.outbox import Outbox, dated_sibling
from pipeline.settings import NO_DIVISION, Settings
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.consolidation.receipts import ReceiptBook


MARK = "so_tiep_nhan"


def give_receipts(run: Run, outbox: Outbox) -> list[str]:
    """Bring every book of receipts up to date; gives the paths of those that say something new.

    Raises:
        OperatorError: E805, a book cannot be written.
    """
    content = f"{run.ledger.content_hash()} {run.loaded.sha256}"
    written = []
    with run.clock.stage("receipts"):
        if outbox.is_marked(MARK, content) and all(map(outbox.is_whole, map(relative_of, _holders(run)))):
            return []
        open_elsewhere = False
        for relative, receipts, made_from in _books(run):
            if not outbox.is_current(relative, made_from):
                made = _workbook(receipts, run.loaded.settings)
                published = outbox.publish(relative, made, made_from, sibling=dated_sibling(run.as_of))
                written.append(f"outbox/{published.relative}")
                open_elsewhere |= published.was_open_elsewhere
        if not open_elsewhere:
            outbox.mark(MARK, content)
    return written


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


def _books(run: Run) -> Iterator[tuple[str, "ReceiptBook", str]]:
    """Each book, where it lies, and what it is made from: one division's news rewrites no other division's book."""
    from pipeline.consolidating import read_receipts

    for receipts in read_receipts(run.ledger, run.loaded.settings):
        frames = (receipts.files, receipts.obligations, receipts.notes)
        told = [frame.to_json(orient="split", date_format="iso") for frame in frames]
        yield relative_of(receipts.holder), receipts, digest([run.loaded.sha256, *told])


def _workbook(receipts: "ReceiptBook", settings: Settings) -> bytes:
    from pipeline.workbooks.receipts import receipt_workbook

    return receipt_workbook(receipts, settings)
