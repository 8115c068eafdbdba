"""From one original to a submission: read, recognised and parsed, or the verdict that ended its road."""

import datetime as dt
import logging
import pickle
import traceback
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from pipeline.findings import Code, Finding, Verdict
from pipeline.forms import BY_NUMBER, FORMS
from pipeline.intake.file_kinds import MEBIBYTE, FileKind, FileProblem, Limits, RawWorkbook, ReadFailure, limits_of
from pipeline.intake.reader import ReaderPool
from pipeline.intake.worker import read_workbook
from pipeline.intake.workers import Workers
from pipeline.parsing import Identity, ParsedForm, held_against_version, locate_form, parse_form, read_cover, recognise
from pipeline.parsing.explanations import Explanation, explanations_of
from pipeline.settings import Period, PeriodKind, Settings
from pipeline.vocabulary.lists import lists_of
from pipeline.vocabulary.sheets import Form
from pipeline.wording import say, topic

log = logging.getLogger(__name__)

_WORTH_A_PARSER = 200
"""From so many files on they are parsed where they are read: a worker imports for 0.8 s what that needs, and 1.5 ms a
form are saved, and most of the memory."""


@dataclass(frozen=True)
class Submission:
    """One original on its way to a verdict: unread, then as far as it could be read, then judged.

    ``key`` names it in what comes back. ``folders``: the divisions in whose folders of the inbox it was seen, blank for
    another place; empty when it came through no inbox. ``is_open``: it is a form whose rules are still to be applied;
    until then ``verdict`` does not count. ``division`` and ``period`` are its cover's, where the settings know them.
    ``kind`` is what its content is, as far as a worker could tell. Of many at once the form and what was parsed are
    ``packed`` until they are judged (``opened``). ``explanations``: what its sender wrote on an earlier answer's sheet.
    """

    key: int
    path: Path
    arrived_at: dt.datetime
    folders: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    verdict: Verdict = Verdict.INTERNAL_FAULT
    is_open: bool = False
    form: Form | None = None
    identity: Identity = field(default_factory=Identity)
    parsed: ParsedForm | None = None
    division: str | None = None
    period: Period | None = None
    formats_known: bool = True
    kind: FileKind = FileKind.UNKNOWN
    packed: bytes = b""
    explanations: tuple[Explanation, ...] = ()

    def opened(self) -> "Submission":
        """The same with what was read of it at hand."""
        return unpacked(self, self.packed) if self.packed else self

    @property
    def cover(self) -> Mapping[str, object]:
        """The cover as it was read; empty when there is none."""
        return _cover(self.parsed)

    @property
    def is_empty(self) -> bool:
        """Whether the form came without a single row."""
        return any(finding.code == Code.C404 for finding in self.findings)

    def broken(self, fault: Exception) -> "Submission":
        """The same with the verdict that our own code failed on it."""
        log.error("internal fault on %s\n%s", self.path.name, "".join(traceback.format_exception(fault)))
        finding = Finding(Code.Z901, facts={"reason": type(fault).__name__})
        return replace(self, findings=(finding,), verdict=Verdict.INTERNAL_FAULT, is_open=False)


def read_submissions(unread: Sequence[Submission], settings: Settings, workers: Workers) -> Iterator[Submission]:
    """Each file as far as it can be read, in the order given. One bad file never ends the work on the others.

    No cells are kept of what was read. Many files are parsed where they are read, and what was parsed stays packed.
    """
    if not unread:
        return
    limits, paths = limits_of(settings), (one.path for one in unread)
    if len(unread) < _WORTH_A_PARSER:
        with ReaderPool(workers, limits) as pool:
            for one, (_, outcome) in zip(unread, pool.read_each(paths), strict=True):
                yield read(one, outcome, settings)
        return
    with ReaderPool(workers, limits, ready) as pool:
        answers: Iterator[tuple[Path, bytes | RawWorkbook | ReadFailure]]
        answers = pool.done_each(read_and_parse, paths, zlib.compress(pickle.dumps(settings)))
        for one, (_, answer) in zip(unread, answers, strict=True):
            if isinstance(answer, bytes):
                opened = unpacked(one, answer)
                yield replace(opened, parsed=None, packed=answer) if opened.parsed else opened
            else:
                yield read(one, answer, settings)


def ready() -> None:
    """Nothing: whoever unpickles this function has imported all that parsing needs."""


def read_and_parse(path: Path, limits: Limits, settings: bytes) -> bytes | RawWorkbook | ReadFailure:
    """In a worker: what was read and parsed, packed; where our own code fails, the cells, for it to fail aloud."""
    outcome = read_workbook(path, limits)
    if isinstance(outcome, ReadFailure):
        return outcome
    try:
        blank = Submission(0, path, dt.datetime.min)
        return packed(replace(recognised(blank, outcome, _settings(settings)), kind=outcome.kind))
    except Exception:  # noqa: BLE001 - the boundary of one file: it is parsed once more where faults are logged
        return outcome


@lru_cache(maxsize=1)
def _settings(content: bytes) -> Settings:
    settings: Settings = pickle.loads(zlib.decompress(content))  # noqa: S301 - our own, from the process that asks
    return settings


_OF_THE_FILE = (
    "findings",
    "verdict",
    "is_open",
    "identity",
    "division",
    "period",
    "formats_known",
    "kind",
    "explanations",
)
_OF_THE_FORM = ("rows", "findings", "unreadable", "addresses", "visible")


def packed(one: Submission) -> bytes:
    """What was found in a file, to cross processes and to be kept: of a form's schema its number alone."""
    parsed = one.parsed and {name: getattr(one.parsed, name) for name in _OF_THE_FORM}
    of_the_file = {name: getattr(one, name) for name in _OF_THE_FILE}
    return zlib.compress(pickle.dumps((one.form and one.form.number, of_the_file, parsed)), 1)


def unpacked(one: Submission, content: bytes) -> Submission:
    """The submission with what was found in its file."""
    number, of_the_file, parsed = pickle.loads(zlib.decompress(content))  # noqa: S301 - made by our own code
    form = BY_NUMBER[number] if number else None
    opened = ParsedForm(form, **parsed) if form and parsed else None
    return replace(one, **of_the_file, form=form, parsed=opened, packed=b"")


def read(one: Submission, outcome: RawWorkbook | ReadFailure, settings: Settings) -> Submission:
    """What the reader's outcome makes of a submission; never raises."""
    match outcome:
        case RawWorkbook():
            try:
                submission = recognised(one, outcome, settings)
            except Exception as fault:  # noqa: BLE001 - the boundary of one file: our fault must not end the night
                submission = one.broken(fault)
        case ReadFailure():
            submission = _stopped(one, outcome.problem, outcome.facts)
    return replace(submission, kind=outcome.kind)


def recognised(one: Submission, workbook: RawWorkbook, settings: Settings) -> Submission:
    """The form that a workbook is, parsed and open to its rules; F107 for a workbook that is none."""
    form, identity = recognise(workbook, FORMS)
    if form is None:
        return replace(one, findings=(Finding(Code.F107),), verdict=Verdict.NOT_A_FORM)
    addresses, latest = locate_form(workbook, form), max(settings.years)
    # The lists depend on the form's own year, which its cover tells.
    year = _year(read_cover(workbook, form, lists_of(settings, latest), addresses))
    lists = lists_of(settings, year if year in settings.years else latest)
    parsed = parse_form(workbook, form, lists, addresses)
    findings, parsed = held_against_version(parsed, identity)
    division, period = _obligation(_cover(parsed), settings)
    return replace(
        one,
        findings=findings,
        is_open=True,
        form=form,
        identity=identity or Identity(),
        parsed=replace(parsed, addresses=parsed.addresses.without_cells()),
        division=division,
        period=period,
        formats_known=workbook.formats_known,
        explanations=explanations_of(workbook),
    )


def _cover(parsed: ParsedForm | None) -> Mapping[str, object]:
    rows = parsed.rows.get("cover", ()) if parsed else ()
    return rows[0] if rows else {}


def _year(cover: Mapping[str, object]) -> int | None:
    written = str(cover.get("year") or "")
    return int(written) if written.isdecimal() and len(written) == 4 else None


def _obligation(cover: Mapping[str, object], settings: Settings) -> tuple[str | None, Period | None]:
    """The division and period that the cover names, where the settings know them."""
    division = str(cover.get("division") or "")
    year, kind = _year(cover), str(cover.get("period") or "")
    period = Period(year, PeriodKind(kind)) if year is not None and kind in set(PeriodKind) else None
    return division if settings.division(division) else None, period if period in settings.periods else None


def _stopped(one: Submission, problem: FileProblem, facts: Mapping[str, str | int]) -> Submission:
    """A file that gave no workbook: its verdict and the reason in plain words."""
    match problem:
        case FileProblem.INTERNAL_FAULT:
            log.error("reader fault on %s: %s", one.path.name, facts.get("trace", ""))
            finding = Finding(Code.Z901, facts={"reason": say("files.problem.internal_fault")})
            return replace(one, findings=(finding,))
        case FileProblem.NOT_A_WORKBOOK:
            names = topic("files")["what"]
            kind = names.get(str(facts.get("what")), names["other"])
            return replace(one, findings=(Finding(Code.F106, facts={"found": kind}),), verdict=Verdict.NOT_A_FORM)
        case _:
            return replace(one, findings=(_unreadable(problem, facts),), verdict=Verdict.UNREADABLE)


def _unreadable(problem: FileProblem, facts: Mapping[str, str | int]) -> Finding:
    code = _UNREADABLE_CODES.get(problem, Code.F105)
    match problem:
        case FileProblem.TOO_MANY_ENTRIES:
            words = {"found": say("files.size.entries", count=facts["entries"])}
            words["limit"] = say("files.size.entries", count=facts["limit"])
        case FileProblem.TOO_LARGE | FileProblem.INFLATES_TOO_MUCH:
            size = int(facts.get("inflated", facts.get("bytes", 0)))
            words = {"found": megabytes(size), "limit": megabytes(int(facts["limit"]))}
        case FileProblem.EXCEL_WOULD_REPAIR:
            words = {"reason": say(f"files.repair.{facts['repair']}")}
        case _:
            words = {"reason": say(f"files.problem.{problem}")} if code == Code.F105 else {}
    return Finding(code, facts=words)


_UNREADABLE_CODES = {
    FileProblem.EMPTY: Code.F101,
    FileProblem.TRUNCATED: Code.F102,
    FileProblem.PASSWORD: Code.F103,
    FileProblem.TOO_LARGE: Code.F104,
    FileProblem.INFLATES_TOO_MUCH: Code.F104,
    FileProblem.TOO_MANY_ENTRIES: Code.F104,
    FileProblem.EXCEL_WOULD_REPAIR: Code.F109,
}


def megabytes(size: int) -> str:
    """A number of bytes in whole mebibytes, rounded up, in words."""
    return say("files.size.megabytes", size=-(-size // MEBIBYTE))
