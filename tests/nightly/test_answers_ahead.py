"""Of the answers that a night owes few are in memory at once, and each goes out in its turn."""

from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from itertools import count, islice

import pytest

from pipeline.night.answering import _begun_ahead
from pipeline.night.answers import Answer
from pipeline.nightly import WORKERS_IMPORT


def _owed(begun: list[int]) -> Iterator[Answer]:
    """Answers without end, each to two places; what was asked for is noted."""
    for number in count():
        begun.append(number)
        content = partial(str(number).encode)
        yield from (Answer(f"{number}/{place}", "", content, content) for place in "ab")


@pytest.mark.parametrize("workers", [1, 3])
def test_few_are_begun_before_their_turn_and_one_drawing_serves_all_its_places(workers: int) -> None:
    begun: list[int] = []
    drawn = [(one.relative, one.content()) for one in islice(_begun_ahead(_owed(begun), workers), 40)]
    assert drawn == [(f"{number}/{place}", str(number).encode()) for number in range(20) for place in "ab"]
    assert len(begun) <= 20 + 2 * workers


def test_what_one_raises_it_raises_in_its_turn() -> None:
    def fail() -> bytes:
        raise ZeroDivisionError

    contents = (bytes, fail, bytes)
    first, second, third = _begun_ahead((Answer("", "", content, content) for content in contents), 2)
    assert first.content() == third.content() == b""
    with pytest.raises(ZeroDivisionError):
        second.content()


def test_what_workers_are_to_import_is_there() -> None:
    """A fork server says nothing of a module that it does not find; workers would only start late."""
    assert [name for name in WORKERS_IMPORT if find_spec(name) is None] == []
