"""The parts of an .xlsx package: inflated within bounds, parsed into elements by their local names."""

import io
import posixpath
import zipfile
import zlib
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

_MOST_INFLATED: Final = 400 << 20
_MOST_PARTS: Final = 5_000
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
Moment = tuple[int, int, int, int, int, int]


class NotAWorkbookError(Exception):
    """The bytes are no .xlsx workbook that can be read within bounds; the message is a key of ``compliance.reason``."""


class Package:
    """The parts of one package by name, parsed when they are asked for."""

    def __init__(self, content: bytes) -> None:
        """Inflate every part.

        Raises:
            NotAWorkbookError: the bytes are no zip, are damaged, or inflate beyond the bounds.
        """
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = archive.infolist()
                if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_INFLATED:
                    raise NotAWorkbookError("too_large")
                self._parts = {entry.filename: archive.read(entry) for entry in entries}
                self.moments: dict[str, Moment] = {entry.filename: entry.date_time for entry in entries}
        except _DAMAGE as damage:
            raise NotAWorkbookError("no_package") from damage

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._parts)

    def part(self, name: str) -> Element:
        """One part as elements.

        Raises:
            NotAWorkbookError: there is no such part, or it is no well-formed XML.
        """
        if name not in self._parts:
            raise NotAWorkbookError("no_workbook")
        return parsed(self._parts[name])

    def targets(self, name: str) -> dict[str, tuple[str, bool]]:
        """What a part refers to, by id: the target (of an internal one the part's name), and whether it is external."""
        folder, _, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        if relations not in self._parts:
            return {}
        told = (relation.attrib for relation in self.part(relations))
        return {
            one.get("Id", ""): (one.get("Target", ""), True)
            if one.get("TargetMode") == "External"
            else (_inside(folder, one.get("Target", "")), False)
            for one in told
        }


def _inside(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def parsed(content: bytes) -> Element:
    """XML as elements whose names have lost their namespace, whatever prefixes a program chose.

    Raises:
        NotAWorkbookError: it is not well-formed, or declares a document type.
    """
    builder, names = TreeBuilder(), _LocalNames()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: builder.start(names[name], attributes)
    parser.EndElementHandler = lambda name: builder.end(names[name])
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes "this is the end" by position only
    except expat.ExpatError as damage:
        raise NotAWorkbookError("damaged") from damage
    return builder.close()


class _LocalNames(dict[str, str]):
    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(" ")[2]
        return self[name]


def _refuse(*_: object) -> None:
    raise NotAWorkbookError("damaged")


def reference(element: Element) -> str:
    """The id by which an element refers to another part (``r:id``); empty without one."""
    return next((value for name, value in element.attrib.items() if name.endswith("/relationships id")), "")
