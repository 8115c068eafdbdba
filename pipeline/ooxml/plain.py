"""A part of which long pieces are written as programs write them: taken by a pattern and heard by no scan.

A sheet of 1.7 MB has thousands of elements for each of which a scan in Python would be called; expat alone holds it to
be well-formed in 5 ms. Whoever cuts a part answers for the silent pieces: whole elements only, without a namespace of
their own.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import NamedTuple
from xml.parsers import expat

from pipeline.ooxml import Repair, WouldRepairError
from pipeline.ooxml.parts import PartScan, bare_parser, ended, part_parser

LONGEST = 4 << 20
"""A part of more bytes is heard piece by piece: it may be hostile."""


class Piece(NamedTuple):
    """Some bytes of a part; ``silent_in`` are the elements that must be open around a silent one, outermost first."""

    content: bytes
    silent_in: tuple[str, ...] = ()


def hear(scan: PartScan, pieces: Iterable[Piece]) -> None:
    """Let a scan hear the pieces of a part that are not silent; expat reads all of them.

    Raises:
        WouldRepairError: as ``feed``; a silent piece stands elsewhere; or what the scan refuses.
    """
    parser = part_parser(scan)
    with ended(parser):
        for piece in pieces:
            if piece.silent_in and scan.path != [*piece.silent_in]:
                raise WouldRepairError(Repair.ELEMENT)
            with _silent(parser) if piece.silent_in else nullcontext():
                parser.Parse(piece.content)


@contextmanager
def _silent(parser: expat.XMLParserType) -> Iterator[None]:
    """Let nobody hear elements and texts."""
    handlers = parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler
    parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
    yield
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = handlers


def is_whole(content: bytes) -> bool:
    """Whether some bytes are a well-formed part by themselves."""
    try:
        with ended(parser := bare_parser()):
            parser.Parse(content)
    except WouldRepairError:
        return False
    return True
