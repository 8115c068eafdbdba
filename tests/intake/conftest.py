"""The readers' own tests: here every file is read by a worker, each time."""

from collections.abc import Iterator

import pytest

from pipeline.intake import lanes
from pipeline.intake.lanes import Lanes


@pytest.fixture(scope="module", autouse=True)
def every_file_is_read(workers_are_asked_once: None) -> Iterator[None]:  # noqa: ARG001 - undone within
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lanes, "Lanes", Lanes)
        yield
