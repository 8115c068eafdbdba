"""Many files judged: each as if it came alone, or all of a night in lots, on the ground that moves with each lot."""

from collections.abc import Callable, Iterator, Sequence

from pipeline.forms import FORMS
from pipeline.intake.workers import Workers
from pipeline.judging.reading import Submission, read_submissions
from pipeline.judging.rules import PLAN, Ground, comes_late, judge_forms
from pipeline.settings import Settings
from pipeline.vocabulary.sheets import Form

_LOT = 500
"""How many forms are judged together at most: what a call costs hardly depends on it, the memory does."""


def judged_alone(
    unread: Sequence[Submission], settings: Settings, ground: Ground, workers: Workers
) -> list[Submission]:
    """Each file with the verdict that it would get if it came now and alone, in the order given."""
    submissions = list(read_submissions(unread, settings, workers))
    judged = {one.key: one for one in submissions}
    for form in FORMS:
        waiting = [one.opened() for one in submissions if one.is_open and one.form is form]
        if waiting:
            judged |= {one.key: one for one in judge_forms(form, waiting, settings, ground)}
    return [judged[one.key] for one in unread]


def judged_in_order(
    submissions: Sequence[Submission], settings: Settings, ground_now: Callable[[], Ground]
) -> Iterator[Sequence[Submission]]:
    """Every verdict of a night, in lots that are recorded before the next is asked for: the forms in their order.

    Of one form year by year: a BM-01 may continue objectives of the year before. ``ground_now`` is asked before each
    lot.
    """
    yield [one for one in submissions if not one.is_open]
    for form in sorted(FORMS, key=lambda form: form.judged_in):
        years: dict[int, list[Submission]] = {}
        for one in submissions:
            if one.is_open and one.form is form:
                years.setdefault(one.period.year if one.period else 0, []).append(one)
        for year in sorted(years):
            yield from _lots(form, years[year], settings, ground_now)


def _lots(
    form: Form, waiting: Sequence[Submission], settings: Settings, ground_now: Callable[[], Ground]
) -> Iterator[Sequence[Submission]]:
    """Of one form as many at once as stand on the same ground; what the ground moved under is judged once more."""
    size = _LOT
    while waiting:
        lot, ground = [one.opened() for one in waiting[:size]], ground_now()
        judged = judge_forms(form, lot, settings, ground)
        stands = list(_standing_together(form, judged, ground, settings))
        yield [one for one, is_standing in zip(judged, stands, strict=True) if is_standing]
        moved = [one for one, is_standing in zip(lot, stands, strict=True) if not is_standing]
        waiting = [*moved, *waiting[size:]]
        size = min(_LOT, 2 * size) if sum(stands) > size // 2 else max(1, sum(stands))


def _standing_together(form: Form, judged: Sequence[Submission], ground: Ground, settings: Settings) -> Iterator[bool]:
    """Of submissions judged together on one ground, in order: which verdicts stand.

    One does not when the ground under it moves with an earlier one of the same obligation that was accepted: a register
    is held against the last one, and a BM-01 after its due day is a revision once another counts. Nor does
    what follows it: versions are numbered in their order.
    """
    accepted: set[tuple[str | None, str]] = set()
    moved: set[tuple[str | None, str]] = set()
    for one in judged:
        duty = one.division, str(one.period)
        if duty in moved or (duty in accepted and _leans_on_earlier(form, one, ground, settings)):
            moved.add(duty)
            yield False
            continue
        yield True
        if one.verdict.is_accepted:
            accepted.add(duty)


def _leans_on_earlier(form: Form, one: Submission, ground: Ground, settings: Settings) -> bool:
    """Whether an accepted version before it, which the ground does not hold yet, would change its verdict."""
    if form.number != PLAN or one.division is None:
        return form.is_register
    return (one.division, str(one.period)) not in ground.plans and comes_late(form, one, settings)
