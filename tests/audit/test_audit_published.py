"""The committee's workbooks in the outbox against those computed anew."""

import dataclasses
import shutil
from collections.abc import Sequence

import pytest

from pipeline.audit import Evidence, Outcome, Workbook
from pipeline.audit.published import controls_hold, workbooks_hold
from pipeline.desk.auditing import evidence_of
from pipeline.memory import Memory, files_of
from pipeline.workspace import Workspace

NAME = "tong_hop/2019-6T.xlsx"
SIBLING = "tong_hop/2019-6T_20190610-0005.xlsx"


@pytest.fixture
def evidence(so: Workspace, computed: Sequence[Workbook]) -> Evidence:
    """A copy of the demo; its workbooks were computed anew before."""
    return Evidence(evidence_of(so).copy, so.archive, so.outbox, lambda: computed)


def kinds(outcome: Outcome) -> list[str]:
    return [failure.kind for failure in outcome.failures]


def remember(so: Workspace, name: str, entry: dict[str, str]) -> None:
    Memory(so.archive / "published.json").remember(name, entry)


def test_every_workbook_of_the_last_run_is_computed_anew_byte_for_byte(evidence: Evidence) -> None:
    outcome = workbooks_hold(evidence)
    assert (kinds(outcome), outcome.figures) == ([], {"workbooks": 2, "others": ""})


def test_one_edited_byte_is_named(so: Workspace, evidence: Evidence) -> None:
    content = bytearray((so.outbox / NAME).read_bytes())
    content[-1] ^= 1
    (so.outbox / NAME).write_bytes(content)
    outcome = workbooks_hold(evidence)
    assert [one.words for one in outcome.failures] == ["outbox/tong_hop/2019-6T.xlsx đã bị sửa sau khi lập"]


def test_a_deleted_workbook_is_named(so: Workspace, evidence: Evidence) -> None:
    (so.outbox / NAME).unlink()
    assert [one.words for one in workbooks_hold(evidence).failures] == ["mất outbox/tong_hop/2019-6T.xlsx"]


def test_an_untouched_workbook_that_the_ledger_no_longer_gives_is_outdated(
    evidence: Evidence, computed: Sequence[Workbook]
) -> None:
    other = [dataclasses.replace(one, content=lambda: b"another") for one in computed]
    assert kinds(workbooks_hold(dataclasses.replace(evidence, workbooks=lambda: other))) == ["workbook_outdated"] * 2


def test_the_dated_sibling_is_compared_where_one_stands_in(so: Workspace, evidence: Evidence) -> None:
    shutil.move(so.outbox / NAME, so.outbox / SIBLING)
    (so.outbox / NAME).write_bytes(b"what a reader has open")
    remember(so, NAME, {"sibling": SIBLING})
    assert kinds(workbooks_hold(evidence)) == []


def test_an_edited_sibling_is_named(so: Workspace, evidence: Evidence) -> None:
    (so.outbox / SIBLING).write_bytes(b"edited")
    remember(so, NAME, {"sibling": SIBLING})
    assert [one.words for one in workbooks_hold(evidence).failures] == [f"outbox/{SIBLING} đã bị sửa sau khi lập"]


def test_a_workbook_of_a_period_without_reason_is_named(so: Workspace, evidence: Evidence) -> None:
    (so.outbox / "tong_hop" / "2018-CN.xlsx").write_bytes(b"x")
    remember(so, "tong_hop/2018-CN.xlsx", {"made_from": "x", "sha256": "x"})
    assert kinds(workbooks_hold(evidence)) == ["workbook_unfounded"]


@pytest.mark.parametrize("memory", [None, b"{", b"[]"])
def test_without_its_memory_the_outbox_is_compared_all_the_same(
    so: Workspace, evidence: Evidence, memory: bytes | None
) -> None:
    for file in files_of(so.archive / "published.json"):
        file.unlink()
    if memory is not None:
        (so.archive / "published.json").write_bytes(memory)
    assert kinds(workbooks_hold(evidence)) == []
    (so.outbox / NAME).write_bytes(b"x")
    assert kinds(workbooks_hold(evidence)) == ["workbook_edited"]


def test_the_lines_of_sheet_10_all_hold(evidence: Evidence) -> None:
    outcome = controls_hold(evidence)
    assert (kinds(outcome), outcome.figures["workbooks"]) == ([], 2)


def test_a_line_of_sheet_10_that_does_not_hold_is_named(evidence: Evidence, computed: Sequence[Workbook]) -> None:
    committee = computed[1].committee()
    lost = committee.controls.assign(holds=[False, *[True] * (len(committee.controls) - 1)])
    changed = dataclasses.replace(committee, controls=lost)
    workbooks = [computed[0], dataclasses.replace(computed[1], committee=lambda: changed)]
    outcome = controls_hold(dataclasses.replace(evidence, workbooks=lambda: workbooks))
    (failure,) = outcome.failures
    assert failure.words.startswith("outbox/tong_hop/2019-6T.xlsx, dòng K001 (")
