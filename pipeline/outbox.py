"""Publish whole or not at all: written beside, then moved into place (design 2.8)."""

import datetime as dt
import hashlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from pipeline.faults import OperatorError
from pipeline.findings.codes import Code
from pipeline.memory import Memory
from pipeline.writing import remove_for_good, write_whole, write_whole_or_fault

MANIFEST = "published.json"


class Folder(StrEnum):
    """The folders of the outbox."""

    FORMS = "bieu_mau"
    ANSWERS = "phan_hoi"
    WORKBOOKS = "tong_hop"
    DAYS = "nhat_ky"
    LETTERS = "thu_nhac"
    REPORTS = "bao_cao"
    REBUILT = "dung_lai"
    GUIDE = "huong_dan"


def form_place(form: str, period: object, division: str) -> str:
    """Where a division's pre-filled form of a period lies, as below relative to the outbox."""
    return f"{Folder.FORMS}/{division}/{form}_{period}_{division}.xlsx"


def workbook_place(period: object) -> str:
    """Where the committee's workbook of a period lies."""
    return f"{Folder.WORKBOOKS}/{period}.xlsx"


def presented_place(period: object, sha256: str) -> str:
    """Where the workbook that was laid before the committee is kept, in the outbox beside the one of the period."""
    return f"{Folder.WORKBOOKS}/{period}_da_trinh_{sha256[:8]}.xlsx"


def rebuilt_place(period: object, as_of: dt.datetime) -> str:
    """Where a workbook built again lies: as deep as the published one, so that its links to originals lead there."""
    return f"{Folder.REBUILT}_{as_of:%Y%m%d-%H%M}/{period}.xlsx"


def letter_place(period: object, division: str = "") -> str:
    """Where a reminder of a round lies; without a division the round's folder."""
    return f"{Folder.LETTERS}/{period}/" + (f"{division}.docx" if division else "")


def guide_place(year: int, suffix: str) -> str:
    """Where the staff guide of a year lies, as Markdown or as a Word file."""
    return f"{Folder.GUIDE}/Huong_dan_can_bo_{year}.{suffix}"


def report_place(period: object) -> str:
    """Where the covering report of a period lies."""
    return f"{Folder.REPORTS}/{period}.docx"


@dataclass(frozen=True)
class Published:
    """One file in the outbox. ``relative`` may be a dated sibling: the wanted name was open elsewhere or worked on."""

    relative: str
    was_open_elsewhere: bool = False
    was_worked_on: bool = False


class Outbox:
    """The outbox of a workspace, with its memory of what stands there and from what it was made.

    The memory (``archive/published.json`` with its journal) is derived: without it everything is simply made again.
    """

    def __init__(self, root: Path, archive: Path, as_of: dt.datetime) -> None:
        """``root`` is the outbox folder, ``archive`` holds the memory; ``as_of`` dates what stands in for a file."""
        self._root, self._as_of = root, as_of
        self._memory = Memory(archive / MANIFEST)

    def _standing(self, relative: str) -> str:
        """SHA-256 of what stands there; blank for nothing."""
        path = self._root / relative
        return _hash(path.read_bytes()) if path.is_file() else ""

    def _ours(self, relative: str) -> str:
        """SHA-256 of what we published there last; none for nothing."""
        return self._memory[relative].get("sha256", "none")

    def is_current(self, relative: str, made_from: str) -> bool:
        """Whether the file stands there, unchanged, made from exactly this."""
        return self.is_marked(relative, made_from) and self.is_whole(relative)

    def is_whole(self, relative: str) -> bool:
        """Whether the file stands there as it was last published."""
        return self._standing(relative) == self._ours(relative)

    def was_published(self, relative: str) -> bool:
        """Whether the file was published before, wherever its reader has put it since."""
        return relative in self._memory

    def is_of_others(self, relative: str, content: bytes) -> bool:
        """Whether something stands there that is neither what we published nor what we are about to."""
        return self._standing(relative) not in {"", self._ours(relative), _hash(content)}

    def published_under(self, prefix: str) -> tuple[str, ...]:
        """The paths below a prefix that we published and did not take back, in their order."""
        return tuple(relative for relative in self._memory if relative.startswith(prefix))

    def take_back(self, relative: str) -> bool:
        """Remove what we published; False when it must stay: somebody changed it since, or holds it open.

        Raises:
            OperatorError: E805, the outbox or its memory cannot be written.
        """
        try:
            standing = self._standing(relative)
            if standing not in {"", self._ours(relative)}:
                return False
            if standing:
                remove_for_good(self._root / relative)
        except PermissionError:
            return False
        except OSError as error:
            raise OperatorError(Code.E805, path=f"outbox/{relative}", reason=error) from error
        self._remove_sibling(relative)
        self._memory.forget([relative])
        return True

    def siblings(self, folder: str) -> dict[str, str]:
        """What was open elsewhere when it was last published, below a folder of the outbox, to its dated sibling."""
        entries = {relative: self._memory[relative] for relative in self.published_under(f"{folder}/")}
        return {relative: entry["sibling"] for relative, entry in entries.items() if "sibling" in entry}

    def is_marked(self, name: str, value: str) -> bool:
        """Whether a piece of work was marked as done for exactly this."""
        return self._memory[name].get("made_from") == value

    def mark(self, name: str, value: str) -> None:
        """Mark a piece of work as done, so that a run with nothing new need not look."""
        self._memory.remember(name, {"made_from": value})

    def note(self, name: str, text: str, made_from: str) -> None:
        """Keep a text beside what stands in the outbox, so that what it says need not be made again from this."""
        self._memory.remember(name, {"made_from": made_from, "text": text})

    def noted(self, name: str, made_from: str) -> str | None:
        """The text that was kept; None when there is none of exactly this."""
        return self._memory[name].get("text") if self.is_marked(name, made_from) else None

    def drop_marks(self, prefix: str, *, but_below: Collection[str]) -> None:
        """Drop the marks below a prefix whose work is gone; what was published there stays in memory."""
        self._memory.forget(
            name
            for name in self.published_under(prefix)
            if self._memory[name].keys() == {"made_from"} and name.rpartition("/")[0] not in but_below
        )

    def publish(self, relative: str, content: bytes, made_from: str) -> Published:
        """Put a file into the outbox; when the name is open elsewhere, under a dated one (``2019-6T_20190610-0005``).

        Raises:
            OperatorError: E805, it can be written under neither name.
        """
        path = self._root / relative
        try:
            # A file that somebody holds open and that would stay the same gets no sibling.
            if not (path.is_file() and path.read_bytes() == content):
                write_whole(path, content)
        except PermissionError:
            return self._publish_beside(relative, content)
        except OSError as error:
            raise OperatorError(Code.E805, path=f"outbox/{relative}", reason=error) from error
        self._remove_sibling(relative)
        entry = {"made_from": made_from, "sha256": _hash(content), "program": version("qms-pipeline")}
        self._memory.remember(relative, entry)
        return Published(relative)

    def hand_out(self, relative: str, content: bytes) -> Published:
        """As :meth:`publish`, for a form that somebody may be filling where it lies.

        What was changed since it was handed out is somebody's work: it stays, and the new form stands beside it.

        Raises:
            OperatorError: E805, it can be written under neither name.
        """
        try:
            is_worked_on = self.is_of_others(relative, content)
        except OSError:
            is_worked_on = False  # held by somebody: then writing will show it
        if not is_worked_on:
            return self.publish(relative, content, _hash(content))
        return replace(self._publish_beside(relative, content), was_open_elsewhere=False, was_worked_on=True)

    def _publish_beside(self, relative: str, content: bytes) -> Published:
        """Under a dated name while the wanted one is open elsewhere; the same content keeps the sibling it has."""
        entry = self._memory[relative]
        if "sibling" not in entry or self._standing(entry["sibling"]) != _hash(content):
            stem, dot, suffix = relative.rpartition(".")
            other = f"{stem}_{self._as_of:%Y%m%d-%H%M}{dot}{suffix}"
            write_whole_or_fault(self._root / other, content)
            self._remove_sibling(relative)
            # What stands under the wanted name is still ours: by its hash we know it again.
            ours = {name: value for name, value in entry.items() if name == "sha256"}
            self._memory.remember(relative, {**ours, "sibling": other})
        return Published(self._memory[relative]["sibling"], was_open_elsewhere=True)

    def _remove_sibling(self, relative: str) -> None:
        """A sibling that a reader holds open stays until the next success."""
        sibling = self._memory[relative].get("sibling")
        if sibling:
            with suppress(PermissionError):
                remove_for_good(self._root / sibling)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
