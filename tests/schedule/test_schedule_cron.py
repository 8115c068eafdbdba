"""The line of a crontab, and the command as the shell finds it after cron has read it."""

import shlex

from schedule_samples import ODD, job

from pipeline.desk.scheduling import crontab_line


def test_it_is_one_line_for_the_night() -> None:
    command = "/opt/qms/bin/python -m pipeline run --workspace /srv/QMS >/dev/null"
    assert crontab_line(job()) == f"5 0 * * * {command}\n"
    assert crontab_line(job(nightly="23:30")) == f"30 23 * * * {command}\n"


def test_a_percent_sign_ends_no_line_and_the_shell_gets_the_path_whole() -> None:
    command = crontab_line(job(f"/opt/{ODD}/python", f"/srv/{ODD}/it's")).removeprefix("5 0 * * * ").rstrip("\n")
    assert "%" not in command.replace("\\%", "")
    # What cron hands on: it takes the backslash before a % away, and nothing else.
    assert shlex.split(command.replace("\\%", "%").removesuffix(" >/dev/null")) == [
        f"/opt/{ODD}/python", "-m", "pipeline", "run", "--workspace", f"/srv/{ODD}/it's",
    ]  # fmt: skip
