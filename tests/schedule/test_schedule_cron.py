"""The crontab: its lines, and the command as the shell finds it after cron has read it."""

import dataclasses
import shlex

from schedule_samples import ODD, timetable

from pipeline.desk.schedulers.cron import crontab_text


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_it_has_the_zone_the_night_the_working_hours_and_the_start_of_the_machine() -> None:
    command = "/opt/qms/bin/python -m pipeline run --workspace /srv/QMS >/dev/null"
    assert _lines(crontab_text(timetable())) == [
        "MAILTO=tu.ltc",
        "CRON_TZ=Asia/Ho_Chi_Minh",
        f"5 0 * * * {command}",
        f"0,15,30,45 7-16 * * 1-5 {command}",
        f"0 17 * * 1-5 {command}",
        f"@reboot {command}",
    ]


def test_without_a_known_account_there_is_no_mailto_that_would_keep_failures_quiet() -> None:
    unknown = dataclasses.replace(timetable(), account="")
    assert not any(line.startswith("MAILTO") for line in crontab_text(unknown).splitlines())


def test_it_says_that_cron_makes_up_for_nothing() -> None:
    assert any(line.startswith("# cron không chạy bù") for line in crontab_text(timetable()).splitlines())


def test_a_percent_sign_ends_no_line_and_the_shell_gets_the_path_whole() -> None:
    line = _lines(crontab_text(timetable(f"/opt/{ODD}/python", f"/srv/{ODD}/it's")))[-1]
    command = line.removeprefix("@reboot ")
    assert "%" not in command.replace("\\%", "")
    # What cron hands on: it takes the backslash before a % away, and nothing else.
    assert shlex.split(command.replace("\\%", "%").removesuffix(" >/dev/null")) == [
        f"/opt/{ODD}/python", "-m", "pipeline", "run", "--workspace", f"/srv/{ODD}/it's",
    ]  # fmt: skip
