"""What the outbox removes stays away through a cut of power: its memory would not know it again."""

import datetime as dt
import sys
from pathlib import Path

import pytest
from power_disk import tree_of
from power_recovery import put
from power_states import states
from power_trace import missing_strace, record

from pipeline.memory import Memory
from pipeline.outbox import MANIFEST, Outbox
from pipeline.workspace import Workspace

NIGHT = dt.datetime(2019, 6, 10, 0, 5)
NAME, SIBLING = "phan_hoi/VP/so.xlsx", "phan_hoi/VP/so_20190610-0005.xlsx"
_OPENED = "from pathlib import Path; from pipeline.outbox import Outbox; import sys; root = Path(sys.argv[1]);"
_OUTBOX = f"{_OPENED} outbox = Outbox(root / 'outbox', root / 'archive', None);"
TAKES_BACK = f"{_OUTBOX} outbox.take_back('{NAME}')"
PUBLISHES = f"{_OUTBOX} outbox.publish('{NAME}', b'new', 'new')"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with one file published, and a sibling from when it was open elsewhere."""
    if missing := missing_strace():
        pytest.skip(f"custody: {missing}, so that writes and syncs cannot be recorded")
    workspace = Workspace(tmp_path / "so")
    workspace.inbox.mkdir(parents=True)
    Outbox(workspace.outbox, workspace.archive, NIGHT).publish(NAME, b"old", "old")
    (workspace.outbox / SIBLING).write_bytes(b"beside")
    memory = Memory(workspace.archive / MANIFEST)
    memory.remember(NAME, {**memory[NAME], "sibling": SIBLING})
    return workspace


@pytest.mark.parametrize("script", [TAKES_BACK, PUBLISHES], ids=["taken back", "published again"])
def test_nothing_stands_in_the_outbox_of_which_its_memory_does_not_know(
    workspace: Workspace, tmp_path: Path, script: str
) -> None:
    beginning = tree_of(workspace.root)
    events = record(workspace.root, [sys.executable, "-c", script, str(workspace.root)], tmp_path / "trace")
    assert events
    unknown = []
    for left in states(beginning, events, mixtures=8, seed=1):
        put(left.tree, workspace)
        outbox = Outbox(workspace.outbox, workspace.archive, NIGHT)
        is_known = {NAME: outbox.was_published(NAME), SIBLING: SIBLING in outbox.siblings("phan_hoi").values()}
        unknown += [(left.told, name) for name in is_known if (workspace.outbox / name).exists() and not is_known[name]]
    assert unknown == []
