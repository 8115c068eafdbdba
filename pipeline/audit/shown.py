"""Values of the ledger as an audit's line shows them."""

from pipeline.vietnamese import format_number
from pipeline.wording import say

_LONGEST = 80


def shown(value: object) -> str:
    """A short text: numbers in Vietnamese spelling, a blank named as such, long texts cut."""
    if value is None or value == "":
        return say("audit.blank")
    text = format_number(value) if isinstance(value, float) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
