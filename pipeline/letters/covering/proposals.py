"""Section: what the committee is asked to decide, most important first, as on the workbook's sheet 1."""

from collections.abc import Iterator, Mapping
from typing import Final

from pipeline.consolidation import Committee
from pipeline.consolidation.headline import Matter
from pipeline.letters.covering.model import Section
from pipeline.letters.covering.phrases import counted, listed
from pipeline.wording import say

_NAMED: Final = 3


def proposals(committee: Committee, sections: Mapping[Matter, str]) -> Section:
    """One numbered sentence a matter; ``sections``: the number of the section that tells more of it."""
    told = [say("report.item", number=place, words=words) for place, words in enumerate(_told(committee, sections), 1)]
    opening = say(f"report.proposals.{'heading' if told else 'none'}")
    return Section(say("report.section.proposals"), (opening, *told))


def _told(committee: Committee, sections: Mapping[Matter, str]) -> Iterator[str]:
    figures = committee.figures
    facts = {"changes": figures["changes_waiting"], "proofs": figures["proofs_missing"]}
    amiss = [say(f"report.proposals.{name}", **{name: counted(count)}) for name, count in facts.items() if count]
    for matter, count, days, which in committee.decisions.itertuples(index=False):
        kind = Matter(matter)
        told = {"count": counted(count), "days": counted(days), "which": listed(which.split(", "), _NAMED)}
        yield say(f"report.proposals.{kind}", **told, amiss=", ".join(amiss), section=sections[kind])
