"""Which part leads to which, and of what type a part is (ECMA-376 Part 2, 6.5 and 7.2.3)."""

import posixpath
import re
from collections.abc import Callable
from typing import Final, NamedTuple

from pipeline.patching.markup import MAIN, OFFICE, Element, appended, elements, local, removed
from pipeline.patching.parts import Parts
from pipeline.patching.refusal import PatchError
from pipeline.patching.zipping import folded_name

ROOT: Final = ""
"""The package itself, as the source of relations."""
_TYPES: Final = "[content_types].xml"
_RELATIONS: Final = "application/vnd.openxmlformats-package.relationships+xml"
_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_BLANK: Final = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_SPACE}"/>'.encode()
_WAS_BLANK: Final = "_blank"
"""How ids end in what was a relations part without relations, so that it is left so when ours have gone again."""
_NUMBERED: Final = re.compile(r"rId(\d{1,9})", re.ASCII)


class Relation(NamedTuple):
    """One relation: ``kind`` is the last word of its type, ``part`` the folded name of its target, blank outside."""

    identity: str
    kind: str
    type: str
    part: str
    target: str


def relations_part(source: str) -> str:
    """Where the relations of a part stand, spelled as the part is."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations_of(parts: Parts, source: str) -> list[Relation]:
    """The relations of a part (by its folded name); none where it has no relations part.

    Raises:
        PatchError: one lacks what a relation must have, or two are of one id.
    """
    place = relations_part(source)
    if place not in parts:
        return []
    relations: dict[str, Relation] = {}
    for element in parts.tree(place):
        if local(element) != "Relationship":
            continue
        relation = _relation(element, posixpath.dirname(source))
        if relation.identity in relations:
            raise PatchError(place, f"{relation.identity} twice")
        relations[relation.identity] = relation
    return list(relations.values())


def _relation(element: Element, folder: str) -> Relation:
    identity, kind, target = (element.get(key) for key in ("Id", "Type", "Target"))
    if not identity or not kind or target is None:
        raise PatchError(identity or "relation", "lacks id, type or target")
    is_inside = element.get("TargetMode", "Internal") == "Internal"
    inside = target.replace("\\", "/").partition("#")[0]
    part = folded_name(posixpath.join("/", folder, inside)) if is_inside else ""
    return Relation(identity, kind.rpartition("/")[2], kind, part, target)


def of_kind(parts: Parts, source: str, kind: str) -> list[Relation]:
    """The relations of a part that are of one kind and lead to parts that are there."""
    return [relation for relation in relations_of(parts, source) if relation.kind == kind and relation.part in parts]


def only(parts: Parts, source: str, kind: str) -> str | None:
    """The part to which another is related so; None without one.

    Raises:
        PatchError: there are several.
    """
    related = {relation.part for relation in of_kind(parts, source, kind)}
    if len(related) > 1:
        raise PatchError(source or "root", f"several parts of kind {kind}")
    return related.pop() if related else None


def relate(parts: Parts, source: str, kind: str, part: str) -> str:
    """Add a relation of a whole type to a part; gives its id."""
    written = parts.written(source)
    place = relations_part(source)
    is_old = place in parts
    if not is_old:
        parts.put(relations_part(written), _BLANK)
        _set_relations_type(parts, place)
    root = parts.changed(place)
    present = [element.get("Id", "") for element in elements(root)]
    was_blank = is_old and all(identity.endswith(_WAS_BLANK) for identity in present)
    numbers = [int(match[1]) for identity in present if (match := _NUMBERED.match(identity))]
    identity = f"rId{max(numbers, default=0) + 1}{_WAS_BLANK if was_blank else ''}"
    target = posixpath.relpath("/" + parts.written(part).lstrip("/"), posixpath.join("/", posixpath.dirname(written)))
    relation = appended(root, "Relationship")
    for key, value in (("Id", identity), ("Type", kind), ("Target", target)):
        relation.set(key, value)
    return identity


def unrelate(parts: Parts, source: str, identity: str) -> None:
    """Remove a relation; a relations part that says nothing any more goes too."""
    place = relations_part(source)
    root = parts.changed(place)
    for element in list(root):
        if local(element) == "Relationship" and element.get("Id") == identity:
            removed(element)
    if not elements(root) and not identity.endswith(_WAS_BLANK):
        parts.drop(place)
        untype(parts, place)


def main_space(root: Element) -> int:
    """0 for a transitional part, 1 for a strict one; the place in :data:`MAIN` and :data:`OFFICE`.

    Raises:
        PatchError: the root is of no namespace of spreadsheets.
    """
    for place, space in enumerate(MAIN):
        if isinstance(root.tag, str) and root.tag.startswith(f"{{{space}}}"):
            return place
    raise PatchError(local(root), "in no namespace of spreadsheets")


def office_id(element: Element) -> str:
    """The ``r:id`` of an element, transitional or strict; blank without one."""
    return next((value for space in OFFICE if (value := element.get(f"{{{space}}}id"))), "")


def type_of(parts: Parts, part: str) -> str:
    """The content type of a part; blank without one."""
    by_extension = ""
    for element in parts.tree(_TYPES):
        match local(element):
            case "Override" if folded_name(element.get("PartName", "")) == part:
                return element.get("ContentType", "")
            case "Default" if element.get("Extension", "").casefold() == part.rpartition(".")[2]:
                by_extension = element.get("ContentType", "")
    return by_extension


def set_type(parts: Parts, part: str, content_type: str) -> None:
    """Name the content type of a part, as an override: it goes with the part, and concerns no other."""
    untype(parts, part)
    override = appended(parts.changed(_TYPES), "Override")
    override.set("PartName", "/" + parts.written(part).lstrip("/"))
    override.set("ContentType", content_type)


def untype(parts: Parts, part: str) -> None:
    """Remove the override of a part."""
    for element in list(parts.tree(_TYPES)):
        if local(element) == "Override" and folded_name(element.get("PartName", "")) == part:
            parts.changed(_TYPES)
            removed(element)


def retype(parts: Parts, part: str, content_type: str) -> None:
    """Change the content type of a part where it stands."""
    for element in parts.tree(_TYPES):
        if local(element) == "Override" and folded_name(element.get("PartName", "")) == part:
            parts.changed(_TYPES)
            element.set("ContentType", content_type)
            return
    set_type(parts, part, content_type)


def discard(parts: Parts, cut: Callable[[], None]) -> None:
    """Remove relations by ``cut``, and then every part to which nothing leads any more because of it."""
    before = _reachable(parts)
    cut()
    for part in before - _reachable(parts):
        for gone in (part, relations_part(part)):
            parts.drop(gone)
            untype(parts, gone)


def _reachable(parts: Parts) -> set[str]:
    reached, open_parts = set[str](), [ROOT]
    while open_parts:
        for relation in relations_of(parts, open_parts.pop()):
            if relation.part in parts and relation.part not in reached:
                reached.add(relation.part)
                open_parts.append(relation.part)
    return reached


def _set_relations_type(parts: Parts, part: str) -> None:
    if type_of(parts, part) != _RELATIONS:
        set_type(parts, part, _RELATIONS)
