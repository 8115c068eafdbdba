"""Sheets 7 and 8 again: who knows the policy, and whether the declaration is valid."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from recompute_inputs import Inputs, Row, Submission, Value
from recompute_objectives import Cells, days_after
from recompute_owed import arrived_on, covers, obligations
from recompute_status import day

UNDERSTOOD, NOT_UNDERSTOOD, ABSENT = "Đã hiểu", "Chưa hiểu", "Vắng mặt"
NO_RECORD, JOINED_LATER, NOT_LISTED = "Chưa phổ biến", "Mới đến, chưa phổ biến", "Ngoài danh sách"
IN_FORCE_IN_2019 = "CSCL-2019/01"
FORMER = "Mới hiểu bản CSCL trước"
EXPECTED = (UNDERSTOOD, NOT_UNDERSTOOD, ABSENT, NO_RECORD, FORMER)
KNOWLEDGE = (*EXPECTED, JOINED_LATER, NOT_LISTED)

PROVED, NOT_PROVED = "Đã có", "Chưa thực hiện"
CHECKED, NOT_CHECKED, CHECK_NOT_DUE = "Đã kiểm tra", "Chưa kiểm tra", "Chưa đến hạn"
OUTDATED, NOT_OUTDATED = "Không còn áp dụng", "Không phải đổi"
_REFERENCE = "Quyết định, căn cứ, kết quả"
_POSTED = {"niêm yết": "Niêm yết tại trụ sở", "đăng tải": "Đăng tải trên Cổng thông tin điện tử"}
DECLARED, NOT_DECLARED = "Đã công bố lại", "Chưa công bố lại"
IN_FORCE, REPLACED = "Còn hiệu lực", "Đã được thay thế"
_PROOFS = (
    ("Quyết định công bố", "decision_no", "decision_on"),
    ("Thông báo bằng văn bản", "notice_no", "notice_on"),
    ("Niêm yết tại trụ sở", "posted_at", "posted_on"),
    ("Đăng tải trên Cổng thông tin điện tử", "published_url", "published_on"),
)
_STEPS = {
    "internal_audit_on": "Đánh giá nội bộ",
    "management_review_on": "Xem xét của lãnh đạo",
    "effectiveness_confirmed_on": "Xác nhận hiệu lực",
    "decision_on": "Quyết định công bố",
    "notice_on": "Thông báo bằng văn bản",
    "posted_on": "Niêm yết tại trụ sở",
    "published_on": "Đăng tải trên Cổng thông tin điện tử",
}


def people(inputs: Inputs, period: str) -> list[Cells]:
    """The rows of sheet 7: who is expected on BM-03's due date, later joiners not yet informed, people off the list.

    Everyone appears once: who moved to another division stands where they were on the due date.
    """
    plan_period = f"{period[:4]}-KH"
    due = inputs.due_on("BM-03", plan_period)
    owing = [one.division for one in obligations(inputs, plan_period) if one.form == "BM-03"]
    forms = {division: inputs.in_force("BM-03", division, plan_period) for division in owing}
    informed = {code for form in forms.values() for code, row in _told(form).items() if _knows(row)}
    everyone = {str(one["staff_code"]) for one in inputs.staff if one["division"] in forms and covers(one, due)}
    rows = []
    for division, form in forms.items():
        told = _told(form)
        listed = [one for one in inputs.staff if one["division"] == division]
        expected = {str(one["staff_code"]): one for one in listed if covers(one, due)}
        rows += [_person(division, member, form, told.get(code)) for code, member in expected.items()]
        rows += [
            {**_person(division, one, None, None), "Tình trạng": JOINED_LATER}
            for one in listed
            if _joined_later(one, due, inputs.today) and one["staff_code"] not in informed | everyone
        ]
        off_list = [row for code, row in told.items() if code not in expected]
        rows += [{**_person(division, row, form, row), "Tình trạng": NOT_LISTED} for row in off_list]
    return rows


def _told(form: Submission | None) -> Mapping[str, Row]:
    """The rows of a BM-03 by person; who is not on the staff list has a name and no code."""
    rows = form.tables["staff_code"] if form else ()
    return {str(row["staff_code"] or row["full_name"]): row for row in rows}


def _joined_later(member: Row, due: dt.date, today: dt.date) -> bool:
    since = day(member, "valid_from")
    return since is not None and since > due and covers(member, today)


def _knows(row: Row) -> bool:
    return row["understood"] == "có" and row["absence"] is None


def _knowledge(told: Row | None) -> str:
    if told is None or (told["absence"] is None and told["understood"] is None):
        return NO_RECORD
    if told["absence"] is not None:
        return ABSENT
    if _knows(told) and told["policy_version"] != IN_FORCE_IN_2019:
        return FORMER
    return UNDERSTOOD if _knows(told) else NOT_UNDERSTOOD


def _person(division: str, member: Row, form: Submission | None, told: Row | None) -> Cells:
    row: Mapping[str, Value] = told or {}
    return {
        "Mã Phòng": division,
        "Họ và tên": member.get("name") or member.get("full_name"),
        "Mã cán bộ": member["staff_code"],
        "Tình trạng": _knowledge(told),
        "Chức vụ": member["position"],
        "Đối tượng": member["category"],
        "Ngày phổ biến": row.get("communicated_on"),
        "Hình thức phổ biến": row.get("channel"),
        "Cách xác nhận": row.get("how_checked"),
        "Phiên bản CSCL": row.get("policy_version"),
        "Vắng mặt": row.get("absence"),
        "Ghi chú": row.get("note"),
        "Nguồn": form.source.number if form and told else None,
        "Vị trí trong tệp gốc": row.get("understood@") if form and told else None,
    }


def coverage(inputs: Inputs, listed: Sequence[Cells]) -> Iterator[Cells]:
    """Coverage of each division that owes BM-03: understood / everyone expected, absent people included."""
    for division in dict.fromkeys(str(one["Mã Phòng"]) for one in listed):
        of_division = [one for one in listed if one["Mã Phòng"] == division]
        yield {
            "Mã Phòng": division,
            "Phòng, đơn vị": inputs.divisions[division]["name"],
            **coverage_counts(of_division),
        }


def coverage_counts(listed: Sequence[Cells]) -> Cells:
    """People by what they know, and the share that understood."""
    counts = {word: sum(one["Tình trạng"] == word for one in listed) for word in KNOWLEDGE}
    expected = sum(counts[word] for word in EXPECTED)
    return {
        "Có trong danh sách": Fraction(expected),
        **{word: Fraction(count) for word, count in counts.items()},
        "Tỷ lệ": Fraction(counts[UNDERSTOOD], expected) if expected else None,
    }


def register(inputs: Inputs) -> Submission | None:
    """BM-04 is one register of the whole history: the latest accepted one counts, whatever period it came for."""
    accepted = (one for one in inputs.submissions if one.form == "BM-04" and one.is_accepted)
    return max(accepted, key=lambda one: (arrived_on(one), one.period, one.source.version), default=None)


def declarations(inputs: Inputs) -> list[Cells]:
    """Every declaration; in force is the one that none replaces."""
    held = register(inputs)
    rows = held.rows("decision_no").values() if held else ()
    replaced = _replaced(rows)
    return [
        {
            "Số Quyết định công bố": row["decision_no"],
            "Phạm vi áp dụng": row["scope"],
            "Ngày Quyết định": row["decision_on"],
            "Hiệu lực": REPLACED if row["decision_no"] in replaced else IN_FORCE,
            "Loại công bố": row["kind"],
            "Số lĩnh vực": row["fields_count"],
            "Số TTHC": row["procedures_count"],
            "Thay thế Quyết định số": row["replaces"],
            "Tiêu chuẩn": row["standard"],
            "Tiêu chuẩn còn áp dụng": OUTDATED if _is_outdated(inputs, row, replaced) else NOT_OUTDATED,
            **_origin(held, row, "decision_no"),
        }
        for row in rows
    ]


def _replaced(rows: Iterable[Row]) -> set[str]:
    """The decisions that are replaced; after a merger one replaces several, written apart by a semicolon."""
    return {number.strip() for row in rows for number in str(row["replaces"] or "").split(";") if number.strip()}


def _is_outdated(inputs: Inputs, row: Row, replaced: set[str]) -> bool:
    """Whether a declaration in force is by a standard that the settings apply no more."""
    own = [each for each in inputs.settings["standards"] if each["designation"] == row["standard"]]
    applied = any(
        each.get("valid_from", dt.date.min) <= inputs.today <= each.get("valid_to", dt.date.max) for each in own
    )
    return row["decision_no"] not in replaced and bool(own) and not applied


def _origin(held: Submission | None, row: Row, tag: str) -> Cells:
    return {"Nguồn": held.source.number if held else None, "Vị trí trong tệp gốc": row[f"{tag}@"]}


def proofs(inputs: Inputs) -> list[Cells]:
    """The four proofs of the declaration in force: decision, notice, posting, portal."""
    held = register(inputs)
    rows = list(held.rows("decision_no").values()) if held else []
    replaced = _replaced(rows)
    own = [
        {
            "Minh chứng": name,
            "Số văn bản, nơi, địa chỉ": row[reference],
            "Ngày": day(row, done_on),
            "Tình trạng": PROVED if day(row, done_on) else NOT_PROVED,
            "Số ngày sau Quyết định": days_after(day(row, done_on) or inputs.today, day(row, "decision_on")),
            **_origin(held, row, done_on),
        }
        for row in rows
        if row["decision_no"] not in replaced
        for name, reference, done_on in _PROOFS
    ]
    in_force = {str(row["decision_no"]): row for row in rows if row["decision_no"] not in replaced}
    further = [row for row in (held.tables["of_decision"] if held else ()) if row["of_decision"] in in_force]
    return own + [
        {
            "Minh chứng": _POSTED[str(row["posted_by"])],
            "Số văn bản, nơi, địa chỉ": row["place"],
            "Ngày": day(row, "done_on"),
            "Tình trạng": PROVED if day(row, "done_on") else NOT_PROVED,
            "Số ngày sau Quyết định": days_after(
                day(row, "done_on") or inputs.today, day(in_force[str(row["of_decision"])], "decision_on")
            ),
            **_origin(held, row, "done_on"),
        }
        for row in further
    ]


def postings(inputs: Inputs) -> list[Cells]:
    """Every further place of posting."""
    held = register(inputs)
    return [
        {
            "Hình thức công khai": row["posted_by"],
            "Trụ sở hoặc địa chỉ": row["place"],
            "Ngày thực hiện": day(row, "done_on"),
            "Tình trạng": PROVED if day(row, "done_on") else NOT_PROVED,
            "Của Quyết định công bố số": row["of_decision"],
            **_origin(held, row, "done_on"),
        }
        for row in (held.tables["of_decision"] if held else ())
    ]


def checks(inputs: Inputs) -> list[Cells]:
    """Every check of what is declared."""
    held = register(inputs)
    return [
        {
            "Người kiểm tra": row["checked_by"],
            "Kết quả kiểm tra": row["check_result"],
            "Ngày kiểm tra": row["checked_on"],
            **_origin(held, row, "checked_on"),
        }
        for row in (held.tables["checked_on"] if held else ())
    ]


def check_periods(inputs: Inputs, period: str) -> list[Cells]:
    """The halves of the year up to the period: whether anything was checked in each."""
    year, made, rows = int(period[:4]), checks(inputs), []
    halves = {"6T": ("6 tháng đầu năm", range(1, 7)), "CN": ("6 tháng cuối năm", range(7, 13))}
    for kind in {"KH": (), "6T": ("6T",), "CN": ("6T", "CN")}[period[5:]]:
        words, months = halves[kind]
        own = [row for row in made if (on := day(row, "Ngày kiểm tra")) and on.year == year and on.month in months]
        last = max(own, key=lambda row: str(row["Ngày kiểm tra"]), default=None)
        is_due = inputs.today >= inputs.due_on("BM-04", f"{year}-{kind}")
        rows.append(
            {
                "Kỳ": f"{words} {year}",
                "Kết quả kiểm tra lần cuối": last["Kết quả kiểm tra"] if last else None,
                "Ngày": last["Ngày kiểm tra"] if last else None,
                "Tình trạng": CHECKED if own else NOT_CHECKED if is_due else CHECK_NOT_DUE,
                "Số lần kiểm tra": Fraction(len(own)),
            }
        )
    return rows


def scope_changes(inputs: Inputs) -> list[Cells]:
    """Every change of scope; one without a re-declaration waits since it took effect."""
    held = register(inputs)
    rows = held.tables["scope_change"] if held else ()
    return [
        {
            "Loại thay đổi": row["scope_change"],
            "Phạm vi mới": row["new_scope"],
            "Ngày có hiệu lực": row["effective_on"],
            "Công bố lại": DECLARED if row["declared_in"] else NOT_DECLARED,
            "Số ngày chờ": Fraction(0) if row["declared_in"] else days_after(inputs.today, day(row, "effective_on")),
            "Số TTHC thêm": row["procedures_added"],
            "Số TTHC bớt": row["procedures_removed"],
            "Đã công bố lại tại Quyết định số": row["declared_in"],
            "Phạm vi cũ": row["old_scope"],
            "Căn cứ": row["legal_basis"],
            **_origin(held, row, "effective_on"),
        }
        for row in rows
    ]


def timeline(inputs: Inputs) -> list[Cells]:
    """Every day of the register, one row each."""
    held = register(inputs)
    if held is None:
        return []
    dated = [
        {"Việc": step, _REFERENCE: row["decision_no"], "Ngày": row[field], **_origin(held, row, field)}
        for row in held.tables["decision_no"]
        for field, step in _STEPS.items()
        if day(row, field)
    ]
    changed = [
        {
            "Việc": "Thay đổi phạm vi, tiêu chuẩn có hiệu lực",
            _REFERENCE: row["legal_basis"],
            "Ngày": row["effective_on"],
            **_origin(held, row, "effective_on"),
        }
        for row in held.tables["scope_change"]
    ]
    further = [
        {
            "Việc": "Niêm yết, đăng tải ở nơi khác",
            _REFERENCE: row["of_decision"],
            "Ngày": row["done_on"],
            **_origin(held, row, "done_on"),
        }
        for row in held.tables["of_decision"]
        if day(row, "done_on")
    ]
    made = [
        {
            "Việc": "Kiểm tra việc công bố",
            _REFERENCE: row["check_result"],
            "Ngày": row["checked_on"],
            **_origin(held, row, "checked_on"),
        }
        for row in held.tables["checked_on"]
    ]
    rows = sorted(dated + further + made + changed, key=lambda row: str(row["Ngày"]))
    return [
        {**row, "Số ngày sau việc trước": _days_between(rows[place - 1] if place else row, row)}
        for place, row in enumerate(rows)
    ]


def _days_between(before: Cells, after: Cells) -> Fraction:
    then, now = day(before, "Ngày"), day(after, "Ngày")
    return Fraction((now - then).days) if then and now else Fraction(0)
