"""S701: several files of one obligation in one night, told to both sides and changing no verdict."""

import pandas as pd
from rules_standing import SAME_NIGHT_CODES

from pipeline.consolidation.receipts import same_night_notes
from pipeline.findings import CATALOGUE, Severity, explain

_SUBMITTED = [
    # submission, path, bytes, form, division, period, version, judged
    (1, "VP/cũ.xlsx", "a", "BM-01", "VP", "2019-KH", 1.0, "2019-01-20"),
    (2, "VP/mới.xlsx", "b", "BM-01", "VP", "2019-KH", 2.0, "2019-01-20"),
    (3, "VP/sau.xlsx", "c", "BM-01", "VP", "2019-KH", 3.0, "2019-01-21"),
    (4, "KHTC/một.xlsx", "d", "BM-01", "KHTC", "2019-KH", 1.0, "2019-01-20"),
    (5, "lạ.xlsx", "e", None, None, None, float("nan"), "2019-01-20"),
    (6, "lạ nữa.xlsx", "f", None, None, None, float("nan"), "2019-01-20"),
]


def _submissions(**changed: object) -> pd.DataFrame:
    columns = ["submission_id", "path", "sha256", "form", "division", "period", "version", "judged_as_of"]
    return pd.DataFrame(_SUBMITTED, columns=columns).set_index("submission_id").assign(**changed)


def test_each_of_two_files_of_one_night_is_told_and_no_other() -> None:
    facts = {"count": "2", "files": "VP/cũ.xlsx; VP/mới.xlsx", "later": "VP/mới.xlsx"}
    notes = same_night_notes(_submissions())
    assert [(number, note.code, dict(note.facts)) for number, note in notes] == [(1, "S701", facts), (2, "S701", facts)]


def test_the_same_bytes_judged_twice_are_one_file() -> None:
    assert same_night_notes(_submissions(sha256="a")) == ()


def test_the_words_name_the_files_and_the_one_that_is_current() -> None:
    words = explain(same_night_notes(_submissions())[0][1])
    assert words.problem == (
        "Phòng nộp 2 tệp khác nhau của cùng một biểu mẫu, cùng kỳ, trong một lượt kiểm tra: VP/cũ.xlsx; VP/mới.xlsx. "
        "Hệ thống lấy tệp nộp sau cùng (VP/mới.xlsx)."
    )


def test_it_is_a_note_and_returns_nothing() -> None:
    assert {CATALOGUE[code].severity for code in SAME_NIGHT_CODES} == {Severity.NOTE}


def test_of_many_the_first_few_and_the_last_are_named() -> None:
    """Each of hundreds of versions would else name all the others."""
    many = pd.concat([_submissions().loc[[1]]] * 300, ignore_index=True)
    numbered = [f"{number}.xlsx" for number in range(300)]
    many = many.assign(path=numbered, sha256=numbered, version=[float(number) for number in range(300)])
    facts = same_night_notes(many)[0][1].facts
    assert (facts["count"], facts["files"]) == ("300", "0.xlsx; 1.xlsx; 2.xlsx; 3.xlsx; …; 299.xlsx")
