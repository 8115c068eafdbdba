"""The ledger or a published workbook in somebody else's hands (design 2.8)."""

import errno
import sqlite3
from collections.abc import Mapping
from contextlib import closing

from custody_inbox import FEW_AS_OF, PRIVATE
from custody_runner import Runner
from custody_state import State, differences, in_any_order, state_of

from pipeline.ledger.patience import NOTICED_SECONDS
from pipeline.ledger.store import WAIT_SECONDS
from pipeline.workspace import Workspace

WORKBOOK = "outbox/tong_hop/2019-KH.xlsx"
SIBLING = "outbox/tong_hop/2019-KH_20190212-0005.xlsx"
BOOK_OF_ITS_SENDER = "outbox/phan_hoi/KHTC/So_tiep_nhan.xlsx"
PAGE = "outbox/nhat_ky/2019-02-12"
OPEN = {"faults": [{"kind": "refuse", "event": "os.rename", "path": WORKBOOK, "errno": errno.EACCES}]}
"""What Windows says to the replacing of a file that Excel holds open."""
PATIENCE = NOTICED_SECONDS + 0.3
"""Long enough for the line that a run waits; the half minute of life would be slept through."""


def test_a_ledger_locked_by_another_program_is_two_lines_and_nothing_is_lost(
    workspace: Workspace, runner: Runner, undisturbed: State
) -> None:
    private = (workspace.inbox / PRIVATE).rename(workspace.root / "later.xlsx")
    assert runner.run(workspace, FEW_AS_OF).code == 0
    private.rename(workspace.inbox / PRIVATE)
    with closing(sqlite3.connect(workspace.ledger_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        ended = runner.run(workspace, FEW_AS_OF, patience=PATIENCE)
    waited, refused = ended.err.splitlines()
    assert PATIENCE < WAIT_SECONDS
    assert (ended.code, waited[:34], refused[:6]) == (3, "Chương trình khác đang giữ sổ cái;", "E827: ")
    assert runner.run(workspace, FEW_AS_OF).code == 0
    # The private workbook came later than undisturbed, and its sender's book says so; all else is the same.
    found, expected = in_any_order(state_of(workspace)), in_any_order(undisturbed)
    assert found.is_sound
    assert set(found.files) == set(expected.files)
    assert [name for name in found.files if found.files[name] != expected.files[name]] == [BOOK_OF_ITS_SENDER]


def test_a_workbook_open_elsewhere_gets_a_dated_sibling_until_it_is_closed(
    workspace: Workspace, runner: Runner, undisturbed: State
) -> None:
    ended = runner.run(workspace, FEW_AS_OF, **OPEN)
    assert ended.code == 0, ended.err
    assert ended.document["workbooks"] == [SIBLING]
    beside = _without_page({**undisturbed.files, SIBLING: undisturbed.files[WORKBOOK]})
    del beside[WORKBOOK]
    assert _without_page(state_of(workspace).files) == beside
    assert SIBLING in (workspace.root / f"{PAGE}.md").read_text(encoding="utf-8")

    # Still open: the sibling that stands there is enough.
    assert runner.run(workspace, FEW_AS_OF, **OPEN).document["workbooks"] == [SIBLING]
    assert _without_page(state_of(workspace).files) == beside

    assert runner.run(workspace, FEW_AS_OF).document["workbooks"] == [WORKBOOK]
    assert differences(in_any_order(state_of(workspace)), in_any_order(undisturbed)) == []


def _without_page(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The page of the day names the sibling, and no longer does when the workbook is closed."""
    return {name: content for name, content in files.items() if not name.startswith(PAGE)}
