"""The rules that no formula in a form can hold, each with the reason in the words that the documentation gives."""

from collections.abc import Mapping
from typing import Final

from pipeline.wording import topic

NOT_LIVE: Final[Mapping[str, str]] = topic("live")["not_live"]
"""Rule kind to reason."""
