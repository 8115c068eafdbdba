"""Sheet 12: how to read the workbook."""

from collections.abc import Iterator

from pipeline.committee.draft import Draft
from pipeline.consolidation.frames import Faults
from pipeline.consolidation.sources import CONSOLIDATED, Use
from pipeline.excel import looks
from pipeline.excel.fitting import height_of, lines_of
from pipeline.excel.pictures import Picture, put_picture
from pipeline.excel.signs import signs
from pipeline.excel.tables import Canvas
from pipeline.forms import BY_NUMBER
from pipeline.seals import Seal
from pipeline.seals.qr import MILLIMETRES, picture
from pipeline.settings import Period, Settings
from pipeline.settings.model import in_force
from pipeline.vietnamese import say_date
from pipeline.wording import say, topic

_WIDTHS = [30.0, 110.0]


def write_notes(draft: Draft) -> None:
    """Write the sheet."""
    canvas, row = draft.begin("notes", _WIDTHS), 5
    faults = say("committee.notes.faults")
    for label, texts in _notes(draft):
        look = {**looks.BODY, **looks.toned(looks.Tone.BAD)} if label == faults else looks.BODY
        for place, text in enumerate(texts):
            canvas.line(row, label if place == 0 else "", {**look, "bold": True})
            canvas.line(row, text, look, 2)
            canvas.fit_line(row, text, _WIDTHS[1])
            row += 1
    if draft.seal is not None:
        row = _seal(canvas, row, draft.seal)
    draft.finish(canvas, _key(canvas, row) - 1, len(_WIDTHS))


def _notes(draft: Draft) -> Iterator[tuple[str, list[str]]]:
    committee, words = draft.committee, topic("committee")["notes"]
    settings, due = committee.settings, committee.settings.due_on(committee.period)
    policy, contact = settings.policy_on(due), settings.contact
    yield words["purpose"], [words["purpose_text"]]
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
    yield words["genuine"], [words["genuine_text"]]
    yield words["contact"], [reached_at or words["none"]]


def _seal(canvas: Canvas, row: int, seal: Seal) -> int:
    """The seal of the ledger with its picture; gives the first row below."""
    bold, text = {**looks.BODY, "bold": True}, say("committee.notes.seal_text")
    canvas.line(row, say("committee.notes.seal"), bold)
    canvas.line(row, seal.words, bold, 2)
    canvas.line(row + 1, text, looks.BODY, 2)
    canvas.fit_line(row + 1, text, _WIDTHS[1])
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
        for place, sign in enumerate(every):
            canvas.line(row, title if place == 0 else "", {**looks.BODY, "bold": True})
            canvas.line(row, sign.word, {**sign.properties, "align": "left"}, 2)
            canvas.sheet.fit(row, height_of(lines_of(sign.word, 100), size=10))
            row += 1
    return row
