"""A run's writes, syncs and renames below its workspace, as the system saw them: recorded by strace, in their order.

What the recorder does not understand (a shared mapping, a hard link, a second descriptor) ends it with an error, so
that nothing can reach the disk unseen.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

_RECORDED = Path(__file__).with_name("power_recorded.py")
_CALLS = (
    "open,openat,openat2,creat,close,lseek,write,pwrite64,writev,pwritev,pwritev2,truncate,ftruncate,fallocate,"
    "fsync,fdatasync,sync_file_range,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,"
    "symlink,symlinkat,copy_file_range,sendfile,splice,mmap,dup,dup2,dup3"
)
_LONGEST = str(1 << 26)
_CALL = re.compile(r"(?P<name>\w+)\((?P<given>.*)\)\s+= (?P<result>-?\d+|0x[0-9a-f]+|\?)", re.DOTALL)
_UNFINISHED, _RESUMED = " <unfinished ...>", re.compile(r"<\.\.\. \w+ resumed>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_DESCRIPTOR = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2})*)>")
_GONE = b" (deleted)"


class Kind(StrEnum):
    """What happened to a file or a folder."""

    CREATE = "create"
    MAKE_FOLDER = "mkdir"
    WRITE = "write"
    RESIZE = "truncate"
    SYNC = "sync"
    RENAME = "rename"
    REMOVE = "unlink"


@dataclass(frozen=True)
class Event:
    """One event; paths are relative to the workspace, ``place`` is an offset or a new size in bytes."""

    kind: Kind
    path: PurePosixPath
    content: bytes = b""
    place: int = 0
    target: PurePosixPath | None = None


class UnseenError(Exception):
    """The run did something of which the recorder cannot tell what it leaves on a disk: the call, and its paths."""


def missing_strace() -> str:
    """Why no run can be recorded here; empty when it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-f", "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    return f"strace cannot trace here: {tried.stderr.strip()}" if tried.returncode else ""


def record(root: Path, command: Sequence[str], trace: Path) -> list[Event]:
    """Run a command; gives what reached the folder ``root``, in order. ``trace`` takes what strace writes."""
    beginning = {PurePosixPath(path.relative_to(root)): path.stat().st_size for path in root.rglob("*")}
    strace = ["strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", _LONGEST, "-e", f"trace={_CALLS}", "-o", str(trace)]
    done = subprocess.run([*strace, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with trace.open(encoding="ascii") as lines:
        return list(_Tracing(root, beginning).events(lines))


def night_of(workspace: Path, as_of: str) -> list[str]:
    """The command of a night that is to be recorded."""
    return [sys.executable, str(_RECORDED), str(workspace), as_of]


class _Tracing:
    """The calls of one run, read one after the other: what exists by now, and where each descriptor stands."""

    def __init__(self, root: Path, beginning: Mapping[PurePosixPath, int]) -> None:
        self._root = os.fsencode(root) + b"/"
        self._sizes = dict(beginning)
        self._offsets: dict[tuple[str, str], int] = {}
        self._appending: set[tuple[str, str]] = set()

    def events(self, lines: Iterable[str]) -> Iterator[Event]:
        """The events of the calls that succeeded; a process's call that another's interrupts counts when it returns."""
        begun: dict[str, str] = {}
        for line in lines:
            process, _, told = line.rstrip("\n").partition(" ")
            told = told.lstrip()
            if told.endswith(_UNFINISHED):
                begun[process] = told.removesuffix(_UNFINISHED)
                continue
            if resumed := _RESUMED.match(told):
                told = begun.pop(process) + told[resumed.end() :]
            call = _CALL.match(told)
            if call is not None and not call["result"].startswith(("-", "?")):
                yield from self._events(process, call["name"], call["given"], call["result"])

    def _events(self, process: str, name: str, given: str, result: str) -> Iterator[Event]:
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(_DESCRIPTOR.sub("", given))]
        descriptor = _DESCRIPTOR.match(given)
        if name in _BY_NAME:
            yield from self._named(name, [self._inside(text) for text in texts])
        elif name in _OPENING:
            yield from self._opened((process, result), self._inside(texts[0]), given)
        elif descriptor is not None and name != "close":
            path = self._inside(bytes.fromhex(descriptor[2].replace("\\x", "")))
            if path is not None:
                yield from self._described(name, (process, descriptor[1]), path, (given, texts, int(result, 0)))

    def _inside(self, path: bytes) -> PurePosixPath | None:
        """The path below the workspace; None for one elsewhere. The program names its workspace by an absolute path."""
        if not (path + b"/").startswith(self._root) or path.endswith(_GONE):
            return None
        return PurePosixPath(os.fsdecode(path[len(self._root) :] or b"."))

    def _opened(self, place: tuple[str, str], path: PurePosixPath | None, given: str) -> Iterator[Event]:
        if path is None or not re.search(r"O_WRONLY|O_RDWR", given):
            return
        self._offsets[place] = 0
        self._appending.discard(place)
        if "O_APPEND" in given:
            self._appending.add(place)
        if path not in self._sizes:
            yield Event(Kind.CREATE, path)
        elif "O_TRUNC" in given:
            yield Event(Kind.RESIZE, path)
        if path not in self._sizes or "O_TRUNC" in given:
            self._sizes[path] = 0

    def _named(self, name: str, paths: list[PurePosixPath | None]) -> Iterator[Event]:
        ours = [path for path in paths if path is not None]
        if not ours:
            return
        if name.startswith("mkdir"):
            self._sizes[ours[0]] = 0
            yield Event(Kind.MAKE_FOLDER, ours[0])
        elif name.startswith(("unlink", "rmdir")):
            del self._sizes[ours[0]]
            yield Event(Kind.REMOVE, ours[0])
        elif name.startswith("rename") and len(ours) == 2 and ours[0].parent == ours[1].parent:
            self._sizes[ours[1]] = self._sizes.pop(ours[0])
            yield Event(Kind.RENAME, ours[0], target=ours[1])
        else:
            raise UnseenError(name, *ours)

    def _described(
        self, name: str, place: tuple[str, str], path: PurePosixPath, call: tuple[str, list[bytes], int]
    ) -> Iterator[Event]:
        given, texts, result = call
        if name in {"fsync", "fdatasync"}:
            yield Event(Kind.SYNC, path)
        elif name == "write":
            at = self._sizes[path] if place in self._appending else self._offsets[place]
            self._offsets[place] = at + result
            yield self._written(path, texts[0][:result], at)
        elif name == "pwrite64":
            yield self._written(path, texts[0][:result], int(given.rpartition(", ")[2]))
        elif name == "ftruncate":
            self._sizes[path] = int(given.rpartition(", ")[2])
            yield Event(Kind.RESIZE, path, place=self._sizes[path])
        elif name == "lseek":
            self._offsets[place] = result
        elif name != "mmap" or "MAP_SHARED" in given:
            raise UnseenError(name, path)

    def _written(self, path: PurePosixPath, content: bytes, at: int) -> Event:
        self._sizes[path] = max(self._sizes[path], at + len(content))
        return Event(Kind.WRITE, path, content, at)


_BY_NAME = {
    *("rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir"),
    *("link", "linkat", "symlink", "symlinkat", "truncate"),
}
_OPENING = {"open", "openat", "openat2", "creat"}
