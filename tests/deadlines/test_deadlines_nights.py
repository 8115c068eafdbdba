"""The deadline from the file on the disk to the state: nights, decisions between them, and the workbook."""

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

from deadline_nights import HALF_YEAR, only
from openpyxl import load_workbook

from pipeline.cli import main
from pipeline.desk.recording import Duty, Grounds, decide, present, revoke
from pipeline.desk.status import Obligation, obligations_of
from pipeline.findings import DecisionKind
from pipeline.nightly import RunOptions, run_night
from pipeline.settings import Period
from pipeline.workspace import Workspace, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

REGISTER = Duty("BM-04", "TCT", "2019-6T")
FRIDAY, MONDAY = "2019-06-07T17:00", "2019-06-10T07:45"


def _run(office: Workspace, *nights: str) -> None:
    """Nights of which no workbook is looked at."""
    with only():
        for night in nights:
            run_night(office, dt.datetime.fromisoformat(night), RunOptions(workers=1))


def _publish(office: Workspace, night: str) -> None:
    """A night after which the half year's workbook is looked at."""
    with only(HALF_YEAR):
        run_night(office, dt.datetime.fromisoformat(night), RunOptions(workers=1))


def _obligation(office: Workspace, at: str) -> Obligation:
    settings = load_settings(office).settings
    every = obligations_of(office, settings, Period.parse("2019-6T"), dt.datetime.fromisoformat(at))
    return next(one for one in every if one.form == "BM-04")


def _grounds(at: str, reason: str = "lũ lụt") -> Grounds:
    return Grounds(dt.datetime.fromisoformat(at), reason)


def _outcome(one: Obligation) -> tuple[str, int, str | None]:
    return one.state, one.days_late, one.decided_by


def _row(office: Workspace, period: str = "2019-6T") -> dict[str, Any]:
    """TCT's row of sheet 2."""
    sheet = load_workbook(office.outbox / "tong_hop" / f"{period}.xlsx", data_only=True)["2 Tình hình nộp"]
    first, last = str(sheet.tables["tinh_hinh_nop"].ref).split(":")
    header, *rows = [[cell.value for cell in row] for row in sheet[first:last]]
    return next(line for row in rows if (line := dict(zip(header, row, strict=True)))["Mã Phòng"] == "TCT")


def test_the_stamp_decides_for_a_pc_off_from_friday_to_monday(office: Workspace, drop: "Callable[..., None]") -> None:
    _run(office, FRIDAY)
    drop("2019-06-09T16:00")
    _publish(office, MONDAY)
    obligation = _obligation(office, MONDAY)
    assert _outcome(obligation) == ("on_time", 0, "stamp")
    times = [
        moment and moment.isoformat() for moment in (obligation.not_before, obligation.not_after, obligation.arrived_at)
    ]
    assert times == ["2019-06-07T17:00:00", "2019-06-10T07:45:00", "2019-06-09T16:00:00"]
    assert (_row(office)["Tình trạng"], _row(office)["Ghi chú"]) == (
        "Nộp đúng hạn",
        "Căn cứ thời điểm lưu ghi trên tệp.",
    )


def test_what_was_absent_at_midnight_is_late_whatever_its_stamp(office: Workspace, drop: "Callable[..., None]") -> None:
    _run(office, "2019-06-10T00:00")
    drop("2019-06-09T12:00")
    _run(office, "2019-06-10T00:05")
    assert _outcome(_obligation(office, "2019-06-10T00:05")) == ("late", 1, "interval")


def test_of_the_first_look_the_stamp_decides(office: Workspace, drop: "Callable[..., None]") -> None:
    drop("2019-06-09T16:00")
    _run(office, MONDAY)
    obligation = _obligation(office, MONDAY)
    assert (*_outcome(obligation), obligation.not_before) == ("on_time", 0, "stamp", None)


def test_an_extension_is_told_by_the_next_run_and_lets_a_later_form_be_in_time(
    office: Workspace, drop: "Callable[..., None]"
) -> None:
    _run(office, "2019-06-10T00:05")
    assert _outcome(_obligation(office, "2019-06-10T00:05")) == ("missing", 1, None)
    decide(office, DecisionKind.EXTENDED, REGISTER, _grounds("2019-06-10T09:00"), dt.date(2019, 6, 20))
    _publish(office, "2019-06-11T00:05")
    row = _row(office)
    assert (row["Tình trạng"], row["Nộp trước ngày"], row["Hạn gốc"], row["Số ngày trễ"], row["Ghi chú"]) == (
        "Được gia hạn",
        dt.datetime(2019, 6, 20),
        dt.datetime(2019, 6, 10),
        0,
        "Gia hạn đến trước ngày 20/6/2019. Lý do: lũ lụt. (Ghi sổ số 1.)",
    )
    drop("2019-06-11T16:00")
    _run(office, "2019-06-12T00:05")
    assert _outcome(_obligation(office, "2019-06-12T00:05")) == ("on_time", 0, "interval")


def test_what_was_taken_back_no_longer_counts_until_it_comes_again(
    office: Workspace, drop: "Callable[..., None]"
) -> None:
    _run(office, "2019-06-07T00:05")
    drop("2019-06-07T16:00")
    _run(office, "2019-06-08T00:05")
    decide(office, DecisionKind.WITHDRAWN, REGISTER, _grounds("2019-06-08T09:00", "nộp nhầm"))
    _publish(office, "2019-06-10T00:05")
    assert _outcome(_obligation(office, "2019-06-10T00:05")) == ("withdrawn", 1, None)
    assert _row(office)["Tình trạng"] == "Đã rút, chưa nộp lại"
    drop("2019-06-10T16:00", prepared_by="Lê Văn Tám")
    _run(office, "2019-06-11T00:05")
    obligation = _obligation(office, "2019-06-11T00:05")
    assert (*_outcome(obligation), obligation.submission_id) == ("late", 1, "interval", 2)


def test_a_past_day_is_told_as_it_was_known_then(office: Workspace, drop: "Callable[..., None]") -> None:
    _run(office, "2019-06-07T00:05")
    drop("2019-06-07T16:00")
    _run(office, "2019-06-08T00:05")
    decide(office, DecisionKind.WITHDRAWN, REGISTER, _grounds("2019-06-08T09:00"))
    assert _obligation(office, "2019-06-08T08:00").state == "on_time"
    assert _obligation(office, "2019-06-08T09:00").state == "withdrawn"


def test_a_revoked_decision_never_was(office: Workspace) -> None:
    _run(office, "2019-06-10T00:05")
    number = decide(office, DecisionKind.EXEMPTED, REGISTER, _grounds("2019-06-10T09:00")).number
    _publish(office, "2019-06-11T00:05")
    assert _row(office)["Tình trạng"] == "Được miễn nộp"
    revoke(office, number, _grounds("2019-06-11T09:00", "ghi nhầm"))
    _publish(office, "2019-06-12T00:05")
    assert (_row(office)["Tình trạng"], _row(office)["Số ngày trễ"], _row(office)["Ghi chú"]) == ("Chưa nộp", 3, None)


def test_a_run_waits_for_no_date_of_a_decision(office: Workspace) -> None:
    decide(office, DecisionKind.EXEMPTED, REGISTER, _grounds("2019-06-10T09:00"))
    with only(HALF_YEAR):
        assert main(["run", "--workspace", str(office.root), "--as-of", "2019-06-10T08:00"]) == 0
    assert _obligation(office, "2019-06-10T08:00").state == "exempt"


def test_in_january_the_diary_still_names_what_last_year_left_open(office: Workspace) -> None:
    """d17: what never came, and what was taken back, is to be done until it is settled, whatever the calendar says."""
    _publish(office, "2019-06-12T00:05")
    _publish(office, "2020-01-04T00:05")
    _publish(office, "2020-01-05T00:05")
    page = (office.outbox / "nhat_ky" / "2020-01-05.md").read_text(encoding="utf-8")
    owed, *unchecked = [line for line in page.splitlines() if line[:1].isdigit()]
    assert owed.split(" (")[0] == "1. Kỳ 2019-6T: 11 biểu mẫu quá hạn hoặc đang bị trả lại"
    assert all("ghi một dòng ở trang Kiểm tra công bố rồi nộp lại BM-04" in line for line in unchecked)


def test_what_was_presented_is_kept_and_what_comes_later_corrects_it(desk: Workspace) -> None:
    """m7: the bytes stay, in the archive and beside; the period's workbook becomes correction number 1."""
    presented = (desk.outbox / "tong_hop" / "2019-6T.xlsx").read_bytes()
    paper = Grounds(dt.datetime(2019, 6, 9, 9), document="12/TB-BCĐ", document_on=dt.date(2019, 6, 9))
    recorded = present(desk, Period.parse("2019-6T"), paper)
    sha256 = hashlib.sha256(presented).hexdigest()
    assert recorded.decision.sha256 == sha256
    beside = desk.outbox / "tong_hop" / f"2019-6T_da_trinh_{sha256[:8]}.xlsx"
    assert [path.read_bytes() for path in (desk.archive / "presented" / f"{sha256}.xlsx", beside)] == [presented] * 2
    _publish(desk, "2019-06-09T12:05")
    assert "13 Đính chính" not in _sheets(desk)
    decide(desk, DecisionKind.WITHDRAWN, REGISTER, _grounds("2019-06-09T13:00"))
    _publish(desk, "2019-06-12T00:05")
    assert _sheets(desk)[-1] == "13 Đính chính"
    assert beside.read_bytes() == presented


def _sheets(office: Workspace) -> list[str]:
    return load_workbook(office.outbox / "tong_hop" / "2019-6T.xlsx").sheetnames
