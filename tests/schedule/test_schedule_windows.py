"""The task of the Windows Task Scheduler: well-formed, with exactly its triggers and settings."""

import xml.etree.ElementTree as ET

from schedule_samples import job

from pipeline.desk.scheduling import Job, task_bytes, task_text
from pipeline.settings import Schedule

SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


WORDS = (
    "QMS: lượt chạy không hoàn thành. Mở thư mục outbox, nhat_ky của thư mục làm việc, "
    "xem trang có tên tận cùng là _SU_CO.md."
)
EVENT = f'eventcreate /T ERROR /ID 1 /L APPLICATION /SO QMS /D "{WORDS}"'
MESSAGE = f'msg "%USERNAME%" /TIME:28800 "{WORDS}"'


def _task(run: Job) -> ET.Element:
    return ET.fromstring(task_bytes(run))  # noqa: S314 - our own text


def _nested(element: ET.Element) -> object:
    """An element as nested lists of (name, text or children)."""
    name = element.tag.removeprefix(SPACE)
    return (name, [_nested(child) for child in element]) if len(element) else (name, (element.text or "").strip())


def _part(run: Job, name: str) -> object:
    found = _task(run).find(f"{SPACE}{name}")
    assert found is not None
    return _nested(found)


def test_it_has_three_triggers_the_night_the_working_hours_and_the_start_of_the_pc() -> None:
    weekly = [
        ("WeeksInterval", "1"),
        ("DaysOfWeek", [(f"{day}day", "") for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri")]),
    ]
    assert _part(job(), "Triggers") == (
        "Triggers",
        [
            (
                "CalendarTrigger",
                [
                    ("StartBoundary", "2019-01-01T00:05:00"),
                    ("Enabled", "true"),
                    ("ScheduleByDay", [("DaysInterval", "1")]),
                ],
            ),
            (
                "CalendarTrigger",
                [
                    ("Repetition", [("Interval", "PT15M"), ("Duration", "PT601M"), ("StopAtDurationEnd", "false")]),
                    ("StartBoundary", "2019-01-01T07:00:00"),
                    ("Enabled", "true"),
                    ("ScheduleByWeek", weekly),
                ],
            ),
            ("BootTrigger", [("Enabled", "true"), ("Delay", "PT2M")]),
        ],
    )


def test_it_makes_up_for_missed_starts_never_runs_twice_and_heeds_no_battery() -> None:
    name, settings = _part(job(), "Settings")  # type: ignore[misc]
    assert name == "Settings"
    assert dict(settings) == {
        "MultipleInstancesPolicy": "IgnoreNew",
        "DisallowStartIfOnBatteries": "false",
        "StopIfGoingOnBatteries": "false",
        "AllowHardTerminate": "true",
        "StartWhenAvailable": "true",
        "RunOnlyIfNetworkAvailable": "false",
        "RunOnlyIfIdle": "false",
        "Enabled": "true",
        "WakeToRun": "false",
        "ExecutionTimeLimit": "PT2H",
    }


def test_it_runs_whether_its_user_is_logged_on_or_not() -> None:
    assert _part(job(), "Principals") == (
        "Principals",
        [("Principal", [("UserId", "tu.ltc"), ("LogonType", "S4U"), ("RunLevel", "LeastPrivilege")])],
    )


def test_paths_of_windows_come_through_xml_and_the_command_line() -> None:
    run = job(r"C:\Phần mềm & thử\python.exe", "D:\\Sở <A> & B\\")
    assert _part(run, "Actions") == (
        "Actions",
        [
            (
                "Exec",
                [
                    ("Command", r"%SystemRoot%\System32\cmd.exe"),
                    # The backslash before the closing quote is doubled: it would hide the quote (CommandLineToArgvW).
                    (
                        "Arguments",
                        (
                            r'/d /s /c ""C:\Phần mềm & thử\python.exe" -m pipeline run --workspace "D:\Sở <A> & B\\"'
                            f' || ({EVENT} >nul 2>&1 & {MESSAGE} >nul 2>&1 & exit 1)"'
                        ),
                    ),
                ],
            )
        ],
    )


def test_what_cmd_would_obey_stands_in_quotes_though_it_has_no_blank() -> None:
    assert '""C:\\a&b\\python.exe" -m pipeline run --workspace "D:\\(x)" || (' in task_text(
        job(r"C:\a&b\python.exe", r"D:\(x)")
    ).replace("&amp;", "&")


def test_a_quote_in_a_path_is_escaped() -> None:
    assert '--workspace "D:\\a \\"b\\""' in ET.tostring(_task(job("python", 'D:\\a "b"')), encoding="unicode")


def test_the_file_is_utf_16_with_its_mark_and_the_line_ends_of_windows() -> None:
    content = task_bytes(job())
    assert content.startswith(b"\xff\xfe")
    text = content.decode("utf-16")
    assert text.replace("\r\n", "\n") == task_text(job())
    assert text.count("\n") == text.count("\r\n")


def test_one_time_a_day_repeats_nothing() -> None:
    once = Job(("python",), Schedule.model_validate({"from": "07:00", "to": "07:00"}))
    assert "Repetition" not in task_text(once)
