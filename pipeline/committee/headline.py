"""The sentences at the head of sheet 1, composed from the figures; sheet 10 holds their numbers against the cells."""

from pipeline.committee.words import percent, period_words
from pipeline.consolidation import Committee
from pipeline.consolidation.headline import Figures, previous_periods, since_the_last
from pipeline.consolidation.states import SUBMITTED
from pipeline.settings import Period, PeriodKind
from pipeline.vietnamese import format_number
from pipeline.wording import say


def headline_text(committee: Committee) -> str:
    """How the period stands: the objectives, then the forms. What there is none of is left out."""
    return " ".join(text for text in (_objectives(committee), _estimated(committee), _forms(committee)) if text)


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
    """Better or worse than the report before, in points of percent of the share reached; and the year before."""
    figures = committee.figures
    last, counterpart = previous_periods(committee.over_time, committee.period)
    if committee.period.kind is PeriodKind.PLAN:
        return say("committee.compared.plan")
    if not figures["judged_before"] or not figures["judged"]:
        return say("committee.compared.none")
    _, points = since_the_last(figures)
    key = "same" if not points else ("better" if points > 0 else "worse")
    facts, period = _facts(figures, "before"), period_words(Period.parse(last))
    text = say(f"committee.compared.{key}", **facts, period=period, points=format_number(abs(points)))
    if counterpart and counterpart != last and figures["judged_year_before"]:
        text = f"{text} {say('committee.compared.year_before', **_facts(figures, 'year_before'))}"
    return text


def _facts(figures: Figures, when: str) -> dict[str, str]:
    """The facts of an earlier period."""
    reached, judged = figures[f"reached_{when}"], figures[f"judged_{when}"]
    return {"share": percent(reached / judged), "reached": format_number(reached), "judged": format_number(judged)}
