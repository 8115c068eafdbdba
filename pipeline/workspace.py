"""A workspace on the disk: where things stand, and its settings read from qms.toml and danh_muc.xlsx."""

import datetime as dt
import hashlib
import json
import sqlite3
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.faults import OperatorError
from pipeline.ledger import Ledger, LedgerError
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.settings import Settings

VIETNAM = dt.timezone(dt.timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnam has kept UTC+7 without summer time since 1975."""


@dataclass(frozen=True)
class Workspace:
    """A folder with qms.toml, danh_muc.xlsx, inbox/, outbox/ and archive/ (design 4)."""

    root: Path

    @property
    def settings_file(self) -> Path:
        """The settings that are written by hand."""
        return self.root / "qms.toml"

    @property
    def directory_file(self) -> Path:
        """The divisions and the staff list."""
        return self.root / "danh_muc.xlsx"

    @property
    def inbox(self) -> Path:
        """Where divisions drop their forms; never changed by us."""
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        """Where results are published."""
        return self.root / "outbox"

    @property
    def archive(self) -> Path:
        """Custody: the copies that were judged, and the ledger."""
        return self.root / "archive"

    @property
    def ledger_file(self) -> Path:
        """The truth."""
        return self.archive / "ledger.sqlite"

    def relative(self, path: Path) -> str:
        """A path inside the workspace as it is told and stored: relative, with forward slashes."""
        return path.relative_to(self.root).as_posix()


def open_workspace(root: Path) -> Workspace:
    """The workspace at a folder.

    Raises:
        OperatorError: E801, a part of it is missing.
    """
    workspace = Workspace(root)
    needed = (workspace.settings_file, workspace.directory_file, workspace.inbox)
    missing = [path.name for path in needed if not path.exists()]
    if missing:
        raise OperatorError("E801", path=root, missing=", ".join(missing))
    return workspace


def now_in_vietnam() -> dt.datetime:
    """The local time, to the second, as it is written everywhere: without an offset."""
    return dt.datetime.now(VIETNAM).replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True)
class LoadedSettings:
    """The settings of a run with the bytes that they were read from, and the SHA-256 of both files' hashes."""

    settings: "Settings"
    sha256: str
    written: bytes = b""
    directory: bytes = b""

    @property
    def content(self) -> str:
        """The settings as JSON, as the ledger archives them."""
        return self.settings.model_dump_json()


def load_settings(workspace: Workspace) -> LoadedSettings:
    """The settings of the workspace; read from the ledger when these very bytes were read before.

    Raises:
        OperatorError: E802 or E803, a file cannot be read or breaks a rule.
    """
    written, directory = _bytes_of(workspace.settings_file), _bytes_of(workspace.directory_file)
    sha256 = hashlib.sha256(hashlib.sha256(written).digest() + hashlib.sha256(directory).digest()).hexdigest()
    archived = _archived(workspace, sha256)
    settings = (
        _parsed(written, workspace)
        if archived is None
        else _validated(json.loads(archived), workspace.settings_file.name)
    )
    if archived is None:
        from pipeline.directory import read_directory

        name = workspace.directory_file.name
        divisions, staff = read_directory(directory, name)
        settings = _validated({**settings.model_dump(), "divisions": divisions, "staff": staff}, name)
    return LoadedSettings(settings, sha256, written, directory)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OperatorError("E802", path=path.name, reason=error.strerror or error) from error


def _archived(workspace: Workspace, sha256: str) -> str | None:
    if not workspace.ledger_file.exists():
        return None
    with open_ledger(workspace) as ledger:
        return ledger.settings_content(sha256)


def _parsed(written: bytes, workspace: Workspace) -> "Settings":
    try:
        return _validated(tomllib.loads(written.decode("utf-8-sig")), workspace.settings_file.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OperatorError("E802", path=workspace.settings_file.name, reason=error) from error


def _validated(content: Mapping[str, Any], path: str) -> "Settings":
    from pydantic import ValidationError

    from pipeline.settings import Settings

    try:
        return Settings.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or say("command_line.settings_whole")
        reason = say("command_line.setting_refused", place=place, reason=first["msg"])
        raise OperatorError("E802", path=path, reason=reason) from error


def archived_settings(ledger: Ledger, sha256: str) -> "Settings":
    """The settings that were archived under a hash.

    Raises:
        OperatorError: E811, the ledger holds none of that hash; E802, this program cannot read them any more.
    """
    content = ledger.settings_content(sha256)
    if content is None:
        raise OperatorError("E811", path="ledger.sqlite", reason=sha256)
    return _validated(json.loads(content), "ledger.sqlite")


def open_ledger(workspace: Workspace) -> Ledger:
    """The ledger of the workspace, which must exist.

    Raises:
        OperatorError: E811, it is missing, damaged or of another version; E805, it is held by another program, or the
            disk is full or read-only.
    """
    try:
        return Ledger(workspace.ledger_file)
    except (LedgerError, sqlite3.DatabaseError) as error:
        code = "E805" if _is_out_of_reach(error) else "E811"
        raise OperatorError(code, path=workspace.relative(workspace.ledger_file), reason=error) from error


_OUT_OF_REACH = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}


def _is_out_of_reach(error: Exception) -> bool:
    """Whether the ledger may be whole, and only cannot be worked with now: nobody must take it for damaged."""
    cause = error.__cause__ if isinstance(error, LedgerError) else error
    # An extended code keeps the primary one in its lowest byte.
    return isinstance(cause, sqlite3.Error) and getattr(cause, "sqlite_errorcode", 0) & 0xFF in _OUT_OF_REACH


def create_ledger(workspace: Workspace) -> Ledger:
    """The ledger of the workspace, made when there is none yet.

    Raises:
        OperatorError: E805 or E811, it cannot be written, or is damaged.
    """
    if not workspace.ledger_file.exists():
        _make_ledger(workspace)
    return open_ledger(workspace)


def _make_ledger(workspace: Workspace) -> None:
    """Beside its place, then moved into it: a run that is killed meanwhile leaves none, rather than a blank one."""
    from pipeline.ledger.tables import row_tables

    beside = workspace.archive / f".writing-{workspace.ledger_file.name}"
    try:
        workspace.archive.mkdir(parents=True, exist_ok=True)
        for left_behind in workspace.archive.glob(f"{beside.name}*"):
            left_behind.unlink()
        with Ledger(beside, row_tables()):
            pass
        beside.replace(workspace.ledger_file)
    except (OSError, sqlite3.OperationalError, LedgerError) as error:
        raise OperatorError("E805", path=workspace.relative(workspace.ledger_file), reason=error) from error
