"""The places in the form of an answer that only the sender can fill: ‹số quyết định›. No form is accepted with one."""

import re
from typing import Final

OPENS, CLOSES = "‹", "›"
_PLACEHOLDER: Final = re.compile(f"{OPENS}[^{OPENS}{CLOSES}]*{CLOSES}")


def placeholder(words: str) -> str:
    """What is to be written there, marked as not written yet."""
    return f"{OPENS}{words}{CLOSES}"


def placeholder_in(text: object) -> str:
    """The first place of a cell's content that was not filled; "" where none is left."""
    left = _PLACEHOLDER.search(text) if isinstance(text, str) else None
    return left[0] if left else ""
