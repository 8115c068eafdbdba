"""Damages to a mailed workbook: each changes one thing in its parts and says where the audit must point."""

import io
import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "compliance"))

from compliance_edits import Edit, blank_cell, edited, number_cell, part_of, part_text, substituted, text_cell
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.wording import say

CHART, BOOK = "xl/charts/chart1.xml", "xl/workbook.xml"


class Damaged(NamedTuple):
    """The workbook, and the sheet and the cells that the audit names; a blank cell for the sheet or its charts."""

    workbook: bytes
    sheet: str
    cell: str


class Mailed:
    """A workbook, and ways to find in it what a damage needs, whatever its layout."""

    def __init__(self, workbook: bytes) -> None:
        self.workbook = workbook

    @cached_property
    def formulas(self) -> dict[str, Worksheet]:
        return {sheet.title.partition(" ")[0]: sheet for sheet in load_workbook(io.BytesIO(self.workbook)).worksheets}

    @cached_property
    def values(self) -> dict[str, Worksheet]:
        opened = load_workbook(io.BytesIO(self.workbook), data_only=True)
        return {sheet.title.partition(" ")[0]: sheet for sheet in opened.worksheets}

    def title(self, number: int) -> str:
        return self.values[str(number)].title

    def cells(self, number: int, fits: Callable[[object], bool], *, is_live: bool | None = None) -> Iterator[str]:
        """The addresses of a sheet whose value fits; ``is_live``: with a formula, or without."""
        formulas = self.formulas[str(number)]
        for cell in (cell for row in self.values[str(number)].iter_rows() for cell in row):
            if fits(cell.value) and is_live in {None, formulas[cell.coordinate].data_type == "f"}:
                yield cell.coordinate

    def below(self, number: int, words: str, down: int) -> str:
        """The cell so many rows below the one that begins so."""
        (found,) = self.cells(number, lambda value: str(value).startswith(words))
        name, row = re.fullmatch(r"([A-Z]+)(\d+)", found).groups()  # type: ignore[union-attr]
        return f"{name}{int(row) + down}"

    def with_cell(self, number: int, address: str, edit: Edit) -> Damaged:
        return Damaged(edited(self.workbook, part_of(self.workbook, number), edit), self.title(number), address)

    def with_sheet(self, number: int, named: str, edit: Edit) -> Damaged:
        return self.with_cell(number, named, edit)

    def text(self, number: int, address: str) -> str:
        return str(self.values[str(number)][address].value)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 1


def _live(mailed: Mailed, number: int, which: int = 0) -> str:
    return [*mailed.cells(number, _is_number, is_live=True)][which]


def _value(address: str, value: object) -> Edit:
    return substituted(
        rf'(<c r="{address}"[^>]*>(?:<f>[^<]*</f>|<f [^>]*/>|<f [^>]*>[^<]*</f>))<v>[^<]*</v>', rf"\g<1><v>{value}</v>"
    )


def _cached(mailed: Mailed) -> Damaged:
    address = _live(mailed, 1)
    return mailed.with_cell(1, address, _value(address, 999))


def _cached_of_a_grid(mailed: Mailed) -> Damaged:
    address = _live(mailed, 7)
    return mailed.with_cell(7, address, _value(address, 999))


def _total_typed(mailed: Mailed) -> Damaged:
    address = _live(mailed, 1, 1)
    return mailed.with_cell(1, address, number_cell(address, float(mailed.text(1, address))))


def _word(number: int, before: str, after: str) -> Callable[[Mailed], Damaged]:
    def damage(mailed: Mailed) -> Damaged:
        address = next(mailed.cells(number, lambda value: value == before, is_live=False))
        return mailed.with_cell(number, address, text_cell(address, after))

    return damage


def _decision(change: Callable[[str], str]) -> Callable[[Mailed], Damaged]:
    def damage(mailed: Mailed) -> Damaged:
        address = mailed.below(1, say("committee.heading.decisions"), 1)
        return mailed.with_cell(1, address, text_cell(address, change(mailed.text(1, address))))

    return damage


def _another_number(text: str) -> str:
    return re.sub(r"\d+", lambda found: str(int(found[0]) + 7), text, count=1)


def _decision_emptied(mailed: Mailed) -> Damaged:
    address = mailed.below(1, say("committee.heading.decisions"), 1)
    return mailed.with_cell(1, address, blank_cell(address))


def _headline(mailed: Mailed) -> Damaged:
    return mailed.with_cell(1, "A3", text_cell("A3", _another_number(mailed.text(1, "A3"))))


def _trust_line_typed(mailed: Mailed) -> Damaged:
    return mailed.with_cell(1, "A5", text_cell("A5", mailed.text(1, "A5")))


def _chart(edit: Edit) -> Callable[[Mailed], Damaged]:
    return lambda mailed: Damaged(edited(mailed.workbook, CHART, edit), mailed.title(1), "")


def _link_inside(mailed: Mailed) -> Damaged:
    part = part_text(mailed.workbook, part_of(mailed.workbook, 1))
    address, row = re.findall(r'<hyperlink ref="([A-Z]+\d+)" location="[^"]*!A(\d+)"', part)[-1]
    moved = substituted(rf'(<hyperlink ref="{address}" location="[^"]*!A){row}"', rf'\g<1>{int(row) + 1}"')
    return mailed.with_cell(1, address, moved)


def _link_outside(mailed: Mailed) -> Damaged:
    sheet = mailed.formulas["11"]
    address = next(
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.hyperlink and cell.hyperlink.target
    )
    part = part_of(mailed.workbook, 11)
    relations = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    identity = sheet[address].hyperlink.id  # type: ignore[union-attr]
    other = substituted(rf'(Id="{identity}"[^>]*Target="[^"]*/)[^"/]*"', r'\g<1>khac.xlsx"')
    return Damaged(edited(mailed.workbook, relations, other), mailed.title(11), address)


def _sheet(state: str) -> Callable[[Mailed], Damaged]:
    def damage(mailed: Mailed) -> Damaged:
        title = mailed.title(10)
        return Damaged(
            edited(mailed.workbook, BOOK, substituted(rf'(<sheet name="{title}")', rf'\1 state="{state}"')), title, ""
        )

    return damage


def _sheet_renamed(mailed: Mailed) -> Damaged:
    title = mailed.title(8)
    return Damaged(
        edited(mailed.workbook, BOOK, substituted(f'<sheet name="{title}"', '<sheet name="8 Khác"')), title, ""
    )


def _row(number: int, row: int, look: str) -> Callable[[Mailed], Damaged]:
    def damage(mailed: Mailed) -> Damaged:
        plain = substituted(rf'<row r="{row}"( spans="[^"]*")?[^>]*>', rf'<row r="{row}"\1 {look}>')
        return mailed.with_sheet(number, f"{row}:{row}", plain)

    return damage


def _column_hidden(mailed: Mailed) -> Damaged:
    return mailed.with_sheet(3, "C:C", substituted(r'(<col min="3" max="3") ', r'\1 hidden="1" '))


def _ledger_side(mailed: Mailed) -> Damaged:
    address = next(mailed.cells(10, _is_number, is_live=False))
    return mailed.with_cell(10, address, number_cell(address, float(mailed.text(10, address)) + 1))


def _check_verdict(mailed: Mailed) -> Damaged:
    good = say("committee.result.holds")
    address = next(mailed.cells(10, lambda value: value == good, is_live=True))
    return mailed.with_cell(10, address, _value(address, say("committee.result.fails")))


def _rounded(mailed: Mailed) -> Damaged:
    is_broken = lambda value: isinstance(value, float) and value > 1 and round(value, 4) != value  # noqa: E731
    address = next(mailed.cells(3, is_broken))
    return mailed.with_cell(3, address, number_cell(address, round(float(mailed.text(3, address)), 1)))


def _one_formula(mailed: Mailed) -> Damaged:
    address = _live(mailed, 1, 2)
    part = part_text(mailed.workbook, part_of(mailed.workbook, 1))
    formula = re.search(rf'<c r="{address}"[^>]*><f>([^<]*)</f>', part)
    assert formula
    return mailed.with_cell(
        1,
        address,
        substituted(rf'(<c r="{address}"[^>]*><f>)[^<]*</f>', rf"\g<1>{formula[1].replace(chr(92), '')}+0</f>"),
    )


def _day(mailed: Mailed) -> Damaged:
    address = next(mailed.cells(11, lambda value: hasattr(value, "year")))
    return mailed.with_cell(11, address, number_cell(address, 43_000))


def _format(mailed: Mailed) -> Damaged:
    """A share shown as another number by its format alone."""
    address = next(mailed.cells(1, lambda value: isinstance(value, float) and 0 < value < 1))
    return mailed.with_cell(1, address, substituted(rf'<c r="{address}" s="\d+"', f'<c r="{address}" s="0"'))


def _seal(mailed: Mailed) -> Damaged:
    address = next(
        mailed.cells(12, lambda value: str(value).startswith(say("seal.words", head="", at="").split("  ")[0]))
    )
    return mailed.with_cell(12, address, text_cell(address, "Dấu sổ cái 000000000000 · 00:05 10/06/2019"))


def _person_gone(mailed: Mailed) -> Damaged:
    address = next(mailed.cells(7, lambda value: bool(re.fullmatch(r"CB\d+", str(value)))))
    return mailed.with_cell(7, address, blank_cell(address))


def _figure_of_a_file(mailed: Mailed) -> Damaged:
    address = next(mailed.cells(11, lambda value: bool(re.fullmatch(r"[0-9a-f]{64}", str(value)))))
    return mailed.with_cell(11, address, text_cell(address, "0" * 64))


STYLES = "xl/styles.xml"


def _painted(color: str, size: str = "10") -> Callable[[Mailed], Damaged]:
    """A state whose text is there and cannot be read, by a look of its own."""

    def damage(mailed: Mailed) -> Damaged:
        address = next(mailed.cells(3, lambda value: value == "Không đạt", is_live=False))
        styles = part_text(mailed.workbook, STYLES)
        fonts, looks = (int(re.search(rf'<{name} count="(\d+)"', styles)[1]) for name in ("fonts", "cellXfs"))  # type: ignore[index]
        font = f'<font><sz val="{size}"/>{color}<name val="Times New Roman"/></font>'
        look = f'<xf numFmtId="0" fontId="{fonts}" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
        added = edited(mailed.workbook, STYLES, substituted(r"(<fonts[^>]*>.*?)(</fonts>)", rf"\g<1>{font}\2"))
        added = edited(added, STYLES, substituted(r"(<cellXfs[^>]*>.*?)(</cellXfs>)", rf"\g<1>{look}\2"))
        painted = substituted(rf'<c r="{address}" s="\d+"', f'<c r="{address}" s="{looks}"')
        return Damaged(edited(added, part_of(added, 3), painted), mailed.title(3), address)

    return damage


def _row_taken_out(mailed: Mailed) -> Damaged:
    """The last row of sheet 4's first table without its cells: the first of its cells that held something is named."""
    sheet = mailed.values["4"]
    last = int(re.findall(r"\d+", sheet.tables["khong_dat"].ref)[-1])
    address = next(cell.coordinate for cell in sheet[last] if cell.value is not None)
    emptied = substituted(rf'<row r="{last}"([^>]*)>.*?</row>', rf'<row r="{last}"\1></row>')
    return mailed.with_cell(4, address, emptied)


def _total_of_fewer_rows(mailed: Mailed) -> Damaged:
    """A formula over one row less, with the value that it had."""
    part = part_text(mailed.workbook, part_of(mailed.workbook, 1))
    address, formula = next(
        (address, formula)
        for address, formula in re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f>([^<]*)</f>', part)
        if re.search(r":\$?[A-Z]+\$?\d+", formula)
    )
    fewer = re.sub(r"(:\$?[A-Z]+\$?)(\d+)", lambda found: f"{found[1]}{int(found[2]) - 1}", formula, count=1)
    return mailed.with_cell(1, address, lambda text: text.replace(f"<f>{formula}</f>", f"<f>{fewer}</f>", 1))


def _day_of_the_data(mailed: Mailed) -> Damaged:
    address = next(mailed.cells(1, lambda value: str(value).startswith("Số liệu đến ngày")))
    return mailed.with_cell(1, address, text_cell(address, mailed.text(1, address).replace("2019", "2020", 1)))


DAMAGES: dict[str, Callable[[Mailed], Damaged]] = {
    "a cached value": _cached,
    "a cached value of another sheet": _cached_of_a_grid,
    "a total typed": _total_typed,
    "the state of an objective": _word(3, "Không đạt", "Đạt"),
    "the state of a form": _word(2, "Chưa nộp", "Nộp đúng hạn"),
    "the state of a task": _word(5, "Hoàn thành", "Đang thực hiện"),
    "a decision's figure": _decision(_another_number),
    "a decision's text": _decision(lambda text: f"{text} và việc khác"),
    "a decision emptied": _decision_emptied,
    "the headline's figure": _headline,
    "the line of trust typed": _trust_line_typed,
    "a chart's title": _chart(substituted(r"(<a:t>)[^<]*", r"\1Mọi mục tiêu đều đạt")),
    "a chart's figures": _chart(substituted(r"(<c:val><c:numRef><c:f>[^<]*)\d</c:f>", r"\g<1>99</c:f>")),
    "a link to another row": _link_inside,
    "a link to another original": _link_outside,
    "a sheet hidden": _sheet("hidden"),
    "a sheet hidden for good": _sheet("veryHidden"),
    "a sheet renamed": _sheet_renamed,
    "a row hidden": _row(10, 9, 'hidden="1"'),
    "a row cut to a line": _row(3, 9, 'ht="6" customHeight="1"'),
    "a column hidden": _column_hidden,
    "the ledger's side of a check": _ledger_side,
    "the verdict of a check": _check_verdict,
    "a value rounded": _rounded,
    "one row's formula": _one_formula,
    "a day": _day,
    "the format of a number": _format,
    "the seal": _seal,
    "a person gone": _person_gone,
    "a file's hash": _figure_of_a_file,
    "white text on white": _painted('<color rgb="FFFFFFFF"/>'),
    "white text by the theme": _painted('<color theme="0"/>'),
    "black text made white by its tint": _painted('<color theme="1" tint="0.99"/>'),
    "a text too small to read": _painted("", size="1"),
    "a row taken out": _row_taken_out,
    "a total of fewer rows": _total_of_fewer_rows,
    "the day of the data": _day_of_the_data,
}
