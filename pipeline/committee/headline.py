"""The sentences at the head of sheet 1, composed from the figures; sheet 10 holds their numbers against the cells."""

from pipeline.committee.words import percent
from pipeline.consolidation import Committee
from pipeline.consolidation.headline import since_a_year_before
from pipeline.consolidation.states import SUBMITTED
from pipeline.consolidation.status import Remark
from pipeline.settings import PeriodKind
from pipeline.vietnamese import format_number
from pipeline.vocabulary.choices import Status
from pipeline.wording import say


def headline_text(committee: Committee) -> str:
    """How the period stands: the agency's objectives that are missed, the divisions', the forms; only what there is."""
    parts = (_of_the_agency(committee), _objectives(committee), _estimated(committee), _forms(committee))
    return " ".join(filter(None, parts))


def _of_the_agency(committee: Committee) -> str:
    """The agency's own objectives that are missed, by their codes; blank without."""
    pooled = committee.agency_objectives
    missed = pooled[pooled["status"] == Status.NOT_MET]
    codes = missed["code"].where(
        missed["remark"] != Remark.PROVISIONAL,
        [say("committee.headline.provisional", code=code) for code in missed["code"]],
    )
    return say("committee.headline.agency", count=len(missed), codes=", ".join(codes)) if len(missed) else ""


def _objectives(committee: Committee) -> str:
    figures = committee.figures
    counts = {
        name: format_number(figures[name]) for name in ("objectives", "divisions", "reached", "judged", "not_met")
    }
    if not figures["objectives"]:
        key = "none_registered"
    elif committee.period.kind is PeriodKind.PLAN:
        key = "plan"
    elif not figures["judged"]:
        key = "none_judged"
    else:
        key = "some_missed" if figures["not_met"] else "all_reached"
    return say(f"committee.headline.{key}", **counts, share=percent(figures["reached_share"]))


def _estimated(committee: Committee) -> str:
    """What is judged by an estimate alone, apart from what is a fact; blank where nothing is."""
    counts = {name: committee.figures[name] for name in ("met_by_estimate", "not_met_by_estimate")}
    if not any(counts.values()):
        return ""
    return say("committee.headline.by_estimate", **{name: format_number(count) for name, count in counts.items()})


def _forms(committee: Committee) -> str:
    figures = committee.figures
    due = format_number(figures["owed"])
    if not figures["owed"]:
        return say("committee.headline.no_forms")
    if figures["in_time"] == figures["owed"]:
        return say("committee.headline.all_in_time", due=due)
    parts = [
        say(f"committee.headline.{name}", count=format_number(figures[name])) for name in SUBMITTED if figures[name]
    ]
    return say("committee.headline.forms", due=due, parts=", ".join(parts))


def comparison_text(committee: Committee) -> str:
    """Better or worse than in the same period a year before, in points of percent of the share reached."""
    figures = committee.figures
    if committee.period.kind is PeriodKind.PLAN:
        return say("committee.compared.plan")
    if not figures["judged_year_before"] or not figures["judged"]:
        return say("committee.compared.none")
    before, points = since_a_year_before(figures)
    key = "same" if not points else ("better" if points > 0 else "worse")
    counts = {name: format_number(figures[f"{name}_year_before"]) for name in ("reached", "judged")}
    period = committee.period.a_year_before.in_words
    facts = {**counts, "share": percent(before), "period": period, "points": format_number(abs(points))}
    return say(f"committee.compared.{key}", **facts)
