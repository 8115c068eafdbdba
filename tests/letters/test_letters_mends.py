"""Which mends of a returned form a letter names, and in which order."""

from pipeline.findings import Finding
from pipeline.letters.content import Mend, most_useful


def _blank(cell: str) -> Finding:
    facts = {"found": "", "hint": "Họ và tên.", "proposal": "Trần Thị Mai"}
    return Finding("C401", "Mục tiêu", cell, "owner", "Người chịu trách nhiệm", facts)


UNIT = Finding("M505", "Mục tiêu", "I6", "unit", "Đơn vị tính", {"found": "học viên"})
YEAR = Finding("V310", "Mục tiêu", "O8", "due_on", "Thời hạn", {"found": "31/12/2020", "year": "2019"})
NO_TASK = Finding("C405", "Kế hoạch", "C7", "objective", "Mục tiêu", {"found": "MT05"})
WARNING = Finding("M507", "Mục tiêu", "F6", "comparator", "So sánh", {"found": "đúng bằng", "unit": "ca", "value": "9"})


def test_the_mend_that_clears_the_most_cells_comes_first_and_equals_keep_their_order() -> None:
    found = most_useful([UNIT, YEAR, _blank("P6"), NO_TASK, _blank("P9")])
    assert [mend.code for mend in found] == ["C401", "M505", "V310"]


def test_a_mend_has_the_words_of_its_first_cell_and_names_the_others() -> None:
    assert most_useful([_blank("P6"), _blank("P9"), _blank("P9")]) == (
        Mend(
            "C401",
            "Mục tiêu",
            "P6",
            "Người chịu trách nhiệm còn để trống.",
            "Đề nghị điền Người chịu trách nhiệm vào ô P6.",
            (("Mục tiêu", "P9"),),
        ),
    )


def test_a_warning_is_no_mend() -> None:
    assert most_useful([WARNING]) == ()
