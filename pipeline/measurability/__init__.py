"""The reading of Vietnamese objective sentences: "cụ thể, rõ ràng và đo lường được". Pure; no model, no network."""

from pipeline.measurability.objective import read_objective
from pipeline.measurability.reading import (
    Basis,
    Conflict,
    Deadline,
    Missing,
    Phrase,
    Reading,
    Sign,
    Span,
    Stretch,
    Target,
    Vague,
)

__all__ = [
    "Basis",
    "Conflict",
    "Deadline",
    "Missing",
    "Phrase",
    "Reading",
    "Sign",
    "Span",
    "Stretch",
    "Target",
    "Vague",
    "read_objective",
]
