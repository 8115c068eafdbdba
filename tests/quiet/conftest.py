"""A workspace of the demo's settings, furnished once; what its empty ledger comes to is computed once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from remembering import computed_once

from pipeline.demo.content import settings_text
from pipeline.demo.replaying import demo_directory
from pipeline.desk.starting import furnish


@pytest.fixture(scope="module", autouse=True)
def same_content_is_computed_once() -> Iterator[None]:
    """Nearly all of these nights find nothing new."""
    with computed_once():
        yield


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a workspace before its first night, to be copied."""
    return furnish(tmp_path_factory.mktemp("quiet") / "so", settings_text(), demo_directory()).root
