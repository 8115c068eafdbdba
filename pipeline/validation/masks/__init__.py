"""The pandas rendering of every named rule: frames in, a boolean column out, True where the rule is kept.

A mask never raises on missing values: what is blank is another rule's business. ``asked.facts`` are the statistics
that the form gives the rule.
"""

from collections.abc import Callable, Mapping

import pandas as pd

from pipeline.validation.masks import columns, filled, known, objective_words, references, values
from pipeline.validation.masks.asked import Asked

MASKS: Mapping[str, Callable[[Asked], pd.Series]] = {
    mask.__name__: mask
    for module in (filled, values, columns, objective_words, references, known)
    for mask in module.MASKS
}
"""Rule kind to mask: the vocabulary in which forms write their rules."""

__all__ = ["MASKS", "Asked"]
