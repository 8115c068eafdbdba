"""Lets a scan hear a part: the one place where XML of others is parsed, with expat, as a stream."""

from typing import IO
from xml.parsers import expat

from pipeline.intake.part_scans import Attributes, HostileWorkbookError, PartScan
from pipeline.intake.repairs import Repair, WouldRepairError

_CHUNK = 1 << 16
_LONGEST_TAG = 4 << 20
_TOO_LONG = "a tag or a comment of more than 4 MiB"
_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
"""Those that every reader takes alike; Excel reads UTF-16, too, but calamine does not."""
_ENCODINGS_ELSEWHERE = _ENCODINGS | {"utf-16", "iso-8859-1"}
"""What expat takes by itself, for parts that hold no cells."""


def part_parser(scan: PartScan) -> expat.XMLParserType:
    """Return a parser that tells the scan each element by its name without prefix.

    Attributes with a prefix come with their namespace and a colon before them. A scan that names its ``spaces`` hears
    of other elements by ``foreign`` only.
    """
    heard, begin, leave = _Names(scan), scan.start, scan.end

    def start(name: str, attributes: Attributes) -> None:
        local, is_foreign = heard[name]
        if is_foreign:
            scan.foreign(local)
        else:
            begin(local, attributes)

    def end(name: str) -> None:
        leave(heard[name][0])

    def bind(prefix: str | None, space: str | None) -> None:
        if space in scan.spaces:
            scan.bind(prefix)

    parser = expat.ParserCreate(namespace_separator=":")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = scan.text
    parser.StartCdataSectionHandler = scan.unlike_text
    parser.StartNamespaceDeclHandler = bind
    parser.XmlDeclHandler = _refuse_encoding
    parser.StartDoctypeDeclHandler = refuse_document_type
    scan.parser = parser
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
    parser = expat.ParserCreate()
    parser.XmlDeclHandler = _refuse_encoding_elsewhere
    parser.StartDoctypeDeclHandler = refuse_document_type
    return parser


def refuse_document_type(*_: object) -> None:
    """Refuse what ECMA-376 Part 2 forbids (6.2.5); it is what carries entity bombs.

    Raises:
        WouldRepairError: always.
    """
    raise WouldRepairError(Repair.DOCUMENT_TYPE)


def _refuse_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.casefold() not in _ENCODINGS:
        raise WouldRepairError(Repair.ENCODING, encoding[:20])


def _refuse_encoding_elsewhere(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.casefold() not in _ENCODINGS_ELSEWHERE:
        raise WouldRepairError(Repair.ENCODING, encoding[:20])


def feed(parser: expat.XMLParserType, content: IO[bytes]) -> None:
    """Let the parser hear a whole part.

    Raises:
        WouldRepairError: it is no well-formed XML, has a document type, or is of an encoding that readers do not share.
        HostileWorkbookError: a tag or a comment of more than 4 MiB, which no program writes.
    """
    fed = unfinished = 0
    try:
        # expat before 2.6 reads a tag or comment from its beginning whenever it is given more of it: to be given as
        # much again as it has makes that linear.
        while chunk := content.read(max(_CHUNK, unfinished)):
            parser.Parse(chunk)
            fed += len(chunk)
            unfinished = fed - max(0, parser.CurrentByteIndex)
            if unfinished > _LONGEST_TAG:
                raise HostileWorkbookError(_TOO_LONG)
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes "this is the end" by position only
    except expat.ExpatError as damage:
        raise WouldRepairError(Repair.BROKEN_XML, str(damage)) from damage
