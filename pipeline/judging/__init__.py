"""JUDGE: from files in custody to verdicts. The nightly run and ``qms check`` go the same road; nothing is recorded.

``reading`` makes a submission of a file, ``rules`` applies the rules of its form and holds what a verdict leans
on beyond the file, and ``lots`` judges many files of one night on the ground that moves with them.
"""

from pipeline.judging.lots import judged_alone, judged_in_order
from pipeline.judging.reading import Submission, read_submissions
from pipeline.judging.rules import Ground, ground_of, judge_forms

__all__ = [
    "Ground",
    "Submission",
    "ground_of",
    "judge_forms",
    "judged_alone",
    "judged_in_order",
    "read_submissions",
]
