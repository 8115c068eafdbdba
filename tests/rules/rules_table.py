"""The whole table of examples, and what judging gives for it."""

from collections.abc import Mapping
from functools import cache

from rules_examples import Example
from rules_examples_bm01 import BM01_EXAMPLES
from rules_examples_bm02 import BM02_EXAMPLES
from rules_examples_bm03 import BM03_EXAMPLES
from rules_examples_bm04 import BM04_EXAMPLES
from rules_examples_cover import cover_examples
from rules_examples_dm01 import DM01_EXAMPLES
from rules_examples_legacy import LEGACY_EXAMPLES
from rules_examples_template import TEMPLATE_EXAMPLES
from rules_generic import generic_examples
from rules_sheets import judge_cases

from pipeline.findings import Finding, Verdict


@cache
def examples() -> tuple[Example, ...]:
    """Every example, form by form."""
    return (
        *generic_examples(),
        *cover_examples(),
        *BM01_EXAMPLES,
        *BM02_EXAMPLES,
        *BM03_EXAMPLES,
        *BM04_EXAMPLES,
        *DM01_EXAMPLES,
        *LEGACY_EXAMPLES,
        *TEMPLATE_EXAMPLES,
    )


@cache
def judged() -> Mapping[Example, tuple[Verdict, tuple[Finding, ...]]]:
    """Verdict and findings of every example, all of one form judged together."""
    return dict(zip(examples(), judge_cases([example.case() for example in examples()]), strict=True))
