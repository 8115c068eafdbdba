"""A memory of names that survives a kill at any moment, at the price of one appended line a change.

``<name>.json`` holds the whole, ``<name>.journal`` the changes since, one JSON line each: ``[name, entry]``, the entry
null when the name was forgotten. The whole is written anew before the first change of a program, so the journal is as
long as what one program changed. Applying a journal twice gives the same; a last line that a crash tore is no line.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.faults import OperatorError
from pipeline.findings.codes import Code
from pipeline.writing import write_whole_or_fault

Entry = Mapping[str, str]


class Memory:
    """What is remembered, by name. Derived: a file that cannot be read is as none."""

    def __init__(self, file: Path) -> None:
        """``file`` holds the whole; the journal stands beside it."""
        self._file, self._journal = files_of(file)
        self._entries = recall(file)
        self._is_begun = False

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._entries))

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __getitem__(self, name: str) -> Entry:
        """What is remembered of a name; empty for none."""
        return self._entries.get(name, {})

    def remember(self, name: str, entry: Entry) -> None:
        """Remember this of a name from now on, through a loss of power, too.

        Raises:
            OperatorError: E805, it cannot be written.
        """
        if self._entries.get(name) != entry:
            self._append([(name, dict(entry))])
            self._entries[name] = dict(entry)

    def forget(self, names: Iterable[str]) -> None:
        """Remember nothing of these names.

        Raises:
            OperatorError: E805, it cannot be written.
        """
        gone = sorted(set(names) & self._entries.keys())
        self._append([(name, None) for name in gone])
        for name in gone:
            del self._entries[name]

    def _append(self, changes: Sequence[tuple[str, Entry | None]]) -> None:
        if not changes:
            return
        if not self._is_begun:
            self._begin()
        try:
            with self._journal.open("ab") as stream:
                lines = (json.dumps(change, ensure_ascii=False).encode() + b"\n" for change in changes)
                stream.write(b"".join(lines))
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            # A line may be torn: what would follow it would not be read.
            self._is_begun = False
            raise OperatorError(Code.E805, path=self._journal.name, reason=error) from error

    def _begin(self) -> None:
        """An empty journal: whatever stood in it stands in the whole first."""
        text = json.dumps(self._entries, ensure_ascii=False, indent=1, sort_keys=True)
        write_whole_or_fault(self._file, text.encode())
        write_whole_or_fault(self._journal, b"")
        self._is_begun = True


def files_of(file: Path) -> tuple[Path, Path]:
    """Where the whole stands, and the changes since."""
    return file, file.with_suffix(".journal")


def recall(file: Path) -> dict[str, dict[str, str]]:
    """What is remembered in a file and in the journal beside it, by name; for readers who change nothing."""
    entries: dict[str, dict[str, str]] = {}
    with suppress(OSError, ValueError):
        whole = json.loads(file.read_bytes())
        entries = whole if isinstance(whole, dict) else {}
    # The first line that cannot be read ends the journal: a crash tore it.
    with suppress(OSError, ValueError, TypeError):
        for line in files_of(file)[1].read_bytes().split(b"\n"):
            name, entry = json.loads(line)
            if entry is None:
                entries.pop(name, None)
            else:
                entries[name] = entry
    return entries
