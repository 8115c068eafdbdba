"""A part whose long middle is written as spreadsheet programs write it: taken by a pattern and heard by no scan.

A part of 1.7 MB has 50,000 cells and marks for which a scan in Python would be called; expat alone holds it to be
well-formed in 5 ms. Whoever cuts a part answers for the middle: whole elements only, in the namespace of their parent.
"""

from dataclasses import dataclass
from typing import Self

from pipeline.ooxml import Repair, WouldRepairError
from pipeline.ooxml.parts import PartScan, ended, part_parser

LONGEST = 4 << 20
"""A part of more bytes is heard piece by piece: it may be hostile."""


@dataclass(frozen=True)
class Cut:
    """The bytes of a part, and where its middle begins and ends."""

    content: bytes
    begin: int
    end: int

    @classmethod
    def between(cls, content: bytes, first: bytes, last: bytes) -> Self | None:
        """A part cut behind the first of one tag and before the last of another; None where it has not both."""
        begin, end = content.find(first), content.rfind(last)
        return cls(content, begin + len(first), end) if 0 <= begin < end else None

    @property
    def middle(self) -> bytes:
        """What no scan hears. None of it may declare a namespace."""
        return self.content[self.begin : self.end]

    def heard_by(self, scan: PartScan, path: list[str]) -> None:
        """Let a scan hear all but the middle, which must stand right within ``path``; expat reads all of it.

        Raises:
            WouldRepairError: it is no well-formed XML, has a document type, or what the scan refuses.
        """
        parser = part_parser(scan)
        with ended(parser):
            parser.Parse(self.content[: self.begin])
            if scan.path != path:
                raise WouldRepairError(Repair.ELEMENT)
            handlers = parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler
            parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
            parser.Parse(self.middle)
            parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = handlers
            parser.Parse(self.content[self.end :])
