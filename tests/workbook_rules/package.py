"""The parts of an .xlsx package: inflated within bounds, parsed into elements by their local names."""

import io
import posixpath
import zipfile
import zlib
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import XML, Element, ParseError

_MOST_INFLATED: Final = 400 << 20
_MOST_PARTS: Final = 5_000
_DOCUMENT_TYPE: Final = b"<!DOCTYPE"
_REMEMBERED_PARTS: Final = 512
"""Some nine workbooks: two that differ little have most of their parts in common."""
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


@lru_cache(_REMEMBERED_PARTS)
def parsed(content: bytes) -> Element:
    """XML as elements whose names have lost their namespace, whatever prefixes a program chose; only to be read.

    Raises:
        NotAWorkbookError: it is not well-formed, or declares a document type.
    """
    # In UTF-16 the declaration would not be seen; no text in UTF-8 has zero bytes.
    if _DOCUMENT_TYPE in content or b"\0" in content:
        raise NotAWorkbookError("damaged")
    try:
        root = XML(content)
    except ParseError as damage:
        raise NotAWorkbookError("damaged") from damage
    names = _LocalNames()
    for element in root.iter():
        element.tag = names[element.tag]
    return root


class _LocalNames(dict[str, str]):
    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition("}")[2]
        return self[name]


def reference(element: Element) -> str:
    """The id by which an element refers to another part (``r:id``); empty without one."""
    return next((value for name, value in element.attrib.items() if name.endswith("/relationships}id")), "")
