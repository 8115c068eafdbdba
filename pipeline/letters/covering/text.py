"""The covering report in words: its head, its sections, its foot, under the settings of the period."""

from pipeline.consolidation import Committee
from pipeline.consolidation.headline import Matter
from pipeline.letters.covering.model import ROMAN, ReportText, Section
from pipeline.letters.covering.policy_and_declaration import declaration, policy
from pipeline.letters.covering.proposals import proposals
from pipeline.letters.covering.results import planned, results
from pipeline.letters.covering.submissions import submissions
from pipeline.letters.covering.unmet import unmet
from pipeline.letters.words import (
    agency_lines,
    day_words,
    period_words,
    place_and_date,
    signature_of,
    superior_lines,
)
from pipeline.settings import PeriodKind
from pipeline.wording import say


def report_text(committee: Committee) -> ReportText:
    """The report that goes with the workbook of these frames; its day is the workbook's."""
    settings, day = committee.settings, committee.today
    agency = settings.agency_on(day)
    subject = say(f"report.subject.{committee.period.kind}", year=committee.period.year)
    file = f"{committee.period}.xlsx"
    return ReportText(
        superior=superior_lines(agency),
        agency=agency_lines(agency),
        place_and_date=place_and_date(agency.place, day),
        subject=subject,
        opening=_opening(committee),
        sections=tuple(_sections(committee)),
        closing=say("report.closing", period=period_words(committee.period), file=file),
        signature=signature_of(settings),
        title=say("report.properties.title", subject=subject[:1].lower() + subject[1:]),
        author=settings.contact.secretary or agency.name,
    )


def _opening(committee: Committee) -> str:
    bases = [basis.text for basis in committee.settings.legal_bases if basis.covers(committee.today)]
    kind = "some" if bases else "none"
    return say(f"report.basis.{kind}", bases="; ".join(bases), day=day_words(committee.today))


def _sections(committee: Committee) -> list[Section]:
    """What the committee is told: of a plan what was registered, of a report what came of it."""
    is_plan = committee.period.kind is PeriodKind.PLAN
    written = [submissions(committee), *([planned(committee)] if is_plan else [results(committee), unmet(committee)])]
    written += [policy(committee), declaration(committee)]
    numbers = ROMAN[: len(written)]
    told_in = {
        Matter.NOT_SUBMITTED: numbers[0],
        Matter.TASKS_OVERDUE: numbers[1],
        Matter.ACTIONS_OVERDUE: numbers[-3],
        Matter.NOT_MET: numbers[-3],
        Matter.NOT_INFORMED: numbers[-2],
        Matter.DECLARATION: numbers[-1],
    }
    return [*written, proposals(committee, told_in)]
