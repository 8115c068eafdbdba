"""What the secretary sends: a ready letter to each division with something outstanding, a report to the committee."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.desk.status import Obligation, listed_division, obligations_of
from pipeline.editions.edition import edition_of
from pipeline.editions.frames import edition_frames
from pipeline.editions.snapshot import LedgerSnapshot
from pipeline.faults import OperatorError
from pipeline.findings import Code, Finding, Verdict, is_error
from pipeline.forms import BY_NUMBER
from pipeline.guards import alone
from pipeline.ledger.contents import read_findings, read_submissions
from pipeline.letters.content import OPEN, Debt, Letter, Returned, most_useful
from pipeline.letters.document import letter_bytes, report_bytes
from pipeline.letters.report import report_text
from pipeline.letters.text import text_of
from pipeline.outbox import Folder, Outbox, Published, form_place, letter_place, report_place
from pipeline.seals import Seal
from pipeline.settings import Division, Period, Settings
from pipeline.workspace import Workspace, ledger_so_far, open_ledger


class Written(NamedTuple):
    """One letter and where it was put, relative to the workspace."""

    letter: Letter
    path: str


@dataclass(frozen=True)
class Reminded:
    """What a round of reminders did. Paths are relative to the workspace.

    ``removed`` are letters of an earlier round whose divisions have nothing outstanding any more; ``kept`` were changed
    by somebody since we wrote them and are left as they are; ``without_contact`` get a letter but have no contact in
    the directory; ``is_anything_due``: whether any division that the round is about has something outstanding.
    """

    written: tuple[Written, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    without_contact: tuple[Division, ...]
    is_anything_due: bool


def remind(
    workspace: Workspace, settings: Settings, period: Period, as_of: dt.datetime, only: str | None = None
) -> Reminded:
    """Write the letters of a period into outbox/thu_nhac/<period>/, and take away those with no debt left.

    What somebody changed since we wrote it is the secretary's, and stays.

    Raises:
        OperatorError: E808, there is no such division; E806, another command is at work; E805, a letter cannot be
            written.
    """
    if only is not None:
        listed_division(settings, only)
    with alone(workspace):
        due = letters_due(workspace, settings, period, as_of)
        letters = [letter for letter in due if only in {None, letter.addressee.code}]
        outbox = Outbox(workspace.outbox, workspace.archive, as_of)
        with ledger_so_far(workspace) as ledger:
            seal = ledger.seal_at(as_of)
        places = [(letter, _put(letter, settings, outbox, seal)) for letter in letters]
        kept = [letter_place(period, letter.addressee.code) for letter, place in places if place is None]
        addressed = {letter_place(period, letter.addressee.code) for letter in due}
        earlier = outbox.published_under(letter_place(period, only or ""))
        taken = {place: outbox.take_back(place) for place in earlier if place not in addressed}
    kept += [place for place, is_taken in taken.items() if not is_taken]
    return Reminded(
        written=tuple(Written(letter, f"outbox/{place}") for letter, place in places if place),
        removed=tuple(f"outbox/{place}" for place, is_taken in taken.items() if is_taken),
        kept=tuple(f"outbox/{place}" for place in kept),
        without_contact=tuple(letter.addressee for letter in letters if not letter.addressee.contact.strip()),
        is_anything_due=bool(letters),
    )


def _put(letter: Letter, settings: Settings, outbox: Outbox, seal: Seal | None) -> str | None:
    """Where the letter was put in the outbox; None where something of others stands in its place."""
    place = letter_place(letter.period, letter.addressee.code)
    content = letter_bytes(text_of(letter, settings), letter.as_of, seal)
    if outbox.is_of_others(place, content):
        return None
    return outbox.publish(place, content, letter.as_of.isoformat()).relative


def letters_due(workspace: Workspace, settings: Settings, period: Period, as_of: dt.datetime) -> list[Letter]:
    """The letters that the obligations of a period call for, in the order of the directory."""
    by_addressee = shared_out(obligations_of(workspace, settings, period, as_of), settings)
    last_files = _last_files(workspace, [each for of_one in by_addressee.values() for each in of_one])

    def debt(obligation: Obligation) -> Debt:
        return _debt(obligation, workspace, settings, last_files.get(obligation.last_submission_id))

    return [
        Letter(division, period, as_of, tuple(map(debt, by_addressee[division.code])))
        for division in settings.divisions
        if division.code in by_addressee
    ]


def shared_out(obligations: Iterable[Obligation], settings: Settings) -> dict[str, list[Obligation]]:
    """What is outstanding by the division that answers for it now: each obligation once, and nothing settled."""
    due: dict[str, list[Obligation]] = {}
    for obligation in obligations:
        if obligation.state in OPEN:
            addressee = settings.division(obligation.responsible) or listed_division(settings, obligation.division)
            due.setdefault(addressee.code, []).append(obligation)
    return due


class _LastFile(NamedTuple):
    """The last file of a debt, with what was found in it."""

    path: str
    sha256: str
    findings: Sequence[Finding]


def _last_files(workspace: Workspace, debts: Iterable[Obligation]) -> dict[int | None, _LastFile]:
    """By their number, the last files that were given back with something in them to mend."""
    last = {each.last_submission_id for each in debts if each.state not in {"empty", "withdrawn"}} - {None}
    if not last:
        return {}
    with open_ledger(workspace) as ledger:
        submissions = read_submissions(ledger)
        returned = submissions[submissions.index.isin(last) & (submissions["verdict"] == Verdict.RETURNED)]
        files = returned[["path", "sha256"]].itertuples(name=None)
        return {number: _LastFile(path, sha256, read_findings(ledger, number)) for number, path, sha256 in files}


def _debt(obligation: Obligation, workspace: Workspace, settings: Settings, last: _LastFile | None) -> Debt:
    form, period, division = obligation.form, obligation.period, obligation.division
    issued = workspace.outbox / form_place(form, period, division)
    return Debt(
        form=form,
        owner=listed_division(settings, division),
        period=Period.parse(period),
        due_on=obligation.due_on,
        state=obligation.state,
        agreed_on=obligation.agreed_on,
        arrived_at=obligation.arrived_at,
        days_late=obligation.days_late,
        decision=obligation.decision,
        returned=None if last is None else _returned(obligation, workspace, last),
        pre_filled=workspace.relative(issued) if issued.is_file() else f"templates_xlsx/{BY_NUMBER[form].file_name}",
    )


def _returned(obligation: Obligation, workspace: Workspace, last: _LastFile) -> Returned:
    """The last file of a debt, and the answer to it."""
    # An answer bears the first letters of its original's hash; bytes judged again got a later one.
    folder, name = workspace.outbox / Folder.ANSWERS / obligation.division, f"*__{last.sha256[:8]}"
    answers = [path for again in ("", "_lan*") for path in sorted(folder.glob(f"{name}{again}.xlsx"))]
    marked_copy = workspace.relative(answers[-1]) if answers else None
    return Returned(last.path, sum(map(is_error, last.findings)), most_useful(last.findings), marked_copy)


def write_report(
    workspace: Workspace, settings: Settings, period: Period, known_at: dt.datetime
) -> tuple[Published, dt.date]:
    """Write the report of a period as of the last run until ``known_at`` into outbox/bao_cao/<period>.docx.

    What somebody changed since it was written stays as it is, and the new one stands beside it. Gives the day of the
    report as well.

    Raises:
        OperatorError: E811, there is no ledger; E819, no run until then; E821, the period has no workbook yet; E806,
            another command is at work; E805, the report cannot be written.
    """
    with alone(workspace):
        with open_ledger(workspace) as ledger:
            scan = ledger.scan_at(known_at)
            if scan is None:
                raise OperatorError(Code.E819, as_of=f"{known_at:%d/%m/%Y %H:%M}")
            edition = edition_of(period, ledger, settings, scan)
            if edition is None:
                raise OperatorError(Code.E821, period=period, as_of=f"{scan.as_of:%d/%m/%Y %H:%M}")
            committee = edition_frames(edition, LedgerSnapshot(ledger))
            if period.year == scan.as_of.year:
                # A workbook that rests speaks as of its last change; the paper is of the day of the run.
                committee = replace(committee, today=scan.as_of.date())
        content = report_bytes(report_text(committee), committee.today, edition.seal)
        outbox = Outbox(workspace.outbox, workspace.archive, scan.as_of)
        return outbox.hand_out(report_place(period), content), committee.today
