"""Every committee's workbook that a test builds is held to the rules of its kind, whatever the test is about."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from workbook_rules import lint

import pipeline.committee as writer
from pipeline.excel.cells import Book

MARK = "breaks"


class Guard:
    """Lints what is built, and fails a test whose workbook breaks a rule that the test does not name."""

    def __init__(self) -> None:
        self.allowed: frozenset[str] = frozenset()
        self._broken: dict[str, dict[str, tuple[str, ...]]] = {}

    def hold(self, workbook: bytes) -> None:
        """Hold a workbook to the rules; the same bytes are read once a session."""
        sha256 = hashlib.sha256(workbook).hexdigest()
        if sha256 not in self._broken:
            self._broken[sha256] = {str(one.rule): one.places for one in lint(workbook) if not one.holds}
        unforeseen = {rule: places for rule, places in self._broken[sha256].items() if rule not in self.allowed}
        assert not unforeseen, f"a workbook built here breaks {unforeseen}"


GUARD = Guard()


class LintedBook(Book):
    """A committee's workbook that is held to the rules as it is written."""

    def to_bytes(self) -> bytes:
        workbook = super().to_bytes()
        GUARD.hold(workbook)
        return workbook


@pytest.fixture(scope="session", autouse=True)
def every_built_workbook_is_linted() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "Book", LintedBook)
        yield


@contextmanager
def breaking(*rules: str) -> Iterator[None]:
    """Let a fixture that several tests share build what it says that it breaks."""
    allowed = GUARD.allowed
    GUARD.allowed = allowed | frozenset(rules)
    try:
        yield
    finally:
        GUARD.allowed = allowed


def foresee(item: pytest.Item) -> None:
    """Let a test build what it says that it breaks: ``@pytest.mark.breaks("controls")``."""
    mark = item.get_closest_marker(MARK)
    GUARD.allowed = frozenset(mark.args) if mark else frozenset()
