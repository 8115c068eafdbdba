"""The page of a row of failed runs: what stopped, since when, what to do. One page, on the day of the last of them."""

import datetime as dt
import re
from pathlib import Path
from typing import assert_never

from pipeline.naming import visible
from pipeline.night.last_run import Ending, LastRun, folders, put, remove
from pipeline.wording import say

_NAME = re.compile(r"\d{4}-\d{2}-\d{2}_SU_CO\.md")


def put_page(root: Path, last: LastRun) -> None:
    """Leave the page where a person looks in the morning, and take the one of an earlier day away."""
    name = f"{_told_at(last):%Y-%m-%d}_SU_CO.md"
    put(root, name, stopped_page(root, last))
    remove([path for path in _pages(root) if path.name != name])


def take_page(root: Path) -> None:
    """The work goes on: no page stays."""
    remove(_pages(root))


def stopped_page(root: Path, last: LastRun) -> str:
    """The page, in Vietnamese Markdown that reads as well in Notepad."""
    at = _told_at(last)
    blocks = [
        say("stopped.title", at=at),
        say("stopped.since", since=last.failing_since or last.begun, at=at, count=last.failed_runs),
        say("stopped.heading.reason"),
        visible(" ".join(last.reason.split())),
        say("stopped.heading.to_do"),
        say(f"stopped.to_do.{_advice(last.state)}", workspace=visible(str(root.resolve()))),
        say("stopped.closing"),
    ]
    return "\n\n".join(blocks) + "\n"


def _advice(state: Ending) -> str:
    match state:
        case Ending.OPERATOR_ERROR:
            return "operator"
        case Ending.FAULT:
            return "fault"
        case Ending.RUNNING:
            return "broken_off"
        case Ending.DONE | Ending.DONE_WITH_FAULTS:
            raise ValueError(state)
        case _:
            assert_never(state)


def _told_at(last: LastRun) -> dt.datetime:
    return last.ended or last.begun


def _pages(root: Path) -> list[Path]:
    """Every page that is open; a folder that cannot be read has none."""
    return [
        path for folder in folders(root) if folder.is_dir() for path in folder.iterdir() if _NAME.fullmatch(path.name)
    ]
