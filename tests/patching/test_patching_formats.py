"""Conditional formats: above the sender's, in the order of the schema, and off again."""

import pytest
from lxml import etree
from patching_samples import MAIN, bare, parts_of, plain, rich, with_parts, with_pivot

from pipeline.patching import Format, Package, PatchError

RED = "FFFFC7CE"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def _sheet(content: bytes, place: int = 1) -> etree._Element:
    return etree.fromstring(parts_of(content)[f"xl/worksheets/sheet{place}.xml"])


def _priorities(root: etree._Element) -> list[tuple[str, str | None]]:
    return [(rule.get("type", ""), rule.get("priority")) for rule in root.iter("{*}cfRule")]


def _with(content: bytes, *formats: Format) -> bytes:
    package = Package(content)
    package.worksheets[0].add_formats(formats)
    return package.saved()


def test_ours_stand_above_the_sender_s_and_those_of_2010() -> None:
    before = _sheet(rich())
    after = _sheet(_with(rich(), Format("B5", "TRUE", RED), Format("B5", "FALSE", RED, stops=False)))
    (_, first), (_, second), (_, third) = _priorities(before)
    assert (first, second, third) == ("1", "2", None), "what completes a data bar has no rank"
    assert _priorities(after) == [
        ("expression", "1"),
        ("expression", "2"),
        ("cellIs", "3"),
        ("dataBar", "4"),
        ("dataBar", None),
    ]
    ours = [rule for rule in after.iter(f"{{{MAIN}}}cfRule") if rule.get("type") == "expression"]
    assert [rule.get("stopIfTrue") for rule in ours] == ["1", None]
    assert ours[0].getparent() is ours[1].getparent()


def test_a_rank_of_2010_moves_too() -> None:
    icons = f'<x14:cfRule xmlns:x14="{X14}" type="iconSet" priority="7" id="x"/></x14:conditionalFormatting>'
    content = with_parts(
        rich(),
        {"xl/worksheets/sheet1.xml": lambda text: text.replace("</x14:conditionalFormatting>", icons, 1)},
    )
    marked = _with(content, Format("A1", "TRUE", RED))
    assert ("iconSet", "8") in _priorities(_sheet(marked))
    package = Package(marked)
    assert package.worksheets[0].remove_formats(lambda formula: formula == "TRUE") == 1
    assert ("iconSet", "7") in _priorities(_sheet(package.saved()))


def test_a_pivot_table_follows_the_rank_of_its_format() -> None:
    parts = parts_of(_with(with_pivot(), Format("A1", "TRUE", RED), Format("A2", "TRUE", RED)))
    assert b'priority="3"' in parts["xl/pivotTables/pivotTable1.xml"]


@pytest.mark.parametrize("content", [plain(), bare(), rich()])
def test_the_order_of_the_schema_is_kept(content: bytes) -> None:
    names = [etree.QName(child).localname for child in _sheet(_with(content, Format("A1:B2 C3", "A1=1", RED)))]
    assert "conditionalFormatting" in names
    order = ["sheetData", "conditionalFormatting", "dataValidations", "pageMargins", "drawing", "legacyDrawing"]
    assert [name for name in dict.fromkeys(names) if name in order] == [name for name in order if name in names]


def test_one_look_serves_all_that_look_so() -> None:
    styles = etree.fromstring(
        parts_of(_with(plain(), *(Format(f"A{row}", "TRUE", RED) for row in range(1, 30))))["xl/styles.xml"]
    )
    (looks,) = styles.iter(f"{{{MAIN}}}dxfs")
    assert (looks.get("count"), len(looks)) == ("1", 1)
    colours = [colour.get("rgb") for colour in looks.iter(f"{{{MAIN}}}bgColor")]
    assert colours == [RED]


def test_formulas_are_told_in_the_order_of_their_rank() -> None:
    package = Package(_with(rich(), Format("A1", 'A1="<&"', RED), Format("A2", "A2", RED)))
    assert package.worksheets[0].formats() == [('A1="<&"',), ("A2",), ("5",), (), ()]


def test_the_last_rule_takes_its_block_along_and_no_other() -> None:
    package = Package(rich())
    assert package.worksheets[0].remove_formats(lambda formula: formula == "5") == 1
    root = _sheet(package.saved())
    assert [block.get("sqref") for block in root.iter(f"{{{MAIN}}}conditionalFormatting")] == ["B1:B9"]
    assert _priorities(root) == [("dataBar", "1"), ("dataBar", None)]


@pytest.mark.parametrize(
    "wrong",
    [Format("B", "TRUE", RED), Format("", "TRUE", RED), Format("A1", "", RED), Format("A1", "TRUE", "red")],
)
def test_what_is_no_format_is_refused(wrong: Format) -> None:
    package = Package(plain())
    with pytest.raises(PatchError):
        package.worksheets[0].add_formats([wrong])
    assert package.saved() == plain()
