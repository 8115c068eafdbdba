"""How much of the machine one file may use, as the settings say."""

from dataclasses import replace

from pipeline.intake.file_kinds import MEBIBYTE, Limits
from pipeline.settings import Settings


def limits_of(settings: Settings) -> Limits:
    """The bounds for one file, from the settings."""
    chosen = settings.limits
    return replace(
        Limits(),
        max_bytes=chosen.max_megabytes * MEBIBYTE,
        max_inflated=chosen.max_inflated_megabytes * MEBIBYTE,
        max_entries=chosen.max_entries,
        seconds=float(chosen.seconds),
        memory_bytes=chosen.memory_megabytes * MEBIBYTE,
    )
