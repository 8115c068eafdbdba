"""PUBLISH: the committee's workbooks and each division's book of receipts, drawn anew only when their content changed.

A run with nothing to publish imports neither pandas nor the forms.
"""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from pipeline.editions.edition import Edition, edition_of
from pipeline.ledger.hashing import digest
from pipeline.night.frame import Run
from pipeline.night.walls import Stage
from pipeline.outbox import Folder, Published, workbook_place
from pipeline.settings import NO_DIVISION, Period
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.consolidation.receipts import ReceiptBook, ReceiptBooks

_RECEIPTS = "so_tiep_nhan"


def publish(run: Run) -> list[str]:
    """Bring every workbook up to date; gives their paths, relative to the workspace.

    A workbook that cannot be drawn leaves the one that stood there before.
    """
    published = []
    with run.timed(Stage.PUBLISH), run.walls.stage(Stage.PUBLISH):
        for period in run.settings.periods:
            artefact = workbook_place(period)
            if run.walls.is_left(Stage.PUBLISH, artefact):
                continue
            relative = run.walls.attempt(Stage.PUBLISH, artefact, partial(_standing, run, period, artefact))
            if relative is not None:
                published.append(f"outbox/{relative}")
                run.progress("publish", len(published), 0)
    return published


def _standing(run: Run, period: Period, relative: str) -> str | None:
    """Where the period's workbook stands, brought up to date; None when the period has none yet."""
    edition = edition_of(period, run.ledger, run.settings, run.scan)
    if edition is None:
        return None
    if run.outbox.is_current(relative, edition.made_from):
        return relative
    return run.outbox.publish(relative, _workbook(edition, run), edition.made_from).relative


def _workbook(edition: Edition, run: Run) -> bytes:
    from pipeline.editions import frames

    run.committees[edition.period] = frames.edition_frames(edition, run.snapshot)
    return frames.workbook_of(run.committees[edition.period], run.ledger, edition.seal)


def give_receipts(run: Run) -> list[str]:
    """Bring every book of receipts up to date; gives the paths of those that say something new.

    A book that cannot be drawn leaves the one that stood there before; one division's news redraws no other's.
    """
    content = f"{run.ledger.content_hash()} {run.loaded.sha256} {run.scan.program}"
    anew: list[Published] = []
    with run.timed(Stage.RECEIPTS), run.walls.stage(Stage.RECEIPTS):
        if _receipts_are_current(run, content):
            run.walls.leave(Stage.RECEIPTS)
            return []
        from pipeline.editions.frames import read_receipts

        books = read_receipts(run.snapshot, run.snapshot.settings(run.scan.settings))
        for holder in books.holders:
            relative = receipts_path(holder)
            if not run.walls.is_left(Stage.RECEIPTS, relative):
                work = partial(_brought_up_to_date, run, books, holder)
                anew += filter(None, [run.walls.attempt(Stage.RECEIPTS, relative, work)])
        if not any(one.was_open_elsewhere for one in anew):
            run.outbox.mark(_RECEIPTS, content)
    return [f"outbox/{one.relative}" for one in anew]


def _receipts_are_current(run: Run, content: str) -> bool:
    """Whether nothing that the books tell has changed, and all of them stand."""
    places = map(receipts_path, _holders(run))
    standing = [relative for relative in places if not run.walls.is_left(Stage.RECEIPTS, relative)]
    is_marked = run.outbox.is_marked(_RECEIPTS, content) and all(map(run.outbox.is_whole, standing))
    return not standing or (is_marked and not run.walls.tries_again(Stage.RECEIPTS))


def receipts_path(holder: str) -> str:
    """Where a holder's book lies in the outbox."""
    return f"{Folder.ANSWERS}/{holder}/{say('receipts.file_name')}"


def _holders(run: Run) -> Iterator[str]:
    """Whose books there must be."""
    query = (
        "SELECT s.division, a.folder FROM submission s JOIN arrival a USING (arrival_id)"
        " UNION SELECT NULL, folder FROM sighting UNION SELECT NULL, a.folder FROM arrival a"
        " LEFT JOIN submission s USING (arrival_id) WHERE s.submission_id IS NULL"
    )
    for division, folder in run.ledger.connection.execute(query).fetchall():
        yield from {division, folder} - {None, ""} or {NO_DIVISION}


def _brought_up_to_date(run: Run, books: "ReceiptBooks", holder: str) -> Published | None:
    """The book in the outbox; None when it says nothing new."""
    book, relative = books.book_of(holder), receipts_path(holder)
    texts = [frame.to_json(orient="split", date_format="iso") for frame in (book.files, book.obligations, book.notes)]
    made_from = digest([run.loaded.sha256, run.scan.program, *texts])
    if run.outbox.is_current(relative, made_from):
        return None
    return run.outbox.publish(relative, _receipt_book(book, run), made_from)


def _receipt_book(book: "ReceiptBook", run: Run) -> bytes:
    from pipeline.feedback.receipts import receipt_workbook

    # The run that took or judged its last file: a book that is made again bears the same.
    last = book.files[["not_after", "judged_as_of"]].max().max().to_pydatetime()
    return receipt_workbook(book, run.settings, run.seal_at(last))
