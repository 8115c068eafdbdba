"""A past night is rebuilt from the ledger and the settings archived with it, byte for byte."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from remembering import computed_once

from pipeline.cli import main
from pipeline.desk.rebuilding import rebuild_night
from pipeline.nightly import RunReport, run_night
from pipeline.workspace import Workspace

Replayed = tuple[Workspace, list[RunReport]]
NIGHTS = (dt.datetime(2019, 1, 20, 0, 5), dt.datetime(2019, 1, 25, 0, 5), dt.datetime(2019, 6, 20, 0, 5))


def _run(workspace: Workspace, as_of: dt.datetime) -> None:
    """A night; what is rebuilt of it is computed anew."""
    with computed_once():
        run_night(workspace, as_of)


def _published(workspace: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((workspace.outbox / "tong_hop").glob("*.xlsx"))}


def _rebuilt(workspace: Workspace, known_at: dt.datetime) -> dict[str, bytes]:
    rebuilt = rebuild_night(workspace, known_at)
    return {Path(path).name: (workspace.root / path).read_bytes() for path in rebuilt.files}


def test_every_night_is_rebuilt_as_it_was_though_settings_and_inbox_are_gone(
    workspace: Workspace, plan: bytes, revised_plan: bytes
) -> None:
    (workspace.inbox / "a.xlsx").write_bytes(plan)
    stood = []
    for night, as_of in enumerate(NIGHTS):
        _run(workspace, as_of)
        stood.append(_published(workspace))
        if night == 0:
            (workspace.inbox / "b.xlsx").write_bytes(revised_plan)
            text = workspace.settings_file.read_text(encoding="utf-8")
            workspace.settings_file.write_text(text.replace("Lê Thị Cẩm Tú", "Trần Văn Khoa"), encoding="utf-8")
    workspace.settings_file.unlink()
    workspace.directory_file.unlink()
    shutil.rmtree(workspace.inbox)
    assert stood[0] != stood[1]
    assert list(stood[2]) == ["2019-6T.xlsx", "2019-KH.xlsx"]
    for as_of, then in zip(NIGHTS, stood, strict=True):
        assert _rebuilt(workspace, as_of + dt.timedelta(hours=3)) == then


def test_last_years_workbooks_stand_as_of_their_year_and_are_made_once(workspace: Workspace, plan: bytes) -> None:
    (workspace.inbox / "a.xlsx").write_bytes(plan)
    _run(workspace, NIGHTS[0])
    _run(workspace, dt.datetime(2020, 1, 2, 0, 5))
    first = _published(workspace)
    _run(workspace, dt.datetime(2020, 3, 2, 0, 5))
    assert _published(workspace) == first
    assert _rebuilt(workspace, dt.datetime(2020, 3, 2, 0, 5)) == first


def test_before_the_first_run_there_is_nothing_to_rebuild(
    replayed: Replayed, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["rebuild", "--workspace", str(replayed[0].root), "--as-of", "2018-12-31T00:05", "--json"]
    assert main(arguments) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "E819"
