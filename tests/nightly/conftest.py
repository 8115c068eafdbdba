"""Copies of the demo's year (``replayed``), for the tests to work on, and what more than one of them puts there."""

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline import nightly
from pipeline.demo.submissions import Forger
from pipeline.findings import DecisionKind
from pipeline.ledger import Decision
from pipeline.nightly import RunReport, run_night
from pipeline.workspace import Workspace, open_ledger

Replayed = tuple[Workspace, list[RunReport]]


@pytest.fixture(scope="session")
def copied_demo(replayed: Replayed) -> Callable[[Path], Workspace]:
    """Copies the demo's year to a place."""
    return lambda place: Workspace(Path(shutil.copytree(replayed[0].root, place)))


@pytest.fixture
def copy_of_demo(copied_demo: Callable[[Path], Workspace], tmp_path: Path) -> Workspace:
    return copied_demo(tmp_path / "so")


@pytest.fixture
def fresh_with_inbox(replayed: Replayed, tmp_path: Path) -> Callable[..., Workspace]:
    """A workspace of that name with the demo's settings, the inbox of some divisions and nothing remembered."""

    def make(name: str, *divisions: str) -> Workspace:
        fresh = Workspace(tmp_path / name)
        fresh.inbox.mkdir(parents=True)
        for division in divisions:
            shutil.copytree(replayed[0].inbox / division, fresh.inbox / division)
        for file in (replayed[0].settings_file, replayed[0].directory_file):
            shutil.copy2(file, fresh.root)
        return fresh

    return make


@pytest.fixture
def nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """For nights of which only the verdicts and the answers are looked at: no workbook, no page of the day."""
    for stage in ("publish", "report_day"):
        monkeypatch.setattr(nightly, stage, lambda _run: "")


@pytest.fixture(scope="session")
def forged(replayed: Replayed) -> Mapping[str, bytes]:
    """Forms filled against what the demo's year has accepted: a report, one with a wrong share, and others."""
    forger = Forger(replayed[0])
    return {
        "report": forger.report("BTXH"),
        "wrong report": forger.report_with_wrong_share("BTXH"),
        "report of VLATLD": forger.report("VLATLD"),
        "wrong report of VLATLD": forger.report_with_wrong_share("VLATLD"),
        "revised plan of GDNN": forger.plan("GDNN", {"MT02": {"target": None}}),
        "policy": forger.policy("BTXH"),
    }


@pytest.fixture(scope="session")
def busy(
    copied_demo: Callable[[Path], Workspace], forged: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Workspace, RunReport]:
    """A run of the demo's last day, to be read only: after a decision, nothing open any more.

    It brings VP's plan again, a form in another division's folder and two of BTXH.
    """
    workspace = copied_demo(tmp_path_factory.mktemp("busy") / "so")
    inbox = workspace.inbox
    shutil.copy(inbox / "VP" / "BM-01 VP 2019.xlsx", inbox / "VP" / "BM-01 moi.xlsx")
    (inbox / "KHTC" / "nham.xlsx").write_bytes(forged["report of VLATLD"])
    (inbox / "BTXH" / "mot.xlsx").write_bytes(forged["report"])
    (inbox / "BTXH" / "hai.xlsx").write_bytes(forged["wrong report"])
    (inbox / "BTXH" / "~$BM-02_2019-6T_BTXH.xlsx").unlink()
    decision = Decision(
        kind=DecisionKind.EXEMPTED,
        as_of=dt.datetime(2019, 6, 10, 8, 0),
        period="2019-KH",
        form="BM-03",
        division="BTXH",
        reason="Phòng mới thành lập",
        document="300/SLĐTBXH-VP",
        document_on=dt.date(2019, 6, 10),
    )
    with open_ledger(workspace) as ledger, ledger.writing():
        ledger.record_decision(decision)
    return workspace, run_night(workspace, dt.datetime(2019, 6, 10, 8, 15))
