"""The office of a division's head, where the directory does not say it: by how the division's name begins."""

from pipeline.settings.model import Division
from pipeline.wording import topic


def title_of_head(division: Division) -> str:
    """The title above the head's signature: *Chánh Văn phòng*; empty where neither directory nor name tells it."""
    if division.head_title:
        return division.head_title
    heads = topic("letters")["heads"]
    return next((str(head["title"]) for head in heads if division.name.startswith(head["begins"])), "")
