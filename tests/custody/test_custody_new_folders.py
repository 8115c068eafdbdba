"""What a cut of the power must not take: new folders' names; and what the outbox's memory need not keep."""

import datetime as dt
from pathlib import Path

import pytest

from pipeline import writing
from pipeline.outbox import Outbox

NIGHT = dt.datetime(2019, 6, 10, 0, 5)


def test_every_new_folder_is_synced_into_the_one_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of a folder lives in its parent: a file synced below an unsynced name is lost with it."""
    synced: list[Path] = []
    monkeypatch.setattr(writing, "sync_folder", synced.append)

    writing.write_whole(tmp_path / "a" / "b" / "answer.txt", b"answer")

    assert synced == [tmp_path / "a", tmp_path, tmp_path / "a" / "b"]


def test_a_folder_that_stands_is_not_synced_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sync a file published, not one a level."""
    synced: list[Path] = []
    monkeypatch.setattr(writing, "sync_folder", synced.append)

    writing.write_whole(tmp_path / "answer.txt", b"answer")

    assert synced == [tmp_path]


def test_marks_of_files_that_left_the_folder_are_dropped(tmp_path: Path) -> None:
    """What lies there still, and what was published there, is kept, also for the next run."""
    outbox = Outbox(tmp_path / "outbox", tmp_path, NIGHT)
    outbox.mark("kiem_tra/gone.xlsx/aa", "aa")
    outbox.mark("kiem_tra/here.xlsx/bb", "bb")
    outbox.publish("kiem_tra/gone.txt", b"answer", "aa")

    outbox.drop_marks("kiem_tra/", but_below={"kiem_tra/here.xlsx"})

    again = Outbox(tmp_path / "outbox", tmp_path, NIGHT)
    assert not again.is_marked("kiem_tra/gone.xlsx/aa", "aa")
    assert again.is_marked("kiem_tra/here.xlsx/bb", "bb")
    assert again.is_current("kiem_tra/gone.txt", "aa")
