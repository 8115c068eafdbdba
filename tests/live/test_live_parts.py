"""The XML of every template, as Excel 2010, WPS and openpyxl must be able to keep it."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from html import unescape

import pytest
from live_issues import issues

from pipeline.formulas.expressions import plainly
from pipeline.formulas.reading import Node, read_formula

_CELL_FORMULA = re.compile(r"<f>(.*?)</f>", re.DOTALL)
_OTHER_FORMULA = re.compile(r"<(formula|formula1|formula2)>(.*?)</\1>", re.DOTALL)
_OUR_LISTS = re.compile(r"(kt_chu|ds)_\w+")
_ESCAPED = read_formula(plainly("x"))
EVERY_TEMPLATE = pytest.mark.parametrize("name", list(issues()))


@cache
def parts(name: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(issues()[name])) as package:
        return {part: package.read(part).decode() for part in package.namelist() if part.endswith(".xml")}


def sheets(name: str) -> list[str]:
    return [xml for part, xml in parts(name).items() if part.startswith("xl/worksheets/")]


def entry_formulas(name: str) -> list[str]:
    """The formulas of validations and conditional formats."""
    return [unescape(found[2]) for xml in sheets(name) for found in _OTHER_FORMULA.finditer(xml)]


def cell_formulas(name: str) -> set[str]:
    """The formulas of cells, one for all rows."""
    found = (unescape(formula) for xml in sheets(name) for formula in _CELL_FORMULA.findall(xml))
    return {re.sub(r"(?<=\$[A-Z])\d+|(?<=\$[A-Z]{2})\d+", "7", formula) for formula in found}


def calls(node: Node) -> Iterator[Node]:
    if node.kind == "call":
        yield node
    for part in node.parts:
        yield from calls(part)


def is_ours(node: Node) -> bool:
    """A criterion of ours, or what somebody typed with its wildcards taken away."""
    if node.kind == "operator" and node.said == "&":
        return all(map(is_ours, node.parts))
    if node.kind in {"text", "array"} or (node.kind == "name" and _OUR_LISTS.fullmatch(node.said)):
        return True
    return _shape(node) == _shape(_ESCAPED)


def _shape(node: Node) -> list[str]:
    """The texts that are put in the place of others, from the outside in."""
    if node.kind != "call" or node.said != "SUBSTITUTE":
        return []
    return [part.said for part in node.parts[1:]] + _shape(node.parts[0])


@EVERY_TEMPLATE
def test_validations_and_colours_refer_to_no_other_sheet(name: str) -> None:
    made = entry_formulas(name)
    assert made
    assert [formula for formula in made if "!" in re.sub(r'"[^"]*"', "", formula)] == []


@EVERY_TEMPLATE
def test_no_part_uses_what_came_after_excel_2007(name: str) -> None:
    later = re.compile(r"<(?:\w+:)?extLst|x14|_xlfn|_xlws|t=\"array\"|cm=\"")
    assert {part: later.findall(xml) for part, xml in parts(name).items() if later.search(xml)} == {}


@EVERY_TEMPLATE
def test_what_people_typed_is_no_criterion(name: str) -> None:
    made = {*cell_formulas(name), *entry_formulas(name)}
    found = [call for formula in made for call in calls(read_formula(formula))]
    counted = [call.parts[1] for call in found if call.said in {"COUNTIF", "SUMIF", "COUNTIFS", "SUMIFS"}]
    searched = [call.parts[0] for call in found if call.said in {"MATCH", "VLOOKUP", "HLOOKUP", "LOOKUP"}]
    assert counted
    assert [node for node in (*counted, *searched) if not is_ours(node)] == []


def test_the_criterion_of_somebody_is_known_from_ours() -> None:
    (typed,) = (
        call.parts[0] for call in calls(read_formula("MATCH(TRIM($B6),kt_tasks_code,0)")) if call.said == "MATCH"
    )
    assert not is_ours(typed)
