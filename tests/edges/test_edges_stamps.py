"""Where a file's own stamp alone decided, the secretary is told both raw times and how it can be settled."""

import datetime as dt
import os

import pytest
from edges_nights import dropped, what_is_to_do

from pipeline.nightly import run_night
from pipeline.workspace import VIETNAM, Workspace

BEFORE, AFTER = dt.datetime(2019, 1, 30, 0, 5), dt.datetime(2019, 1, 31, 8, 0)


@pytest.mark.skipif(os.name == "nt", reason="on Windows the second time is that of creation, which no test can set")
def test_a_state_decided_by_a_stamp_is_told_with_both_raw_times(workspace: Workspace, plan: bytes) -> None:
    run_night(workspace, BEFORE)
    path = dropped(workspace, "KHTC/a.xlsx", plan)
    written = dt.datetime(2019, 1, 30, 16, 0, tzinfo=VIETNAM).timestamp()
    os.utime(path, (written, written))
    run_night(workspace, AFTER)
    facts = dict(what_is_to_do(workspace, AFTER))["by_stamp"]
    assert (facts["sender"], facts["form"], facts["outcome"]) == ("KHTC", "BM-01 2019-KH", "trễ hạn")
    assert (facts["since"], facts["until"]) == ("00:05:00 30/01/2019", "08:00:00 31/01/2019")
    assert facts["written_at"] == "16:00:00 30/01/2019"
    assert facts["options"] == "--form BM-01 --division KHTC --period 2019-KH"
