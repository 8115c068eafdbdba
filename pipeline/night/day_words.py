"""A day in good Vietnamese Markdown, which reads as well in Notepad; and as data."""

import dataclasses
import datetime as dt
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.committee.words import change_words
from pipeline.consolidation.day import Day, Moved
from pipeline.consolidation.to_do import MANY, Came, few, folders, parted, some
from pipeline.findings import DecisionKind, Verdict
from pipeline.ledger import Fault
from pipeline.naming import visible
from pipeline.night.plain_day import fault_words
from pipeline.vietnamese import say_date
from pipeline.wording import say


def day_data(day: Day) -> dict[str, Any]:
    """The day as JSON has it: the same content, codes where the page has words."""
    return {**dataclasses.asdict(day), "day": day.day.isoformat(), "verdicts": day.verdicts}


def day_page(day: Day) -> str:
    """The page, what must be done first."""
    blocks = [
        [say("run_report.title", day=say_date(day.day))],
        [_summary(day), *([say("run_report.typed_time")] if day.has_typed_time else [])],
        *_only_if_any("outages", [say("run_report.outages.line", words=words) for words in day.outages]),
        *_only_if_any("faults", [say("run_report.faults.line", words=fault_words(Fault(**one))) for one in day.faults]),
        *_section("to_do", _to_do(day)),
        *_section("received", [*_received(day.received), *_seen_again(day)]),
        *_section("waiting", list(_waiting(day))),
        *_section("decided", [*_verdicts(day), *map(_decision, day.decisions)]),
        *_section("moved", list(_moved(day.moved))),
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def _section(name: str, lines: Sequence[str]) -> list[list[str]]:
    return [[say(f"run_report.heading.{name}")], list(lines) or [say(f"run_report.none.{name}")]]


def _only_if_any(name: str, lines: Sequence[str]) -> list[list[str]]:
    """When nobody was answered, what our own program could not make: no section on a day without."""
    return _section(name, lines) if lines else []


def _summary(day: Day) -> str:
    return say(
        "run_report.summary",
        received=len(day.received),
        accepted=sum(Verdict(one.verdict).is_accepted for one in day.received),
        seen_again=len(day.seen_again),
        waiting=len(day.waiting),
        to_do=len(day.to_do),
    )


def _to_do(day: Day) -> list[str]:
    words = [
        say(
            f"run_report.{'to_do' if one.count == 1 else 'to_do_many'}.{one.matter}",
            **{"count": one.count} | {name: _plain(fact) for name, fact in one.facts.items()},
        )
        for one in day.to_do
    ]
    return [say("run_report.to_do.number", number=number, words=each) for number, each in enumerate(words, 1)]


def _received(received: Sequence[Came]) -> Iterator[str]:
    """Files one by one, then the crowds, a line each; very many of one form with one verdict are a crowd, too."""
    singles, crowds = parted(received, _kind)
    few_of_form, of_form = parted(singles, lambda one: (one.form, one.period, one.verdict) if one.form else None, MANY)
    for one in few_of_form:
        yield from _file(one)
    for crowd in of_form:
        one, paths = crowd[0], _plain(some([each.path for each in crowd]))
        words = {"verdict": say(f"run.verdict.{one.verdict}"), "paths": paths}
        yield say("run_report.many.of_senders", form=one.form, period=one.period, count=len(crowd), **words)
    for crowd in crowds:
        one, facts = crowd[0], {"paths": _plain(some([each.path for each in crowd])), "count": len(crowd)}
        sender, verdict = one.sender or say("run_report.nobody"), say(f"run.verdict.{one.verdict}")
        of = "forms" if one.form else "noise"
        yield say(f"run_report.many.{of}", sender=sender, form=one.form, period=one.period, verdict=verdict, **facts)
        answers = folders(answer for each in crowd for answer in each.answers)
        if answers:
            yield say("run_report.many.answers", answers=answers)


def _kind(one: Came) -> Hashable:
    """What stands in one line when there is much of it: versions with one verdict, or what is no form."""
    return (one.sender, one.form, one.period, one.verdict) if one.form else (one.sender,)


def _file(one: Came) -> Iterator[str]:
    yield say("run_report.received.file", path=_plain(one.path), verdict=say(f"run.verdict.{one.verdict}"))
    facts = {"sender": one.sender or say("run_report.nobody"), "form": one.form, "period": one.period}
    of = "of_sender" if one.version is None else "of_form"
    yield say(f"run_report.received.{of}", **facts, version=one.version)
    if one.first_problem is not None:
        problem = one.first_problem
        place = ", ".join(filter(None, (problem.place, problem.code)))
        words = _plain(problem.problem)
        yield say(f"run_report.received.{problem.severity}", problem=words, place=_plain(place))
    for place, words in one.explanations:
        yield say("run_report.received.explained", place=_plain(place), words=_plain(words))
    yield from (say("run_report.received.answer", path=_plain(path)) for path in one.answers)


def _seen_again(day: Day) -> Iterator[str]:
    singles, crowds = parted(day.seen_again, lambda one: _folder(one.path))
    for one in singles:
        facts = {"path": _plain(one.path), "same_as": _plain(one.same_as), "first_at": one.first_at}
        key = "put_back" if one.path == one.same_as else "seen_again"
        yield say(f"run_report.received.{key}", **facts)
    for crowd in crowds:
        yield say("run_report.many.seen_again", **_of_folder([one.path for one in crowd]))


def _waiting(day: Day) -> Iterator[str]:
    singles, crowds = parted(day.waiting.items(), lambda one: (one[1], _folder(one[0])))
    for path, why in singles:
        yield say(f"run_report.waiting.{why}", path=_plain(path))
    for crowd in crowds:
        yield say(f"run_report.many.{crowd[0][1]}", **_of_folder([path for path, _ in crowd]))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _of_folder(paths: Sequence[str]) -> dict[str, object]:
    return {"folder": _plain(f"inbox/{_folder(paths[0])}"), "paths": _plain(some(paths)), "count": len(paths)}


def _verdicts(day: Day) -> Iterator[str]:
    for verdict, count in day.verdicts.items():
        if count:
            yield say("run_report.decided.verdict", verdict=say(f"run.verdict.{verdict}"), count=count)


def _decision(decision: Mapping[str, str]) -> str:
    """One decision with its reason, its document and its number."""
    facts = {name: _plain(fact) for name, fact in decision.items()}
    facts |= {name: say_date(dt.date.fromisoformat(facts[name])) for name in ("until", "document_on") if facts[name]}
    document = {"document": facts["document"], "day": facts["document_on"]}
    why = [
        say("decisions.reason", reason=facts["reason"].rstrip(". ")) if facts["reason"] else "",
        say(f"decisions.document{'_dated' if facts['document_on'] else ''}", **document) if facts["document"] else "",
        say("decisions.number", number=facts["decision_id"]),
    ]
    about = "" if facts["period"] or facts["kind"] != DecisionKind.REVOKED else "_clock"
    return say(f"run_report.decided.{facts['kind']}{about}", **facts, why=" ".join(filter(None, why)))


def _moved(moved: Sequence[Moved]) -> Iterator[str]:
    period = ""
    for one in moved:
        if one.period != period:
            period = one.period
            yield say("run_report.heading.period", period=period)
        words = change_words({"subject": one.subject, "before": one.before, "after": one.after, "which": ""})
        facts = {**words, "which": few(one.which) if len(one.which) > MANY else ", ".join(one.which)}
        yield say("run_report.moved.line", **facts, count=len(one.which))


def _plain(text: str) -> str:
    """On one line, whatever a file's name holds."""
    return visible(" ".join(text.split()))
