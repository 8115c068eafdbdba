"""Operator mistakes: a missing folder, a bad setting, a locked outbox. One typed error, one line (design 2.6)."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.findings import Code, Finding, explain
from pipeline.wording import say, topic


class OperatorError(Exception):
    """Something that the secretary must put right before the work can go on. Exit code 3."""

    def __init__(self, code: Code, **facts: object) -> None:
        """Name the catalogue's code and the facts of its words; of an ``OSError`` the words say what it is."""
        self.finding = Finding(code, facts={name: _words(fact) for name, fact in facts.items()})
        super().__init__(code)

    @property
    def line(self) -> str:
        """The fault in one Vietnamese line: what is wrong, what to do."""
        words = explain(self.finding)
        return f"{self.finding.code}: {words.problem} {words.fix}"


@contextmanager
def disk_faults(path: object, code: Code = Code.E805) -> Iterator[None]:
    """What the system refuses inside, as a fault of that place for the operator to put right.

    Raises:
        OperatorError: of that code, by itself E805: it has no room or cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise OperatorError(code, path=path, reason=error) from error


def _words(fact: object) -> str:
    """A fact as text; what the system says in its own language is said in Vietnamese by its number."""
    if not isinstance(fact, OSError):
        return str(fact)
    number = fact.errno or 0
    words: str | None = topic("files")["system"].get(errno.errorcode.get(number))
    return words or say("files.system.other", number=number)
