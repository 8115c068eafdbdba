"""A file is answered whatever it is called, in this night and calmly in the next."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from edges_nights import NIGHTS, calm_night, dropped, matters, night, page, verdicts

from pipeline.workspace import Workspace

if sys.platform == "win32":
    pytest.skip("these names cannot be on Windows", allow_module_level=True)

ANSWERS = "phan_hoi/KHTC"
LONGEST = "ệ" * 81 + ".xlsx"


@pytest.mark.parametrize(
    ("name", "on_record"),
    [
        (LONGEST, LONGEST),
        ("a" * 250 + ".xlsx", "a" * 250 + ".xlsx"),
        ("a\uffff.xlsx", "a⟨U+FFFF⟩.xlsx"),
        ("a\u202exslx.exe", "a⟨U+202E⟩xslx.exe"),
        ("a\nb.xlsx", "a⟨U+000A⟩b.xlsx"),
        (os.fsdecode(b"b\xe1o.xlsx"), "b⟨U+DCE1⟩o.xlsx"),
        ('a:b?"*.xlsx', 'a:b?"*.xlsx'),
        ("CON.a.xlsx", "CON.a.xlsx"),
    ],
    ids=["81 letters", "250 letters", "noncharacter", "override", "line feed", "no UTF-8", "Windows", "device"],
)
def test_its_sender_is_answered_and_the_next_night_is_calm(
    name: str, on_record: str, workspace: Workspace, spoilt: bytes
) -> None:
    dropped(workspace, f"KHTC/{name}", spoilt)
    report = night(workspace, 0)
    assert verdicts(workspace) == [(f"KHTC/{on_record}", "returned", ["C401"])]
    (answer,) = report.feedback
    assert (workspace.root / answer).is_file()
    assert len(Path(answer).name.encode()) <= 143
    assert f"KHTC/{on_record}".replace("\n", " ") in page(workspace, 0)
    calm_night(workspace, 1)
    dropped(workspace, f"KHTC/{name}", b"")
    assert night(workspace, 2).verdicts["unreadable"] == 1
    calm_night(workspace, 3)


@pytest.mark.parametrize("name", [LONGEST, os.fsdecode(b"b\xe1o.xlsx"), "a\uffff\u202e.xlsx"])
def test_it_is_pre_checked_as_well(name: str, workspace: Workspace, spoilt: bytes) -> None:
    dropped(workspace, f"kiem_tra/KHTC/{name}", spoilt)
    (answer,) = night(workspace, 0).pre_checked
    assert (workspace.root / answer).is_file()
    assert night(workspace, 0).pre_checked == ()
    calm_night(workspace, 1)


def test_names_that_differ_in_case_alone_are_answered_apart(workspace: Workspace, spoilt: bytes, plan: bytes) -> None:
    dropped(workspace, "KHTC/a.xlsx", spoilt)
    dropped(workspace, "KHTC/A.XLSX", plan[:1000])
    answers = night(workspace, 0).feedback
    assert len({answer.casefold() for answer in answers}) == 2


def _run(workspace: Workspace, environment: dict[str, str], shell: str = "") -> subprocess.CompletedProcess[str]:
    """``qms run`` in a process of its own."""
    command = [sys.executable, "-m", "pipeline", "run", "--workspace", str(workspace.root)]
    command += ["--as-of", NIGHTS[0].isoformat(), "--json"]
    if shell:
        command = ["/bin/sh", "-c", f'exec "$@" {shell}', "sh", *command]
    place = {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": os.environ["PATH"]}
    return subprocess.run(command, env={**place, **environment}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    ],
    ids=["plain", "ASCII names", "ASCII streams"],
)
def test_vietnamese_names_are_what_they_are_in_an_ascii_locale(
    environment: dict[str, str], workspace: Workspace, spoilt: bytes
) -> None:
    dropped(workspace, "KHTC/Kế hoạch.xlsx", spoilt)
    done = _run(workspace, environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert verdicts(workspace) == [("KHTC/Kế hoạch.xlsx", "returned", ["C401"])]
    (answer,) = json.loads(done.stdout)["feedback"]
    assert (workspace.root / answer).is_file()
    calm_night(workspace, 1)


@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&- >&- 2>&-"])
def test_a_closed_stream_holds_nothing_up(closed: str, workspace: Workspace, spoilt: bytes) -> None:
    dropped(workspace, "KHTC/a.xlsx", spoilt)
    assert _run(workspace, {}, closed).returncode == 0
    assert verdicts(workspace) == [("KHTC/a.xlsx", "returned", ["C401"])]
    calm_night(workspace, 1)


def test_what_a_terminal_would_obey_reaches_no_terminal_and_no_log(workspace: Workspace, spoilt: bytes) -> None:
    dropped(workspace, "KHTC/\x1b[2J\u202ea.xlsx", spoilt)
    os.mkfifo(workspace.inbox / "\x1b[31mống.xlsx")
    done = _run(workspace, {"LC_ALL": "C.UTF-8"})
    texts = [done.stdout, done.stderr, page(workspace, 0), (workspace.archive / "qms.log").read_text(encoding="utf-8")]
    assert all("\x1b" not in text and "\u202e" not in text for text in texts)
    assert matters(workspace, 0) == ["returned", "owed", "not_taken"]
