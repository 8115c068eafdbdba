"""The secretary's page of the day: what the demo's nights leave, one page a day, the same bytes when nothing is new."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from remembering import computed_once

from pipeline.cli import main
from pipeline.committee.words import change_words
from pipeline.editions.frames import committee_frames
from pipeline.editions.snapshot import LedgerSnapshot
from pipeline.findings import DecisionKind
from pipeline.ledger import Decision
from pipeline.ledger.contents import read_submissions
from pipeline.nightly import RunReport, run_night
from pipeline.settings import Period
from pipeline.wording import say
from pipeline.workspace import Workspace, load_settings, open_ledger

AFTER = dt.datetime(2019, 6, 10, 0, 20)
Replayed = tuple[Workspace, list[RunReport]]
Busy = tuple[Workspace, RunReport]


def _page(workspace: Workspace, day: str = "2019-06-10") -> str:
    """The page, without the signs of content in the names of answers."""
    page = (workspace.outbox / "nhat_ky" / f"{day}.md").read_text(encoding="utf-8")
    return re.sub(r"__[0-9a-f]{8}\.xlsx", "__….xlsx", page)


def _section(page: str, heading: str) -> list[str]:
    return page.split(f"## {heading}\n\n")[1].split("\n\n## ", maxsplit=1)[0].splitlines()


def _bytes(workspace: Workspace) -> dict[str, str]:
    pages = sorted((workspace.outbox / "nhat_ky").iterdir())
    return {page.name: hashlib.sha256(page.read_bytes()).hexdigest() for page in pages}


THE_EIGHTH = """# Nhật ký ngày 08/6/2019

Tệp mới: 4. Được chấp nhận: 3. Tệp trùng: 0. Tệp chưa nhận: 0. Việc cần làm: 3.
Trong ngày có lượt chạy ghi sổ theo --as-of, cách giờ máy hơn một giờ.

## Việc cần làm

1. BTXH: BM-02 2019-6T bị trả lại. Báo Phòng xem bản trả lại: `outbox/phan_hoi/BTXH/BM-02_2019-6T_BTXH__….xlsx`
2. Kỳ 2019-KH: 1 biểu mẫu quá hạn hoặc đang bị trả lại (BM-03 BTXH). Lập văn bản đôn đốc: qms remind --period 2019-KH
3. Kỳ 2019-6T: 2 biểu mẫu quá hạn hoặc đang bị trả lại (BM-02 BTXH, BM-02 VLATLD). Lập văn bản đôn đốc: qms remind --period 2019-6T

## Tệp nhận trong ngày
"""  # noqa: E501 - as it is read
LAST_PAGE = """# Nhật ký ngày 10/6/2019

Tệp mới: 1. Được chấp nhận: 0. Tệp trùng: 0. Tệp chưa nhận: 1. Việc cần làm: 4.
Trong ngày có lượt chạy ghi sổ theo --as-of, cách giờ máy hơn một giờ.

## Việc cần làm

1. KHTC: `KHTC/Theo doi kinh phi quy II.xlsx` không phải biểu mẫu. Hỏi Phòng: nếu định nộp biểu mẫu thì hướng dẫn nộp lại; nếu là tệp riêng thì bỏ qua.
2. Kỳ 2019-KH: 1 biểu mẫu quá hạn hoặc đang bị trả lại (BM-03 BTXH). Lập văn bản đôn đốc: qms remind --period 2019-KH
3. Kỳ 2019-6T: 2 biểu mẫu quá hạn hoặc đang bị trả lại (BM-02 BTXH, BM-02 VLATLD). Lập văn bản đôn đốc: qms remind --period 2019-6T
4. `BTXH/BM-02_2019-6T_BTXH.xlsx` đang mở ở máy khác nên chưa nhận. Nhắc người đang mở lưu và đóng tệp; sẽ nhận ở lượt sau.

## Tệp nhận trong ngày

- `KHTC/Theo doi kinh phi quy II.xlsx`: Không phải biểu mẫu
  - KHTC
  - Lỗi đầu tiên (F107): Đây là bảng tính nhưng không phải biểu mẫu BM-01, BM-02, BM-03 hoặc BM-04.
  - Phản hồi: `outbox/phan_hoi/KHTC/Theo doi kinh phi quy II__….xlsx`

## Tệp chưa nhận

- `BTXH/BM-02_2019-6T_BTXH.xlsx`: đang mở ở máy khác

## Kết luận và quyết định

- Không phải biểu mẫu: 1 tệp

## Thay đổi trong Bảng tổng hợp so với nhật ký trước

Không có thay đổi.
"""  # noqa: E501 - as it is read


def test_the_last_night_of_the_demo_leaves_this_page(replayed: Replayed) -> None:
    assert _page(replayed[0]) == LAST_PAGE


def test_a_busy_night_tells_what_to_do_first(replayed: Replayed) -> None:
    assert _page(replayed[0], "2019-06-08").startswith(THE_EIGHTH)


def test_a_file_is_told_with_its_version_its_first_problem_and_its_answer(replayed: Replayed) -> None:
    received = _section(_page(replayed[0], "2019-06-06"), "Tệp nhận trong ngày")
    place = received.index("- `NCC/BM-02_2019-6T_NCC.xlsx`: Trả lại")
    assert received[place + 1 : place + 4] == [
        "  - NCC, BM-02 2019-6T, lần nộp 1",
        "  - Lỗi đầu tiên (Kết quả!G6, R606): Kết quả ghi 93,61 nhưng 100 × 1.846 / 1.872 = 98,61.",
        "  - Phản hồi: `outbox/phan_hoi/NCC/BM-02_2019-6T_NCC__….xlsx`",
    ]


def test_what_moved_in_the_workbook_is_told_in_its_own_words(replayed: Replayed) -> None:
    moved = _section(_page(replayed[0], "2019-06-08"), "Thay đổi trong Bảng tổng hợp so với nhật ký trước")
    assert moved[0] == "### 2019-6T, outbox/tong_hop/2019-6T.xlsx"
    assert [line for line in moved if line.startswith("- nộp biểu mẫu")] == [
        "- nộp biểu mẫu: Chưa đến hạn → Biểu mẫu trống (1): BM-02 BTXH",
        "- nộp biểu mẫu: Chưa đến hạn → Nộp đúng hạn (2): BM-02 GDNN, BM-02 TEBDG",
        "- nộp biểu mẫu: Trả lại → Nộp đúng hạn (1): BM-02 NCC",
    ]


def test_the_page_and_the_workbook_of_a_day_say_the_same_changes(replayed: Replayed) -> None:
    """m6: the frames of the workbook of 8 June beside the page of that day; new files stand elsewhere on the page."""
    night = dt.datetime(2019, 6, 8, 0, 5)
    with open_ledger(replayed[0]) as ledger:
        settings = load_settings(replayed[0]).settings
        period = Period.parse("2019-6T")
        committee = committee_frames(LedgerSnapshot(ledger), settings, period, night, known_at=night)
    moved = [row for row in committee.changes.to_dict("records") if row["subject"] != "file"]
    words = [{**change_words(row), "count": row["count"]} for row in moved]
    page = _section(_page(replayed[0], "2019-06-08"), "Thay đổi trong Bảng tổng hợp so với nhật ký trước")
    begin = page.index("### 2019-6T, outbox/tong_hop/2019-6T.xlsx")
    lines = [line for line in page[begin:] if line.startswith("- ")]
    assert lines == [say("run_report.moved.line", **one) for one in words]
    assert committee.changed_on == dt.date(2019, 6, 6)


def test_every_night_has_its_page_and_its_data(replayed: Replayed) -> None:
    workspace, reports = replayed
    assert [report.report for report in reports] == [f"outbox/nhat_ky/{one.as_of:%Y-%m-%d}.md" for one in reports]
    for report in reports:
        data = json.loads((workspace.root / report.report).with_suffix(".json").read_text(encoding="utf-8"))
        assert (data["day"], len(data["received"])) == (f"{report.as_of:%Y-%m-%d}", report.arrived)
        assert sum(data["verdicts"].values()) == report.arrived


def test_a_run_with_nothing_new_leaves_the_same_bytes(copy_of_demo: Workspace) -> None:
    before = _bytes(copy_of_demo)
    report = run_night(copy_of_demo, AFTER)
    assert (report.report, _bytes(copy_of_demo)) == ("outbox/nhat_ky/2019-06-10.md", before)


def test_a_page_that_was_deleted_comes_again_as_it_was(copy_of_demo: Workspace) -> None:
    before = _bytes(copy_of_demo)
    for page in (copy_of_demo.outbox / "nhat_ky").glob("2019-06-10.*"):
        page.unlink()
    run_night(copy_of_demo, AFTER)
    assert _bytes(copy_of_demo) == before


def test_the_page_covers_all_runs_of_its_day(busy: Busy) -> None:
    page = _page(busy[0])
    # Which of the two files of BTXH is the later hangs on their bytes: the returned one is to be seen to, or it is not.
    things = len(_section(page, "Việc cần làm"))
    assert things in {4, 5}
    assert f"Tệp mới: 4. Được chấp nhận: 1. Tệp trùng: 1. Tệp chưa nhận: 0. Việc cần làm: {things}." in page
    received = _section(page, "Tệp nhận trong ngày")
    assert received[0] == "- `KHTC/Theo doi kinh phi quy II.xlsx`: Không phải biểu mẫu"
    assert received[-1].startswith("- `VP/BM-01 moi.xlsx`: trùng với `VP/BM-01 VP 2019.xlsx`")


def test_two_files_of_one_night_are_told_to_the_secretary(busy: Busy) -> None:
    with open_ledger(busy[0]) as ledger:
        judged = read_submissions(ledger)
    earlier, later = judged.loc[judged["division"] == "BTXH", "path"].iloc[-2:]
    told = [line[3:] for line in _section(_page(busy[0]), "Việc cần làm")]
    assert (
        f"BTXH: BM-02 2019-6T có 2 tệp trong một lượt ({earlier}; {later}). "
        f"Hỏi Phòng `{later}` có đúng là bản muốn nộp không."
    ) in told


def test_a_decision_that_was_recorded_that_day_is_told(busy: Busy) -> None:
    assert _section(_page(busy[0]), "Kết luận và quyết định")[-1] == (
        "- Miễn nộp BM-03 2019-KH của BTXH. Lý do: Phòng mới thành lập. Văn bản: 300/SLĐTBXH-VP, ngày 10/6/2019. "
        "(Ghi sổ số 1.)"
    )


@pytest.fixture(scope="module")
def pages_of_the_twelfth(
    copied_demo: Callable[[Path], Workspace], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, str]:
    """The page after a run over which a workbook is open elsewhere, and after the next; a decision came before them."""
    workspace = copied_demo(tmp_path_factory.mktemp("twelfth") / "so")
    withdrawn = Decision(
        DecisionKind.WITHDRAWN, dt.datetime(2019, 6, 11, 9, 0), "2019-6T", "BM-02", "VP", reason="Nhập nhầm số liệu"
    )
    with open_ledger(workspace) as ledger, ledger.writing():
        ledger.record_decision(withdrawn)
    workbook = workspace.outbox / "tong_hop" / "2019-6T.xlsx"
    replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if Path(target) == workbook:
            raise PermissionError
        return replace(self, target)

    next_run = dt.datetime(2019, 6, 12, 0, 5)
    with computed_once():
        with pytest.MonkeyPatch.context() as windows:
            windows.setattr(Path, "replace", locked)
            run_night(workspace, next_run)
        during = _page(workspace, "2019-06-12")
        run_night(workspace, next_run + dt.timedelta(minutes=15))
    return during, _page(workspace, "2019-06-12")


def test_a_workbook_that_is_open_elsewhere_is_told_until_it_is_closed(pages_of_the_twelfth: tuple[str, str]) -> None:
    told = "đang mở ở máy khác nên bản mới là `outbox/tong_hop/2019-6T_20190612-0005.xlsx`"
    assert [told in page for page in pages_of_the_twelfth] == [True, False]


def test_a_decision_recorded_on_a_day_without_a_run_is_told_on_the_next_page(
    pages_of_the_twelfth: tuple[str, str],
) -> None:
    for page in pages_of_the_twelfth:
        assert any("Nhập nhầm số liệu" in line for line in _section(page, "Kết luận và quyết định"))
        moved = _section(page, "Thay đổi trong Bảng tổng hợp so với nhật ký trước")
        assert any("BM-02 VP" in line for line in moved)


def test_the_run_prints_where_the_page_lies(copy_of_demo: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["run", "--workspace", str(copy_of_demo.root), "--as-of", "2019-06-10T00:20"]
    assert main(asked) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Nhật ký của ngày: outbox/nhat_ky/2019-06-10.md"
