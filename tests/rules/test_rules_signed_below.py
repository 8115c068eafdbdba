"""A signature block typed into the free rows of a table is none of its rows (d18)."""

from rules_sheets import Case, Edits, judge_cases

_SIGNED: Edits = {
    "objectives.statement.5": "NGƯỜI LẬP BIỂU",
    "objectives.target.5": "TRƯỞNG PHÒNG",
    "objectives.statement.6": "(Ký, ghi rõ họ tên)",
    "objectives.statement.9": "Trần Thị Mai",
    "objectives.target.9": "Nguyễn Văn Hòa",
}


def test_a_signature_block_in_the_first_free_rows_is_not_judged() -> None:
    """d18."""
    dated = {**_SIGNED, "objectives.target.4": "Sóc Trăng, ngày 15 tháng 01 năm 2019"}
    told = [
        [finding.code for finding in findings]
        for _, findings in judge_cases([Case("BM-01", _SIGNED), Case("BM-01", dated)])
    ]
    assert told == [[], []]


def test_an_objective_below_such_words_is_still_judged() -> None:
    """d18."""
    below = {
        f"objectives.{name}.7": "x" for name in ("statement", "indicator", "measure", "comparator", "unit", "owner")
    }
    ((_, findings),) = judge_cases([Case("BM-01", {**_SIGNED, **below})])
    assert findings
