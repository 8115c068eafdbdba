"""A memory of names that survives a kill at any moment, at the price of one appended line a change.

``<name>.json`` holds the whole, ``<name>.journal`` the changes since, one JSON line each: ``[name, entry]``, the entry
null when the name was forgotten. The whole is written anew before the first change of a program, so the journal is as
long as what one program changed. Applying a journal twice gives the same; a last line that a crash tore is no line.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.faults import OperatorError
from pipeline.writing import write_whole_or_fault

Entry = Mapping[str, str]


class Memory:
    """What is remembered, by name. Derived: a file that cannot be read is as none."""

    def __init__(self, file: Path) -> None:
        """``file`` holds the whole; the journal stands beside it."""
        self._file, self._journal = files_of(file)
        self._known = recall(file)
        self._is_begun = False

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._known))

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def __getitem__(self, name: str) -> Entry:
        """What is remembered of a name; empty for none."""
        return self._known.get(name, {})

    def remember(self, name: str, entry: Entry) -> None:
        """Remember this of a name from now on, through a loss of power, too.

        Raises:
            OperatorError: E805, it cannot be written.
        """
        if self._known.get(name) != entry:
            self._append([(name, dict(entry))])
            self._known[name] = dict(entry)

    def forget(self, names: Iterable[str]) -> None:
        """Remember nothing of these names.

        Raises:
            OperatorError: E805, it cannot be written.
        """
        gone = sorted(set(names) & self._known.keys())
        self._append([(name, None) for name in gone])
        for name in gone:
            del self._known[name]

    def _append(self, changes: Sequence[tuple[str, Entry | None]]) -> None:
        if not changes:
            return
        if not self._is_begun:
            self._begin()
        try:
            with self._journal.open("ab") as stream:
                stream.write(b"".join(map(_line, changes)))
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            # A line may be torn: what would follow it would not be read.
            self._is_begun = False
            raise OperatorError("E805", path=self._journal.name, reason=error) from error

    def _begin(self) -> None:
        """An empty journal: whatever stood in it stands in the whole first."""
        text = json.dumps(self._known, ensure_ascii=False, indent=1, sort_keys=True)
        write_whole_or_fault(self._file, text.encode())
        write_whole_or_fault(self._journal, b"")
        self._is_begun = True


def files_of(file: Path) -> tuple[Path, Path]:
    """Where the whole stands, and the changes since."""
    return file, file.with_suffix(".journal")


def recall(file: Path) -> dict[str, dict[str, str]]:
    """What is remembered in a file and in the journal beside it, by name; for readers who change nothing."""
    file, journal = files_of(file)
    known = _whole(file)
    for name, entry in _changes(journal):
        if entry is None:
            known.pop(name, None)
        else:
            known[name] = entry
    return known


def _whole(file: Path) -> dict[str, dict[str, str]]:
    try:
        whole = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return whole if isinstance(whole, dict) else {}


def _changes(journal: Path) -> Iterator[tuple[str, dict[str, str] | None]]:
    try:
        lines = journal.read_bytes().split(b"\n")
    except OSError:
        return
    for line in lines:
        try:
            name, entry = json.loads(line)
        except (ValueError, TypeError):
            return
        yield name, entry


def _line(change: tuple[str, Entry | None]) -> bytes:
    return json.dumps(change, ensure_ascii=False).encode() + b"\n"
