"""A reminder in words, ready to be laid out: every sentence of the letter, no typography."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pipeline.forms import BY_NUMBER
from pipeline.letters.content import Debt, Letter, Mend, Returned
from pipeline.letters.words import Paper, basis_on, count_words, day_words, head_of, paper, time_words
from pipeline.settings import PaperKind, Settings
from pipeline.wording import say

_NAMED: Final = 8
"""How many further cells of one mistake a letter names; the marked copy has them all."""


@dataclass(frozen=True)
class Item:
    """A sentence, and the paths that it names, each to stand on a line of its own."""

    words: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mending:
    """What to mend in one returned form: a heading, its mends, where the marked copy lies."""

    heading: str
    mends: tuple[str, ...]
    copy: Item | None


@dataclass(frozen=True, kw_only=True)
class LetterText(Paper):
    """Every text of a letter."""

    subject: str
    addressee: str
    opening: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mendings: tuple[Mending, ...]
    ask: str
    requests: tuple[Item, ...]
    closing: str


def text_of(letter: Letter, settings: Settings) -> LetterText:
    """The letter's words under the settings in force on its day."""
    period = letter.period.in_words
    return LetterText(
        **paper(settings, PaperKind.LETTER, letter.as_of.date()),
        title=say("letters.properties.title", division=letter.addressee.name, period=period),
        subject=say("letters.subject", period=period),
        addressee=say("letters.to", addressee=head_of(letter.addressee)),
        opening=tuple(_opening(letter, settings)),
        rows=tuple(_row(number, debt, letter) for number, debt in enumerate(letter.debts, 1)),
        mendings=tuple(_mending(debt, debt.returned) for debt in letter.debts if debt.returned),
        ask=say("letters.ask.heading", addressee=head_of(letter.addressee)),
        requests=tuple(_requests(letter)),
        closing=_closing(settings),
    )


def _opening(letter: Letter, settings: Settings) -> Iterator[str]:
    day = letter.as_of.date()
    basis, standard = basis_on(settings, day), settings.standard_on(day)
    agency = settings.agency_on(day).name
    yield say(f"letters.opening.{'basis' if basis else 'no_basis'}", basis=basis, agency=agency, standard=standard)
    are_soon = [debt.is_soon_due for debt in letter.debts]
    yield say(
        f"letters.opening.{_kind(are_soon, 'soon', 'overdue')}",
        time=time_words(letter.as_of),
        division=letter.addressee.name,
        overdue=count_words(are_soon.count(False)),
        soon=count_words(are_soon.count(True)),
    )


def _kind(facts: Sequence[bool], if_all: str, if_none: str) -> str:
    """Which sentence fits: a fact that holds for all debts, for none, or for some."""
    return if_all if all(facts) else "both" if any(facts) else if_none


def _row(number: int, debt: Debt, letter: Letter) -> tuple[str, ...]:
    inherited = debt.owner.code != letter.addressee.code
    form = say(
        f"letters.form.{'inherited' if inherited else 'own'}",
        number=debt.form,
        title=BY_NUMBER[debt.form].title,
        owner=debt.owner.name,
        heir=letter.addressee.name,
    )
    due_on = f"{debt.due_on:%d/%m/%Y}"
    if debt.agreed_on is not None:
        due_on = say("letters.due.agreed", due_on=due_on, agreed_on=f"{debt.agreed_on:%d/%m/%Y}")
    period = debt.period.in_words
    return (str(number), form, period[:1].upper() + period[1:], due_on, _state(debt, letter.as_of.date()))


def _state(debt: Debt, today: dt.date) -> str:
    """What became of it, why, and how late it is or how long is left."""
    state = say(
        f"letters.state.{debt.state}",
        time=time_words(debt.arrived_at) if debt.arrived_at else "",
        errors=count_words(debt.returned.errors) if debt.returned else "",
    )
    return " ".join(filter(None, (f"{state}; {_standing(debt, today)}.", debt.decision)))


def _standing(debt: Debt, today: dt.date) -> str:
    """The due day is strict: the last good day is the one before it (design 5)."""
    if debt.days_late:
        return say("letters.standing.late", days=count_words(debt.days_late))
    left = (debt.due_on - today).days - 1
    last_day = day_words(debt.due_on - dt.timedelta(days=1))
    if left > 0:
        return say("letters.standing.left", days=count_words(left), last_day=last_day)
    return say("letters.standing.last_day")


def _mending(debt: Debt, returned: Returned) -> Mending:
    codes = sum(1 + len(mend.others) for mend in returned.mends)
    heading = say(
        f"letters.mends.{'heading_all' if codes >= returned.errors else 'heading'}",
        number=debt.form,
        period=debt.period.in_words,
        file=returned.file.rpartition("/")[2],
        errors=count_words(returned.errors),
    )
    copy = Item(say("letters.mends.copy"), (returned.marked_copy,)) if returned.marked_copy else None
    return Mending(heading, tuple(map(_mend_words, returned.mends)), copy)


def _mend_words(mend: Mend) -> str:
    kind = "at_cell" if mend.cell else "at_sheet" if mend.sheet else "at_file"
    words = say(f"letters.mends.{kind}", sheet=mend.sheet, cell=mend.cell, problem=mend.problem, fix=mend.fix)
    if not mend.others:
        return words
    return say("letters.mends.others", mend=words, count=len(mend.others), places=_places(mend.others))


def _places(others: Sequence[tuple[str, str]]) -> str:
    named = groupby(others[:_NAMED], key=lambda place: place[0])
    words = ", ".join(
        say("letters.mends.sheet", sheet=sheet, cells=", ".join(cell for _, cell in places)) for sheet, places in named
    )
    rest = len(others) - _NAMED
    return say("letters.mends.more", places=words, count=rest) if rest > 0 else words


def _requests(letter: Letter) -> Iterator[Item]:
    """What the division shall do, one sentence a thing."""
    yield Item(say(f"letters.ask.{_kind([debt.is_overdue for debt in letter.debts], 'overdue', 'in_time')}"))
    if any(debt.returned for debt in letter.debts):
        yield Item(say("letters.ask.mend"))
    forms = dict.fromkeys(debt.pre_filled for debt in letter.debts if debt.pre_filled and not debt.returned)
    for kind, is_issued in (("pre_filled", True), ("blank", False)):
        paths = tuple(path for path in forms if path.startswith("outbox/") == is_issued)
        if paths:
            yield Item(say(f"letters.ask.{kind}"), paths)
    yield Item(say("letters.ask.submit", inbox=f"inbox/{letter.addressee.code}"))


def _closing(settings: Settings) -> str:
    contact = settings.contact
    parts = (
        contact.secretary,
        say("letters.closing.telephone", telephone=contact.telephone) if contact.telephone else "",
        say("letters.closing.email", email=contact.email) if contact.email else "",
    )
    words = ", ".join(filter(None, parts))
    return say("letters.closing.contact", contact=words) if words else say("letters.closing.nobody")
