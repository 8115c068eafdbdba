"""What an answer to a sender says, before it becomes a workbook."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.findings import Finding, Severity, Stage
from pipeline.findings.catalogue import entry_of
from pipeline.vocabulary.lists import Lists
from pipeline.vocabulary.sheets import Form
from pipeline.wording import say


@dataclass(frozen=True)
class FeedbackSheet:
    """The words and findings of one answer; the texts are ready to be read. ``lists`` are the choices of its year."""

    file_name: str
    verdict: str
    form: Form | None
    lists: Lists
    division: str
    period: str
    judged_at: str
    findings: Sequence[Finding]

    @property
    def heading(self) -> str:
        """The title of the sheet."""
        return say("feedback.heading")

    @property
    def notices(self) -> tuple[str, ...]:
        """What nobody may overlook: it stands right under the heading, set off in colour."""
        return ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands above the table: the verdict, the form, the file, what to do."""
        subject = (self.form.title if self.form else "", self.division, self.period)
        form = ", ".join(filter(None, subject))
        said = (
            self._verdict(),
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
            ", ".join(say(f"feedback.counts.{weight}", count=counted[weight]) for weight in Severity if counted[weight])
            + "."
        )

    def _verdict(self) -> str:
        return say("feedback.lines.verdict", verdict=self.verdict, counts=self._counts())

    def _todo(self) -> str:
        return say(f"feedback.todo.{self._weight()}")

    def _weight(self) -> str:
        """What decides about the next step: the gravest finding, a fault of ours, or that there is none."""
        if not self.findings:
            return "none"
        if any(entry_of(finding.code).stage is Stage.INTERNAL for finding in self.findings):
            return "fault"
        return str(min((finding.severity for finding in self.findings), key=tuple(Severity).index))


@dataclass(frozen=True)
class PreCheckSheet(FeedbackSheet):
    """The answer to a file in the pre-check folder, which is no submission.

    ``inbox`` is the folder to submit to. ``told`` is what was said when these very bytes were submitted; else empty.
    """

    inbox: str
    told: str = ""

    @property
    def heading(self) -> str:
        """Says of what kind the answer is."""
        return say("feedback.pre_check.heading")

    @property
    def notices(self) -> tuple[str, ...]:
        """Whether the form was submitted, which this was not, and how to submit it."""
        if self.told:
            return (say("feedback.pre_check.submitted", told=self.told),)
        return say("feedback.pre_check.not_submitted"), say("feedback.pre_check.how", inbox=self.inbox)

    def _verdict(self) -> str:
        key = "told" if self.told else "verdict"
        return say(f"feedback.pre_check.{key}", verdict=self.verdict, counts=self._counts())

    def _todo(self) -> str:
        return super()._todo() if self.told else say(f"feedback.pre_check.todo.{self._weight()}")
