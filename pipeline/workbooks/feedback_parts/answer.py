"""What an answer to a sender says, before it becomes a workbook."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.findings import Finding, Severity, Stage
from pipeline.findings.catalogue import entry_of
from pipeline.wording import say

ORDER = tuple(Severity)
"""Errors before warnings before notes."""


@dataclass(frozen=True)
class FeedbackSheet:
    """The words and findings of one answer; the texts are ready to be read."""

    file_name: str
    verdict: str
    form_title: str
    division: str
    period: str
    judged_at: str
    findings: Sequence[Finding]

    @property
    def ordered(self) -> list[Finding]:
        """The findings, the gravest first; those of one weight in the order in which they were found."""
        return sorted(self.findings, key=lambda finding: ORDER.index(finding.severity))

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands above the table: the verdict, the form, the file, what to do."""
        subject = (self.form_title, self.division, self.period)
        form = ", ".join(filter(None, subject))
        said = (
            say("feedback.lines.verdict", verdict=self.verdict, counts=self._counts()),
            say("feedback.lines.form", form=form) if form else "",
            say("feedback.lines.file", file=self.file_name, judged_at=self.judged_at),
            self._todo(),
        )
        return tuple(filter(None, said))

    def _counts(self) -> str:
        counted = Counter(finding.severity for finding in self.findings)
        if not counted:
            return say("feedback.counts.none")
        return (
            ", ".join(say(f"feedback.counts.{weight}", count=counted[weight]) for weight in ORDER if counted[weight])
            + "."
        )

    def _todo(self) -> str:
        if not self.findings:
            return say("feedback.todo.none")
        if any(entry_of(finding.code).stage is Stage.INTERNAL for finding in self.findings):
            return say("feedback.todo.fault")
        return say(f"feedback.todo.{self.ordered[0].severity}")
