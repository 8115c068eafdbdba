"""FEEDBACK: which answers are due. A run with nobody to answer imports neither pandas nor the forms."""

from collections.abc import Mapping
from functools import partial

from pipeline.night.answers import oversize_answers
from pipeline.night.frame import Run
from pipeline.night.walls import Stage
from pipeline.outbox import Folder

_MARK = Folder.ANSWERS


def give_feedback(run: Run) -> list[str]:
    """Answer the senders, unless everything in the ledger has been answered; gives the answers' paths."""
    content = run.ledger.content_hash()
    if run.outbox.is_marked(_MARK, content) and not run.walls.tries_again(Stage.FEEDBACK):
        run.walls.leave(Stage.FEEDBACK)
        return []
    from pipeline.night.answering import answer

    written = answer(run)
    if run.walls.error_of(Stage.FEEDBACK, "") is None:
        run.walls.attempt(Stage.FEEDBACK, "", partial(run.outbox.mark, _MARK, content))
    return written


def answer_oversize(run: Run, stage: Stage, waiting: Mapping[str, str], below: str = "") -> list[str]:
    """Answer each path that is too large for custody and was not answered yet; gives the answers' paths.

    ``waiting``: path to reason, as a look keeps it; ``below``: where in a division's folder the answers lie.
    """
    every = oversize_answers(waiting, run.settings, below)
    due = [(path, kept, relative) for path, kept, relative in every if not run.outbox.was_published(relative)]
    if not due:
        return []
    from pipeline.night.answering import give, oversize_answer

    return list(filter(None, (give(run, stage, oversize_answer(run, *one)) for one in due)))
