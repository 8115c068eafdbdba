"""The staff guide with the dates, papers, policy and contacts of one agency's settings, as Markdown."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from pipeline.forms import BY_NUMBER
from pipeline.letters.words import basis_on, day_words, month_words
from pipeline.settings import Period, PeriodKind, Settings
from pipeline.wording import say, topic

_IN_THE_REPOSITORY: Final = "repository"
_IN_A_WORKSPACE: Final = "workspace"
_PICTURE: Final = "!["
_ONE_DAY: Final = dt.timedelta(days=1)
_NAMED: Final = 3
"""Divisions that are named as those who submit a form; more are *Các Phòng*."""


def guide_title(settings: Settings) -> str:
    """What the guide's Word file calls itself."""
    return say("guide.title", year=max(settings.years))


def guide_text(settings: Settings, *, in_repository: bool = False) -> str:
    """The guide for the last year of the settings, as Markdown that ends with a line end.

    ``in_repository``: with the pictures and the pages that lie beside it there; a workspace has neither.
    """
    year = max(settings.years)
    end = dt.date(year, 12, 31)
    place = _IN_THE_REPOSITORY if in_repository else _IN_A_WORKSPACE
    policy = [each for each in settings.policy_versions if each.approved_on <= end][-1:] or settings.policy_versions[:1]
    due_on = settings.due_on(settings.periods[-1])
    basis, contact = basis_on(settings, end), settings.contact
    text = say(
        "guide.text",
        agency=settings.agency_on(dt.date(year, 1, 1)).name,
        year=year,
        due_rows="\n".join(_due_rows(settings, year)),
        basis=say("guide.basis", text=basis) if basis else "",
        due=_day_and_month(due_on),
        last_day=_day_and_month(due_on - _ONE_DAY),
        division=_example_division(settings, end),
        policy=policy[0].version,
        approved_on=day_words(policy[0].approved_on),
        policy_rows="\n".join(say("guide.policy_row", code=each.code, text=each.text) for each in policy[0].points),
        contact=_contact(contact.secretary, contact.telephone, contact.email),
        fields=say(f"guide.{place}.fields"),
        codes=say(f"guide.{place}.codes"),
    )
    return (f"{say('guide.generated')}\n\n{text}" if in_repository else _without_pictures(text)) + "\n"


def _example_division(settings: Settings, day: dt.date) -> str:
    """The folder that examples name: of the unit that drafts letters, else of the first division."""
    codes = [each.code for each in settings.divisions if each.owes and each.covers(day)]
    drafts = settings.contact.unit
    return drafts if drafts in codes or not codes else codes[0]


def _contact(*parts: str) -> str:
    reached_at = ", ".join(part for part in parts if part)
    return say("guide.contact", who=reached_at) if reached_at else ""


def _due_rows(settings: Settings, year: int) -> Iterator[str]:
    """A row for each form that is due in the year, in the order of the periods."""
    for kind in PeriodKind:
        for form, due_on in settings.due_dates(Period(year, kind)).items():
            yield say(
                "guide.due_row",
                form=form,
                title=BY_NUMBER[form].title,
                who=_who(settings, form, due_on),
                period=topic("guide")["period"][kind],
                due=_day_and_month(due_on),
                last_day=_day_and_month(due_on - _ONE_DAY),
            )


def _who(settings: Settings, form: str, day: dt.date) -> str:
    """Who submits a form: by name where they are few."""
    names = [each.name for each in settings.divisions if form in each.owes and each.covers(day)]
    return ", ".join(names) if 0 < len(names) <= _NAMED else say("guide.everyone")


def _day_and_month(day: dt.date) -> str:
    return f"{day.day:02d}/{month_words(day)}"


def _without_pictures(text: str) -> str:
    """The text without the lines that show a picture, and the blank line behind each."""
    blocks = text.split("\n\n")
    return "\n\n".join(block for block in blocks if not block.startswith(_PICTURE))
