"""The outbox's memory: at every byte that a kill or a cut may leave, what was remembered before still is."""

import errno
import json
from pathlib import Path

import pytest

from pipeline import memory as memory_module
from pipeline.faults import OperatorError
from pipeline.memory import Memory, files_of, recall


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a memory stands."""
    return tmp_path / "published.json"


def test_what_is_remembered_and_forgotten_is_so_for_the_next_program(file: Path) -> None:
    first = Memory(file)
    first.remember("a", {"sha256": "1"})
    first.remember("b", {"sha256": "2"})
    first.remember("a", {"sha256": "3"})
    first.forget(["b", "never there"])

    again = Memory(file)

    assert (list(again), again["a"], again["b"]) == (["a"], {"sha256": "3"}, {})


def test_a_journal_torn_at_any_byte_keeps_every_whole_line(file: Path) -> None:
    begun = Memory(file)
    for number in range(4):
        begun.remember(f"tên {number}", {"made_from": str(number)})
    _, journal = files_of(file)
    written = journal.read_bytes()
    for cut in range(len(written) + 1):
        journal.write_bytes(written[:cut])
        whole = written[:cut].count(b"\n")
        # The last line's content without its end is whole, too.
        assert len(recall(file)) in {whole, whole + (written[cut : cut + 1] == b"\n")}
        Memory(file).remember("after", {"made_from": "x"})
        assert recall(file)["after"] == {"made_from": "x"}
        file.write_text("{}", encoding="utf-8")


def test_a_journal_that_stands_in_the_whole_already_changes_nothing(file: Path) -> None:
    """Killed between the two writes of a beginning."""
    begun = Memory(file)
    begun.remember("a", {"sha256": "1"})
    begun.remember("b", {"sha256": "2"})
    begun.forget(["a"])
    file.write_text(json.dumps(recall(file)), encoding="utf-8")
    assert recall(file) == {"b": {"sha256": "2"}}


def test_the_memory_of_an_older_program_is_known(file: Path) -> None:
    file.write_text('{"a": {"sha256": "1"}}', encoding="utf-8")
    assert Memory(file)["a"] == {"sha256": "1"}


def test_what_could_not_be_written_does_not_spoil_what_is_written_later(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves half a line, and the next change would follow it."""
    memory = Memory(file)
    memory.remember("a", {"sha256": "1"})
    _, journal = files_of(file)

    def full(_handle: int) -> None:
        journal.write_bytes(journal.read_bytes()[:-5])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(memory_module.os, "fsync", full)
        with pytest.raises(OperatorError) as refused:
            memory.remember("b", {"sha256": "2"})
    assert "E805" in refused.value.line
    memory.remember("c", {"sha256": "3"})
    assert recall(file) == {"a": {"sha256": "1"}, "c": {"sha256": "3"}}


def test_remembering_the_same_again_writes_nothing(file: Path) -> None:
    Memory(file).remember("a", {"sha256": "1"})
    before = [one.stat().st_mtime_ns for one in files_of(file)]
    Memory(file).remember("a", {"sha256": "1"})
    assert [one.stat().st_mtime_ns for one in files_of(file)] == before
