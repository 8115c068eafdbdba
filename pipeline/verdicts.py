"""Verdicts against what the ledger knows now: what ``qms check``, the pre-check folder and the run have in common.

Nothing here records anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.forms import FORMS
from pipeline.judging import Candidate, Judged, ended, examine, is_revision, judge_forms
from pipeline.ledger import Ledger
from pipeline.ledger.tables import empty_rows, empty_submissions, read_rows, read_submissions
from pipeline.obligations import in_force
from pipeline.settings import Settings
from pipeline.validation import Knowledge, knowledge
from pipeline.vocabulary.sheets import Form

_PLAN = "BM-01"
_TABLES = ("objectives", "tasks", "declarations", "scope_changes")


@dataclass(frozen=True)
class Ground:
    """What a verdict leans on beyond the file: accepted rows, and the (division, period) whose BM-01 counts."""

    known: Knowledge
    plans: frozenset[tuple[str, str]]


def ground_of(ledger: Ledger | None, settings: Settings) -> Ground:
    """What the ledger knows now; nothing before the first run."""
    if ledger is None:
        submissions, rows = empty_submissions(), {table: empty_rows(table) for table in _TABLES}
    else:
        submissions, rows = read_submissions(ledger), {table: read_rows(ledger, table) for table in _TABLES}
    plans = in_force(submissions[submissions["form"] == _PLAN])[["division", "period"]]
    known = knowledge(settings, submissions, rows)
    return Ground(known, frozenset(plans.itertuples(index=False, name=None)))


def standing_together(form: Form, judged: Sequence[Judged], ground: Ground, settings: Settings) -> Iterator[bool]:
    """Of submissions judged together on one ground, in order: which verdicts stand.

    One does not when the ground under it moves with an earlier one of the same obligation that was accepted: a register
    is held against the last one, and a BM-01 after its due day is a revision once another counts. Nor does
    what follows it: versions are numbered in their order.
    """
    accepted: set[tuple[str | None, str]] = set()
    moved: set[tuple[str | None, str]] = set()
    for one in judged:
        owed = one.division, str(one.period)
        if owed in moved or (owed in accepted and _leans_on_earlier(form, one, ground, settings)):
            moved.add(owed)
            yield False
            continue
        yield True
        if one.verdict.is_accepted:
            accepted.add(owed)


def _leans_on_earlier(form: Form, one: Judged, ground: Ground, settings: Settings) -> bool:
    """Whether an accepted version before it, which the ground does not hold yet, would change its verdict."""
    if form.number != _PLAN or one.division is None:
        return form.is_register
    owed = one.division, str(one.period)
    return owed not in ground.plans and is_revision(form, one.examined, settings, frozenset({owed}))


def verdicts_on(candidates: Sequence[Candidate], settings: Settings, ground: Ground, workers: int) -> list[Judged]:
    """The verdict that each file would get if it came now and alone, in the order given."""
    examined = list(examine(candidates, settings, workers))
    judged = [ended(each, settings) for each in examined if each.form is None or each.verdict is not None]
    for form in FORMS:
        of_form = [each for each in examined if each.form is form and each.verdict is None]
        if of_form:
            judged += judge_forms(form, of_form, settings, ground.known, ground.plans)
    place = {candidate.key: position for position, candidate in enumerate(candidates)}
    return sorted(judged, key=lambda one: place[one.examined.candidate.key])
