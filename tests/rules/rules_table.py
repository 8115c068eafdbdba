"""The whole table of examples, and what judging gives for it."""

from collections.abc import Mapping
from functools import cache

from rules_bases import BASES
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
from rules_sheets import Case, judge_cases

from pipeline.findings import Finding, Verdict

Outcome = tuple[Verdict, tuple[Finding, ...]]


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
def judged() -> Mapping[Example, Outcome]:
    """Verdict and findings of every example, all of one form judged together."""
    return dict(zip(examples(), _judged_together()[: len(examples())], strict=True))


@cache
def judged_among_the_spoilt() -> Mapping[str, Outcome]:
    """Verdict and findings of every valid base, judged with the examples of its form and among them."""
    return dict(zip(BASES, _judged_together()[len(examples()) :], strict=True))


@cache
def _judged_together() -> list[Outcome]:
    """The outcomes of all examples, then of the bases, which were judged after every other example."""
    spoilt, valid = [example.case() for example in examples()], [Case(base) for base in BASES]
    cases = [*spoilt[::2], *valid, *spoilt[1::2]]
    outcomes = {id(case): outcome for case, outcome in zip(cases, judge_cases(cases), strict=True)}
    return [outcomes[id(case)] for case in (*spoilt, *valid)]
