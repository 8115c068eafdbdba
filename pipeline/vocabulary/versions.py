"""Earlier versions of a form, as data: what they lacked, what they named otherwise, whether they are still taken."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Former:
    """A field that an earlier version named otherwise: its tag and label then, and its name now."""

    sheet: str
    tag: str
    label: str
    now: str


@dataclass(frozen=True)
class Moved:
    """A sheet that came since, whose fields stood on another sheet, before the field ``before`` there."""

    sheet: str
    stood_on: str
    before: str


@dataclass(frozen=True)
class Earlier:
    """One earlier version.

    Attributes:
        version: its number.
        fingerprint: what its templates bear in the hidden sheet, so that nothing else passes for it.
        lacks: (sheet, field) that were added since; in an accepted submission they are blank.
        renamed: the fields that it named otherwise.
        moved: the sheets whose fields it had elsewhere, under the same tags and labels.
        is_taken: whether a submission on it is read as one of today's; else it is returned with the difference named.
    """

    version: int
    fingerprint: str
    lacks: tuple[tuple[str, str], ...] = ()
    renamed: tuple[Former, ...] = ()
    moved: tuple[Moved, ...] = ()
    is_taken: bool = True
