"""A fault in one artefact of one stage: it is told, replaced by something plainer, and stops no other (issue 12)."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from _pytest.mark import ParameterSet
from custody_state import State, state_of
from walls_night import (
    NEXT_DAY,
    NIGHT,
    PLANTINGS,
    SAME_DAY,
    PlantedError,
    Planting,
    Run,
    broken,
    fault_lines,
    night,
    plant,
    without_tellers,
)  # fmt: skip

from pipeline.night.walls import Stage
from pipeline.workspace import Workspace

_WHOLE_STAGES = {
    Stage.PUBLISH: Planting("pipeline.night.publishing.edition_of", lambda *_: True, "tong_hop/"),
    Stage.FEEDBACK: Planting("pipeline.night.answering.answers", lambda *_: True, "phan_hoi/"),
    Stage.RECEIPTS: Planting("pipeline.editions.frames.read_receipts", lambda *_: True, "phan_hoi/"),
    Stage.PRE_CHECK: Planting("pipeline.night.foretelling.foretold", lambda *_: True, "phan_hoi/"),
}


def test_every_stage_after_judging_has_a_fault_planted_in_it() -> None:
    assert set(PLANTINGS) == set(Stage)


def _later(*stages: Stage) -> list[ParameterSet]:
    """What the nights after hold, of two stages in each run of the tests, of all in ``make long``: 3 s a stage."""
    always = {Stage.PUBLISH, Stage.FEEDBACK}
    return [pytest.param(stage, marks=() if stage in always else pytest.mark.long) for stage in stages]


@pytest.mark.parametrize("stage", Stage)
def test_a_fault_in_one_artefact_leaves_every_other_as_it_is_without_it(
    stage: Stage, faulty: Callable[[Stage], Run], undisturbed: dict[str, State]
) -> None:
    (fault,) = faulty(stage).report.faults
    assert (fault.code, fault.stage, fault.reason) == ("Z902", stage, "PlantedError")
    assert fault.artefact.startswith(PLANTINGS[stage].artefact)
    state = faulty(stage).state
    expected = undisturbed[NIGHT]
    assert without_tellers(state.files, fault.artefact) == without_tellers(expected.files, fault.artefact)
    assert {**state.ledger, "fault": []} == {**expected.ledger, "fault": []}
    page = state.files["outbox/nhat_ky/2019-06-10.md"].decode()
    assert f"`outbox/{fault.artefact}`" in page
    assert "Z902, PlantedError" in page
    assert len(_workbooks_that_tell(state, fault.artefact)) == 2 - (stage is Stage.PUBLISH)


def _workbooks_that_tell(state: State, artefact: str) -> list[str]:
    """The workbooks whose sheet 12 tells of an artefact in its one red line; the one that failed cannot."""
    lines = fault_lines({name: content for name, content in state.files.items() if not name.endswith(artefact)})
    assert all(len(of_workbook) == 1 and artefact in of_workbook[0] for of_workbook in lines.values())
    return list(lines)


@pytest.mark.parametrize("stage", _later(*Stage))
def test_it_stands_for_the_day_and_is_made_the_next(
    stage: Stage,
    faulty: Callable[[Stage], Run],
    afterwards: Callable[[Stage], tuple[Run, Run]],
    undisturbed: dict[str, State],
) -> None:
    same_day, next_day = afterwards(stage)
    if stage is not Stage.REPORT:  # the page is what tells: it is tried each time
        assert [fault.stage for fault in same_day.report.faults] == [stage]
        assert same_day.state.files == faulty(stage).state.files
    assert next_day.report.faults == ()
    assert _lasting(next_day.state) == _lasting(undisturbed[NEXT_DAY])


def _lasting(state: State) -> dict[str, bytes]:
    """All but the page of the day of the fault, and the pre-check's answer, which bears the time when it was made."""
    passing = (f"outbox/{PLANTINGS[Stage.REPORT].artefact}"[:-3], f"outbox/{PLANTINGS[Stage.PRE_CHECK].artefact}")
    return {name: content for name, content in state.files.items() if not name.startswith(passing)}


@pytest.mark.parametrize("stage", _later(Stage.PUBLISH, Stage.FEEDBACK, Stage.RECEIPTS, Stage.PRE_CHECK))
def test_what_may_pass_is_tried_again_by_the_next_run(
    stage: Stage, judged: Workspace, undisturbed: dict[str, State], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        plant(patch, PLANTINGS[stage], OSError)
        assert [fault.reason for fault in night(judged, NIGHT).faults] == ["OSError"]
    assert night(judged, SAME_DAY).faults == ()
    if stage is not Stage.PRE_CHECK:
        assert state_of(judged).files == undisturbed[NIGHT].files


@pytest.mark.parametrize("stage", _WHOLE_STAGES)
def test_a_fault_in_what_a_stage_shares_ends_no_other_stage(
    stage: Stage, judged: Workspace, undisturbed: dict[str, State], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch, _WHOLE_STAGES[stage])
    report = night(judged, NIGHT)
    assert {fault.stage for fault in report.faults} == {stage}
    prefix = _WHOLE_STAGES[stage].artefact
    assert without_tellers(state_of(judged).files, prefix) == without_tellers(undisturbed[NIGHT].files, prefix)


def test_the_plainer_answer_says_every_finding_and_that_nothing_is_marked(faulty: Callable[[Stage], Run]) -> None:
    run = faulty(Stage.FEEDBACK)
    book = openpyxl.load_workbook(run.workspace.outbox / run.report.faults[0].artefact)
    texts = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert book.sheetnames == ["Việc cần sửa"]
    assert any("chưa đánh dấu được vào tệp" in text for text in texts)


def test_a_page_that_cannot_be_written_at_all_ends_the_run_loudly(
    so: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch, PLANTINGS[Stage.REPORT])
    monkeypatch.setattr("pipeline.night.reporting.plain_page", broken)
    with pytest.raises(PlantedError):
        night(so, NIGHT)
    assert (so.outbox / "tong_hop" / "2019-6T.xlsx").is_file()


def test_a_folder_that_cannot_be_written_keeps_nobody_else_from_an_answer(
    so: Workspace, undisturbed: dict[str, State]
) -> None:
    blocked = so.outbox / "phan_hoi" / "GDNN"
    blocked.parent.mkdir(parents=True)
    blocked.write_text("a file where a folder should be")
    report = night(so, NIGHT)
    assert {fault.code for fault in report.faults} == {"E805"}
    assert {Path(fault.artefact).parts[1] for fault in report.faults} == {"GDNN"}
    state, expected = (without_tellers(one.files, "phan_hoi/GDNN") for one in (state_of(so), undisturbed[NIGHT]))
    assert state == expected
    blocked.unlink()
    assert night(so, SAME_DAY).faults == ()
    assert state_of(so).files == undisturbed[NIGHT].files


def test_the_answer_is_marked_once_it_can_be(
    faulty: Callable[[Stage], Run], afterwards: Callable[[Stage], tuple[Run, Run]]
) -> None:
    relative = faulty(Stage.FEEDBACK).report.faults[0].artefact
    _, next_day = afterwards(Stage.FEEDBACK)
    book = openpyxl.load_workbook(io.BytesIO((next_day.workspace.outbox / relative).read_bytes()))
    assert len(book.sheetnames) > 2
