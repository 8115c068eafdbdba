"""The secretary's covering report to the Steering Committee, in words, from the frames of the workbook it goes with."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import pandas as pd

from pipeline.consolidation import Committee
from pipeline.consolidation.coverage import COUNTED, Knowledge
from pipeline.consolidation.declaration import outdated_standards, unchecked_halves
from pipeline.consolidation.headline import Figures
from pipeline.consolidation.matter_words import matter_texts
from pipeline.consolidation.matters import Decisions, Matter
from pipeline.consolidation.states import OPEN_STATES, SUBMITTED, of_period
from pipeline.letters.report_results import Block, ChartText, TableText, planned, results
from pipeline.letters.report_unmet import unmet
from pipeline.letters.room import ROOMS, Room, is_enough
from pipeline.letters.words import Paper, counted, day_words, listed, lower_first, paper, percent, shortened
from pipeline.obligations import State
from pipeline.settings import PaperKind, PeriodKind
from pipeline.sheets.declaration import Declarations, ScopeChanges
from pipeline.vietnamese import format_number
from pipeline.wording import say

ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII")
"""The numbers of the sections."""


@dataclass(frozen=True)
class Section:
    """One numbered section."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class ReportText(Paper):
    """Every text of the report."""

    subject: str
    opening: str
    sections: tuple[Section, ...]
    closing: str


def report_text(committee: Committee) -> ReportText:
    """The report that goes with the workbook of these frames, on three pages; its day is the workbook's."""
    for room in ROOMS:
        text = text_in(committee, room)
        blocks = [block for section in text.sections for block in (section.heading, *section.blocks)]
        if is_enough((text.opening, text.closing), blocks):
            break
    return text


def text_in(committee: Committee, room: Room) -> ReportText:
    """The report with as much of its tables as there is room for."""
    period = committee.period
    subject = say(f"report.subject.{period.kind}", year=period.year)
    return ReportText(
        **paper(committee.settings, PaperKind.REPORT, committee.today),
        title=say("report.properties.title", subject=lower_first(subject)),
        subject=subject,
        opening=_opening(committee),
        sections=tuple(_sections(committee, room)),
        closing=say("report.closing", period=period.in_words, file=f"{period}.xlsx"),
    )


def _opening(committee: Committee) -> str:
    bases = [basis.text for basis in committee.settings.legal_bases if basis.covers(committee.today)]
    kind = "some" if bases else "none"
    return say(f"report.basis.{kind}", bases="; ".join(bases), day=day_words(committee.today))


def _sections(committee: Committee, room: Room) -> list[Section]:
    """What the committee reads: of a plan what was registered, of a report what came of it."""
    objectives: dict[str, Callable[[Committee], Iterable[Block]]] = {
        "results": partial(results, most=room.divisions, most_of_agency=room.agency),
        "unmet": partial(unmet, most=room.missed, longest=room.longest),
    }
    if committee.period.kind is PeriodKind.PLAN:
        objectives = {"planned": partial(planned, most=room.divisions)}
    makers = {"submissions": _submissions, **objectives, "policy": _policy, "declaration": _declaration}
    sections = [
        Section(say(f"report.section.{name}"), tuple(_within(make(committee), room))) for name, make in makers.items()
    ]
    numbers = dict(zip(makers, ROMAN, strict=False))
    first, last = numbers[next(iter(objectives))], numbers[list(objectives)[-1]]
    number_of = {
        Matter.AGENCY_NOT_MET: last,
        Matter.NOT_SUBMITTED: numbers["submissions"],
        Matter.TASKS_OVERDUE: first,
        Matter.ACTIONS_OVERDUE: last,
        Matter.NOT_MET: last,
        Matter.NOT_INFORMED: numbers["policy"],
        Matter.DECLARATION: numbers["declaration"],
    }
    proposals = enumerate(_proposals(committee, number_of, room.line), 1)
    items = [say("report.item", number=place, words=words) for place, words in proposals]
    opening = say(f"report.proposals.{'heading' if items else 'none'}")
    return [*sections, Section(say("report.section.proposals"), (opening, *items))]


def _within(blocks: Iterable[Block], room: Room) -> Iterator[Block]:
    """The blocks for which there is room, with what is too long in them cut; the workbook has the whole."""
    for block in blocks:
        match block:
            case ChartText():
                if room.charts:
                    yield block
            case TableText():
                rows = (tuple(shortened(text, room.line // 3) for text in row) for row in block.rows)
                yield replace(block, rows=tuple(rows))
            case str():
                yield shortened(block, room.line)


def _submissions(committee: Committee) -> Iterator[str]:
    """How many forms of the period came when, which ones are late or lacking, and what of the year is still lacking."""
    every = committee.obligations
    states = of_period(every, committee.period)
    if states.empty:
        yield say("report.submissions.none")
        return
    yield _counts(committee.figures)
    groups = {
        "late": states[states["state"] == State.LATE],
        "outstanding": states[states["state"].isin(OPEN_STATES)],
        "exempt": states[states["state"] == State.EXEMPT],
        "earlier": every[(every["period"] != str(committee.period)) & every["state"].isin(OPEN_STATES)],
    }
    for name, rows in groups.items():
        if len(rows):
            yield say(f"report.submissions.{name}", count=counted(len(rows)), which=listed(_each(rows)))


def _counts(figures: Figures) -> str:
    """How many came when; what did not occur is left out."""
    due = counted(figures["owed"])
    if not figures["owed"]:
        return say("report.submissions.nothing_owed")
    if figures["in_time"] == figures["owed"]:
        return say("report.submissions.all_in_time", due=due)
    groups = [name for name in SUBMITTED if figures[name]]
    parts = [say(f"report.submissions.{name}_part", count=counted(figures[name])) for name in groups]
    return say("report.submissions.counts", due=due, parts=", ".join(parts))


def _each(rows: pd.DataFrame) -> list[str]:
    columns = rows[["division_name", "form", "state", "days_late"]]
    return [_submission(*row) for row in columns.itertuples(index=False, name=None)]


def _submission(name: str, form: str, state: str, days: int) -> str:
    facts = {"division": name, "form": form, "days": counted(days), "state": lower_first(say(f"run.state.{state}"))}
    key = "one_late" if state == State.LATE else "one_overdue" if days and state in OPEN_STATES else "one_open"
    return say(f"report.submissions.{key}", **facts)


def _policy(committee: Committee) -> list[str]:
    """How many of those on the list understood the policy, and where the others are."""
    return [" ".join(_knowledge(committee))]


def _knowledge(committee: Committee) -> Iterator[str]:
    figures, people = committee.figures, committee.people
    if not figures["people"]:
        yield say("report.policy.none")
        return
    counts = {name: format_number(figures[name]) for name in ("understood", "people")}
    yield say("report.policy.counts", **counts, share=percent(figures["coverage_share"]))
    unaware = [str(state) for state in COUNTED if state is not Knowledge.UNDERSTOOD]
    left = people[people["knowledge"].isin(unaware)]["division"].value_counts(sort=False)
    if len(left):
        each = [
            say("report.policy.one", division=committee.names.get(str(code), str(code)), count=counted(count))
            for code, count in left.items()
        ]
        yield say("report.policy.left", which=listed(each, "report.policy.and_more"))
    later = int((people["knowledge"] == Knowledge.JOINED_LATER).sum())
    if later:
        yield say("report.policy.later", count=counted(later))


def _declaration(committee: Committee) -> list[str]:
    """The decision in force, the proofs that are missing, the changes of scope that wait (duties 1 to 4)."""
    return [" ".join(_validity(committee))]


def _validity(committee: Committee) -> Iterator[str]:
    declared, proofs, changes = committee.declarations, committee.proofs, committee.scope_changes
    if declared.empty:
        yield say("report.declaration.none")
    in_force = declared.loc[declared["is_in_force"], [Declarations.decision_no, Declarations.decision_on]]
    if len(in_force):
        decisions = [
            say("report.declaration.one", number=number, day=_day(day))
            for number, day in in_force.itertuples(index=False, name=None)
        ]
        yield say("report.declaration.in_force", decisions=listed(decisions))
    missing = proofs.loc[~proofs["is_done"], ["proof", "days"]]
    waiting = changes.loc[~changes["is_declared"], [ScopeChanges.scope_change, ScopeChanges.effective_on, "days"]]
    if len(proofs) and missing.empty:
        yield say("report.declaration.good_proofs")
    if len(declared) and waiting.empty:
        yield say("report.declaration.good_changes")
    if len(missing):
        which = [
            say("report.declaration.one_proof", proof=lower_first(say(f"report.proof.{proof}")), days=counted(days))
            for proof, days in missing.itertuples(index=False, name=None)
        ]
        yield say("report.declaration.proofs", which=listed(which))
    if len(waiting):
        which = [
            say("report.declaration.one_change", kind=lower_first(str(kind)), day=_day(day), days=counted(days))
            for kind, day, days in waiting.itertuples(index=False, name=None)
        ]
        yield say("report.declaration.changes", which=listed(which))
    for standard in outdated_standards(committee):
        yield say("report.declaration.standard", standard=standard)
    if halves := unchecked_halves(committee):
        yield say("report.declaration.unchecked", halves=listed(halves))


def _day(day: pd.Timestamp) -> str:
    return "" if pd.isna(day) else day_words(day.date())


def _proposals(committee: Committee, number_of: Mapping[Matter, str], longest: int) -> Iterator[str]:
    """What the committee has to decide, in the order and the words of sheet 1; the section that says more of each."""
    matters, texts = committee.decisions[Decisions.matter], matter_texts(committee.decisions)
    for matter, text in zip(matters, texts, strict=True):
        section = number_of[Matter(matter)]
        yield say("report.proposals.one", title=shortened(text.title, longest), request=text.request, section=section)
