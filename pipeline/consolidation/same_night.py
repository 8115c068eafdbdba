"""Several files for one obligation in one night: both sides are told which of them is judged the current one."""

import pandas as pd

from pipeline.findings import Finding
from pipeline.obligations import OBLIGATION

_FEW = 6
Notes = tuple[tuple[int, Finding], ...]
"""The submission that each note concerns, and the note."""


def same_night_notes(submissions: pd.DataFrame) -> Notes:
    """S701 for each of several submissions of one obligation that one run judged: submission_id and the finding.

    Derived from what the ledger knows, so it changes no verdict that was told (design 6). The order within a night is
    that of the arrival estimates; versions grow with it.
    """
    known = submissions.dropna(subset=OBLIGATION)
    notes = []
    for _, together in known.groupby([*OBLIGATION, "judged_as_of"], sort=False):
        if len(together["sha256"].unique()) > 1:
            files = together.sort_values("version")["path"]
            facts = {"count": str(len(files)), "files": _named(list(files)), "later": str(files.iloc[-1])}
            notes += [(int(submission_id), Finding("S701", facts=facts)) for submission_id in files.index]
    return tuple(notes)


def _named(files: list[str]) -> str:
    """The files in their order; of many the first few and the last."""
    shown = files if len(files) <= _FEW else [*files[: _FEW - 2], "…", files[-1]]
    return "; ".join(shown)
