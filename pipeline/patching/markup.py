"""XML as parts hold it: parsed without entities and network, changed in place, written without a change of the rest."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, cast

from lxml import etree

from pipeline.patching.refusal import PatchError

Element = etree._Element  # noqa: SLF001  lxml has no public name for the class of its elements
MAIN: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespace of cells: transitional and strict."""
OFFICE: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
"""The namespace of relation ids, and how the types of relations begin: transitional and strict."""
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_LIKE_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LIKE_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xfe\xff|\xff\xfe")


def parsed(content: bytes, part: str) -> Element:
    """The root of a part.

    Raises:
        PatchError: it is not well-formed, has a document type, or is deeper or longer than any program writes.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        strip_cdata=False,
    )
    if not _LIKE_XML.match(content):
        raise PatchError(part, "no XML")
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as damage:
        raise PatchError(part, f"{damage}") from damage
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise PatchError(part, "has a document type")
    return root


def serialised(root: Element) -> bytes:
    """The part as UTF-8, with what stands before and behind its root."""
    return DECLARATION + etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)


def local(element: Element) -> str:
    """The name of an element without its namespace; blank for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def space_of(element: Element) -> str:
    """The namespace of an element; blank without one."""
    return element.tag[1:].partition("}")[0] if isinstance(element.tag, str) and element.tag[0] == "{" else ""


def child(parent: Element, name: str) -> Element | None:
    """The first child of this name in its parent's own namespace."""
    return parent.find(f"{{{space_of(parent)}}}{name}")


def children(parent: Element | None, name: str) -> list[Element]:
    """The children of this name in their parent's own namespace; none without a parent."""
    return [] if parent is None else parent.findall(f"{{{space_of(parent)}}}{name}")


def elements(parent: Element | None) -> list[Element]:
    """All children that are no comments; none without a parent."""
    return [] if parent is None else list(parent.iterchildren("*"))


def appended(parent: Element, name: str, text: str | None = None) -> Element:
    """Add a child, last, in the namespace of its parent."""
    element = etree.SubElement(parent, f"{{{space_of(parent)}}}{name}")
    if text is not None:
        element.text = text
    return element


def detached(parent: Element, name: str) -> Element:
    """Make an element in the namespace of what will be its parent, with its prefixes."""
    return etree.Element(f"{{{space_of(parent)}}}{name}", nsmap=cast("dict[str, str]", parent.nsmap))


def detached_with_id(parent: Element, name: str, office: str, identity: str) -> Element:
    """Make an element with an ``r:id``, under the prefix that programs expect (Gnumeric stumbles over others)."""
    prefixes = {**cast("dict[str, str]", parent.nsmap), "r": office}
    element = etree.Element(f"{{{space_of(parent)}}}{name}", nsmap=prefixes)
    element.set(f"{{{office}}}id", identity)
    return element


def attributes(element: Element) -> dict[str, str]:
    """The attributes of an element by name."""
    return {str(key): str(text) for key, text in element.attrib.items()}


def unset(element: Element, key: str) -> None:
    """Take an attribute off an element, if it has it."""
    if key in element.attrib:
        del element.attrib[key]


def placed(parent: Element, name: str, order: Sequence[str]) -> Element:
    """Give the child of this name, making it where the schema's ``order`` has it."""
    present = child(parent, name)
    if present is not None:
        return present
    element = detached(parent, name)
    place_in_order(parent, element, order)
    return element


def place_in_order(parent: Element, element: Element, order: Sequence[str]) -> None:
    """Put an element before the first sibling that the schema's ``order`` has behind it."""
    rank = order.index(local(element))
    for sibling in parent:
        if _rank(sibling, order) > rank:
            sibling.addprevious(element)
            return
    parent.append(element)


def _rank(element: Element, order: Sequence[str]) -> int:
    """The place of an element in the order; of an alternative (ECMA-376 Part 3) that of what it holds; else before."""
    if local(element) == "AlternateContent":
        return max((_rank(inner, order) for choice in element for inner in choice), default=-1)
    name = local(element)
    return order.index(name) if name in order else -1


def removed(element: Element) -> None:
    """Take an element out of its parent; the text behind it stays with what stands before."""
    parent = element.getparent()
    if parent is None:
        raise PatchError(local(element), "the root of a part stays")
    tail, before = element.tail, element.getprevious()
    parent.remove(element)
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail


def has_elements(element: Element) -> bool:
    """Whether there is any child that is no comment."""
    return any(local(inner) for inner in element)


def descendants(root: Element, name: str) -> Iterator[Element]:
    """Every element of this name, whatever its namespace."""
    return (element for element in root.iter("{*}" + name))


def escaped(text: str) -> str:
    """A text with what XML cannot say in the manner of Excel, ``_x0007_`` (ECMA-376 Part 1, 22.9.2.19).

    Raises:
        PatchError: it holds half of a surrogate pair.
    """
    try:
        text.encode()
    except UnicodeEncodeError as damage:
        raise PatchError("text", f"no Unicode: {damage}") from damage
    return _CONTROL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", _LIKE_ESCAPE.sub("_x005F_", text))


def unescaped(text: str) -> str:
    """The text that :func:`escaped` wrote."""
    return _ESCAPE.sub(lambda sign: chr(int(sign[1], 16)), text)


def put_text(element: Element, text: str) -> None:
    """Let an element hold a text whose spaces and lines at both ends count."""
    element.text = escaped(text)
    if text != text.strip() or "\n" in text:
        element.set(SPACE, "preserve")


def flag(text: str | None, *, default: bool = False) -> bool:
    """Read an xsd:boolean; what is none is the default."""
    return {"1": True, "true": True, "0": False, "false": False}.get((text or "").strip(), default)
