"""The systemd units: what they say, and what systemd-analyze makes of them where it is there."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from schedule_samples import ODD, timetable

from pipeline.desk.schedulers.systemd import calendar_expressions, failed_text, service_text, timer_text

ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="no systemd-analyze here")


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_the_timer_has_its_times_in_vietnamese_time_and_makes_up_for_missed_ones() -> None:
    assert _lines(timer_text(timetable()))[2:] == [
        "[Timer]",
        "OnCalendar=*-*-* 00:05:00 Asia/Ho_Chi_Minh",
        "OnCalendar=Mon..Fri *-*-* 07..16:00,15,30,45:00 Asia/Ho_Chi_Minh",
        "OnCalendar=Mon..Fri *-*-* 17:00:00 Asia/Ho_Chi_Minh",
        "OnBootSec=2min",
        "Persistent=true",
        "AccuracySec=1s",
        "[Install]",
        "WantedBy=timers.target",
    ]


def test_the_service_runs_once_under_the_account_that_asked() -> None:
    assert _lines(service_text(timetable()))[2:] == [
        "OnFailure=%N-su-co.service",
        "[Service]",
        "Type=oneshot",
        "User=tu.ltc",
        'ExecStart="/opt/qms/bin/python" "-m" "pipeline" "run" "--workspace" "/srv/QMS"',
        "TimeoutStartSec=2h",
    ]


def test_a_failed_run_goes_to_the_journal_as_an_error_and_to_who_is_logged_on() -> None:
    assert _lines(failed_text()) == [
        "[Unit]",
        "Description=QMS: báo lượt chạy không hoàn thành",
        "[Service]",
        "Type=oneshot",
        (
            r'ExecStart="/bin/sh" "-c" "echo \"<3>$$1\"; echo \"$$1\" | wall || true" "qms" '
            '"QMS: lượt chạy không hoàn thành. Mở thư mục outbox, nhat_ky của thư mục làm việc, '
            'xem trang có tên tận cùng là _SU_CO.md."'
        ),
    ]


def test_what_systemd_would_expand_is_escaped() -> None:
    command = next(
        line
        for line in _lines(service_text(timetable(f"/opt/{ODD}/python", f"/srv/{ODD}\\x")))
        if "=" in line and "Exec" in line
    )
    assert command == (
        'ExecStart="/opt/Sở \\"A\\" & B 100%% $HOME/python" "-m" "pipeline" "run" "--workspace"'
        ' "/srv/Sở \\"A\\" & B 100%% $$HOME\\\\x"'
    )


@needs_systemd
def test_systemd_finds_the_program_of_an_odd_folder_and_no_fault(tmp_path: Path) -> None:
    # systemd takes no program whose own path has a quote (string_is_safe); an argument may.
    folder = tmp_path / ODD.replace('"', "")
    folder.mkdir()
    (folder / "python").symlink_to(sys.executable)
    asked = timetable(str(folder / "python"), f"/srv/{ODD}")
    (tmp_path / "qms.service").write_text(service_text(asked).replace("User=tu.ltc\n", ""), encoding="utf-8")
    (tmp_path / "qms.timer").write_text(timer_text(asked), encoding="utf-8")
    (tmp_path / "qms-su-co.service").write_text(failed_text(), encoding="utf-8")
    units = [str(tmp_path / "qms.service"), str(tmp_path / "qms.timer"), str(tmp_path / "qms-su-co.service")]
    done = subprocess.run([str(ANALYZE), "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "qms." in line]) == (0, [])


@needs_systemd
@pytest.mark.parametrize(
    ("number", "from_then", "then"),
    [
        (0, "2019-06-07 18:00:00", "Sat 2019-06-08 00:05:00"),
        (1, "2019-06-07 18:00:00", "Mon 2019-06-10 07:00:00"),
        (2, "2019-06-07 18:00:00", "Mon 2019-06-10 17:00:00"),
    ],
)
def test_systemd_reads_the_times_as_meant(number: int, from_then: str, then: str) -> None:
    expression = list(calendar_expressions(timetable()))[number]
    asked = [str(ANALYZE), "calendar", f"--base-time={from_then}", expression]
    done = subprocess.run(
        asked, capture_output=True, text=True, check=False, env={"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C.UTF-8"}
    )
    assert done.returncode == 0, done.stderr
    assert f"Next elapse: {then}" in done.stdout
