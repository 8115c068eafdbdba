"""A matter for decision in words: the message that is its title, and what is asked of the committee."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, NamedTuple, assert_never

import pandas as pd

from pipeline.consolidation.matters import Lack, Matter
from pipeline.consolidation.status import Remark
from pipeline.vietnamese import format_number, format_quantity, say_date
from pipeline.vocabulary.choices import Status
from pipeline.wording import say

_NAMED: Final = 5


class MatterText(NamedTuple):
    """``title``: what is the matter, with objective, division, owner and date; ``request``: what is asked."""

    title: str
    request: str


def matter_texts(decisions: pd.DataFrame) -> list[MatterText]:
    """The texts of the matters (``matters.Decisions``), in their order."""
    return [_text(Matter(row["matter"]), row) for row in decisions.to_dict("records")]


def agency_not_met(agency_objectives: pd.DataFrame) -> str:
    """The agency's own objectives that are missed, in one sentence; blank without."""
    missed = agency_objectives[agency_objectives["status"] == Status.NOT_MET]
    each = [
        say("matters.agency_figure", code=row["code"], text=_plain(row["text"]), figure=_figure(row), open=_open(row))
        for row in missed.assign(part=missed["divisions_in"]).to_dict("records")
    ]
    return say("matters.agency_sentence", which="; ".join(each)) if each else ""


def _text(matter: Matter, row: Mapping[Any, Any]) -> MatterText:
    many = "one" if row["count"] == 1 else "many"
    facts = _facts(row)
    match matter:
        case Matter.DECLARATION:
            return _declaration(row, facts)
        case Matter.NOT_MET:
            request = _say(matter, "request_unhelped" if row["part"] else "request", facts)
        case Matter.NOT_SUBMITTED:
            many = "several_periods" if many == "many" and row["part"] < row["count"] else many
            request = _say(matter, "request", facts)
        case Matter.AGENCY_NOT_MET | Matter.ACTIONS_OVERDUE | Matter.TASKS_OVERDUE | Matter.NOT_INFORMED:
            request = _say(matter, "request", facts)
        case _:
            assert_never(matter)
    listed = "" if row["count"] == 1 or matter is Matter.NOT_INFORMED else say("matters.listed", **facts)
    return MatterText(_say(matter, many, facts), f"{listed} {request}".strip())


def _say(matter: Matter, key: str, facts: Mapping[str, str]) -> str:
    return say(f"matters.{matter}.{key}", **facts)


def _facts(row: Mapping[Any, Any]) -> dict[str, str]:
    # Names of divisions hold commas themselves.
    between = "; " if row["matter"] == Matter.NOT_INFORMED else ", "
    names = str(row["which"]).split(between)
    named = between.join(names[:_NAMED])
    rest = len(names) - _NAMED
    counts = {name: format_number(row[name]) for name in ("count", "days", "part", "divisions")}
    texts = {name: _plain(row[name]) for name in ("division", "subject")}
    return {
        **counts,
        **texts,
        "rest": format_number(row["count"] - row["part"]),
        "which": say("committee.and_more", names=named, count=rest) if rest > 0 else named,
        "figure": _figure(row),
        "mended": _mended(_plain(row["owner"]), row["due_on"]),
        "head": say("matters.head", owner=_plain(row["owner"])) if _plain(row["owner"]) else "",
        "open": _open(row),
    }


def _open(row: Mapping[Any, Any]) -> str:
    """That not all divisions are in, of one of the agency's objectives."""
    if row["remark"] != Remark.PROVISIONAL:
        return ""
    return say("matters.open", **{name: format_number(row[name]) for name in ("part", "divisions")})


def _plain(text: object) -> str:
    return text.strip().rstrip(".") if isinstance(text, str) else ""


def _figure(row: Mapping[Any, Any]) -> str:
    """What came of it beside what was promised: "97,89%, chỉ tiêu ít nhất 98%"."""
    promise = say("matters.promise", commitment=row["commitment"]) if _plain(row["commitment"]) else ""
    if pd.isna(row["value"]):
        return promise
    value = format_quantity(format_number(round(row["value"], 2)), _plain(row["unit"]))
    return ", ".join(filter(None, [value, promise]))


def _mended(owner: str, due_on: pd.Timestamp) -> str:
    """Who has to do it by when, as far as it is recorded."""
    day = "" if pd.isna(due_on) else say_date(dt.date(due_on.year, due_on.month, due_on.day))
    if owner and day:
        return say("matters.owner_and_day", owner=owner, day=day)
    return say("matters.owner_alone", owner=owner) if owner else say("matters.day_alone", day=day) if day else ""


def _declaration(row: Mapping[Any, Any], facts: Mapping[str, str]) -> MatterText:
    """Only what is missing is named, and only that is asked for."""
    proofs = [say(f"matters.proof.{proof}") for proof in str(row["which"]).split(", ") if proof]
    lacks = {
        str(Lack.NONE): row["remark"] == Lack.NONE,
        str(Lack.SEVERAL): row["remark"] == Lack.SEVERAL,
        "changes": row["part"] > 0,
        "standard": bool(facts["subject"]),
        "proofs": bool(proofs),
    }
    all_facts = {**facts, "proofs": ", ".join(proofs)}
    kinds = [kind for kind, is_so in lacks.items() if is_so]
    amiss = ", ".join(_say(Matter.DECLARATION, kind, all_facts) for kind in kinds)
    request = "; ".join(_say(Matter.DECLARATION, f"request_{kind}", all_facts) for kind in kinds)
    title = "title_waiting" if row["days"] else "title"
    return MatterText(
        _say(Matter.DECLARATION, title, {**all_facts, "amiss": amiss}),
        _say(Matter.DECLARATION, "request", {**all_facts, "asks": request}),
    )
