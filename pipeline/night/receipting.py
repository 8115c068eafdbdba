"""RECEIPT: each division's book of what it sent and what counts now; anew when the ledger or the program changed."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from pipeline.ledger.hashing import digest
from pipeline.night.frame import Run
from pipeline.night.walls import Stage
from pipeline.outbox import Folder, Outbox, Published, dated_sibling
from pipeline.settings import NO_DIVISION, Settings
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.consolidation.receipts import ReceiptBook


MARK = "so_tiep_nhan"


def give_receipts(run: Run, outbox: Outbox) -> list[str]:
    """Bring every book of receipts up to date; gives the paths of those that say something new.

    A book that cannot be made leaves the one that stood there before.
    """
    content = f"{run.ledger.content_hash()} {run.loaded.sha256} {run.scan.program}"
    written: list[str] = []
    with run.clock.stage(Stage.RECEIPTS), run.walls.stage(Stage.RECEIPTS):
        if _is_up_to_date(run, outbox, content):
            run.walls.leave(Stage.RECEIPTS)
            return []
        open_elsewhere = False
        for relative, bring in _books(run, outbox):
            published = run.walls.attempt(Stage.RECEIPTS, relative, bring)
            written += [f"outbox/{one.relative}" for one in published or ()]
            open_elsewhere |= any(one.was_open_elsewhere for one in published or ())
        if not open_elsewhere:
            outbox.mark(MARK, content)
    return written


def _is_up_to_date(run: Run, outbox: Outbox, content: str) -> bool:
    """Whether nothing that the books tell has changed, and all of them stand."""
    standing = [relative for relative in map(relative_of, _holders(run)) if not _is_left(run, relative)]
    is_marked = outbox.is_marked(MARK, content) and all(map(outbox.is_whole, standing))
    return not standing or (is_marked and not run.walls.tries_again(Stage.RECEIPTS))


def _is_left(run: Run, relative: str) -> bool:
    return run.walls.is_left(Stage.RECEIPTS, relative)


def relative_of(holder: str) -> str:
    """Where a holder's book lies in the outbox."""
    return f"{Folder.ANSWERS}/{holder}/{say('receipts.file_name')}"


def _holders(run: Run) -> Iterator[str]:
    """Whose books there must be, found without pandas: a run with nothing new stays nearly free."""
    query = (
        "SELECT s.division, a.folder FROM submission s JOIN arrival a USING (arrival_id)"
        " UNION SELECT NULL, folder FROM sighting UNION SELECT NULL, a.folder FROM arrival a"
        " LEFT JOIN submission s USING (arrival_id) WHERE s.submission_id IS NULL"
    )
    for division, folder in run.ledger.connection.execute(query).fetchall():
        yield from {division, folder} - {None, ""} or {NO_DIVISION}


def _books(run: Run, outbox: Outbox) -> Iterator[tuple[str, Callable[[], list[Published]]]]:
    """Where each book lies, and how it is brought up to date: one division's news rewrites no other division's."""
    from pipeline.consolidating import read_receipts

    books = read_receipts(run.ledger, run.loaded.settings)
    for holder in books.holders:
        relative = relative_of(holder)
        if not _is_left(run, relative):
            yield relative, partial(_brought_up_to_date, run, outbox, partial(books.book_of, holder))


def _brought_up_to_date(run: Run, outbox: Outbox, book_of: Callable[[], "ReceiptBook"]) -> list[Published]:
    """The book in the outbox; nothing when it says nothing new."""
    receipts = book_of()
    frames = (receipts.files, receipts.obligations, receipts.notes)
    texts = [frame.to_json(orient="split", date_format="iso") for frame in frames]
    made_from = digest([run.loaded.sha256, run.scan.program, *texts])
    relative = relative_of(receipts.holder)
    if outbox.is_current(relative, made_from):
        return []
    made = _workbook(receipts, run.loaded.settings)
    return [outbox.publish(relative, made, made_from, sibling=dated_sibling(run.as_of))]


def _workbook(receipts: "ReceiptBook", settings: Settings) -> bytes:
    from pipeline.feedback.receipts import receipt_workbook

    return receipt_workbook(receipts, settings)
