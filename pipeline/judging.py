"""From files in custody to verdicts: read, recognise, parse, validate, judge. Writes nothing.

The nightly run and ``qms check`` go the same road through here; only the run records what comes out.
"""

import datetime as dt
import logging
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from pipeline.findings import MISPLACED, Finding, Verdict, verdict_of
from pipeline.forms import FORMS
from pipeline.intake.cells import RawWorkbook, ReadFailure
from pipeline.intake.file_kinds import MEBIBYTE, FileKind, FileProblem
from pipeline.intake.limits import limits_of
from pipeline.intake.reader import ReaderPool
from pipeline.parsing import Identity, ParsedForm, held_against_version, parse_form, recognise
from pipeline.settings import Period, PeriodKind, Settings
from pipeline.validation import Knowledge, judge
from pipeline.vocabulary.lists import lists_of
from pipeline.vocabulary.sheets import Form
from pipeline.wording import say, topic

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Candidate:
    """One original to be judged; ``key`` names it in what comes back.

    ``folders``: the divisions in whose folders of the inbox it was seen, blank for another place; empty when it came
    through no inbox.
    """

    key: int
    path: Path
    arrived_at: dt.datetime
    folders: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Examined:
    """How far a file came: a form with its rows, or the verdict that ended its road.

    ``kind`` is what its content is, as far as a worker could tell.
    """

    candidate: Candidate
    findings: tuple[Finding, ...] = ()
    verdict: Verdict | None = None
    form: Form | None = None
    identity: Identity = field(default_factory=Identity)
    parsed: ParsedForm | None = None
    formats_known: bool = True
    kind: FileKind = FileKind.UNKNOWN

    @property
    def cover(self) -> Mapping[str, object]:
        """The cover as it was read; empty when there is none."""
        rows = self.parsed.rows.get("cover", ()) if self.parsed else ()
        return rows[0] if rows else {}


@dataclass(frozen=True)
class Judged:
    """A verdict with its findings, and the obligation that the form names, as far as it is known."""

    examined: Examined
    verdict: Verdict
    findings: tuple[Finding, ...]
    division: str | None
    period: Period | None

    @property
    def form(self) -> Form | None:
        """The form that the file is."""
        return self.examined.form

    @property
    def is_empty(self) -> bool:
        """Whether the form came without a single row."""
        return any(finding.code == "C404" for finding in self.findings)


def examine(candidates: Sequence[Candidate], settings: Settings, workers: int) -> Iterator[Examined]:
    """Each file as far as it can be read, in the order given. One bad file never ends the work on the others."""
    if not candidates:
        return
    with ReaderPool(min(workers, len(candidates)), limits_of(settings)) as pool:
        read = pool.read_each(candidate.path for candidate in candidates)
        for candidate, (_, outcome) in zip(candidates, read, strict=True):
            yield _examined(candidate, outcome, settings)


def _examined(candidate: Candidate, outcome: RawWorkbook | ReadFailure, settings: Settings) -> Examined:
    match outcome:
        case RawWorkbook():
            try:
                examined = _parsed(candidate, outcome, settings)
            except Exception as fault:  # noqa: BLE001 - the boundary of one file: our fault must not end the night
                examined = _faulty(Examined(candidate), fault)
        case ReadFailure():
            examined = _stopped(candidate, outcome.problem, outcome.facts)
    return replace(examined, kind=outcome.kind)


def _parsed(candidate: Candidate, workbook: RawWorkbook, settings: Settings) -> Examined:
    form, identity = recognise(workbook, FORMS)
    if form is None:
        return Examined(candidate, (Finding("F107"),), Verdict.NOT_A_FORM)
    latest = max(settings.years)
    parsed = parse_form(workbook, form, lists_of(settings, latest))
    year = _year(Examined(candidate, parsed=parsed).cover)
    if year in settings.years and year != latest:
        # The lists depend on the form's own year, which only the first reading tells.
        parsed = parse_form(workbook, form, lists_of(settings, year))
    told, parsed = held_against_version(parsed, identity)
    return Examined(
        candidate,
        findings=told,
        form=form,
        identity=identity or Identity(),
        parsed=parsed,
        formats_known=workbook.formats_known,
    )


def _stopped(candidate: Candidate, problem: FileProblem, facts: Mapping[str, str | int]) -> Examined:
    """A file that gave no workbook: its verdict and the reason in plain words."""
    if problem is FileProblem.INTERNAL_FAULT:
        log.error("reader fault on %s: %s", candidate.path.name, facts.get("trace", ""))
        return Examined(
            candidate,
            (Finding("Z901", facts={"reason": say("files.problem.internal_fault")}),),
            Verdict.INTERNAL_FAULT,
        )
    if problem is FileProblem.NOT_A_WORKBOOK:
        named = topic("files")["what"]
        found = named.get(str(facts.get("what")), named["other"])
        return Examined(candidate, (Finding("F106", facts={"found": found}),), Verdict.NOT_A_FORM)
    return Examined(candidate, (_unreadable(problem, facts),), Verdict.UNREADABLE)


_UNREADABLE_CODES = {
    FileProblem.EMPTY: "F101",
    FileProblem.TRUNCATED: "F102",
    FileProblem.PASSWORD: "F103",
    FileProblem.TOO_LARGE: "F104",
    FileProblem.INFLATES_TOO_MUCH: "F104",
    FileProblem.TOO_MANY_ENTRIES: "F104",
    FileProblem.EXCEL_WOULD_REPAIR: "F109",
}


def _unreadable(problem: FileProblem, facts: Mapping[str, str | int]) -> Finding:
    code = _UNREADABLE_CODES.get(problem, "F105")
    if problem is FileProblem.EXCEL_WOULD_REPAIR:
        return Finding(code, facts={"reason": say(f"files.repair.{facts['repair']}")})
    if code != "F104":
        return Finding(code, facts={"reason": say(f"files.problem.{problem}")} if code == "F105" else {})
    if problem is FileProblem.TOO_MANY_ENTRIES:
        words = [say("files.size.entries", count=facts[name]) for name in ("entries", "limit")]
    else:
        measured = facts.get("inflated", facts.get("bytes", 0))
        words = [say("files.size.megabytes", size=-(-int(size) // MEBIBYTE)) for size in (measured, facts["limit"])]
    return Finding(code, facts={"found": words[0], "limit": words[1]})


def _faulty(examined: Examined, fault: Exception) -> Examined:
    log.error("internal fault on %s\n%s", examined.candidate.path.name, "".join(traceback.format_exception(fault)))
    finding = Finding("Z901", facts={"reason": type(fault).__name__})
    return replace(examined, findings=(finding,), verdict=Verdict.INTERNAL_FAULT)


def judge_forms(
    form: Form,
    examined: Sequence[Examined],
    settings: Settings,
    known: Knowledge,
    accepted_plans: Iterable[tuple[str, str]],
) -> list[Judged]:
    """The verdicts on several submissions of one form, judged together.

    ``accepted_plans`` are the (division, period) whose BM-01 counts already: a new one after its due date is a
    revision. A fault of ours is traced to the submissions that cause it; the others keep their verdicts.
    """
    plans = frozenset(accepted_plans)
    try:
        return _judged_together(form, examined, settings, known, plans)
    except Exception as fault:  # noqa: BLE001 - the boundary: find whose rows broke the rules' code
        if len(examined) == 1:
            return [ended(_faulty(examined[0], fault), settings)]
        middle = len(examined) // 2
        halves = examined[:middle], examined[middle:]
        return [one for half in halves for one in judge_forms(form, half, settings, known, plans)]


def _judged_together(
    form: Form,
    examined: Sequence[Examined],
    settings: Settings,
    known: Knowledge,
    plans: frozenset[tuple[str, str]],
) -> list[Judged]:
    parsed = {each.candidate.key: each.parsed for each in examined if each.parsed}
    submissions = _submissions(form, examined, settings, plans)
    found = judge(parsed, form, submissions, known)
    judged = []
    for each in examined:
        division, period = obligation(each, settings)
        findings = (*each.findings, *_placement(each.candidate, division, settings), *found[each.candidate.key])
        judged.append(Judged(each, verdict_of(findings), findings, division, period))
    return judged


def _placement(candidate: Candidate, division: str | None, settings: Settings) -> Iterator[Finding]:
    """F108 for a form that was only seen in folders of divisions other than the one it names, or its successors."""
    own = {"", division, *settings.successors_of(division or "")}
    if division is not None and candidate.folders and not candidate.folders & own:
        yield Finding(MISPLACED, facts={"folder": ", ".join(sorted(candidate.folders)), "division": division})


def ended(examined: Examined, settings: Settings) -> Judged:
    """The verdict on a file whose road ended before it could be judged as a form."""
    division, period = obligation(examined, settings)
    return Judged(examined, examined.verdict or Verdict.INTERNAL_FAULT, examined.findings, division, period)


def obligation(examined: Examined, settings: Settings) -> tuple[str | None, Period | None]:
    """The division and period that the cover names, where the settings know them."""
    division = str(examined.cover.get("division") or "")
    year, kind = _year(examined.cover), str(examined.cover.get("period") or "")
    known = settings.division(division) is not None
    period = Period(year, PeriodKind(kind)) if year is not None and kind in set(PeriodKind) else None
    return division if known else None, period if period in settings.periods else None


def due_on_of(form: Form, period: Period | None, settings: Settings) -> dt.date | None:
    """The day before which a form is due for a period; None where it is not."""
    return settings.due_dates(period).get(form.number) if period else None


def is_revision(form: Form, examined: Examined, settings: Settings, plans: frozenset[tuple[str, str]]) -> bool:
    """Whether it came on its due day or later although its BM-01 counts already: ``plans`` are (division, period)."""
    division, period = obligation(examined, settings)
    due_on = due_on_of(form, period, settings)
    is_late = due_on is not None and examined.candidate.arrived_at.date() >= due_on
    return is_late and (division, str(period)) in plans


def _year(cover: Mapping[str, object]) -> int | None:
    written = str(cover.get("year") or "")
    return int(written) if written.isdecimal() and len(written) == 4 else None


def _submissions(
    form: Form, examined: Sequence[Examined], settings: Settings, plans: frozenset[tuple[str, str]]
) -> pd.DataFrame:
    """What the rules are told about each submission, indexed by submission_id."""
    records = [_told(form, each, settings, plans) for each in examined]
    index = pd.Index([each.candidate.key for each in examined], name="submission_id")
    submissions = pd.DataFrame(records, index=index)
    texts = [name for name in submissions.columns if name not in {"formats_known", "arrived_on", "form_due_on"}]
    days = dict.fromkeys(("arrived_on", "form_due_on"), "datetime64[us]")
    return submissions.astype({**dict.fromkeys(texts, "str"), **days, "formats_known": bool})


def _told(form: Form, examined: Examined, settings: Settings, plans: frozenset[tuple[str, str]]) -> dict[str, object]:
    _, period = obligation(examined, settings)
    due_on = due_on_of(form, period, settings)
    revised = is_revision(form, examined, settings, plans)
    return {
        "division": examined.cover.get("division"),
        "year": examined.cover.get("year"),
        "period": examined.cover.get("period"),
        "period_kind": examined.cover.get("period"),
        "period_code": str(period or ""),
        "arrived_on": pd.Timestamp(examined.candidate.arrived_at.date()),
        "form_due_on": pd.Timestamp(due_on) if due_on else pd.NaT,
        "formats_known": examined.formats_known,
        "is_revision": "có" if revised else "không",
        "identity_division": examined.identity.division,
        "identity_year": examined.identity.year,
        "identity_period": examined.identity.period,
    }
