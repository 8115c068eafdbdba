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
    """One code: its severity and the templates of its words."""

    code: str
    severity: Severity
    title: str
    problem: str
    expected: str
    example: str
    fix: str

    @property
    def stage(self) -> Stage:
        """Where on the road the code is found."""
        return Stage(self.code[0])

    @property
    def facts(self) -> frozenset[str]:
        """The names of the facts that the words ask for."""
        words = (self.problem, self.expected, self.example, self.fix)
        return frozenset(name for text in words for _, name, _, _ in string.Formatter().parse(text) if name)


def _read() -> dict[str, Entry]:
    return {
        code: Entry(
            code=code,
            severity=Severity(words["severity"]),
            title=words["title"],
            problem=words["problem"],
            expected=words.get("expected", ""),
            example=words.get("example", ""),
            fix=words["fix"],
        )
        for code, words in topic("findings").items()
    }


CATALOGUE: Mapping[str, Entry] = _read()


def entry_of(code: str) -> Entry:
    """The entry of a code.

    Raises:
        KeyError: the catalogue has no such code.
    """
    return CATALOGUE[code]
