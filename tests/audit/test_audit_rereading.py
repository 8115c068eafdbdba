"""The second reader alone finds a value that was changed together with everything that speaks of it."""

import pytest
from audit_tampering import OF_THE_OUTBOX, failing, forge, lines_of, publish_anew, submission_of, tamper, words_of

from pipeline.audit import Line
from pipeline.desk.auditing import evidence_of
from pipeline.workspace import Workspace

REPORT = ("BM-02", "KHTC")
FILE = "KHTC/BM-02_2019-6T_KHTC.xlsx (bản nộp số {id})"


def reread(workspace: Workspace) -> Line:
    (line,) = [line for line in lines_of(evidence_of(workspace), OF_THE_OUTBOX) if line.check.name == "second_reader"]
    return line


def test_every_accepted_original_of_the_demo_is_compared(so: Workspace) -> None:
    line = reread(so)
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
    assert failing(so, without=()) == {"second_reader": ["value_differs"]}
    said = words_of(so, "second_reader", OF_THE_OUTBOX)
    named = FILE.format(id=report)
    assert said == [f"{named}, Kết quả!G6, Kết quả thực hiện: sổ ghi “99”, bản gốc ghi “43,42”"]


@pytest.mark.parametrize(
    ("table", "statement", "kind", "said"),
    [
        (
            "results",
            "DELETE FROM results WHERE submission_id = :id AND excel_row = 7",
            "row_not_kept",
            "Kết quả, dòng 7: có trong bản gốc, không có trong bảng results",
        ),
        (
            "results",
            "INSERT INTO results (submission_id, excel_row, code) VALUES (:id, 60, 'MT60')",
            "row_not_read",
            "Kết quả, dòng 60: có trong bảng results, không có trong bản gốc",
        ),
        (
            "results_cover",
            "UPDATE results_cover SET approved_by = NULL WHERE submission_id = :id",
            "value_differs",
            "sổ ghi “(trống)”, bản gốc ghi",
        ),
        (
            "progress",
            "UPDATE progress SET finished_on = '2019-01-01' WHERE submission_id = :id AND excel_row = 6",
            "value_differs",
            "sổ ghi “2019-01-01”, bản gốc ghi “2019-",
        ),
    ],
    ids=["lost row", "invented row", "cover", "date"],
)
def test_rows_and_cells_that_were_forged_with_their_chain_are_named(
    so: Workspace, table: str, statement: str, kind: str, said: str
) -> None:
    report = submission_of(so, *REPORT)
    forge(so, table, report, statement)
    assert failing(so, OF_THE_OUTBOX) == {"second_reader": [kind]}
    (words,) = words_of(so, "second_reader", OF_THE_OUTBOX)
    assert words.startswith(FILE.format(id=report))
    assert said in words


def test_another_division_than_the_original_names_is_named(so: Workspace) -> None:
    tamper(so, "UPDATE submission SET division = 'VP' WHERE submission_id = :id", of=REPORT)
    assert failing(so, OF_THE_OUTBOX) == {
        "table submission": ["cell_differs"],
        "second_reader": ["identity_differs"],
    }


def test_an_altered_original_is_not_opened_and_counted_as_not_compared(so: Workspace) -> None:
    sha256 = evidence_of(so).rows("arrival")[0]["sha256"]
    kept = so.archive / "originals" / f"{sha256}.xlsx"
    kept.write_bytes(b"PK\x03\x04 <!ENTITY bomb>")
    line = reread(so)
    assert line.holds
    assert (line.outcome.figures["files"], line.outcome.figures["untrusted"]) == (28, 1)
    assert failing(so, OF_THE_OUTBOX) == {"originals": ["original_altered"]}


def test_without_the_settings_of_its_time_a_form_cannot_be_compared(so: Workspace) -> None:
    tamper(so, "UPDATE submission SET settings = 'x' WHERE submission_id = :id", of=REPORT)
    assert failing(so, OF_THE_OUTBOX)["second_reader"] == ["no_settings"]
