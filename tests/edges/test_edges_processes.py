"""A run goes its whole road whatever its locale is and whichever of its streams are closed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from edges_nights import NIGHTS, QUARTER, dropped, is_calm, matters, page, verdicts

from pipeline.nightly import run_night
from pipeline.workspace import Workspace

if sys.platform == "win32":
    pytest.skip("these names and shells are not on Windows", allow_module_level=True)


def _run(workspace: Workspace, environment: dict[str, str], shell: str = "") -> subprocess.CompletedProcess[str]:
    """``qms run`` in a process of its own."""
    command = [sys.executable, "-m", "pipeline", "run", "--workspace", str(workspace.root)]
    command += ["--as-of", NIGHTS[0].isoformat(), "--json"]
    if shell:
        command = ["/bin/sh", "-c", f'exec "$@" {shell}', "sh", *command]
    place = {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": os.environ["PATH"]}
    return subprocess.run(command, env={**place, **environment}, capture_output=True, text=True, check=False)


def _is_calm_after(workspace: Workspace) -> bool:
    """Whether the next run of the day has nothing to do."""
    report = run_night(workspace, NIGHTS[0] + QUARTER)
    return is_calm(report) and report.faults == ()


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    ],
    ids=["ASCII names", "ASCII streams"],
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
    assert _is_calm_after(workspace)


def test_in_a_plain_locale_names_are_what_they_are_and_none_is_obeyed_by_a_terminal(
    workspace: Workspace, spoilt: bytes
) -> None:
    """Python makes UTF-8 of it, as it is on most machines: nothing is written out for want of a letter."""
    dropped(workspace, "KHTC/Kế hoạch \x1b[2J\u202ea.xlsx", spoilt)
    os.mkfifo(workspace.inbox / "\x1b[31mống.xlsx")
    done = _run(workspace, {"LANG": "C"})
    assert (done.returncode, done.stderr) == (0, "")
    texts = [done.stdout, done.stderr, page(workspace, 0), (workspace.archive / "qms.log").read_text(encoding="utf-8")]
    assert all("\x1b" not in text and "\u202e" not in text for text in texts)
    assert matters(workspace, 0) == ["returned", "owed", "not_taken"]
    assert verdicts(workspace) == [("KHTC/Kế hoạch ⟨U+001B⟩[2J⟨U+202E⟩a.xlsx", "returned", ["C401"])]
    (answer,) = json.loads(done.stdout)["feedback"]
    assert (workspace.root / answer).is_file()
    assert _is_calm_after(workspace)


CLOSED = {
    "2>&-": ("unreadable", ["F102"]),
    ">&-": ("unreadable", ["F102"]),
    "<&- >&- 2>&-": ("returned", ["C401"]),
}
"""To each the verdict: a form where all are closed, else a file that is none, which takes half the time of a run."""


@pytest.mark.parametrize("closed", CLOSED)
def test_a_closed_stream_holds_nothing_up(closed: str, workspace: Workspace, spoilt: bytes) -> None:
    dropped(workspace, "KHTC/a.xlsx", spoilt if "returned" in CLOSED[closed] else spoilt[:1000])
    assert _run(workspace, {}, closed).returncode == 0
    assert verdicts(workspace) == [("KHTC/a.xlsx", *CLOSED[closed])]
    assert _is_calm_after(workspace)
