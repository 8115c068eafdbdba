"""What a workbook holds, part by part, read from its unzipped XML: for comparing a sender's copy with its marked one.

Read without openpyxl, which made the marked copy. Indices into shared tables (styles, strings) are followed, so that a
part that is written in another way but says the same is the same.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree import ElementTree as ET

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import cols_from_range

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OURS = ("Việc cần sửa", "_qms_viec")
_OFF = (
        "hidden", "indent", "textRotation", "wrapText", "shrinkToFit", "diagonalUp", "diagonalDown", "showDropDown",
        "outlineLevel", "collapsed", "objects", "scenarios", "sheet", "stopIfTrue", "readingOrder", "allowBlank",
        "showErrorMessage", "showInputMessage", "customHeight", "differentFirst", "differentOddEven",
)  # fmt: skip
_GOES_WITHOUT_SAYING = {
    *((name, "0") for name in _OFF),
    ("horizontal", "general"), ("vertical", "bottom"), ("val", "1"), ("indexed", "64"), ("style", "none"),
    ("operator", "between"), ("errorStyle", "stop"), ("imeMode", "noControl"), ("type", "none"),
    ("topLeftCell", "A1"), ("fitToWidth", "1"), ("fitToHeight", "1"), ("patternType", "none"),
    ("cellComments", "none"),
}  # fmt: skip
"""Attributes that say what holds anyway: one program writes them, another does not."""


@dataclass(frozen=True)
class Package:
    """One unzipped workbook."""

    parts: Mapping[str, bytes]

    @classmethod
    def of(cls, content: bytes) -> "Package":
        """The parts of a workbook's bytes."""
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            return cls({name: held.read(name) for name in held.namelist()})

    def xml(self, part: str) -> ET.Element:
        """One part as a tree."""
        return ET.fromstring(self.parts[part])  # noqa: S314 - workbooks that the tests make themselves

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Identity to type and target of a part's relations."""
        folder, name = posixpath.split(part)
        path = f"{folder}/_rels/{name}.rels"
        if path not in self.parts:
            return {}
        return {
            one.attrib["Id"]: (
                one.attrib["Type"].rsplit("/", 1)[1],
                posixpath.normpath(posixpath.join("/", folder, one.attrib["Target"])).lstrip("/"),
            )
            for one in self.xml(path)
        }

    @cached_property
    def sheets(self) -> dict[str, str]:
        """Title to part of the sender's worksheets, in order."""
        relations = self.related("xl/workbook.xml")
        found = self.xml("xl/workbook.xml").find(f"{_NS}sheets")
        assert found is not None
        return {
            one.attrib["name"]: relations[one.attrib[f"{_R}id"]][1] for one in found if one.attrib["name"] not in OURS
        }

    @cached_property
    def strings(self) -> list[str]:
        """The shared texts."""
        if "xl/sharedStrings.xml" not in self.parts:
            return []
        return [_text(one) for one in self.xml("xl/sharedStrings.xml")]

    @cached_property
    def styles(self) -> list[dict[str, Any]]:
        """The looks of cells, by index: font, fill, border, number format, alignment, protection."""
        sheet = self.xml("xl/styles.xml")
        formats = {one.attrib["numFmtId"]: one.attrib["formatCode"] for one in sheet.iter(f"{_NS}numFmt")}
        tables = {key: [_said(one) for one in _in(sheet, f"{key}s")] for key in ("font", "fill", "border")}
        return [
            {
                **{key: table[int(look.attrib.get(f"{key}Id", 0))] for key, table in tables.items()},
                "format": _format(formats, look.attrib.get("numFmtId", "0")),
                "alignment": _plain(look.find(f"{_NS}alignment")),
                "protection": {"locked": "1", **_plain(look.find(f"{_NS}protection"))},
            }
            for look in _in(sheet, "cellXfs")
        ]


def _format(formats: Mapping[str, str], number: str) -> str:
    """The code of a number format; a program may write out one that Excel has by number."""
    return formats.get(number) or BUILTIN_FORMATS.get(int(number), number)


def _in(root: ET.Element, tag: str) -> list[ET.Element]:
    found = root.find(f"{_NS}{tag}")
    return list(found) if found is not None else []


def _text(element: ET.Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{_NS}t"))


def _plain(element: ET.Element | None) -> dict[str, str]:
    """The attributes that say something."""
    if element is None:
        return {}
    said = {name: {"true": "1", "false": "0"}.get(value, value) for name, value in element.attrib.items()}
    return {name: value for name, value in said.items() if (name, value) not in _GOES_WITHOUT_SAYING}


def _said(element: ET.Element) -> tuple[Any, ...]:
    """An element with all below it, in no order; what says nothing is left out."""
    below = sorted(one for one in map(_said, element) if any(one[1:]) or one[0] in {"b", "i", "u", "strike"})
    tag = element.tag.rsplit("}", 1)[1]
    return tag, tuple(sorted(_plain(element).items())), tuple(below), (element.text or "").strip()


def kept(package: Package) -> dict[str, dict[str, Any]]:
    """What is told of each of the sender's sheets, and of the workbook (title ``""``)."""
    book = package.xml("xl/workbook.xml")
    states = {one.attrib["name"]: one.attrib.get("state", "visible") for one in _in(book, "sheets")}
    names = {_named(one, list(states)) for one in _in(book, "definedNames") if "qms_viec" not in (one.text or "")}
    named = sorted(one for one in names if one[1] not in OURS)
    told: dict[str, dict[str, Any]] = {"": {"names": named, "sheets": list(package.sheets)}}
    for title, part in package.sheets.items():
        told[title] = {"state": states[title], **_sheet(package, part)}
    return told


def _named(element: ET.Element, titles: list[str]) -> tuple[str, str, str]:
    local = element.attrib.get("localSheetId")
    return (
        element.attrib["name"],
        titles[int(local)] if local else "",
        ",".join(sorted((element.text or "").replace("$", "").split(","))),
    )


def _sheet(package: Package, part: str) -> dict[str, Any]:
    root = package.xml(part)
    cells = list(root.iter(f"{_NS}c"))
    links = package.related(part)
    merged = {one.attrib["ref"] for one in root.iter(f"{_NS}mergeCell")}
    covered = _covered(merged)
    return {
        "cells": {c.attrib["r"]: value for c in cells if (value := _value(package, c)) != ("", "")},
        "looks": {c.attrib["r"]: package.styles[int(c.attrib.get("s", 0))] for c in cells if _is_seen(c, covered)},
        "columns": dict(_columns(root)),
        "rows": dict(_rows(root)),
        "merged": merged,
        "filter": [_said(one) for one in root.findall(f"{_NS}autoFilter")],
        "panes": [_said(one) for one in root.iter(f"{_NS}pane")],
        "validations": sorted(_validation(one) for one in root.iter(f"{_NS}dataValidation")),
        "protection": [{**_LOCKED, **_plain(one)} for one in root.findall(f"{_NS}sheetProtection")],
        "paper": [said for tag in _PAPER for one in root.findall(f"{_NS}{tag}") if any((said := _said(one))[1:])],
        "formats": sorted(_formats(root)),
        "links": {one.attrib["ref"]: _link(one, links) for one in root.iter(f"{_NS}hyperlink")},
        "comments": dict(_comments(package, links)),
    }


_LOCKED = {
    **dict.fromkeys(
        ("formatCells", "formatColumns", "formatRows", "insertColumns", "insertRows", "insertHyperlinks"), "1"
    ),
    **dict.fromkeys(("deleteColumns", "deleteRows", "sort", "autoFilter", "pivotTables"), "1"),
    **dict.fromkeys(("selectLockedCells", "selectUnlockedCells"), "0"),
}
"""What a protected sheet allows (0) and locks (1) when it does not say."""
_PAPER = ("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks")


def _value(package: Package, cell: ET.Element) -> tuple[str, str]:
    """Formula and value of a cell, a text being a text wherever it is stored."""
    formula, value = _formula(cell.find(f"{_NS}f")), cell.findtext(f"{_NS}v") or ""
    match cell.attrib.get("t"):
        case "s":
            return formula, package.strings[int(value)]
        case "inlineStr":
            return formula, _text(cell)
        case None | "n" if value:
            return formula, repr(float(value))
        case _:
            return formula, value


def _formula(element: ET.Element | None) -> str:
    """A formula's text, and to which shared one it belongs."""
    return "" if element is None else f"{element.attrib.get('si', '')}={element.text or ''}"


def _is_seen(cell: ET.Element, covered: set[str]) -> bool:
    """Whether a cell's look can be seen; of a merged block only its first one's is."""
    return cell.attrib["r"] not in covered and (cell.attrib.get("s", "0") != "0" or len(cell) > 0)


def _covered(areas: set[str]) -> set[str]:
    """The cells of merged blocks but the first of each."""
    return {name for area in areas for name in [one for column in cols_from_range(area) for one in column][1:]}


def _columns(root: ET.Element) -> Iterator[tuple[int, tuple[float, bool]]]:
    for one in root.iter(f"{_NS}col"):
        if one.attrib.get("width") and _plain(one).get("customWidth"):
            for column in range(int(one.attrib["min"]), min(int(one.attrib["max"]), 100) + 1):
                yield column, (round(float(one.attrib["width"]), 2), "hidden" in _plain(one))


def _rows(root: ET.Element) -> Iterator[tuple[int, tuple[float | None, bool]]]:
    for one in root.iter(f"{_NS}row"):
        said = _plain(one)
        if "customHeight" in said or "hidden" in said:
            height = round(float(said["ht"]), 2) if "customHeight" in said else None
            yield int(one.attrib["r"]), (height, "hidden" in said)


def _validation(one: ET.Element) -> tuple[Any, ...]:
    said = {name: value for name, value in _plain(one).items() if value}
    formulas = tuple((one.findtext(f"{_NS}{tag}") or "") for tag in ("formula1", "formula2"))
    return tuple(sorted(said.pop("sqref").split())), tuple(sorted(said.items())), formulas


def _formats(root: ET.Element) -> Iterator[tuple[str, str, str]]:
    for block in root.iter(f"{_NS}conditionalFormatting"):
        for rule in block.iter(f"{_NS}cfRule"):
            formula = rule.findtext(f"{_NS}formula") or ""
            if "qms_viec" not in formula:
                yield block.attrib["sqref"], rule.attrib["type"], formula


def _link(one: ET.Element, links: Mapping[str, tuple[str, str]]) -> str:
    identity = one.attrib.get(f"{_R}id")
    return one.attrib.get("location") or (links[identity][1] if identity else "")


def _comments(package: Package, links: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, tuple[str, str]]]:
    for kind, part in links.values():
        if kind == "comments":
            root = package.xml(part)
            authors = [one.text or "" for one in root.iter(f"{_NS}author")]
            for one in root.iter(f"{_NS}comment"):
                own = _text(one).partition("[Việc cần sửa]")[0].rstrip()
                if own:
                    yield one.attrib["ref"], (authors[int(one.attrib["authorId"])], own)
