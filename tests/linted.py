"""Every committee's workbook that a test builds is held to the rules of its kind, whatever the test is about."""

from collections.abc import Iterator, Sequence

import pytest

import pipeline.workbooks.committee as writer
from pipeline.compliance import Outcome, lint

MARK = "breaks"


class Guard:
    """Lints as the writer does, and fails a test whose workbook breaks a rule that the test does not name."""

    def __init__(self) -> None:
        self.allowed: frozenset[str] = frozenset()

    def __call__(self, workbook: bytes) -> Sequence[Outcome]:
        outcomes = lint(workbook)
        broken = {str(one.rule): one.where for one in outcomes if not one.holds}
        unforeseen = {rule: where for rule, where in broken.items() if rule not in self.allowed}
        assert not unforeseen, f"a workbook built here breaks {unforeseen}"
        return outcomes


GUARD = Guard()


@pytest.fixture(scope="session", autouse=True)
def every_built_workbook_is_linted() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "lint", GUARD)
        yield


def foresee(item: pytest.Item) -> None:
    """Let a test build what it says that it breaks: ``@pytest.mark.breaks("controls")``."""
    mark = item.get_closest_marker(MARK)
    GUARD.allowed = frozenset(mark.args) if mark else frozenset()
