"""A finding says why: the reason of a status, in what two things differ, which other cell it hangs on."""

import pytest
from rules_table import judged

from pipeline.findings import Finding, explain

WHY = {
    "C403": (
        "Giá trị mục tiêu ghi “1” nhưng Loại chỉ số là “có/không” nên ô này phải để trống.",
        "Đề nghị xóa nội dung ô G7; nếu ô này đúng thì sửa cột Loại chỉ số ở ô E7.",
    ),
    "M512": (
        "Câu mục tiêu ghi “5 ngày làm việc” nhưng cột Đơn vị tính ghi “giờ”.",
        "Nếu câu đúng, đề nghị sửa cột Đơn vị tính ở ô I8; nếu các cột đúng, đề nghị sửa câu ở ô C8.",
    ),
    "R607": (
        "Tự đánh giá là “Đạt” nhưng theo số liệu là “Không đạt”: kết quả “không” chưa đạt chỉ tiêu (“có”).",
        "Đề nghị chọn “Không đạt” ở ô J7; nếu số liệu sai thì sửa số liệu.",
    ),
    "R608": (
        (
            "Tự đánh giá là “Chưa đủ số liệu” nhưng theo số liệu là “Đạt”: kết quả 4,5 giờ đã đạt chỉ tiêu "
            "(không quá 5 giờ)."
        ),
        "Đề nghị chọn “Đạt” ở ô J8; nếu số liệu sai thì sửa số liệu. Không sửa thì biểu mẫu vẫn được chấp nhận.",
    ),
    "R633": (
        (
            "Mục tiêu chọn “MC1” nhưng Loại chỉ số là “mức” mà mục tiêu chung là “tỷ lệ”, Đơn vị tính là “giờ” mà "
            "mục tiêu chung là “%”, nên không gộp được vào kết quả chung."
        ),
        (
            "Đề nghị sửa Loại chỉ số, Đơn vị tính cho giống mục tiêu chung; nếu mục tiêu không góp vào mục tiêu chung "
            "thì xóa nội dung ô R8."
        ),
    ),
    "R634": (
        "Lê Văn Tám đã được phổ biến nhưng chưa hiểu CSCL.",
        (
            "Đề nghị Phòng phổ biến lại cho Lê Văn Tám, ghi lại dòng này rồi nộp lại BM-03. "
            "Không sửa vẫn được chấp nhận."
        ),
    ),
}


@pytest.mark.parametrize("code", WHY)
def test_a_finding_says_why_and_where(code: str) -> None:
    """words.md, section 2: not understood in ten seconds in 0.3.0."""
    explained = [explain(one) for _, findings in judged().values() for one in findings if one.code == code]
    assert WHY[code] in {(words.problem, words.fix) for words in explained}


@pytest.mark.parametrize("code", ["C403", "C405", "M512", "R607", "R608", "R633", "R634"])
def test_a_finding_of_an_older_ledger_is_still_a_sentence(code: str) -> None:
    facts = {"found": "95", "computed_status": "Đạt", "full_name": "Lê Văn Tám", "case": "Loại chỉ số là “mức”"}
    words = explain(Finding(code, cell="G6", label="Kết quả", facts={**facts, "against": "90%"}))
    assert "{" not in f"{words.problem}{words.expected}{words.fix}"
