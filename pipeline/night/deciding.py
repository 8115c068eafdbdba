"""DECIDE and REMEMBER: judge what is in custody, in the order of the forms, and write it into the ledger."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.forms import FORMS, Form
from pipeline.intake.custody import UnreadableError, hash_of, name_by_kind, original
from pipeline.judging import Candidate, Examined, Judged, ended, examine, judge_forms, obligation
from pipeline.ledger import Arrival, Judgement
from pipeline.ledger.tables import row_tables, storable_rows, table_name
from pipeline.night.frame import Run
from pipeline.verdicts import ground_of

log = logging.getLogger(__name__)


def judge_pending(run: Run, pending: Sequence[Arrival]) -> list[Judged]:
    """Judge what is in custody and not judged yet, and record it: all of it or, after a crash, none of it."""
    candidates = list(_candidates(run, pending))
    with run.clock.stage("read"):
        done: list[object] = []

        def on_done(path: object) -> None:
            done.append(path)
            run.progress("read", len(done), len(candidates))

        examined = examine(candidates, run.loaded.settings, run.workers, on_done)
        for one in examined:  # before the verdicts are recorded: what is judged bears its lasting name
            name_by_kind(one.candidate.path, one.kind)
    judged: list[Judged] = []
    with run.clock.stage("judge"), run.ledger.writing():
        run.ledger.add_row_tables(row_tables())
        stopped = [
            ended(each, run.loaded.settings) for each in examined if each.form is None or each.verdict is not None
        ]
        _record(run, pending, stopped)
        judged += stopped
        for form, wave in _waves([each for each in examined if each.form and each.verdict is None], run):
            found = _judge_wave(run, form, wave)
            _record(run, pending, found)
            judged += found
    return judged


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


def _waves(examined: Sequence[Examined], run: Run) -> Iterator[tuple[Form, list[Examined]]]:
    """Forms in the order of judging; versions of one obligation one after the other (design 6)."""
    for form in sorted(FORMS, key=lambda form: form.judged_in):
        waves: list[list[Examined]] = []
        seen: Counter[object] = Counter()
        for each in examined:
            if each.form is form:
                owed = obligation(each, run.loaded.settings)
                place = seen[owed] if None not in owed else 0
                seen[owed] += 1
                if place == len(waves):
                    waves.append([])
                waves[place].append(each)
        yield from ((form, wave) for wave in waves)


def _judge_wave(run: Run, form: Form, wave: Sequence[Examined]) -> list[Judged]:
    settings = run.loaded.settings
    ground = ground_of(run.ledger, settings)
    return judge_forms(form, wave, settings, ground.known, ground.plans)


def _record(run: Run, pending: Sequence[Arrival], judged: Sequence[Judged]) -> None:
    for one in judged:
        rows = {}
        if one.verdict.is_accepted and one.form and one.examined.parsed:
            parsed = one.examined.parsed
            rows = {
                table_name(one.form, sheet): storable_rows(sheet, parsed.rows[str(sheet.name)])
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
