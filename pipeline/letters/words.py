"""Small Vietnamese of official letters: days, counts, shares, lists, the head of a division, an agency's name."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, assert_never

from pipeline.settings import AgencyName, Division, PaperKind, Settings, Signatory
from pipeline.vietnamese import format_number, format_percent, format_quantity
from pipeline.wording import say, topic

_PLACES: Final = ("tỉnh ", "thành phố ", "huyện ", "quận ", "thị xã ")
_ONE_LINE: Final = 24
"""Capitals of 12 points that the left half of a letter's head takes."""
_NAMED: Final = 5
"""Names of a list that are written out."""


def day_words(day: dt.date) -> str:
    """A day in text: ``10/6/2019``, ``05/02/2019``; days below 10 and months 1, 2 take a zero (NĐ 30/2020)."""
    return f"{day.day:02d}/{month_words(day)}/{day.year}"


def month_words(day: dt.date) -> str:
    """The month's number as official papers write it: a zero before 1 and 2 only."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def count_words(count: int) -> str:
    """A count as official papers write it: ``02``."""
    return f"{count:02d}"


def counted(count: float) -> str:
    """A count as official papers write it: ``02``, ``60``, ``1.204``; none is ``0``."""
    return count_words(int(count)) if 0 < count < 1_000 else format_number(int(count))


def percent(share: float) -> str:
    """A fraction in words: "81,3%"; a dash where there is none."""
    if math.isnan(share):
        return say("report.table.no_share")
    return unbroken(say("committee.percent", number=format_percent(share)))


def measured(value: float, unit: object) -> str:
    """A figure to two decimals with its unit; a line never ends between the two."""
    return unbroken(format_quantity(format_number(round(value, 2)), unit))


def unbroken(text: str) -> str:
    """The text with spaces at which no line ends."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def listed(names: Sequence[str], more: str = "report.and_more") -> str:
    """Names with semicolons between, those beyond the first few counted; ``more``: the words that count them."""
    text, rest = "; ".join(names[:_NAMED]), len(names) - _NAMED
    return say(more, names=text, count=counted(rest)) if rest > 0 else text


def lower_first(text: str) -> str:
    """A state as it stands within a sentence."""
    return text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """People's text as a sentence: with its full stop."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def shortened(text: str, longest: int) -> str:
    """Text of so many characters at most, cut between two words where there is a blank, and said to be cut."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    return f"{cut.rpartition(' ')[0] or cut}…"


def time_words(moment: dt.datetime) -> str:
    """A moment in text: *00 giờ 05 phút ngày 10/6/2019*."""
    return say("letters.clock", hour=moment.hour, minute=moment.minute, day=day_words(moment))


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


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every letter has: who writes, where and when, who signs, what the file says of itself."""

    superior: tuple[str, ...]
    agency: tuple[str, ...]
    number: str
    place_and_date: str
    signature: Signatory
    filed: str
    title: str
    author: str


def paper(settings: Settings, kind: PaperKind, day: dt.date) -> dict[str, Any]:
    """The parts of a :class:`Paper` of that day but its title, by name."""
    agency, unit = settings.agency_on(day), settings.contact.unit or say("letters.drafted_by")
    facts = {"day": count_words(day.day), "month": month_words(day), "year": day.year}
    return {
        "superior": superior_lines(agency),
        "agency": agency_lines(agency),
        "place_and_date": say("letters.place_and_date", place=agency.place, **facts),
        "number": _number(kind, agency.symbol, unit),
        "signature": settings.signatory_on(kind, day),
        "filed": say("letters.recipients.filed", unit=unit),
        "author": settings.contact.secretary or agency.name,
    }


def _number(kind: PaperKind, symbol: str, unit: str) -> str:
    """The place of the number, with the symbols behind it (NĐ 30/2020, Phụ lục I, mục 3)."""
    match kind:
        case PaperKind.REPORT:
            return say("report.number", symbol=symbol)
        case PaperKind.LETTER:
            return say("letters.number", symbol="-".join(filter(None, (symbol, unit))))
        case _:
            assert_never(kind)
