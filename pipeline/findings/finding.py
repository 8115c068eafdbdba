"""A finding: a code at a place with facts. Text is made from it only at the edge."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.findings.catalogue import Entry, Severity, Suggests, entry_of
from pipeline.findings.codes import Code
from pipeline.wording import say, topic

MISPLACED = Code.F108
"""A form in another division's folder; the same bytes are judged anew when they are seen in a right place."""
EXPLANATION, ROW = "explanation", "row"
"""The facts of a warning that its sender has explained: the sender's words, and the identity of its row."""
_SUGGESTED = frozenset({"proposal", "illustration", EXPLANATION})
"""The facts that say nothing of what was found."""
Binding = tuple[str, str, tuple[tuple[str, str], ...]]
NO_FACTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Finding:
    """One thing found in one submission.

    ``sheet`` is the sheet's title as the sender has it, ``cell`` an address such as ``F7`` (both empty when
    the finding concerns the whole file); ``field`` is the code's name, ``label`` what staff read above the cell.
    """

    code: str
    sheet: str = ""
    cell: str = ""
    field: str = ""
    label: str = ""
    facts: Mapping[str, str] = dataclasses.field(default_factory=lambda: NO_FACTS)

    @property
    def severity(self) -> Severity:
        """The weight that the catalogue gives the code."""
        return entry_of(self.code).severity

    @property
    def explanation(self) -> str:
        """What the sender said of it; "" where nothing was said, and of what is no warning."""
        return self.facts.get(EXPLANATION, "")


@dataclass(frozen=True)
class Explained:
    """The words of one finding, in Vietnamese; of ``proposal`` and ``illustration`` at most one is not empty."""

    typed: str
    expected: str
    proposal: str
    illustration: str
    problem: str
    fix: str

    @property
    def suggests(self) -> Suggests:
        """Which of the two there is."""
        if self.proposal:
            return Suggests.PROPOSAL
        return Suggests.ILLUSTRATION if self.illustration else Suggests.NOTHING

    @property
    def whole_problem(self) -> str:
        """What is wrong, with what was found where the sentence does not say it."""
        if not self.typed or self.typed in self.problem:
            return self.problem
        text = say("feedback.problem_found", problem=self.problem, found=self.typed)
        return text.removesuffix(".") if self.typed.endswith(".") else text


def binding_of(finding: Finding) -> Binding:
    """To what an explanation is bound: the code, the field, the row's identity and every value that was found."""
    return (
        finding.code,
        finding.field,
        tuple(sorted(fact for fact in finding.facts.items() if fact[0] not in _SUGGESTED)),
    )


def is_error(finding: Finding) -> bool:
    """Whether the finding returns the form."""
    return finding.severity is Severity.ERROR


def explain(finding: Finding) -> Explained:
    """The words of a finding: the catalogue's templates filled with its facts.

    Raises:
        KeyError: the finding lacks a fact that its words ask for.
    """
    entry = entry_of(finding.code)
    facts = {
        "label": finding.label,
        "cell": finding.cell,
        "sheet": finding.sheet,
        "found": "",
        "proposal": "",  # a finding of the ledger may be older than the suggestion in its words
        "illustration": "",
        **topic("validation")["older"],  # … and than what its words tell today
        **finding.facts,
    }
    proposal = entry.proposal.format(**facts)
    return Explained(
        typed=facts["found"],
        expected=entry.expected.format(**facts),
        proposal=proposal,
        illustration="" if proposal else entry.illustration.format(**facts),
        problem=entry.problem.format(**facts),
        fix=entry.fix.format(**facts),
    )


def in_general(entry: Entry) -> Explained:
    """The words of a code with no finding at hand: each fact stands by its name in ``facts.toml``, as ‹mã mục tiêu›.

    ``typed`` is empty: no cell is at hand. Both ways to suggest are given.

    Raises:
        KeyError: ``facts.toml`` does not name a fact that the words ask for.
    """
    names = topic("facts")
    own = names.get(entry.code, {})
    facts = {name: f"‹{own.get(name) or names[name]}›" for name in entry.facts}
    return Explained(
        typed="",
        expected=entry.expected.format(**facts),
        proposal=entry.proposal.format(**facts),
        illustration=entry.illustration.format(**facts),
        problem=entry.problem.format(**facts),
        fix=entry.fix.format(**facts),
    )
