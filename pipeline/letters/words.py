"""Small Vietnamese of official letters: days, counts, the head of a division, an agency's name on its lines."""

import datetime as dt
from typing import Final

from pipeline.settings import AgencyName, Division, Period, Settings
from pipeline.wording import say, topic

_PLACES: Final = ("tỉnh ", "thành phố ", "huyện ", "quận ", "thị xã ")
_ONE_LINE: Final = 24
"""Capitals of 12 points that the left half of a letter's head takes."""


def day_words(day: dt.date) -> str:
    """A day in text: ``10/6/2019``, ``05/02/2019``; days below 10 and months 1, 2 take a zero (NĐ 30/2020)."""
    return f"{day.day:02d}/{month_words(day)}/{day.year}"


def month_words(day: dt.date) -> str:
    """The month's number as official papers write it: a zero before 1 and 2 only."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def count_words(count: int) -> str:
    """A count as official papers write it: ``02``."""
    return f"{count:02d}"


def time_words(moment: dt.datetime) -> str:
    """A moment in text: *00 giờ 05 phút ngày 10/6/2019*."""
    return say("letters.clock", hour=moment.hour, minute=moment.minute, day=day_words(moment))


def period_words(period: Period) -> str:
    """A period in text: *kỳ 6 tháng đầu năm 2019*."""
    return say(f"letters.period.{period.kind}", year=period.year)


def head_of(division: Division) -> str:
    """Whom a letter to the division is addressed to, by office: *Trưởng phòng Bảo trợ xã hội*."""
    for head in topic("letters")["heads"]:
        if division.name.startswith(head["begins"]):
            reads: str = head["reads"]
            return reads.format(rest=division.name.removeprefix(head["begins"]))
    return division.name


def agency_lines(agency: AgencyName) -> tuple[str, ...]:
    """The agency's name as it stands in the head of a letter, in capitals, on one line or two.

    The province is left out where the superior body, which stands right above, names it already.
    """
    name, place = _named_by_place(agency.name)
    kept = name if place and agency.superior.endswith(place) else agency.name
    first, dash, rest = kept.upper().partition(" - ")
    return (f"{first} -", rest) if dash else (first,)


def superior_lines(agency: AgencyName) -> tuple[str, ...]:
    """The superior body's name in capitals; one too long for a line goes on with its place."""
    name, place = _named_by_place(agency.superior)
    together = agency.superior.upper()
    return (together,) if len(together) <= _ONE_LINE or not place else (name.upper(), place.strip().upper())


def _named_by_place(name: str) -> tuple[str, str]:
    """A name without its province or town, and that place; an empty one where it has none."""
    for place in _PLACES:
        start = name.rfind(f" {place}")
        if start > 0:
            return name[:start], name[start:]
    return name, ""


def basis_on(settings: Settings, day: dt.date) -> str:
    """The newest legal basis in force that day, which is the nearest to the divisions; empty without one."""
    in_force = [basis for basis in settings.legal_bases if basis.covers(day)]
    return max(in_force, key=lambda basis: basis.valid_from or dt.date.min).text if in_force else ""


def place_and_date(place: str, day: dt.date) -> str:
    """*Sóc Trăng, ngày 09 tháng 6 năm 2019*."""
    told = {"day": count_words(day.day), "month": month_words(day), "year": day.year}
    return say("letters.place_and_date", place=place, **told)


def signature_of(settings: Settings) -> tuple[str, str, str]:
    """By whose order, with which title and name the secretary signs."""
    signed = settings.signature
    return (
        signed.by_order_of or say("letters.signature.by_order_of"),
        signed.title or say("letters.signature.title"),
        signed.name or settings.contact.secretary,
    )
