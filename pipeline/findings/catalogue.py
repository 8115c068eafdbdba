"""The catalogue of codes: severity and Vietnamese words of every finding (design 7), read from ``findings.toml``."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.wording import topic


class Severity(StrEnum):
    """How much a finding weighs: an error returns the form, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Suggests(StrEnum):
    """What a code may put before the sender as a way to mend a cell (decision 0062)."""

    PROPOSAL = "proposal"
    """A value derived from what was written or is kept, else the form of an answer."""
    ILLUSTRATION = "illustration"
    """The form of an answer alone: what the sender alone knows stands in it as a placeholder, which is refused."""
    NOTHING = "nothing"


class Stage(StrEnum):
    """The first letter of a code: where on the road it is found."""

    FILE = "F"
    TEMPLATE = "T"
    VALUE = "V"
    COMPLETENESS = "C"
    MEASURABILITY = "M"
    RECONCILIATION = "R"
    SUBMISSION = "S"
    OPERATOR = "E"
    INTERNAL = "Z"


@dataclass(frozen=True)
class Entry:
    """One code: its severity, what it suggests, and the templates of its words."""

    code: str
    severity: Severity
    title: str
    problem: str
    expected: str
    suggests: Suggests
    proposal: str
    illustration: str
    fix: str

    @property
    def stage(self) -> Stage:
        """Where on the road the code is found."""
        return Stage(self.code[0])

    @property
    def facts(self) -> frozenset[str]:
        """The names of the facts that the words ask for."""
        words = (self.problem, self.expected, self.proposal, self.illustration, self.fix)
        return frozenset(name for text in words for _, name, _, _ in string.Formatter().parse(text) if name)


def _read() -> dict[str, Entry]:
    return {code: _entry(code, words) for code, words in topic("findings").items()}


def _entry(code: str, words: Mapping[str, str]) -> Entry:
    """One table of the catalogue; a code of the operator or of our own suggests nothing, every other one chooses."""
    is_staffs = Stage(code[0]) not in {Stage.OPERATOR, Stage.INTERNAL}
    suggests = Suggests(words["suggests"] if is_staffs else Suggests.NOTHING)
    by_row = {
        Suggests.PROPOSAL: ("{proposal}", "{illustration}"),
        Suggests.ILLUSTRATION: ("", "{illustration}"),
        Suggests.NOTHING: ("", ""),
    }
    proposal, illustration = by_row[suggests]
    return Entry(
        code=code,
        severity=Severity(words["severity"]),
        title=words["title"],
        problem=words["problem"],
        expected=words.get("expected", ""),
        suggests=suggests,
        proposal=words.get("proposal", proposal),
        illustration=words.get("illustration", illustration),
        fix=words["fix"],
    )


CATALOGUE: Mapping[str, Entry] = _read()


def entry_of(code: str) -> Entry:
    """The entry of a code.

    Raises:
        KeyError: the catalogue has no such code.
    """
    return CATALOGUE[code]
