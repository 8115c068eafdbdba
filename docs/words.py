"""The fixed words of the generated pages, from ``words.toml``."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def words_of(page: str) -> Any:  # noqa: ANN401 - a TOML value
    """The words of one page, or one text.

    Raises:
        KeyError: there is no such entry.
    """
    return _words()[page]


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
