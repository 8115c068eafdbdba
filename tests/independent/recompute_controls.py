"""Sheet 10 again: what each line must say, by the words that it has; a file's rows by its archived form."""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from recompute_agency import divisions_in, parts_of, pooled_value
from recompute_inputs import Submission
from recompute_objectives import TASK_STATUSES, before, outcomes
from recompute_overview import (
    COUNT,
    JUDGED,
    REACHED,
    Recomputed,
    agency_missed,
    by_period,
    counted,
    figures,
    overdue,
    reached_and_judged,
    reported_periods,
)
from recompute_owed import STATES, obligations
from recompute_registers import EXPECTED, KNOWLEDGE, NOT_CHECKED, NOT_DECLARED, OUTDATED, PROVED
from recompute_shifts import CHANGED, DROPPED, LOWERED, shift_counts
from recompute_status import BEATEN, MET, NO_CASE, NO_DATA, NO_LONGER, NO_REPORT, NOT_YET, STATUSES, UNMET, number
from recompute_trends import year_before
from recompute_unmet import ended_rows, finals

Line = tuple[Fraction, Fraction | None]
"""A count, and a control sum where there is one."""
_AGAIN = ", xét lại từ số liệu đã nhận"
_SHEETS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Mục tiêu": ("code", ("target",)),
    "Kết quả": ("code", ("numerator", "denominator")),
    "Kế hoạch": ("task_code", ()),
    "Khắc phục": ("origin", ()),
    "Tiến độ kế hoạch": ("task_code", ()),
    "Phổ biến CSCL": ("staff_code", ()),
    "Công bố": ("decision_no", ("procedures_count",)),
    "Niêm yết, đăng tải khác": ("of_decision", ()),
    "Kiểm tra công bố": ("checked_on", ()),
    "Thay đổi phạm vi": ("scope_change", ("procedures_added", "procedures_removed")),
}
"""The key of each sheet's rows, and what of them is added up."""
_VERDICTS = ("Hợp lệ", "Hợp lệ, có lưu ý", "Trả lại", "Không đọc được", "Không phải biểu mẫu", "Lỗi phần mềm")


OF_HEADLINE = "Con số trong câu mở đầu, tính lại từ số liệu đã nhận"
FINALS = "Kết quả cả năm trước được sửa theo số chính thức"


def rows_of(submission: Submission, sheet: str) -> Line:
    """How many used rows a sheet of an archived form has, and their control sum."""
    key, summed = _SHEETS[sheet]
    rows = submission.tables.get(key, ())
    total = sum((number(row, name) or Fraction(0) for row in rows for name in summed), Fraction(0))
    return Fraction(len(rows)), total if summed else None


def lines(one: Recomputed) -> Mapping[str, Line]:
    """Every line that is no file's, by its words."""
    plain = {**_objectives(one), **_people(one), **_tasks(one), **_files(one), **_forms(one), **_headline(one)}
    return {
        **{words: (Fraction(count), None) for words, count in plain.items()},
        **dict(_agency(one)),
        **_finals(one),
    }


def _objectives(one: Recomputed) -> Mapping[str, int]:
    counts, registered = one.status_counts(), len(one.registered)
    names = {
        f"Mục tiêu đạt{_AGAIN}": (MET, BEATEN),
        f"Mục tiêu không đạt{_AGAIN}": (UNMET,),
        f"Mục tiêu đạt theo ước{_AGAIN}": ("Đạt (theo ước)",),
        f"Mục tiêu không đạt theo ước{_AGAIN}": ("Không đạt (theo ước)",),
        f"Mục tiêu chưa đến kỳ đánh giá{_AGAIN}": (NOT_YET,),
        "Mục tiêu chưa đủ số liệu": (NO_DATA,),
        "Mục tiêu không phát sinh": (NO_CASE,),
        "Mục tiêu không còn áp dụng": (NO_LONGER,),
        "Mục tiêu chưa có báo cáo": (NO_REPORT,),
        "Trong bảng này: số mục tiêu theo trạng thái cộng lại bằng tổng số": STATUSES,
        "Trong bảng này: số mục tiêu theo Phòng cộng lại bằng tổng số": STATUSES,
    }
    now, moved = counted(one.unmet, "Kỳ phát sinh", "Kỳ này"), shift_counts(one.inputs, one.period)
    return {
        **{words: sum(counts[status] for status in statuses) for words, statuses in names.items()},
        "Mục tiêu đã đăng ký ở BM-01 còn hiệu lực": registered,
        "Mục tiêu ngừng áp dụng trong năm": len(one.ended),
        "Mục tiêu ngừng áp dụng theo văn bản, mọi năm": len(list(ended_rows(one.inputs, one.period, "20"))),
        "Mục tiêu có dòng báo cáo kết quả": sum(held.result is not None for held in one.outcomes),
        **({} if one.period.endswith("-KH") else {"Mục tiêu của kỳ có mặt ở trang 9": len(one.outcomes)}),
        "Mục tiêu được theo dõi qua các kỳ ở trang 9": len(one.outcomes),
        "Việc khắc phục cho mục tiêu không đạt của kỳ": now,
        "Việc khắc phục của kỳ trước chưa hoàn thành": len(one.unmet) - now,
        "Việc khắc phục quá hạn": len(overdue(one.unmet)),
        "Chỉ tiêu bị hạ so với BM-01 trước": moved[LOWERED],
        "Chỉ tiêu đổi cách đo so với BM-01 trước": moved[CHANGED],
        "Mục tiêu bị bỏ ở BM-01 sau": moved[DROPPED],
    }


def _people(one: Recomputed) -> Mapping[str, int]:
    words = {
        "Người đã hiểu CSCL": "Đã hiểu",
        "Người chưa hiểu CSCL": "Chưa hiểu",
        "Người vắng mặt khi phổ biến CSCL": "Vắng mặt",
        "Người trong danh sách chưa được phổ biến CSCL": "Chưa phổ biến",
        "Người mới hiểu bản CSCL trước": "Mới hiểu bản CSCL trước",
        "Người đến sau, chưa được phổ biến CSCL": "Mới đến, chưa phổ biến",
    }
    assert {*words.values()} < {*KNOWLEDGE}
    return {
        **{line: counted(one.people, "Tình trạng", state) for line, state in words.items()},
        "Người phải được phổ biến CSCL theo danh sách": counted(one.people, "Tình trạng", *EXPECTED),
        "Phòng phải phổ biến CSCL": len({row["Mã Phòng"] for row in one.people}),
        "Minh chứng của Quyết định công bố còn hiệu lực": len(one.proofs),
        "Minh chứng của Quyết định công bố đã có": counted(one.proofs, "Tình trạng", PROVED),
        "Thay đổi phạm vi chưa công bố lại": counted(one.scope_changes, "Công bố lại", NOT_DECLARED),
        "Kỳ đến hạn chưa kiểm tra việc công bố": counted(one.check_periods, "Tình trạng", NOT_CHECKED),
        "Quyết định còn hiệu lực theo tiêu chuẩn đã hết hiệu lực": counted(
            one.declarations, "Tiêu chuẩn còn áp dụng", OUTDATED
        ),
        "Mốc thời gian của sổ theo dõi công bố": len(one.timeline),
    }


def _tasks(one: Recomputed) -> Mapping[str, int]:
    states = {f"Nhiệm vụ {status[0].lower()}{status[1:]}": status for status in TASK_STATUSES}
    return {
        "Nhiệm vụ của kế hoạch còn hiệu lực": len(one.tasks),
        **{line: counted(one.tasks, "Tình trạng", status) for line, status in states.items()},
        "Nhiệm vụ quá hạn": len(overdue(one.tasks)),
    }


def _files(one: Recomputed) -> Mapping[str, int]:
    own = [source for source in one.inputs.sources if source.number]
    verdicts = Counter(source.verdict for source in own)
    used = {part.source.sha256 for held in one.outcomes for part in (held.plan, held.report) if part}
    listed = {row["Nguồn"] for rows in (one.people, one.declarations, one.scope_changes) for row in rows}
    earlier = [held for period in reported_periods(one) for held in outcomes(one.inputs, period)]
    history = {part.source.sha256 for held in earlier for part in (held.plan, held.report) if part}
    needed = [s for s in own if s.sha256 in used or s.number in listed or s.sha256 in history]
    return {
        **{f"Tệp có kết quả xét: {verdict}": verdicts[verdict] for verdict in _VERDICTS},
        "Tệp không dùng": len(own) - len(needed),
    }


def _forms(one: Recomputed) -> Mapping[str, int]:
    states, forms = Counter(owed.state for owed in one.owed), Counter(owed.form for owed in one.owed)
    rows: dict[str, int] = {}
    for period, row in by_period(one).items():
        reached, missed, in_time = (row[name] for name in ("Đạt (gồm vượt)", "Không đạt", "Nộp đúng hạn"))
        rows[f"Mục tiêu đạt ở kỳ {period}{_AGAIN}"] = int(reached or 0)  # type: ignore[call-overload]
        rows[f"Mục tiêu không đạt ở kỳ {period}{_AGAIN}"] = int(missed or 0)  # type: ignore[call-overload]
        rows[f"Biểu mẫu nộp đúng hạn ở kỳ {period}"] = int(in_time or 0)  # type: ignore[call-overload]
        if period != one.period:
            owed = obligations(one.inputs, period)
            rows[f"Biểu mẫu phải nộp của kỳ {period}"] = sum(each.period == period for each in owed)
            reported = int(row["Mục tiêu có báo cáo"] or 0)  # type: ignore[call-overload]
            rows[f"Dòng kết quả của các báo cáo còn hiệu lực kỳ {period}"] = reported
    return {
        **{f"Biểu mẫu ở tình trạng: {state}": states[state] for state in STATES},
        **{f"Biểu mẫu {form} phải nộp đã đến hạn": forms[form] for form in ("BM-01", "BM-02", "BM-03", "BM-04")},
        **rows,
    }


def _headline(one: Recomputed) -> Mapping[str, int]:
    count = {label: number(row, COUNT) or Fraction(0) for label, row in figures(one).items()}
    reached, judged = reached_and_judged(one.status_counts())
    owed = sum(state != "Được miễn nộp" for state in one.state_counts().elements())
    words = {
        "mục tiêu đã đăng ký": len(one.registered),
        "Phòng đã đăng ký": len({held.division for held in one.registered}),
        "mục tiêu đạt": reached,
        "mục tiêu đến kỳ đánh giá": judged,
        "mục tiêu không đạt": judged - reached,
        "mục tiêu đạt (theo ước)": one.status_counts()["Đạt (theo ước)"],
        "mục tiêu không đạt (theo ước)": one.status_counts()["Không đạt (theo ước)"],
        "biểu mẫu phải nộp": owed,
        "biểu mẫu nộp đúng hạn": int(count["Biểu mẫu nộp đúng hạn"]),
        "biểu mẫu nộp trễ": int(count["Biểu mẫu nộp trễ"]),
        "biểu mẫu chưa có bản hợp lệ": int(count["Biểu mẫu của kỳ chưa có bản hợp lệ"]),
        "biểu mẫu chưa đến hạn": one.state_counts()["Chưa đến hạn"] + one.state_counts()["Được gia hạn"],
        "mục tiêu chung của Sở không đạt": len(agency_missed(one)),
    }
    then = by_period(one).get(year_before(one.period))
    for word, name in (("mục tiêu đạt", REACHED), ("mục tiêu đến kỳ đánh giá", JUDGED)) if then else ():
        words[f"{word} cùng kỳ năm trước"] = int(number(then or {}, name) or 0)
    return {f"{OF_HEADLINE}: {word}": count for word, count in words.items()}


def _finals(one: Recomputed) -> Mapping[str, Line]:
    """How many results of last year the reports of this one correct, and the sum of what they say."""
    told = finals(one.inputs, one.period)
    total = sum((each for each in told.values() if isinstance(each, Fraction)), Fraction(0))
    return {FINALS: (Fraction(len(told)), total)} if before(one.inputs, one.period) else {}


def _agency(one: Recomputed) -> Iterator[tuple[str, Line]]:
    for agency in one.inputs.settings["agency_objectives"]:
        code, parts = agency["code"], parts_of(one, agency["code"])
        halves = [number(held.result or {}, name) for held in parts for name in ("numerator", "denominator")]
        total = sum((half for half in halves if half is not None), Fraction(0))
        yield f"Mục tiêu của các Phòng phục vụ mục tiêu chung {code}", (Fraction(len(parts)), total)
        given, _ = divisions_in(parts)
        value = pooled_value(agency, parts) or Fraction(0)
        words = f"Phòng đã có số liệu và kết quả gộp của mục tiêu chung {code}, gộp lại từ số liệu đã nhận"
        yield words, (Fraction(given), value)
