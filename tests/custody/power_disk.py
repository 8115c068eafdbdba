"""A disk that forgets: what it holds for certain, and what the system has only promised it.

Assumptions, of which the first four are what POSIX and SQLite promise, and the rest what ordinary disks do:

1. Content of a file that was synced (``fsync``, ``fdatasync``) is kept. It says nothing of the file's name.
2. Names in a folder (created, renamed, removed, folders made) are kept when that folder was synced. It says nothing
   of the folder's own name in the folder above, nor of the content of the files.
3. A renaming within a folder is one change: kept or lost, never half. Between folders nothing is renamed (power_trace
   would refuse it).
4. Everything else may be kept or lost, each by itself: a later change may be kept though an earlier one is lost.
5. A write is torn at 4 KiB boundaries of the file, never within such a page.
6. A file's growth is kept or lost apart from what was written there. Grown without the content it reads as zeros; a
   page that is lost where there was something before reads as it was before.
7. Changes of names in one folder are kept in their order up to some place (a journal), or, on a weaker system, single
   ones of them are lost; those of two folders know nothing of each other.
8. What was there before the night is on the disk. Rights and stamps of files are not looked at; locks hold nothing
   after a cut. Shared memory and mapped files are not used (power_trace would refuse them).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeVar

from power_trace import Event, Kind

PAGE = 4096
T = TypeVar("T")
Tree = Mapping[PurePosixPath, bytes | None]
"""Paths below a workspace to the content of a file; None for a folder."""


@dataclass(frozen=True)
class Size:
    """A file got this size."""

    size: int


@dataclass(frozen=True)
class Page:
    """A page of a file, or a part of one, was written."""

    place: int
    content: bytes


Written = Size | Page


@dataclass(eq=False)
class File:
    """A file: what the disk holds, what a reader sees, and what lies between, in its order."""

    kept: bytes = b""
    now: bytes = b""
    unsynced: list[Written] = field(default_factory=list)

    def change(self, *several: Written) -> None:
        """Write, as a reader sees it at once."""
        self.now = with_written(self.now, several)
        self.unsynced += several

    def sync(self) -> None:
        """From here on it is certain."""
        self.kept, self.unsynced = self.now, []


@dataclass(frozen=True)
class Renamed:
    """Names of a folder changed: one went, or stands for something else now, or both."""

    gone: str = ""
    name: str = ""
    what: "File | Folder | None" = None


@dataclass(eq=False)
class Folder:
    """A folder: as :class:`File`, of names."""

    kept: dict[str, "File | Folder"] = field(default_factory=dict)
    now: dict[str, "File | Folder"] = field(default_factory=dict)
    unsynced: list[Renamed] = field(default_factory=list)

    def change(self, renamed: Renamed) -> None:
        """Change names, as a reader sees it at once."""
        self.now = with_names(self.now, [renamed])
        self.unsynced.append(renamed)

    def sync(self) -> None:
        """From here on they are certain."""
        self.kept, self.unsynced = dict(self.now), []


@dataclass(frozen=True)
class Cut:
    """What of the promised a cut of power leaves: of a file's writes, and of a folder's changes of names."""

    writes: Callable[[list[Written]], list[Written]]
    names: Callable[[list[Renamed]], list[Renamed]]


class Disk:
    """A workspace on such a disk."""

    def __init__(self, beginning: Tree) -> None:
        """Everything in ``beginning`` is on the disk for certain."""
        self.root = Folder()
        for path, content in sorted(beginning.items()):
            self._folder(path.parent).change(
                Renamed(name=path.name, what=Folder() if content is None else File(content, content))
            )
        for folder in _folders(self.root):
            folder.sync()

    def apply(self, event: Event) -> None:
        """Let an event happen."""
        path = event.path
        match event.kind:
            case Kind.CREATE:
                self._folder(path.parent).change(Renamed(name=path.name, what=File()))
            case Kind.MAKE_FOLDER:
                self._folder(path.parent).change(Renamed(name=path.name, what=Folder()))
            case Kind.REMOVE:
                self._folder(path.parent).change(Renamed(gone=path.name))
            case Kind.RENAME:
                assert event.target is not None
                self._folder(path.parent).change(Renamed(path.name, event.target.name, self._at(path)))
            case Kind.WRITE:
                file = self._file(path)
                grown = max(len(file.now), event.place + len(event.content))
                growth = [Size(grown)] if grown > len(file.now) else []
                file.change(*growth, *_pages(event.place, event.content))
            case Kind.RESIZE:
                self._file(path).change(Size(event.place))
            case Kind.SYNC:
                self._at(path).sync()

    def left_by(self, cut: Cut) -> Tree:
        """What stands on the disk when the power comes back."""
        return dict(_left(self.root, cut, PurePosixPath()))

    def _at(self, path: PurePosixPath) -> File | Folder:
        found: File | Folder = self.root
        for name in path.parts:
            assert isinstance(found, Folder)
            found = found.now[name]
        return found

    def _file(self, path: PurePosixPath) -> File:
        found = self._at(path)
        assert isinstance(found, File)
        return found

    def _folder(self, path: PurePosixPath) -> Folder:
        found = self._at(path)
        assert isinstance(found, Folder)
        return found


def tree_of(root: Path) -> Tree:
    """What stands below a folder."""
    return {
        PurePosixPath(path.relative_to(root)): None if path.is_dir() else path.read_bytes() for path in root.rglob("*")
    }


def with_written(content: bytes, several: list[Written] | tuple[Written, ...]) -> bytes:
    """A file's content with writes on it; what lies beyond its size is not there."""
    grown = bytearray(content)
    for one in several:
        if isinstance(one, Size):
            grown = grown[: one.size].ljust(one.size, b"\0")
        else:
            end = min(len(grown), one.place + len(one.content))
            grown[one.place : end] = one.content[: max(0, end - one.place)]
    return bytes(grown)


def with_names(names: Mapping[str, File | Folder], several: list[Renamed]) -> dict[str, File | Folder]:
    """A folder's names with changes on them."""
    changed = dict(names)
    for one in several:
        changed.pop(one.gone, None)
        if one.what is not None:
            changed[one.name] = one.what
    return changed


def _pages(place: int, content: bytes) -> Iterator[Page]:
    start = 0
    while start < len(content):
        end = min(len(content), start + PAGE - (place + start) % PAGE)
        yield Page(place + start, content[start:end])
        start = end


def _folders(folder: Folder) -> Iterator[Folder]:
    yield folder
    for one in folder.now.values():
        if isinstance(one, Folder):
            yield from _folders(one)


def _left(folder: Folder, cut: Cut, path: PurePosixPath) -> Iterator[tuple[PurePosixPath, bytes | None]]:
    names = with_names(folder.kept, cut.names(folder.unsynced)) if folder.unsynced else folder.kept
    for name, one in sorted(names.items()):
        if isinstance(one, Folder):
            yield path / name, None
            yield from _left(one, cut, path / name)
        else:
            yield path / name, with_written(one.kept, cut.writes(one.unsynced)) if one.unsynced else one.kept
