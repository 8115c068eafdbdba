"""A file dropped before a night, and a night that ends with its verdicts: nobody is answered, nothing published."""

import datetime as dt
import os

from pipeline.intake.workers import Workers
from pipeline.ledger import Scan
from pipeline.night.arriving import arrive
from pipeline.night.deciding import judge_pending
from pipeline.night.frame import Run
from pipeline.workspace import VIETNAM, Workspace, create_ledger, load_settings


def drop(workspace: Workspace, name: str, content: bytes, night: dt.datetime) -> None:
    """A file into the inbox, hours before a night."""
    path = workspace.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    stamp = (night - dt.timedelta(hours=7)).replace(tzinfo=VIETNAM).timestamp()
    os.utime(path, (stamp, stamp))


def take_and_judge(workspace: Workspace, as_of: dt.datetime) -> None:
    """A night up to its verdicts: nobody is answered, nothing published."""
    loaded = load_settings(workspace)
    with create_ledger(workspace) as ledger:
        run = Run(workspace, loaded, ledger, Scan(f"{as_of}", as_of, loaded.sha256), Workers(1), lambda *_: None)
        arrive(run)
        judge_pending(run)
