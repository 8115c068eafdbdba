"""DECIDE and REMEMBER: judge what is in custody, in the order of the forms, and write it into the ledger."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.forms import FORMS
from pipeline.intake.custody import UnreadableError, hash_of, name_by_kind, original
from pipeline.judging import Candidate, Examined, Judged, ended, examine, judge_forms, obligation
from pipeline.ledger import Arrival, Judgement
from pipeline.ledger.tables import row_tables, storable_rows, table_name
from pipeline.night.frame import Run
from pipeline.verdicts import ground_of, standing_together
from pipeline.vocabulary.sheets import Form

log = logging.getLogger(__name__)
_LOT = 500
"""How many forms are judged together at most: what a call costs hardly depends on it, the memory does."""


def judge_pending(run: Run, pending: Sequence[Arrival]) -> Counter[str]:
    """Judge what is in custody and not judged yet, and record it: all of it or, after a crash, none of it.

    Gives how many files got which verdict.
    """
    candidates = list(_candidates(run, pending))
    examined = []
    with run.clock.stage("read"):
        for one in examine(candidates, run.loaded.settings, run.workers):
            examined.append(one)
            run.progress("read", len(examined), len(candidates))
        for one in examined:  # before the verdicts are recorded: what is judged bears its lasting name
            name_by_kind(one.candidate.path, one.kind)
    verdicts: Counter[str] = Counter()
    with run.clock.stage("judge"), run.ledger.writing():
        run.ledger.add_row_tables(row_tables())
        for judged in _judged(run, examined):
            _record(run, pending, judged)
            verdicts += Counter(str(one.verdict) for one in judged)
    return verdicts


def _candidates(run: Run, pending: Sequence[Arrival]) -> Iterator[Candidate]:
    """What can be read from the archive, as it was taken. What cannot is loud in the log and waits for another run.

    A verdict stands once it is told, so it must never tell of our own disk, or of what a virus scanner holds or took.
    """
    for position, arrival in enumerate(pending):
        try:
            path = original(run.workspace.archive, arrival.sha256)
            found = hash_of(path)
        except (FileNotFoundError, UnreadableError):
            log.exception("not judged, the original cannot be read: %s", arrival.path)
            continue
        if found == arrival.sha256:
            yield Candidate(position, path, arrival.arrived_at, run.ledger.folders_of(arrival.sha256))
        else:
            log.error("not judged, the original has changed: %s: %s", arrival.path, path.name)


def _judged(run: Run, examined: Sequence[Examined]) -> Iterator[Sequence[Judged]]:
    """Every verdict, in lots that are recorded before the next is asked for: form by form in the order of judging.

    Of one form year by year: a BM-01 may continue objectives of the year before.
    """
    is_open = [each.form is not None and each.verdict is None for each in examined]
    stopped = [each for each, goes_on in zip(examined, is_open, strict=True) if not goes_on]
    yield [ended(each, run.loaded.settings) for each in stopped]
    for form in sorted(FORMS, key=lambda form: form.judged_in):
        years: dict[int, list[Examined]] = {}
        for each in examined:
            if each.form is form and each.verdict is None:
                _, period = obligation(each, run.loaded.settings)
                years.setdefault(period.year if period else 0, []).append(each)
        for year in sorted(years):
            yield from _lots(run, form, years[year])


def _lots(run: Run, form: Form, waiting: Sequence[Examined]) -> Iterator[Sequence[Judged]]:
    """Of one form as many at once as stand on the same ground; what the ground moved under is judged once more."""
    settings, size = run.loaded.settings, _LOT
    while waiting:
        ground = ground_of(run.ledger, settings)
        judged = judge_forms(form, waiting[:size], settings, ground.known, ground.plans)
        stands = list(standing_together(form, judged, ground, settings))
        yield [one for one, is_standing in zip(judged, stands, strict=True) if is_standing]
        moved = [one.examined for one, is_standing in zip(judged, stands, strict=True) if not is_standing]
        waiting = [*moved, *waiting[size:]]
        size = min(_LOT, 2 * size) if sum(stands) > size // 2 else max(1, sum(stands))


def _record(run: Run, pending: Sequence[Arrival], judged: Sequence[Judged]) -> None:
    for one in judged:
        rows = {}
        if one.verdict.is_accepted and one.form and one.examined.parsed:
            parsed = one.examined.parsed
            rows = {
                table_name(one.form, sheet): storable_rows(sheet, parsed.rows[sheet.name])
                for sheet in one.form.all_sheets
            }
        judgement = Judgement(
            arrival=pending[one.examined.candidate.key],
            verdict=one.verdict,
            findings=one.findings,
            form=one.form.number if one.form else None,
            division=one.division,
            period=str(one.period) if one.period else None,
            based_on=one.examined.identity.based_on,
            is_empty=one.is_empty,
            rows=rows,
        )
        run.ledger.record_judgement(judgement, run.scan)
