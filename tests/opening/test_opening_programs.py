"""A newer program may draw the same figures otherwise: what it finds is redrawn in its year, and stands afterwards."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import nightly, outbox
from pipeline.audit.published import workbooks_hold
from pipeline.desk.auditing import evidence_of
from pipeline.desk.recording import Duty, Grounds, decide
from pipeline.editions import frames
from pipeline.findings import DecisionKind
from pipeline.memory import Memory
from pipeline.nightly import run_night
from pipeline.outbox import MANIFEST
from pipeline.workspace import Workspace

NIGHT = dt.datetime(2019, 12, 30, 0, 5)
NEXT_YEAR = dt.datetime(2020, 1, 5, 0, 5)
OLDER = "0.0.1"
Draw = Callable[..., bytes]


def _drawn_by_older(workspace: Workspace, *nights: dt.datetime) -> None:
    """Nights under a version of the program that draws every workbook otherwise."""
    draw: Draw = frames.workbook_of
    with pytest.MonkeyPatch.context() as patch:
        for module in (nightly, outbox):
            patch.setattr(module, "version", lambda _: OLDER)
        patch.setattr(frames, "workbook_of", lambda *given: draw(*given) + b"drawn otherwise")
        for night in nights:
            run_night(workspace, night)


def _books(workspace: Workspace) -> list[Path]:
    return sorted((workspace.outbox / "tong_hop").glob("2019-*.xlsx"))


def _otherwise(workspace: Workspace) -> list[bool]:
    return [book.read_bytes().endswith(b"drawn otherwise") for book in _books(workspace)]


def _audit(workspace: Workspace) -> tuple[list[str], bool]:
    """The kinds of the failures, and whether books of another version are told."""
    outcome = workbooks_hold(evidence_of(workspace))
    return [failure.kind for failure in outcome.failures], "phiên bản phần mềm khác" in str(outcome.figures["others"])


def test_what_an_older_program_drew_passes_the_audit_and_is_redrawn_at_the_next_run(office: Workspace) -> None:
    _drawn_by_older(office, NIGHT)
    assert _otherwise(office)
    assert all(_otherwise(office))
    assert _audit(office) == ([], True)
    run_night(office, NIGHT)
    assert not any(_otherwise(office))
    assert _audit(office) == ([], False)


def test_a_book_of_a_closed_year_stands_as_it_was_drawn_and_passes_the_audit(office: Workspace) -> None:
    run_night(office, NIGHT)
    decide(
        office,
        DecisionKind.EXEMPTED,
        Duty("BM-02", "VP", "2019-CN"),
        Grounds(NIGHT + dt.timedelta(hours=9), "Sáp nhập"),
    )
    _drawn_by_older(office, NEXT_YEAR)
    assert _otherwise(office)
    run_night(office, NEXT_YEAR + dt.timedelta(days=1))
    assert all(_otherwise(office))
    assert _audit(office) == ([], True)


def test_a_book_that_was_edited_is_told_whoever_drew_it(office: Workspace) -> None:
    _drawn_by_older(office, NIGHT)
    book = _books(office)[0]
    book.write_bytes(book.read_bytes() + b"x")
    assert _audit(office) == (["workbook_edited"], len(_books(office)) > 1)


def test_who_names_a_program_that_never_ran_hides_nothing(office: Workspace) -> None:
    run_night(office, NIGHT)
    memory = Memory(office.archive / MANIFEST)
    for book in _books(office):
        book.write_bytes(book.read_bytes() + b"x")
        name = f"tong_hop/{book.name}"
        memory.remember(name, {**memory[name], "sha256": outbox._hash(book.read_bytes()), "program": OLDER})
    kinds, is_told = _audit(office)
    assert (set(kinds), is_told) == ({"workbook_outdated"}, False)
