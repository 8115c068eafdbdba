"""Verdicts over a submission (design 6)."""

from collections.abc import Collection
from enum import StrEnum

from pipeline.findings.catalogue import Severity
from pipeline.findings.finding import Finding


class Verdict(StrEnum):
    """What becomes of a file."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    RETURNED = "returned"
    UNREADABLE = "unreadable"
    NOT_A_FORM = "not_a_form"
    INTERNAL_FAULT = "internal_fault"

    @property
    def is_accepted(self) -> bool:
        """Whether the rows of the submission count."""
        return self in {Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS}


def verdict_of(findings: Collection[Finding]) -> Verdict:
    """The verdict on a form that could be read: one error returns it, one warning is noted."""
    severities = {finding.severity for finding in findings}
    if any(finding.code.startswith("Z") for finding in findings):
        return Verdict.INTERNAL_FAULT
    if Severity.ERROR in severities:
        return Verdict.RETURNED
    if Severity.WARNING in severities:
        return Verdict.ACCEPTED_WITH_WARNINGS
    return Verdict.ACCEPTED


class DecisionKind(StrEnum):
    """What the secretary can record of an obligation, a period or the clock; it stands until a later one revokes it."""

    EXTENDED = "extended"
    EXEMPTED = "exempted"
    WITHDRAWN = "withdrawn"
    PRESENTED = "presented"
    CLOCK = "clock"
    REVOKED = "revoked"
