"""What was told of bytes that were submitted already, and whether they count now; the same for pre-check and check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.findings import MISPLACED, Finding, Verdict
from pipeline.ledger import Ledger
from pipeline.ledger.contents import read_findings, read_submissions
from pipeline.night.answering import minute
from pipeline.night.answers import Recorded, recorded
from pipeline.obligations import in_force
from pipeline.wording import say


@dataclass(frozen=True)
class Before:
    """The last verdict on some bytes, its findings, and in words which version counts now; no words for no form."""

    of: Recorded
    findings: Sequence[Finding]
    counting: str

    @property
    def told_at(self) -> str:
        """When it was judged, such as *08:15 10/06/2019*."""
        return minute(self.of.judged_as_of)


def judged_before(ledger: Ledger, contents: frozenset[str]) -> Mapping[str, Before]:
    """By SHA-256, of ``contents``, what was submitted; those in a wrong folder count anew in a right one.

    Those that a fault of ours kept from being judged are judged.
    """
    last = {one.sha256: one for one in recorded(ledger) if one.sha256 in contents}
    if not last:
        return {}
    misplaced, submissions = ledger.last_judged_with(MISPLACED), read_submissions(ledger)
    counting = in_force(submissions)
    return {
        sha256: Before(one, read_findings(ledger, one.submission_id), _counting(one, counting))
        for sha256, one in last.items()
        if one.verdict != Verdict.INTERNAL_FAULT and sha256 not in misplaced
    }


def _counting(one: Recorded, counting: pd.DataFrame) -> str:
    if one.form is None or one.division is None or one.period is None:
        return ""
    keys = {"form": one.form, "division": one.division, "period": one.period}
    same = counting.loc[(counting[list(keys)] == pd.Series(keys)).all(axis="columns")]
    if same.empty:
        return say("feedback.counting.none", **keys)
    if one.sha256 == same["sha256"].iloc[-1]:
        return say("feedback.counting.this")
    arrived = f"{same['arrived_at'].iloc[-1]:%H:%M %d/%m/%Y}"
    return say("feedback.counting.other", path=same["path"].iloc[-1], arrived=arrived)
