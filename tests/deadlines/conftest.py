"""A small office: the demo's settings, an empty inbox, and one form of the ISO working group to drop into it."""

import datetime as dt
import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from deadline_nights import HALF_YEAR, only
from openpyxl import load_workbook
from remembering import computed_once

from pipeline.demo.content import settings_text
from pipeline.demo.replaying import demo_directory
from pipeline.demo.submissions import Forger
from pipeline.desk.starting import furnish
from pipeline.intake import inbox
from pipeline.intake.inbox import Look
from pipeline.nightly import RunOptions, run_night
from pipeline.workspace import VIETNAM, Workspace

Drop = Callable[..., None]


@pytest.fixture(scope="module", autouse=True)
def same_content_is_computed_once() -> Iterator[None]:
    """Several of these nights find the same, and every command reads the same directory."""
    with computed_once():
        yield


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, bytes]:
    """The office before its first night, and a good BM-04 of TCT for the half year."""
    workspace = furnish(tmp_path_factory.mktemp("so") / "so", settings_text(), demo_directory())
    return workspace, Forger(workspace).declaration("TCT")


@pytest.fixture
def office(furnished: tuple[Workspace, bytes], tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(furnished[0].root, tmp_path / "so")))


@pytest.fixture
def drop(furnished: tuple[Workspace, bytes], office: Workspace, monkeypatch: pytest.MonkeyPatch) -> Drop:
    """Puts the BM-04 into the inbox, stamped as told; ``prepared_by`` makes other bytes of it, blank a returned one.

    The stamp is the time of writing alone, as where a copy keeps it: tests cannot set the change time of POSIX.
    """
    stamp_of = inbox._stamp

    def as_written(look: Look, timezone: dt.tzinfo) -> dt.datetime:
        return stamp_of(Look(look.size, look.written_ns, look.written_ns), timezone)

    monkeypatch.setattr(inbox, "_stamp", as_written)

    def put(stamp: str, prepared_by: str | None = None) -> None:
        content = furnished[1] if prepared_by is None else _prepared_by(furnished[1], prepared_by)
        path = office.inbox / "TCT" / f"BM-04 {stamp.replace(':', '')}.xlsx"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        seconds = dt.datetime.fromisoformat(stamp).replace(tzinfo=VIETNAM).timestamp()
        os.utime(path, (seconds, seconds))

    return put


def _prepared_by(content: bytes, name: str) -> bytes:
    workbook = load_workbook(io.BytesIO(content))
    cover = workbook["Thông tin chung"]
    row = next(row for row in range(1, 40) if cover.cell(row, 1).value == "prepared_by")
    cover.cell(row, 3).value = name or None
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


@pytest.fixture(scope="session")
def after_one_night(furnished: tuple[Workspace, bytes], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The office after the night of 8 June 2019, which accepted TCT's BM-04 and published the half year's workbook."""
    workspace = Workspace(Path(shutil.copytree(furnished[0].root, tmp_path_factory.mktemp("dem") / "so")))
    (workspace.inbox / "TCT").mkdir()
    (workspace.inbox / "TCT" / "BM-04.xlsx").write_bytes(furnished[1])
    with computed_once(), only(HALF_YEAR):
        run_night(workspace, dt.datetime(2019, 6, 8, 0, 5), RunOptions(workers=1))
    return workspace


@pytest.fixture
def desk(after_one_night: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the office after its night, to record decisions in."""
    return Workspace(Path(shutil.copytree(after_one_night.root, tmp_path / "so")))
