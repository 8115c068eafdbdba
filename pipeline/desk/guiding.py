"""The staff guide of the workspace's settings, as Markdown and as a Word file."""

import datetime as dt

from pipeline.guards import alone
from pipeline.letters.guide import guide_text, guide_title
from pipeline.letters.guide_document import guide_bytes
from pipeline.outbox import guide_place
from pipeline.settings import Settings
from pipeline.workspace import Workspace
from pipeline.writing import make_folder, write_whole_or_fault


def write_guide(workspace: Workspace, settings: Settings) -> list[str]:
    """Write the guide into outbox/huong_dan/; gives its paths, relative to the workspace.

    Raises:
        OperatorError: E806, another command is at work; E805, it cannot be written.
    """
    year = max(settings.years)
    day, text = dt.date(year, 1, 1), guide_text(settings)
    author = settings.contact.secretary or settings.agency_on(day).name
    contents = {
        guide_place(year, "md"): text.encode(),
        guide_place(year, "docx"): guide_bytes(text, guide_title(settings), author, day),
    }
    with alone(workspace):
        for place, content in contents.items():
            make_folder((workspace.outbox / place).parent)
            write_whole_or_fault(workspace.outbox / place, content)
    return [f"outbox/{place}" for place in contents]
