"""What the secretary is told of one day: each thing that she must do, in words, and nothing twice."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from receipts_ledger import OWED, sightings, submissions

from pipeline.consolidation.day import day_of
from pipeline.consolidation.receipts import receipt_lines, same_night_notes
from pipeline.consolidation.still_due import Outstanding, outstanding_forms
from pipeline.consolidation.to_do import DaySources
from pipeline.findings import Finding
from pipeline.night.day_words import day_data, day_page
from pipeline.settings import Settings

DAY = dt.date(2019, 6, 6)
RETURNED = {"verdict": "returned"}
NAMELESS = {"form": None, "division": None, "period": None}
SETTINGS = Settings.model_construct()


def _sources(received: pd.DataFrame, seen: pd.DataFrame | None = None, **told: Any) -> DaySources:  # noqa: ANN401
    notes = same_night_notes(received)
    lines = receipt_lines(received, sightings() if seen is None else seen, OWED, notes)
    return DaySources(**{"day": DAY, "lines": lines, "notes": notes, **told})


def _to_do(sources: DaySources) -> list[str]:
    """The numbered lines of the page."""
    return [line[3:] for line in day_page(day_of(sources)).splitlines() if line[:1].isdigit()]


ANSWERS = {1: ("outbox/phan_hoi/VP/tep 1__0.xlsx",)}
ANSWER = "`outbox/phan_hoi/VP/tep 1__0.xlsx`"


@pytest.mark.parametrize(
    ("told", "findings", "words"),
    [
        (RETURNED, (), f"VP: BM-02 2019-6T bị trả lại. Báo Phòng xem bản trả lại: {ANSWER}"),
        (
            {**RETURNED, "folder": "KHTC", "path": "KHTC/a.xlsx"},
            (Finding("F108", facts={"folder": "KHTC", "division": "VP"}),),
            (
                "`KHTC/a.xlsx` là BM-02 2019-6T của VP nhưng nằm trong thư mục của Phòng khác. "
                f"Báo cả hai Phòng; phản hồi: {ANSWER}"
            ),
        ),
        (
            {**NAMELESS, "verdict": "unreadable"},
            (),
            f"VP: không đọc được `VP/tep 1.xlsx`. Báo Phòng xem lý do và nộp lại: {ANSWER}",
        ),
        (
            {**NAMELESS, "verdict": "not_a_form"},
            (),
            (
                "VP: `VP/tep 1.xlsx` không phải biểu mẫu. Hỏi Phòng: nếu định nộp biểu mẫu thì hướng dẫn nộp lại; "
                "nếu là tệp riêng thì bỏ qua."
            ),
        ),
        (
            {**NAMELESS, "verdict": "unreadable", "folder": "", "path": "la.xlsx"},
            (),
            f"`la.xlsx`: chưa rõ của Phòng nào. Mở phản hồi, tìm người gửi rồi chuyển cho đúng người: {ANSWER}",
        ),
        (
            {"verdict": "internal_fault"},
            (),
            (
                "Phần mềm gặp lỗi khi xét `VP/tep 1.xlsx` (VP). Lượt sau tự xét lại, rồi mỗi ngày một lần. "
                "Gửi tệp archive/qms.log cho người phụ trách phần mềm; Phòng không phải làm gì."
            ),
        ),
    ],
    ids=["returned", "misplaced", "unreadable", "not a form", "unknown sender", "internal fault"],
)
def test_a_file_that_was_not_accepted_asks_for_one_thing(
    told: dict[str, object], findings: tuple[Finding, ...], words: str
) -> None:
    assert _to_do(_sources(submissions(told), answers=ANSWERS, findings={1: findings})) == [words]


@pytest.mark.parametrize("told", [{}, {"verdict": "accepted_with_warnings"}])
def test_an_accepted_file_asks_for_nothing(told: dict[str, object]) -> None:
    assert _to_do(_sources(submissions(told))) == []


def test_what_a_later_version_has_settled_asks_for_nothing() -> None:
    received = submissions(RETURNED, {"judged_as_of": "2019-06-07T00:05"})
    assert _to_do(_sources(received)) == []


def test_a_misplaced_form_that_came_again_in_its_own_folder_asks_for_nothing_more() -> None:
    same = {"sha256": f"{1:064x}", **RETURNED}
    received = submissions({**same, "folder": "KHTC", "path": "KHTC/a.xlsx"}, {**same, "path": "VP/a.xlsx"})
    misplaced = Finding("F108", facts={"folder": "KHTC", "division": "VP"})
    assert _to_do(_sources(received, findings={1: (misplaced,)}, answers={2: ANSWERS[1]})) == [
        f"VP: BM-02 2019-6T bị trả lại. Báo Phòng xem bản trả lại: {ANSWER}"
    ]


def test_what_another_day_judged_is_not_told_again() -> None:
    day = day_of(_sources(submissions({**RETURNED, "judged_as_of": "2019-06-05T00:05"})))
    assert (day.received, day.to_do) == ((), ())


def test_two_files_of_one_night_are_one_thing_to_ask_about() -> None:
    assert _to_do(_sources(submissions({}, {}))) == [
        (
            "VP: BM-02 2019-6T có 2 tệp trong một lượt (VP/tep 1.xlsx; VP/tep 2.xlsx). "
            "Hỏi Phòng `VP/tep 2.xlsx` có đúng là bản muốn nộp không."
        )
    ]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("open", "`a.xlsx` đang mở ở máy khác nên chưa nhận."),
        ("unsettled", "`a.xlsx` đang được ghi nên chưa nhận."),
        ("not_taken", "`a.xlsx` chưa đọc được."),
    ],
)
def test_a_file_that_waits_is_told_with_what_to_do(reason: str, words: str) -> None:
    (told,) = _to_do(_sources(submissions(), waiting={"a.xlsx": reason}))
    assert told.startswith(words)


def test_a_workbook_that_was_open_is_told_with_its_sibling() -> None:
    siblings = {"outbox/tong_hop/2019-6T.xlsx": "outbox/tong_hop/2019-6T_20190606-0005.xlsx"}
    (told,) = _to_do(_sources(submissions(), siblings=siblings))
    assert told.startswith(
        "`outbox/tong_hop/2019-6T.xlsx` đang mở ở máy khác nên bản mới là `outbox/tong_hop/2019-6T_20190606-0005.xlsx`."
    )


def _outstanding(*states: tuple[str, int], period: str = "2019-6T") -> Outstanding:
    rows = [("BM-02", f"P{place}", period, state, late) for place, (state, late) in enumerate(states)]
    return outstanding_forms(pd.DataFrame(rows, columns=["form", "division", "period", "state", "days_late"]))


def test_forms_that_are_overdue_or_returned_are_told_with_the_command() -> None:
    late = _outstanding(("missing", 3), ("missing", 0), ("returned", 0), ("empty", 0), ("late", 2), ("not_due", 0))
    assert _to_do(_sources(submissions(), outstanding=late)) == [
        (
            "Kỳ 2019-6T: 3 biểu mẫu quá hạn hoặc đang bị trả lại (BM-02 P0, BM-02 P3, BM-02 P2). "
            "Lập văn bản đôn đốc: qms remind --period 2019-6T"
        )
    ]


def test_very_many_that_are_outstanding_are_counted_by_form() -> None:
    (words,) = _to_do(_sources(submissions(), outstanding=_outstanding(*[("missing", 3)] * 31)))
    assert words.startswith("Kỳ 2019-6T: 31 biểu mẫu quá hạn hoặc đang bị trả lại (BM-02: 31 Phòng (P0, P1, P2, …)).")


def test_a_policy_that_is_issued_anew_is_told_with_the_command() -> None:
    """d3: the diary says that a new policy must be communicated."""
    facts = {"version": "CSCL-2", "approved_on": "ngày 15/4/2019", "due_on": "ngày 15/5/2019"}
    assert _to_do(
        _sources(submissions(), policies=[{**facts, "period": "2019-6T", "count": "2", "which": "A, B"}])
    ) == [
        (
            "CSCL-2 phê duyệt ngày 15/4/2019 phải được phổ biến lại đến từng người, BM-03 nộp trước ngày 15/5/2019: "
            "còn 2 Phòng, đơn vị chưa nộp (A, B). Cấp biểu mẫu in sẵn: qms issue --period 2019-6T"
        )
    ]


def test_very_many_files_of_one_form_are_one_line_and_one_thing_to_do() -> None:
    of_each = [{**RETURNED, "division": f"P{place:02d}", "path": f"P{place:02d}/a.xlsx"} for place in range(31)]
    day = day_of(_sources(submissions(*of_each)))
    page = day_page(day)
    assert "- BM-02 2019-6T: 31 bản của nhiều Phòng, kết quả: " in page
    assert "1. 31 Phòng: 31 bản bị trả lại (`P00/a.xlsx`, `P01/a.xlsx`, `P02/a.xlsx`, …). Báo Phòng xem" in page
    assert len(page.splitlines()) < 30
    assert len(day_data(day)["received"]) == 31


def test_a_check_that_fails_comes_first() -> None:
    told = _to_do(_sources(submissions(RETURNED), failed_checks={"2019-6T": 1}))
    assert [words.split(".")[0] for words in told] == [
        "Bảng tổng hợp 2019-6T có 1 phép đối chiếu KHÔNG ĐẠT (trang 10)", "VP: BM-02 2019-6T bị trả lại",
    ]  # fmt: skip


DECISION = {
    "decision_id": "4", "kind": "extended", "form": "BM-02", "division": "VP", "period": "2019-6T",
    "until": "2019-06-20", "reason": "chờ số liệu.", "document": "12/VP", "document_on": "2019-06-05",
    "revokes": "",
}  # fmt: skip
WHY = "Lý do: chờ số liệu. Văn bản: 12/VP, ngày 05/6/2019. (Ghi sổ số 4.)"


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (DECISION, f"Gia hạn BM-02 2019-6T của VP: nộp trước ngày 20/6/2019. {WHY}"),
        (
            {**DECISION, "kind": "exempted", "document": ""},
            "Miễn nộp BM-02 2019-6T của VP. Lý do: chờ số liệu. (Ghi sổ số 4.)",
        ),
        (
            {**DECISION, "kind": "withdrawn", "document_on": ""},
            "Rút BM-02 2019-6T của VP. Lý do: chờ số liệu. Văn bản: 12/VP. (Ghi sổ số 4.)",
        ),
        (
            {**DECISION, "kind": "presented", "form": "", "division": "", "reason": ""},
            "Đã trình Ban Chỉ đạo ISO Bảng tổng hợp 2019-6T. Văn bản: 12/VP, ngày 05/6/2019. (Ghi sổ số 4.)",
        ),
        ({**DECISION, "kind": "revoked", "revokes": "3"}, f"Bãi bỏ quyết định ghi sổ số 3 (2019-6T). {WHY}"),
    ],
    ids=lambda told: told["kind"] if isinstance(told, dict) else "",
)
def test_a_decision_of_the_day_is_told_in_words(decision: dict[str, str], words: str) -> None:
    page = day_page(day_of(_sources(submissions(), decisions=(decision,))))
    assert page.split("## Kết luận và quyết định\n\n")[1].splitlines()[0] == f"- {words}"


def test_the_same_bytes_again_are_told_as_recognised() -> None:
    seen = sightings({"sha256": f"{1:064x}", "path": "VP/tep 1 (1).xlsx", "not_after": "2019-06-06T00:05"})
    page = day_page(day_of(_sources(submissions({}), seen)))
    assert "- `VP/tep 1 (1).xlsx`: trùng với `VP/tep 1.xlsx`, đã nhận lúc 16:00 05/06/2019; không tính lần hai" in page


def test_the_first_problem_is_the_first_error_with_its_place() -> None:
    findings = (Finding("T201"), Finding("T205", "Kết quả", "B7", facts={"missing": "Kết quả"}), Finding("T201"))
    day = day_of(_sources(submissions(RETURNED), findings={1: findings}))
    assert "  - Lỗi đầu tiên (Kết quả!B7, T205): Biểu mẫu thiếu trang “Kết quả”." in day_page(day).splitlines()


def test_a_name_of_several_lines_stays_on_one() -> None:
    page = day_page(day_of(_sources(submissions({"path": "VP/a\n## b.xlsx"}))))
    assert "- `VP/a ## b.xlsx`: Hợp lệ" in page.splitlines()


def test_a_day_on_which_nothing_happened_says_so() -> None:
    assert day_page(day_of(_sources(submissions()))) == (
        "# Nhật ký ngày 06/6/2019\n\n"
        "Tệp mới: 0. Được chấp nhận: 0. Tệp trùng: 0. Tệp chưa nhận: 0. Việc cần làm: 0.\n\n"
        "## Việc cần làm\n\nKhông có việc gì phải làm.\n\n"
        "## Tệp nhận trong ngày\n\nKhông có tệp mới.\n\n"
        "## Tệp chưa nhận\n\nKhông có tệp nào chờ.\n\n"
        "## Kết luận và quyết định\n\nKhông có kết luận hay quyết định nào.\n\n"
        "## Thay đổi trong Bảng tổng hợp so với nhật ký trước\n\nKhông có thay đổi.\n"
    )


def test_the_data_say_what_the_page_says() -> None:
    day = day_of(_sources(submissions(RETURNED), waiting={"a.xlsx": "open"}, answers=ANSWERS))
    data = day_data(day)
    keys = ["day", "to_do", "received", "seen_again", "waiting", "decisions", "moved", "faults"]
    assert list(data) == [*keys, "has_typed_time", "outages", "verdicts"]
    assert [one["matter"] for one in data["to_do"]] == ["returned", "open"]
    assert data["received"][0]["answers"] == ("outbox/phan_hoi/VP/tep 1__0.xlsx",)
    assert data["verdicts"]["returned"] == 1
