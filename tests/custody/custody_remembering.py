"""What a run works out from given bytes and a given ledger, remembered by the warm process for the runs forked from it.

Custody is tried thousands of times, reading and drawing once: within :func:`remembering` a function that is pure but
slow gives what it gave before for the same bytes, or for the same head of the ledger's chain, which stands for all that
the ledger holds; the settings are those of the one night. What was not worked out before is worked out then.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import Any

from pipeline import directory, judging
from pipeline.consolidation.receipts import ReceiptBook, ReceiptBooks
from pipeline.editions import frames
from pipeline.editions.edition import Edition
from pipeline.editions.snapshot import LedgerSnapshot
from pipeline.feedback import marked_copy as feedback
from pipeline.intake.custody import hash_of
from pipeline.judging import Ground, Submission, lots, reading
from pipeline.ledger import Ledger
from pipeline.night import day_sources, marking, publishing
from pipeline.night.frame import Run
from pipeline.vocabulary.sheets import Form

_KNOWN: dict[tuple[str, str], Any] = {}
Function = Callable[..., Any]


@contextmanager
def remembering() -> Iterator[None]:
    """Within it the slow pure functions of a night remember."""
    in_life = [(module, name, getattr(module, name)) for module, name, _ in _SLOW]
    for module, name, key in _SLOW:
        setattr(module, name, _remembered(getattr(module, name), key))
    try:
        yield
    finally:
        for module, name, function in in_life:
            setattr(module, name, function)


def _remembered(function: Function, key: Callable[..., object]) -> Function:
    @wraps(function)
    def known(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - stands in for any function
        place = f"{function.__module__}.{function.__qualname__}", repr(key(*given, **named))
        if place not in _KNOWN:
            _KNOWN[place] = function(*given, **named)
        return _fitted(_KNOWN[place], given)

    return known


def _fitted(answer: Any, given: Sequence[Any]) -> Any:  # noqa: ANN401 - any function's answer
    """The same answer for the file of this run, and for its frame, which others look into later."""
    if isinstance(answer, Submission):
        now: Submission = given[0]
        return replace(answer, key=now.key, path=now.path, arrived_at=now.arrived_at, folders=now.folders)
    if given and isinstance(given[0], Edition) and isinstance(given[1], Run):
        given[1].committees[given[0].period] = _KNOWN[_frames_key(given[0])]
    return answer


def _frames_key(edition: Edition) -> tuple[str, str]:
    return "pipeline.editions.frames.edition_frames", repr(_edition(edition))


def _edition(edition: Edition, *_: object) -> object:
    return str(edition.period), edition.made_from


def _texts(receipts: ReceiptBook) -> object:
    frames = (receipts.files, receipts.obligations, receipts.notes)
    return receipts.holder, [frame.to_json(orient="split", date_format="iso") for frame in frames]


def _judged(form: Form, waiting: Sequence[Submission], _: object, ground: Ground) -> object:
    """What is known is remembered itself, so that the same frames stand for the same ledger."""
    candidates = [(each.key, each.path.stem, each.arrived_at) for each in waiting]
    return form.number, candidates, id(ground)


def _head(source: Ledger | LedgerSnapshot, *_: object) -> object:
    return getattr(source, "ledger", source).content_hash()


_SLOW: Sequence[tuple[Any, str, Callable[..., object]]] = (
    (directory, "read_directory", lambda content, name: (content, name)),
    (reading, "recognised", lambda unread, *_: unread.path.stem),
    (judging, "ground_of", _head),
    (lots, "judge_forms", _judged),
    (marking, "mark", lambda source, sheet, number, _: (hash_of(source), sheet, number)),
    (feedback, "findings_only", lambda sheet, *why: (replace(sheet, form=None), sheet.form and sheet.form.number, why)),
    (frames, "edition_frames", _edition),
    (
        publishing,
        "_workbook",
        lambda edition, run: (_edition(edition, run), frames.archived_originals(run.ledger)),
    ),
    (day_sources, "edition_frames", _edition),
    (day_sources, "read_receipt_lines", _head),
    (frames, "read_receipts", _head),
    (ReceiptBooks, "book_of", lambda books, holder: (id(books), holder)),
    (publishing, "_receipt_book", lambda receipts, _: _texts(receipts)),
)
"""Module, function, and what its answer depends on."""
