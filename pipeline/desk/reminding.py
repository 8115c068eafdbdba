"""Reminders: a ready letter for whoever owes something, and for nobody else."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.alone import alone
from pipeline.desk.status import Obligation, obligations_of
from pipeline.faults import OperatorError
from pipeline.findings import Verdict, is_error
from pipeline.forms import BY_NUMBER
from pipeline.ledger.tables import read_findings, read_submissions
from pipeline.letters.content import OPEN, Debt, Letter, Returned, most_useful
from pipeline.letters.document import letter_bytes
from pipeline.letters.text import text_of
from pipeline.outbox import Outbox, dated_sibling
from pipeline.settings import Division, Period, Settings
from pipeline.workspace import Workspace, open_ledger

FOLDER = "thu_nhac"


@dataclass(frozen=True)
class Written:
    """One letter and where it was put, relative to the workspace."""

    letter: Letter
    path: str

    def as_document(self) -> dict[str, object]:
        """As JSON: whom it goes to, where it is, which debts it names."""
        debts = [
            {
                "form": debt.form,
                "division": debt.owner.code,
                "period": str(debt.period),
                "due_on": debt.due_on.isoformat(),
                "state": debt.state,
                "days_late": debt.days_late,
            }
            for debt in self.letter.debts
        ]
        return {"division": self.letter.addressee.code, "path": self.path, "debts": debts}


@dataclass(frozen=True)
class Reminded:
    """What a round of reminders did. Paths are relative to the workspace.

    ``removed`` are letters of an earlier round whose divisions owe nothing any more; ``kept`` were changed by somebody
    since we wrote them and are left as they are; ``without_contact`` owe something but have no contact in the
    directory; ``is_owed`` says whether anybody whom the round asked about owes anything.
    """

    written: tuple[Written, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    without_contact: tuple[Division, ...] = ()
    is_owed: bool = False


def remind(
    workspace: Workspace, settings: Settings, period: Period, as_of: dt.datetime, only: str | None = None
) -> Reminded:
    """Write the letters of a period into outbox/thu_nhac/<period>/, and take away those that are no longer owed.

    Raises:
        OperatorError: E808, the division is unknown; E806, another command is at work; E805, no letter can be written.
    """
    if only is not None and settings.division(only) is None:
        raise OperatorError("E808", division=only, known=", ".join(d.code for d in settings.divisions))
    with alone(workspace):
        owed = letters_owed(workspace, settings, period, as_of)
        letters = [letter for letter in owed if only in {None, letter.addressee.code}]
        done = _Round(Outbox(workspace.outbox, workspace.archive))
        for letter in letters:
            done.write(letter, settings)
        addressed = {_place(period, letter.addressee.code) for letter in owed}
        mine = _place(period, only) if only else f"{FOLDER}/{period}/"
        for relative in done.outbox.published_under(mine):
            if relative not in addressed:
                done.take_back(relative)
    silent = tuple(letter.addressee for letter in letters if not letter.addressee.contact.strip())
    return Reminded(tuple(done.written), tuple(done.removed), tuple(done.kept), silent, bool(letters))


def letters_owed(workspace: Workspace, settings: Settings, period: Period, as_of: dt.datetime) -> list[Letter]:
    """The letters that the obligations of a period call for, in the order of the directory."""
    owed = obligations_of(workspace, settings, period, as_of)
    debts = {
        code: tuple(_debt(one, workspace, settings) for one in of_division)
        for code, of_division in shared_out(owed, settings).items()
    }
    return [
        Letter(division, period, as_of, debts[division.code])
        for division in settings.divisions
        if division.code in debts
    ]


def shared_out(obligations: Iterable[Obligation], settings: Settings) -> dict[str, list[Obligation]]:
    """What is still owed by the division that answers for it now: each obligation once, and nothing that is settled."""
    owed: dict[str, list[Obligation]] = {}
    for one in obligations:
        if one.state in OPEN:
            addressee = settings.division(one.responsible) or _owner(settings, one)
            owed.setdefault(addressee.code, []).append(one)
    return owed


def _owner(settings: Settings, one: Obligation) -> Division:
    """The division whose form it is: an obligation is only made for one that the directory has."""
    return next(division for division in settings.divisions if division.code == one.division)


def _debt(one: Obligation, workspace: Workspace, settings: Settings) -> Debt:
    return Debt(
        form=one.form,
        owner=_owner(settings, one),
        period=Period.parse(one.period),
        due_on=one.due_on,
        state=one.state,
        agreed_on=one.agreed_on,
        arrived_at=one.arrived_at,
        days_late=one.days_late,
        decision=one.decision,
        returned=_returned(one, workspace),
        pre_filled=_form_to_fill(one, workspace),
    )


def _returned(one: Obligation, workspace: Workspace) -> Returned | None:
    """The last file of a debt when it was given back with something in it to mend."""
    if one.last_submission_id is None or one.state in {"empty", "withdrawn"}:
        return None
    with open_ledger(workspace) as ledger:
        last = read_submissions(ledger).loc[one.last_submission_id].to_dict()
        findings = read_findings(ledger, one.last_submission_id)
    if last["verdict"] != Verdict.RETURNED:
        return None
    errors = sum(map(is_error, findings))
    return Returned(last["path"], errors, most_useful(findings), _marked_copy(one, workspace, last["sha256"]))


def _marked_copy(one: Obligation, workspace: Workspace, sha256: str) -> str | None:
    """Answers are told apart by the first letters of their original's hash; bytes judged again got a later one."""
    answers = workspace.outbox / "phan_hoi" / one.division
    found = [path for again in ("", "_lan*") for path in sorted(answers.glob(f"*__{sha256[:8]}{again}.xlsx"))]
    return workspace.relative(found[-1]) if found else None


def _form_to_fill(one: Obligation, workspace: Workspace) -> str:
    """The form that was made out for the division, or else the blank one."""
    issued = workspace.outbox / "bieu_mau" / one.division / f"{one.form}_{one.period}_{one.division}.xlsx"
    return workspace.relative(issued) if issued.is_file() else f"templates_xlsx/{BY_NUMBER[one.form].file_name}"


@dataclass
class _Round:
    """One round of letters into the outbox. What somebody changed since we wrote it is the secretary's, and stays."""

    outbox: Outbox
    written: list[Written] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def write(self, letter: Letter, settings: Settings) -> None:
        """Put one letter in its place."""
        relative = _place(letter.period, letter.addressee.code)
        content = letter_bytes(text_of(letter, settings), letter.as_of)
        if self.outbox.is_of_others(relative, content):
            self.kept.append(f"outbox/{relative}")
            return
        made_from = letter.as_of.isoformat()
        published = self.outbox.publish(relative, content, made_from, sibling=dated_sibling(letter.as_of))
        self.written.append(Written(letter, f"outbox/{published.relative}"))

    def take_back(self, relative: str) -> None:
        """Take away a letter of an earlier round."""
        taken = self.outbox.take_back(relative)
        (self.removed if taken else self.kept).append(f"outbox/{relative}")


def _place(period: Period, code: str) -> str:
    return f"{FOLDER}/{period}/{code}.docx"
