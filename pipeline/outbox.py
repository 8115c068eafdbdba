"""Publish whole or not at all: written beside, then moved into place (design 2.8)."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.faults import OperatorError
from pipeline.writing import write_whole, write_whole_or_fault

MANIFEST = "published.json"


@dataclass(frozen=True)
class Published:
    """One file in the outbox. ``relative`` may be a dated sibling when the wanted name was open elsewhere."""

    relative: str
    was_open_elsewhere: bool = False


class Outbox:
    """The outbox of a workspace, with its memory of what stands there and from what it was made.

    The memory (``archive/published.json``) is derived: without it everything is simply made again.
    """

    def __init__(self, root: Path, archive: Path) -> None:
        """``root`` is the outbox folder, ``archive`` holds the memory."""
        self._root = root
        self._manifest = archive / MANIFEST
        self._known: dict[str, dict[str, str]] = _read_manifest(self._manifest)

    def is_current(self, relative: str, made_from: str) -> bool:
        """Whether the file stands there, unchanged, made from exactly this."""
        known = self._known.get(relative, {})
        path = self._root / relative
        return (
            known.get("made_from") == made_from and path.is_file() and known.get("sha256") == _hash(path.read_bytes())
        )

    def was_published(self, relative: str) -> bool:
        """Whether the file was published before, wherever its reader has put it since."""
        return relative in self._known

    def is_marked(self, name: str, value: str) -> bool:
        """Whether a piece of work was marked as done for exactly this."""
        return self._known.get(name, {}).get("made_from") == value

    def mark(self, name: str, value: str) -> None:
        """Mark a piece of work as done, so that a run with nothing new need not look."""
        self._remember(name, {"made_from": value})

    def publish(self, relative: str, content: bytes, made_from: str, *, sibling: Callable[[str], str]) -> Published:
        """Put a file into the outbox; when the name is open elsewhere, under the name that ``sibling`` gives.

        Raises:
            OperatorError: E805, it can be written under neither name.
        """
        try:
            write_whole(self._root / relative, content)
        except PermissionError:
            return self._publish_beside(relative, content, sibling)
        except OSError as error:
            raise OperatorError("E805", path=f"outbox/{relative}", reason=error.strerror or error) from error
        self._forget_sibling(relative)
        self._remember(relative, {"made_from": made_from, "sha256": _hash(content)})
        return Published(relative)

    def _publish_beside(self, relative: str, content: bytes, sibling: Callable[[str], str]) -> Published:
        """Under a dated name while the wanted one is open elsewhere; the same content keeps the sibling it has."""
        known = self._known.get(relative, {})
        standing = self._root / known["sibling"] if "sibling" in known else None
        if standing is None or not standing.is_file() or _hash(standing.read_bytes()) != _hash(content):
            other = sibling(relative)
            write_whole_or_fault(self._root / other, content)
            self._forget_sibling(relative)
            self._remember(relative, {"sibling": other})
        return Published(self._known[relative]["sibling"], was_open_elsewhere=True)

    def _forget_sibling(self, relative: str) -> None:
        sibling = self._known.get(relative, {}).get("sibling")
        if sibling:
            # A sibling that a reader holds open stays until the next success.
            with suppress(PermissionError):
                (self._root / sibling).unlink(missing_ok=True)

    def _remember(self, relative: str, entry: Mapping[str, str]) -> None:
        self._known = {**self._known, relative: dict(entry)}
        text = json.dumps(self._known, ensure_ascii=False, indent=1, sort_keys=True)
        write_whole_or_fault(self._manifest, text.encode())


def dated_sibling(as_of: dt.datetime) -> Callable[[str], str]:
    """The name that stands in while the wanted one is open elsewhere: ``2019-6T_20190610-0005.xlsx``."""

    def sibling(relative: str) -> str:
        stem, dot, suffix = relative.rpartition(".")
        return f"{stem}_{as_of:%Y%m%d-%H%M}{dot}{suffix}"

    return sibling


def _read_manifest(path: Path) -> dict[str, dict[str, str]]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
