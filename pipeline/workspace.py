"""A workspace on the disk: where things stand, and its settings read from qms.toml and danh_muc.xlsx."""

import datetime as dt
import hashlib
import json
import re
import sqlite3
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.faults import OperatorError, disk_faults
from pipeline.findings.codes import Code
from pipeline.ledger import Ledger, LedgerError, NewerLedgerError
from pipeline.ledger.patience import HELD
from pipeline.ledger.schema import VERSION
from pipeline.wording import say
from pipeline.writing import make_folder, sync_folder

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
        raise OperatorError(Code.E801, path=root, missing=", ".join(missing))
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
    with disk_faults(workspace.settings_file.name, Code.E802):
        written = workspace.settings_file.read_bytes()
    with disk_faults(workspace.directory_file.name, Code.E802):
        directory = workspace.directory_file.read_bytes()
    sha256 = hashlib.sha256(hashlib.sha256(written).digest() + hashlib.sha256(directory).digest()).hexdigest()
    archived = _archived(workspace, sha256)
    if archived is not None:
        settings = _validated(json.loads(archived), workspace.settings_file.name)
    else:
        from pipeline.directory import read_directory

        settings, name = _parsed(written, workspace), workspace.directory_file.name
        divisions, staff = read_directory(directory, name)
        settings = _validated({**settings.model_dump(), "divisions": divisions, "staff": staff}, name)
    return LoadedSettings(settings, sha256, written, directory)


def _archived(workspace: Workspace, sha256: str) -> str | None:
    if not workspace.ledger_file.exists():
        return None
    with open_ledger(workspace) as ledger:
        return ledger.settings_content(sha256)


def _parsed(written: bytes, workspace: Workspace) -> "Settings":
    from pipeline.settings.refusals import syntax_words

    name = workspace.settings_file.name
    try:
        text = written.decode("utf-8-sig")
        return _validated(tomllib.loads(text), name, text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OperatorError(Code.E802, path=name, reason=syntax_words(error, written)) from error


def _validated(content: Mapping[str, Any], path: str, text: str = "") -> "Settings":
    from pydantic import ValidationError

    from pipeline.settings import Settings
    from pipeline.settings.refusals import refusal_words

    try:
        return Settings.model_validate(content)
    except ValidationError as error:
        raise OperatorError(Code.E802, path=path, reason=refusal_words(error.errors()[0], text)) from error


def archived_settings(ledger: Ledger, sha256: str) -> "Settings":
    """The settings that were archived under a hash.

    Raises:
        OperatorError: E811, the ledger holds none of that hash; E802, this program cannot read them any more.
    """
    content = ledger.settings_content(sha256)
    if content is None:
        raise OperatorError(Code.E811, path="ledger.sqlite", reason=say("files.ledger.settings", sha256=sha256))
    return _validated(json.loads(content), "ledger.sqlite")


@contextmanager
def open_ledger(workspace: Workspace) -> Iterator[Ledger]:
    """The ledger of the workspace, which must exist, for reading: an older one is read in a copy that is up to date.

    Raises:
        OperatorError: E824, it is lost; and as :func:`ledger_faults`, as long as it is read.
    """
    _refuse_a_lost_ledger(workspace)
    with ledger_faults(workspace), Ledger(workspace.ledger_file) as ledger:
        yield ledger


@contextmanager
def ledger_so_far(workspace: Workspace) -> Iterator[Ledger]:
    """As :func:`open_ledger`; before the first run a ledger that holds nothing.

    Raises:
        OperatorError: as :func:`open_ledger`.
    """
    if has_ledger(workspace):
        with open_ledger(workspace) as ledger:
            yield ledger
    else:
        from pipeline.ledger.tables import blank_ledger

        with blank_ledger() as ledger:
            yield ledger


def has_ledger(workspace: Workspace) -> bool:
    """Whether a run has begun the ledger yet.

    Raises:
        OperatorError: E824, it is gone while the originals of which it tells are there.
    """
    _refuse_a_lost_ledger(workspace)
    return workspace.ledger_file.exists()


def _refuse_a_lost_ledger(workspace: Workspace) -> None:
    """A new ledger would know nothing of decisions and arrivals: forms that came in time would turn late."""
    if workspace.ledger_file.exists():
        return
    # A file in custody bears the name of its bytes when it is whole.
    names = (path.name for path in (workspace.archive / "originals").glob("*"))
    originals = sum(bool(re.match("[0-9a-f]{64}[.]", name)) for name in names)
    if originals:
        raise OperatorError(Code.E824, path=workspace.relative(workspace.ledger_file), originals=originals)


@contextmanager
def ledger_faults(workspace: Workspace) -> Iterator[None]:
    """What the disk, another program or a damaged file does to the ledger, told to the operator.

    A slip of ours in SQL is none of these: it is raised as it is.

    Raises:
        OperatorError: E805, the disk is full or read-only; E811, the ledger is missing or damaged; E825, it was made by
            a newer program; E827, another program holds it.
    """
    try:
        yield
    except (LedgerError, sqlite3.Error) as error:
        code = _code_of(error)
        if code is None:
            raise
        path = workspace.relative(workspace.ledger_file)
        reason = say(f"files.ledger.{code}") if code in {Code.E805, Code.E811} else ""
        raise OperatorError(code, path=path, reason=reason, version=error, listed=VERSION) from error


_CODES = {
    **dict.fromkeys(HELD, Code.E827),
    sqlite3.SQLITE_CANTOPEN: Code.E805,
    sqlite3.SQLITE_FULL: Code.E805,
    sqlite3.SQLITE_IOERR: Code.E805,
    sqlite3.SQLITE_PERM: Code.E805,
    sqlite3.SQLITE_READONLY: Code.E805,
    sqlite3.SQLITE_CORRUPT: Code.E811,
    sqlite3.SQLITE_NOTADB: Code.E811,
}


def _code_of(error: LedgerError | sqlite3.Error) -> Code | None:
    """The operator's code; None for a fault of ours."""
    if isinstance(error, LedgerError):
        return Code.E825 if isinstance(error, NewerLedgerError) else Code.E811
    # An extended code keeps the primary one in its lowest byte.
    return _CODES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)


def is_held(error: BaseException) -> bool:
    """Whether SQLite tells that another program holds the ledger: no fault of what was being made from it."""
    return isinstance(error, sqlite3.Error) and _code_of(error) == Code.E827


def create_ledger(workspace: Workspace) -> Ledger:
    """The ledger of the workspace for writing, made when there is none yet, an older one brought up to date.

    Call only under the workspace's lock (:func:`pipeline.guards.alone`).

    Raises:
        OperatorError: E805, it cannot be written; E824, it is lost; and as :func:`ledger_faults`.
    """
    with disk_faults(workspace.relative(workspace.ledger_file)), ledger_faults(workspace):
        if not has_ledger(workspace):
            _make_ledger(workspace)
        return Ledger(workspace.ledger_file, brings_up_to_date=True)


def _make_ledger(workspace: Workspace) -> None:
    """Beside its place, then moved into it: a run that is killed meanwhile leaves none, rather than a blank one."""
    from pipeline.ledger.tables import row_tables

    beside = workspace.archive / f".writing-{workspace.ledger_file.name}"
    make_folder(workspace.archive)
    for left_behind in workspace.archive.glob(f"{beside.name}*"):
        left_behind.unlink()
    with Ledger(beside, row_tables()):
        pass
    beside.replace(workspace.ledger_file)
    sync_folder(workspace.archive)
