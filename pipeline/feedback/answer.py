"""What an answer to a sender says, before it becomes a workbook."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.feedback.sheet_looks import Header
from pipeline.findings import Finding, Severity, Stage
from pipeline.findings.catalogue import entry_of
from pipeline.seals import Seal
from pipeline.settings import Period
from pipeline.vocabulary.lists import Lists
from pipeline.vocabulary.sheets import Form
from pipeline.wording import say


@dataclass(frozen=True)
class FeedbackSheet:
    """The words and findings of one answer; the texts are ready to be read. ``lists`` are the choices of its year.

    ``seal``: that of the run which judged.
    """

    file_name: str
    verdict: str
    form: Form | None
    lists: Lists
    division: str
    period: str
    judged_at: str
    findings: Sequence[Finding]
    seal: Seal

    def header(self, remarks: Sequence[str] = (), *, has_count: bool = False) -> Header:
        """What stands above the table: the verdict, the form, the file, what to do, then ``remarks``."""
        period = f"{Period.parse(self.period).in_words} ({self.period})" if self.period else ""
        subject = (self.form.title if self.form else "", self.division, period)
        form = ", ".join(filter(None, subject))
        lines = (
            say("feedback.lines.form", form=form) if form else "",
            say("feedback.lines.file", file=self.file_name, judged_at=self.judged_at),
            self._todo(),
        )
        others = (*filter(None, lines), *remarks)
        return Header(say("feedback.heading"), self._verdict(), others, has_count=has_count, seal=self.seal.words)

    def _counts(self) -> str:
        counts = Counter(finding.severity for finding in self.findings)
        if not counts:
            return say("feedback.counts.none")
        parts = [say(f"feedback.counts.{weight}", count=counts[weight]) for weight in Severity if counts[weight]]
        explained = sum(bool(finding.explanation) for finding in self.findings)
        return ", ".join([*parts, *([say("feedback.counts.explained", count=explained)] if explained else [])]) + "."

    def _verdict(self) -> str:
        return say("feedback.lines.verdict", verdict=self.verdict, counts=self._counts())

    def _todo(self) -> str:
        return say(f"feedback.todo.{self._weight()}")

    def _weight(self) -> str:
        """What decides on the next step: a fault of ours, a file not judged as a form, the gravest finding, or none."""
        if not self.findings:
            return "none"
        stages = {entry_of(finding.code).stage for finding in self.findings}
        if Stage.INTERNAL in stages:
            return "fault"
        if Stage.FILE in stages:
            return "file"
        open_ones = [finding for finding in self.findings if not finding.explanation]
        gravest = min((finding.severity for finding in open_ones), key=tuple(Severity).index, default=Severity.NOTE)
        is_explained = gravest is Severity.NOTE and len(open_ones) < len(self.findings)
        return "explained" if is_explained else str(gravest)


@dataclass(frozen=True)
class PreCheckSheet(FeedbackSheet):
    """The answer to a file in the pre-check folder, which is no submission.

    ``inbox`` is the folder to submit to. ``submitted_at`` is when these very bytes were judged as a submission; else
    empty. ``counting`` says of those which version counts now.
    """

    inbox: str
    submitted_at: str = ""
    counting: str = ""

    def header(self, remarks: Sequence[str] = (), *, has_count: bool = False) -> Header:
        """The same, with what kind of answer it is: whether the form was submitted, which this was not, and how to."""
        notices = [say("feedback.pre_check.not_submitted"), say("feedback.pre_check.how", inbox=self.inbox)]
        if self.submitted_at:
            notices = [say("feedback.pre_check.submitted", told=self.submitted_at, counting=self.counting)]
        header = super().header(remarks, has_count=has_count)
        return replace(header, title=say("feedback.pre_check.heading"), notices=notices)

    def _verdict(self) -> str:
        key = "told" if self.submitted_at else "verdict"
        return say(f"feedback.pre_check.{key}", verdict=self.verdict, counts=self._counts())

    def _todo(self) -> str:
        return super()._todo() if self.submitted_at else say(f"feedback.pre_check.todo.{self._weight()}")
