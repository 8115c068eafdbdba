"""The second reader alone finds a value that was changed together with everything that speaks of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from audit_tampering import OF_THE_OUTBOX, audited, failing, forge, publish_anew, submission_of, tamper, words_of

from pipeline.audit import Line
from pipeline.desk.auditing import evidence_of
from pipeline.workspace import Workspace

REPORT = ("BM-02", "KHTC")
FILE = "KHTC/BM-02_2019-6T_KHTC.xlsx (bản nộp số {id})"


def reread(lines: Sequence[Line]) -> Line:
    (line,) = [line for line in lines if line.check.name == "second_reader"]
    return line


def test_every_accepted_original_of_the_demo_is_compared(so: Workspace) -> None:
    line = reread(audited(so, OF_THE_OUTBOX))
    assert line.holds
    figures = dict(line.outcome.figures)
    assert int(str(figures.pop("values")).replace(".", "")) > 4_500
    assert figures == {"files": 29, "untrusted": 0, "not_served": 0}


def test_a_value_changed_with_its_event_the_chains_and_the_workbook_is_named_by_the_second_reader_alone(
    so: Workspace,
) -> None:
    report = submission_of(so, *REPORT)
    forge(so, "results", report, "UPDATE results SET actual = 99 WHERE submission_id = :id AND excel_row = 6")
    publish_anew(so)
    lines = audited(so, without=())
    assert failing(lines) == {"second_reader": ["value_differs"]}
    said = words_of(lines, "second_reader")
    named = FILE.format(id=report)
    assert said == [f"{named}, Kết quả!G6, Kết quả thực hiện: sổ ghi “99”, bản gốc ghi “43,42”"]


FORGED = {
    "lost row": (
        "results",
        "DELETE FROM results WHERE submission_id = :id AND excel_row = 7",
        "row_not_kept",
        "Kết quả, dòng 7: có trong bản gốc, không có trong bảng results",
    ),
    "invented row": (
        "results",
        "INSERT INTO results (submission_id, excel_row, code) VALUES (:id, 60, 'MT60')",
        "row_not_read",
        "Kết quả, dòng 60: có trong bảng results, không có trong bản gốc",
    ),
    "cover": (
        "results_cover",
        "UPDATE results_cover SET approved_by = NULL WHERE submission_id = :id",
        "value_differs",
        "sổ ghi “(trống)”, bản gốc ghi",
    ),
    "date": (
        "progress",
        "UPDATE progress SET finished_on = '2019-01-01' WHERE submission_id = :id AND excel_row = 6",
        "value_differs",
        "sổ ghi “2019-01-01”, bản gốc ghi “2019-",
    ),
}


@pytest.fixture(scope="module")
def forged(copied_so: Callable[[Path], Workspace], tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Line]]:
    """The report in which all of this was forged, as the audit names it, and the audit's lines."""
    so = copied_so(tmp_path_factory.mktemp("forged") / "so")
    report = submission_of(so, *REPORT)
    for table, statement, _, _ in FORGED.values():
        forge(so, table, report, statement)
    return FILE.format(id=report), audited(so, OF_THE_OUTBOX)


@pytest.mark.parametrize(("kind", "said"), [one[2:] for one in FORGED.values()], ids=FORGED)
def test_rows_and_cells_that_were_forged_with_their_chain_are_named(
    forged: tuple[str, list[Line]], kind: str, said: str
) -> None:
    file, lines = forged
    (failure,) = [one for one in reread(lines).outcome.failures if said in one.words]
    assert failure.kind == kind
    assert failure.words.startswith(file)


def test_nothing_but_what_was_forged_is_named_and_only_by_the_second_reader(forged: tuple[str, list[Line]]) -> None:
    failures = failing(forged[1])
    assert list(failures) == ["second_reader"]
    assert sorted(failures["second_reader"]) == sorted(kind for _, _, kind, _ in FORGED.values())


def test_another_division_than_the_original_names_is_named(so: Workspace) -> None:
    tamper(so, "UPDATE submission SET division = 'VP' WHERE submission_id = :id", of=REPORT)
    assert failing(audited(so, OF_THE_OUTBOX)) == {
        "table submission": ["cell_differs"],
        "second_reader": ["identity_differs"],
    }


def test_an_altered_original_is_not_opened_and_counted_as_not_compared(so: Workspace) -> None:
    sha256 = evidence_of(so).rows("arrival")[0]["sha256"]
    kept = so.archive / "originals" / f"{sha256}.xlsx"
    kept.write_bytes(b"PK\x03\x04 <!ENTITY bomb>")
    lines = audited(so, OF_THE_OUTBOX)
    line = reread(lines)
    assert line.holds
    assert (line.outcome.figures["files"], line.outcome.figures["untrusted"]) == (28, 1)
    assert failing(lines) == {"originals": ["original_altered"]}


def test_without_the_settings_of_its_time_a_form_cannot_be_compared(so: Workspace) -> None:
    tamper(so, "UPDATE submission SET settings = 'x' WHERE submission_id = :id", of=REPORT)
    assert failing(audited(so, OF_THE_OUTBOX))["second_reader"] == ["no_settings"]
