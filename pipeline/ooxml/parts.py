"""The one place where the XML of others is parsed: with expat, as a stream, into a listener for each kind of part.

Names come without prefix, because strict files, OpenXML SDK and LibreOffice write different ones.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO
from xml.parsers import expat

from pipeline.ooxml import HostileWorkbookError, Repair, WouldRepairError

_CHUNK = 1 << 16
_LONGEST_TAG = 4 << 20
_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
"""Those that every reader takes alike; Excel reads UTF-16, too, but calamine does not."""
_ENCODINGS_ELSEWHERE = _ENCODINGS | {"utf-16", "iso-8859-1"}
"""What expat takes by itself, for parts that hold no cells."""

Attributes = dict[str, str]


class PartScan:
    """Hears the elements of one part; by itself it keeps nothing.

    Attributes:
        spaces: the namespaces whose elements are heard by name; empty where the scan tells them apart itself.
        watched: names under which readers that pass over namespaces would hear an element of another one.
        parser: what feeds the scan, asked for byte positions.
        root_space: the namespace of the part's root.
        path: the names of the open elements, outermost first; "" for one of another namespace.
    """

    spaces: frozenset[str] = frozenset()
    watched: frozenset[str] = frozenset()
    parser: expat.XMLParserType
    root_space: str = ""

    def __init__(self) -> None:
        self.path: list[str] = []

    @property
    def parent(self) -> str:
        """The name of the innermost open element; blank at the root."""
        return self.path[-1] if self.path else ""

    def start(self, name: str, attributes: Attributes) -> None:
        """Hear an element begin, which is not yet in ``path``."""

    def foreign(self, name: str) -> None:
        """Hear an element of another namespace begin."""
        if name in self.watched:
            raise WouldRepairError(Repair.ELEMENT, name)

    def end(self, name: str) -> None:
        """Hear an element end, of whatever namespace; it is no longer in ``path``."""

    def text(self, content: str) -> None:
        """Hear text."""

    def attach(self, parser: expat.XMLParserType) -> None:
        """Be fed by this parser."""
        self.parser = parser


def part_parser(scan: PartScan) -> expat.XMLParserType:
    """Return a parser that tells the scan each element by its name without prefix.

    Attributes with a prefix come with their namespace and a colon before them. A scan that names its ``spaces`` hears
    of other elements by ``foreign`` only.
    """
    names, path, begin, leave = _Names(scan), scan.path, scan.start, scan.end

    def start(name: str, attributes: Attributes) -> None:
        local, is_foreign = names[name]
        if is_foreign:
            scan.foreign(local)
            path.append("")
        else:
            begin(local, attributes)
            path.append(local)

    def end(name: str) -> None:
        path.pop()
        leave(names[name][0])

    parser = _bounded(expat.ParserCreate(namespace_separator=":"), _ENCODINGS)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = scan.text
    scan.attach(parser)
    return parser


class _Names(dict[str, tuple[str, bool]]):
    """Each name once taken apart: without its namespace, and whether that is another than the root's, or not ours."""

    def __init__(self, scan: PartScan) -> None:
        self._scan = scan

    def __missing__(self, name: str) -> tuple[str, bool]:
        space, _, local = name.rpartition(":")
        if not self:
            self._scan.root_space = space
        is_ours = space in self._scan.spaces and space == self._scan.root_space
        self[name] = local, bool(self._scan.spaces) and not is_ours
        return self[name]


def bare_parser() -> expat.XMLParserType:
    """Return a parser that hears nothing but a document type declaration, for a part that holds no cells."""
    return _bounded(expat.ParserCreate(), _ENCODINGS_ELSEWHERE)


def _bounded(parser: expat.XMLParserType, encodings: frozenset[str]) -> expat.XMLParserType:
    parser.XmlDeclHandler = partial(_refuse_encoding, encodings)
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_: object) -> None:
    """ECMA-376 Part 2 forbids it (6.2.5); it is what carries entity bombs."""
    raise WouldRepairError(Repair.DOCUMENT_TYPE)


def _refuse_encoding(allowed: frozenset[str], _version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.casefold() not in allowed:
        raise WouldRepairError(Repair.ENCODING, encoding[:20])


def feed(parser: expat.XMLParserType, content: IO[bytes]) -> None:
    """Let the parser hear a whole part.

    Raises:
        WouldRepairError: it is no well-formed XML, has a document type, or is of an encoding that readers do not share.
        HostileWorkbookError: a tag or a comment of more than 4 MiB, which no program writes.
    """
    fed = unfinished = 0
    with ended(parser):
        # expat before 2.6 reads a tag or comment from its beginning whenever it is given more of it: to be given as
        # much again as it has makes that linear.
        while chunk := content.read(max(_CHUNK, unfinished)):
            parser.Parse(chunk)
            fed += len(chunk)
            unfinished = fed - max(0, parser.CurrentByteIndex)
            if unfinished > _LONGEST_TAG:
                message = "a tag or a comment of more than 4 MiB"
                raise HostileWorkbookError(message)


@contextmanager
def ended(parser: expat.XMLParserType) -> Iterator[None]:
    """Tell the parser in the end that the part ends.

    Raises:
        WouldRepairError: it is no well-formed XML.
    """
    try:
        yield
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes "this is the end" by position only
    except expat.ExpatError as damage:
        raise WouldRepairError(Repair.BROKEN_XML, str(damage)) from damage
