"""The same files and day give the same workbook, whatever the machine: workers, time zone, language."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from judged_nights import drop, take_and_judge

from pipeline.demo.submissions import Forger
from pipeline.nightly import RunReport
from pipeline.workspace import Workspace

# Two workers end in an order of their own already; more of them only start longer.
MACHINES = {
    "one worker in Los Angeles, Vietnamese": ("1", {"TZ": "America/Los_Angeles", "LC_ALL": "vi_VN.UTF-8"}),
    "two workers in UTC, C": ("2", {"TZ": "UTC", "LC_ALL": "C"}),
}
PLANS = dt.datetime(2019, 1, 26, 0, 5)
NIGHT = "2019-06-08T00:05"


@pytest.fixture(scope="module")
def dropped(replayed: tuple[Workspace, list[RunReport]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one accepted plan, whose inbox holds a report, a plan, people and a private workbook."""
    workspace = Workspace(tmp_path_factory.mktemp("bytes"))
    for file in (replayed[0].settings_file, replayed[0].directory_file):
        shutil.copy2(file, workspace.root)
    drop(workspace, "VP/ke hoach.xlsx", Forger(workspace).plan("VP"), PLANS)
    take_and_judge(workspace, PLANS)
    forger = Forger(workspace)
    files = {
        "VP/bao cao.xlsx": forger.report("VP"),
        "KHTC/ke hoach.xlsx": forger.plan("KHTC"),
        "KHTC/pho bien.xlsx": forger.policy("KHTC"),
        "KHTC/rieng.xlsx": forger.private_workbook(),
    }
    for name, content in files.items():
        drop(workspace, name, content, dt.datetime.fromisoformat(NIGHT))
    return workspace.root


def _published(root: Path, workers: str, environment: dict[str, str]) -> dict[str, bytes]:
    command = [sys.executable, "-m", "pipeline", "run", "--yes-the-clock", "--workspace", str(root), "--as-of", NIGHT]
    subprocess.run(
        [*command, "--workers", workers, "--json"], env={**os.environ, **environment}, check=True, capture_output=True
    )
    return {path.name: path.read_bytes() for path in (Workspace(root).outbox / "tong_hop").glob("*.xlsx")}


def test_two_machines_write_the_same_bytes(dropped: Path, tmp_path: Path) -> None:
    found = [
        _published(Path(shutil.copytree(dropped, tmp_path / str(place))), workers, environment)
        for place, (workers, environment) in enumerate(MACHINES.values())
    ]
    assert sorted(found[0]) == ["2019-6T.xlsx", "2019-KH.xlsx"]
    assert found[0] == found[1]
