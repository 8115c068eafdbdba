"""What changed, in words."""

from collections.abc import Hashable, Mapping

from pipeline.committee.signs import word
from pipeline.consolidation.changes import Subject
from pipeline.wording import say


def shortened(names: str, most: int) -> str:
    """A list of names cut to what can be read: "VP, KHTC và 3 mục khác"."""
    listed = names.split(", ")
    if len(listed) <= most:
        return names
    return say("committee.and_more", shown=", ".join(listed[:most]), count=len(listed) - most)


def change_words(change: Mapping[Hashable, object]) -> dict[str, str]:
    """One row of the changes in words: subject, before, after, which."""
    subject = Subject(str(change["subject"]))
    values = {side: str(change[side]) for side in ("before", "after")}
    groups = {Subject.OBLIGATION: "state", Subject.FILE: "verdict"}
    if subject in groups:
        values = {side: word(groups[subject], code) for side, code in values.items() if code}
    new = say("committee.change.new")
    told = {side: values.get(side) or new for side in ("before", "after")}
    return {"subject": say(f"committee.change.{subject}"), **told, "which": str(change["which"])}
