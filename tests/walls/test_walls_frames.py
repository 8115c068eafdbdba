"""A fault stands in a frame of its own and in no other: so the nights of this folder may share the others."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from walls_night import NIGHT

from pipeline.consolidation import Committee, LedgerContent, consolidate
from pipeline.consolidation.frames import Faults
from pipeline.editions import frames
from pipeline.editions.frames import with_changes
from pipeline.editions.snapshot import LedgerSnapshot
from pipeline.ledger import Ledger
from pipeline.night.walls import Stage
from pipeline.settings import Period, Settings
from pipeline.workspace import Workspace, load_settings

DAY = dt.datetime.fromisoformat(NIGHT).date()
PLAN = Period.parse("2019-KH")
FAULTS = Faults.of(
    [
        *(("Z902", str(stage), f"{stage}/a", "PlantedError") for stage in Stage),
        *(("Z902", str(stage), "", "OSError") for stage in Stage),
        ("E805", str(Stage.FEEDBACK), "phan_hoi/VP/a.xlsx", "held"),
    ]
)


@pytest.fixture(scope="module")
def settings(judged_night: Workspace) -> Settings:
    return load_settings(judged_night).settings


@pytest.fixture(scope="module")
def content(judged_night: Workspace) -> LedgerContent:
    """The small night's, with faults of every stage now and before."""
    with Ledger(judged_night.ledger_file) as ledger:
        return replace(LedgerSnapshot(ledger).content(), faults=FAULTS)


def _differing(computed: Committee, shared: Committee) -> list[str]:
    pairs = {name: (value, getattr(shared, name)) for name, value in vars(computed).items()}
    return [name for name, (ours, theirs) in pairs.items() if not _is_equal(ours, theirs)]


def _is_equal(ours: object, theirs: object) -> bool:
    if isinstance(ours, pd.DataFrame) and isinstance(theirs, pd.DataFrame):
        return ours.equals(theirs) and list(ours.dtypes) == list(theirs.dtypes)
    return repr(ours) == repr(theirs)  # figures may be NaN, which equals nothing


def test_faults_of_every_stage_change_no_other_frame(content: LedgerContent, settings: Settings) -> None:
    computed = consolidate(content, settings, PLAN, DAY)
    shared = frames.consolidate(content, settings, PLAN, DAY)
    assert computed.faults.equals(FAULTS)
    assert _differing(computed, shared) == []
    assert _differing(computed, replace(shared, faults=Faults.of(), sources=shared.left_out)) == ["faults", "sources"]


def test_nor_what_has_changed_since_a_day(content: LedgerContent, settings: Settings) -> None:
    shared = frames.consolidate(content, settings, PLAN, DAY)
    then = replace(content, submissions=content.submissions[:1])
    changed = with_changes(shared, then, DAY).changes
    assert len(changed)
    assert changed.equals(frames.with_changes(shared, then, DAY).changes)
