"""The frames of a ledger with faults, computed without them: a fault stands in a frame of its own and in no other.

``test_walls_frames`` holds the two against what is computed with the faults; sheet 12 is drawn with them in any case.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from remembering import computed_once

from pipeline.consolidation import Committee, LedgerContent
from pipeline.consolidation.frames import Faults
from pipeline.editions import frames
from pipeline.findings import Finding
from pipeline.settings import Period, Settings

_WITH_FAULTS: dict[tuple[Committee, str], Committee] = {}
_WITHOUT: dict[Committee, Committee] = {}


@contextmanager
def computed_without_faults() -> Iterator[None]:
    """As ``computed_once``; content that differs in its faults alone is one content."""
    with computed_once(), pytest.MonkeyPatch.context() as patch:
        consolidate, with_changes = frames.consolidate, frames.with_changes

        def consolidated(
            content: LedgerContent,
            settings: Settings,
            period: Period,
            today: date,
            standing: Iterable[tuple[int, Finding]] = (),
        ) -> Committee:
            bare = consolidate(_bare(content), settings, period, today, standing)
            return bare if content.faults.empty else _with_faults(bare, content.faults)

        def changed(committee: Committee, content: LedgerContent, day: date) -> Committee:
            bare = with_changes(_WITHOUT.get(committee, committee), _bare(content), day)
            return bare if committee.faults.empty else _with_faults(bare, committee.faults)

        patch.setattr(frames, "consolidate", consolidated)
        patch.setattr(frames, "with_changes", changed)
        yield


def _bare(content: LedgerContent) -> LedgerContent:
    return replace(content, faults=Faults.of())


def _with_faults(bare: Committee, faults: pd.DataFrame) -> Committee:
    place = bare, faults.to_json(orient="split")
    if place not in _WITH_FAULTS:
        _WITH_FAULTS[place] = replace(bare, faults=faults)
        _WITHOUT[_WITH_FAULTS[place]] = bare
    return _WITH_FAULTS[place]
