"""What a cell accepts and says while it is filled: one data validation, within the bounds that Excel sets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

LONGEST_TITLE: Final = 32
LONGEST_MESSAGE: Final = 255
LONGEST_LIST: Final = 255
"""Excel's bounds; beyond them the file needs repair or the validation is silently absent (house style 9)."""


@dataclass(frozen=True)
class Entry:
    """What a cell accepts and says while it is filled: one data validation.

    ``accepts`` is XlsxWriter's own wording (``validate``, ``criteria``, ``source``…), empty for any value.
    """

    title: str = ""
    prompt: str = ""
    error_title: str = ""
    error: str = ""
    severity: Literal["stop", "warning", "information"] = "stop"
    accepts: Mapping[str, object] = field(default_factory=dict)

    @property
    def fault(self) -> str:
        """Why Excel would not keep this validation; empty when it would."""
        source = self.accepts.get("source", "")
        bounds = (
            (self.title, LONGEST_TITLE),
            (self.error_title, LONGEST_TITLE),
            (self.prompt, LONGEST_MESSAGE),
            (self.error, LONGEST_MESSAGE),
            (",".join(map(str, source)) if isinstance(source, list) else "", LONGEST_LIST),
        )
        too_long = [f"{len(text)} > {longest}: {text}" for text, longest in bounds if utf16_length(text) > longest]
        # Excel saves a list that refers directly to another sheet as an extension, which openpyxl drops.
        abroad = [str(source)] if isinstance(source, str) and "!" in source else []
        return "; ".join(too_long + abroad)

    def as_options(self) -> dict[str, object]:
        """The validation in XlsxWriter's own words."""
        words = {
            "input_title": self.title,
            "input_message": self.prompt,
            "error_title": self.error_title,
            "error_message": self.error,
        }
        said = {name: text for name, text in words.items() if text}
        return {"validate": "any", "error_type": self.severity, **self.accepts, **said}


def utf16_length(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text.encode("utf-16-le")) // 2
