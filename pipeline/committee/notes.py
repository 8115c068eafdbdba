"""Sheet 12: how to read the workbook."""

from collections.abc import Iterator
from typing import Final

from pipeline.committee.draft import Draft, Printed
from pipeline.committee.words import sheet_title
from pipeline.consolidation.frames import Faults
from pipeline.consolidation.sources import CONSOLIDATED, Use
from pipeline.excel import looks
from pipeline.excel.cells import Area
from pipeline.excel.fitting import height_of
from pipeline.excel.pictures import Picture, put_picture
from pipeline.excel.signs import signs
from pipeline.excel.tables import Canvas
from pipeline.excel.times import lines_of
from pipeline.forms import BY_NUMBER
from pipeline.seals import Seal
from pipeline.seals.qr import MILLIMETRES, picture
from pipeline.settings import Period, Settings
from pipeline.settings.tables import in_force
from pipeline.vietnamese import say_date
from pipeline.wording import say, topic

_CHIPS: Final = 5
"""How many signs stand side by side in the key."""
_CHIP: Final = 22.0
_WIDTHS = [28.0, *[_CHIP] * _CHIPS]
_WIDE = _CHIP * _CHIPS
_ALL = len(_WIDTHS)


def write_notes(draft: Draft) -> None:
    """Write the sheet."""
    canvas, row = draft.begin("notes", _WIDTHS), 5
    faults = say("committee.notes.faults")
    for label, texts in _notes(draft):
        look = {**looks.BODY, **looks.toned(looks.Tone.BAD)} if label == faults else looks.BODY
        for place, text in enumerate(texts):
            canvas.line(row, label if place == 0 else "", {**look, "bold": True})
            _text(canvas, row, text, look)
            row += 1
    if draft.seal is not None:
        row = _seal(canvas, row, draft.seal)
    draft.finish(canvas, Printed(_key(canvas, row) - 1, _ALL))


def _text(canvas: Canvas, row: int, text: str, look: looks.Properties) -> None:
    """One text over the width of the key below."""
    canvas.sheet.merged(Area(row, 2, row, _ALL), text, canvas.look(look))
    canvas.sheet.height(row, height_of(lines_of(text, _WIDE, size=10), size=10))


def _notes(draft: Draft) -> Iterator[tuple[str, list[str]]]:
    committee, words = draft.committee, topic("committee")["notes"]
    settings, due = committee.settings, committee.settings.due_on(committee.period)
    policy, contact = settings.policy_on(due), settings.contact
    yield words["purpose"], [words["purpose_text"]]
    numbers = ", ".join(sheet_title(name).split()[0] for name in draft.print_set)
    yield words["paper"], [say("committee.notes.paper_text", numbers=numbers), words["cut_text"]]
    yield words["period"], [f"{draft.period_words} ({committee.period}); {draft.agency}"]
    yield words["faults"], list(_faults(draft))
    yield words["built"], [say("committee.notes.built_text", day=say_date(committee.today))]
    yield words["presented"], list(_presented(draft)) or [words["not_presented"]]
    yield words["standard"], [settings.standard_on(due)]
    approved = say("committee.notes.policy_text", version=policy.version, day=say_date(policy.approved_on))
    yield words["policy"], [approved]
    yield words["due"], list(_due_dates(settings, committee.period.year)) or [words["none"]]
    yield words["next_due"], [_next_due(draft) or words["none"]]
    yield words["definitions"], words["definition_texts"]
    yield words["rules"], words["rule_texts"]
    yield words["legal"], [basis.text for basis in in_force(settings.legal_bases, due)] or [words["none"]]
    reached_at = ", ".join(filter(None, (contact.secretary, contact.telephone, contact.email)))
    yield words["links"], [words["links_text"]]
    yield words["genuine"], [words["genuine_text"]]
    yield words["contact"], [reached_at or words["none"]]


def _seal(canvas: Canvas, row: int, seal: Seal) -> int:
    """The seal of the ledger with its picture; gives the first row below."""
    bold, text = {**looks.BODY, "bold": True}, say("committee.notes.seal_text")
    canvas.line(row, say("committee.notes.seal"), bold)
    _text(canvas, row, seal.words, bold)
    _text(canvas, row + 1, text, looks.BODY)
    put_picture(canvas.sheet, row + 2, 2, Picture(picture(seal), MILLIMETRES, say("seal.picture", at=seal.clock)))
    return row + 3


def _faults(draft: Draft) -> Iterator[str]:
    """One line for all that our own program could not make; the workbook's own figures stand on the ledger alone."""
    artefacts = draft.committee.faults[Faults.artefact]
    if len(artefacts):
        yield say("committee.notes.faults_text", count=len(artefacts), first=artefacts.iloc[0])


def _presented(draft: Draft) -> Iterator[str]:
    """When the workbook of the period was laid before the committee, and which one that was."""
    for document, document_on, sha256 in draft.committee.presented.itertuples(index=False):
        yield say("committee.notes.presented_text", day=say_date(document_on), document=document, sha256=sha256)


def _due_dates(settings: Settings, year: int) -> Iterator[str]:
    for period in settings.periods:
        if period.year == year:
            for form in sorted(settings.due_dates(period)):
                yield _due(form, period, settings)


def _due(form: str, period: Period, settings: Settings) -> str:
    day = say_date(settings.due_dates(period)[form])
    return say("committee.notes.due_text", form=form, period=period.in_words, day=day)


def _next_due(draft: Draft) -> str:
    """The first due date after the day of the workbook; blank when none is set."""
    settings, today = draft.committee.settings, draft.committee.today
    coming = [
        (day, form, period)
        for period in settings.periods
        for form, day in settings.due_dates(period).items()
        if day > today
    ]
    _, form, period = min(coming, key=lambda duty: duty[:2], default=(None, "", None))
    return _due(form, period, settings) if period else ""


def _key(canvas: Canvas, row: int) -> int:
    """Every symbol with its word and colour; gives the first row below."""
    # While every form is consolidated nobody meets that sign.
    unused = {str(Use.NOT_CONSOLIDATED)} if set(BY_NUMBER) <= CONSOLIDATED else set()
    for group, title in topic("committee")["notes"]["key_groups"]:
        every = [sign for code, sign in signs(group).items() if group != "use" or code not in unused]
        for first in range(0, len(every), _CHIPS):
            canvas.line(row, "" if first else title, {**looks.BODY, "bold": True})
            chips = every[first : first + _CHIPS]
            for column, mark in enumerate(chips, 2):
                canvas.sign(row, column, mark)
            lines = max(lines_of(f"■ {mark.word}", _CHIP, size=10, bold=True) for mark in chips)
            canvas.sheet.fit(row, height_of(lines, size=10))
            row += 1
    return row
