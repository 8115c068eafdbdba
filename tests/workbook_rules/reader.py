"""A workbook as the checks see it: sheets of cells, tables, links, charts, page set-up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from xml.etree.ElementTree import Element

from pipeline.spreadsheet import Position, cell_name
from workbook_rules.areas import Area, area_of, split_reference
from workbook_rules.cells import Cell, Placed, cells_of, position_of, texts_of
from workbook_rules.package import Moment, NotAWorkbookError, Package, reference
from workbook_rules.styles import Style, Styles, read_styles


@dataclass(frozen=True)
class Table:
    """A declared table: its name, its block with the header, its header's texts."""

    name: str
    area: Area
    headers: tuple[str, ...]

    @property
    def body(self) -> Area:
        """The block without the header."""
        return self.area._replace(first_row=self.area.first_row + 1)

    def column(self, header: str) -> int | None:
        """The column under a header; None where the table has no such header."""
        return self.area.first_column + self.headers.index(header) if header in self.headers else None


@dataclass(frozen=True)
class Chart:
    """One chart: where it stands, its alternative text, its part."""

    place: str
    alternative: str
    root: Element


@dataclass(frozen=True)
class ReadSheet:
    """One sheet. ``root`` is the sheet's part, ``targets`` what it refers to."""

    title: str
    cells: Mapping[Position, Cell]
    root: Element
    targets: Mapping[str, tuple[str, bool]]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]

    def at(self, position: Position) -> str:
        """A place as it is told: ``3 Kết quả mục tiêu!B7``."""
        return f"{self.title}!{cell_name(*position)}"

    @cached_property
    def numbers(self) -> tuple[Placed, ...]:
        """Every cell with a number."""
        return tuple(placed for placed in self.cells.items() if isinstance(placed[1].value, float))

    @cached_property
    def formulas(self) -> tuple[Placed, ...]:
        """Every cell with a formula."""
        return tuple(placed for placed in self.cells.items() if placed[1].formula is not None)

    @cached_property
    def filled(self) -> tuple[Placed, ...]:
        """Every cell that shows something."""
        return tuple(placed for placed in self.cells.items() if placed[1].value is not None and placed[1].value != "")

    @cached_property
    def merged(self) -> tuple[Area, ...]:
        """The merged blocks."""
        return tuple(area_of(one.get("ref", "A1")) for one in self.root.iter("mergeCell"))

    @cached_property
    def extent(self) -> Area:
        """From A1 to the last cell that holds something or belongs to a table."""
        filled = [place for place, cell in self.cells.items() if cell.value is not None]
        corners = [(1, 1), *filled, *((table.area.last_row, table.area.last_column) for table in self.tables)]
        return Area(1, 1, max(row for row, _ in corners), max(column for _, column in corners))

    @cached_property
    def rows(self) -> Mapping[int, list[Cell]]:
        """The cells of each row."""
        rows: dict[int, list[Cell]] = {}
        for (row, _), cell in self.cells.items():
            rows.setdefault(row, []).append(cell)
        return rows

    @cached_property
    def texts(self) -> tuple[tuple[Position, str], ...]:
        """Every cell with text."""
        values = ((place, cell.value) for place, cell in self.cells.items())
        return tuple((place, value) for place, value in values if isinstance(value, str) and value)

    def table_at(self, position: Position) -> Table | None:
        """The table in which a cell lies, its header included."""
        return next((table for table in self.tables if table.area.has(position)), None)

    def find(self, text: str) -> Position | None:
        """The first cell whose text begins so."""
        return next((place for place, found in self.texts if found.startswith(text)), None)


class Column(NamedTuple):
    """One column of a table with figures or days in it: its cells below the header, and whether most are days."""

    sheet: ReadSheet
    table: Table
    cells: tuple[Placed, ...]
    is_date: bool


@dataclass(frozen=True)
class ReadWorkbook:
    """One workbook. ``names``: its defined names as (name, number of the sheet or None, what it stands for)."""

    sheets: tuple[ReadSheet, ...]
    styles: Styles
    root: Element
    names: tuple[tuple[str, int | None, str], ...]
    properties: Mapping[str, str]
    moments: Mapping[str, Moment]
    parts: tuple[str, ...]

    def style(self, cell: Cell) -> Style:
        """How a cell looks."""
        return self.looks(cell.style)

    def looks(self, number: int) -> Style:
        """A look by its number; the default for one that there is not."""
        return self.styles.cells[number] if number < len(self.styles.cells) else Style()

    @cached_property
    def used_looks(self) -> frozenset[int]:
        """The numbers of the looks that some cell has."""
        return frozenset(cell.style for sheet in self.sheets for cell in sheet.cells.values())

    def sheet(self, title: str) -> ReadSheet | None:
        """The sheet with this title."""
        return self._by_title.get(title)

    @cached_property
    def _by_title(self) -> Mapping[str, ReadSheet]:
        return {sheet.title: sheet for sheet in reversed(self.sheets)}

    def cell(self, where: str, here: str) -> Cell | None:
        """The cell at a reference from the sheet ``here``; None for blocks, names and what is not there."""
        title, address = split_reference(where, here)
        sheet = self.sheet(title)
        try:
            position = position_of(address.replace("$", ""))
        except ValueError:
            return None
        return sheet.cells.get(position) if sheet else None

    def formulas(self) -> Iterator[tuple[ReadSheet, Position, Cell, str]]:
        """Every cell with a formula."""
        for sheet in self.sheets:
            for position, cell in sheet.formulas:
                yield sheet, position, cell, cell.formula or ""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column of a table in which something is a number."""
        return tuple(
            column for sheet in self.sheets for table in sheet.tables for column in self._columns(sheet, table)
        )

    def _columns(self, sheet: ReadSheet, table: Table) -> Iterator[Column]:
        for number in table.body.columns:
            places = ((row, number) for row in table.body.rows)
            cells = tuple((place, cell) for place in places if (cell := sheet.cells.get(place)))
            days = [self.style(cell).is_date for _, cell in cells if cell.is_number]
            if days:
                yield Column(sheet, table, cells, 2 * sum(days) > len(days))

    def named(self, name: str) -> Mapping[str, str]:
        """What a name of each sheet, such as its print area, stands for: sheet's title to reference."""
        return {
            self.sheets[place].title: told
            for found, place, told in self.names
            if found == name and place is not None and place < len(self.sheets)
        }


def read_workbook(content: bytes) -> ReadWorkbook:
    """A workbook from the bytes of an .xlsx file.

    Raises:
        NotAWorkbookError: they are none that can be read within bounds.
    """
    package = Package(content)
    try:
        return _read(package)
    except (ValueError, LookupError) as damage:
        # A number that is none, a reference to what is not there.
        raise NotAWorkbookError("damaged") from damage


def _read(package: Package) -> ReadWorkbook:
    root = package.part("xl/workbook.xml")
    targets = package.targets("xl/workbook.xml")
    strings = _strings(package)
    sheets = [
        _sheet(package, one.get("name", ""), targets[reference(one)][0], strings)
        for one in root.iterfind("sheets/sheet")
    ]
    names = [
        (one.get("name", ""), int(one.attrib["localSheetId"]) if "localSheetId" in one.attrib else None, one.text or "")
        for one in root.iter("definedName")
    ]
    core = package.part("docProps/core.xml") if "docProps/core.xml" in package.names else Element("coreProperties")
    return ReadWorkbook(
        sheets=tuple(sheets),
        styles=read_styles(package.part("xl/styles.xml")),
        root=root,
        names=tuple(names),
        properties={one.tag: one.text or "" for one in core},
        moments=package.moments,
        parts=package.names,
    )


def _strings(package: Package) -> tuple[str, ...]:
    if "xl/sharedStrings.xml" not in package.names:
        return ()
    return texts_of(package.part("xl/sharedStrings.xml"))


def _sheet(package: Package, title: str, part: str, strings: tuple[str, ...]) -> ReadSheet:
    root = package.part(part)
    targets = package.targets(part)
    parts = (package.part(targets[reference(one)][0]) for one in root.iter("tablePart"))
    cells = cells_of(root, strings)
    drawn = [targets[reference(one)][0] for one in root.iterfind("drawing")]
    charts = [chart for name in drawn for chart in _charts(package, title, name)]
    return ReadSheet(title, cells, root, targets, tuple(map(_table, parts)), tuple(charts))


def _table(root: Element) -> Table:
    headers = tuple(column.get("name", "") for column in root.iter("tableColumn"))
    return Table(root.get("displayName", ""), area_of(root.get("ref", "A1")), headers)


def _charts(package: Package, title: str, part: str) -> Iterator[Chart]:
    root, targets = package.part(part), package.targets(part)
    for frame in root.iter("graphicFrame"):
        told, chart = next(frame.iter("cNvPr"), None), next(frame.iter("chart"), None)
        if told is not None and chart is not None:
            place = f"{title}!{told.get('name', '')}"
            yield Chart(place, told.get("descr", ""), package.part(targets[reference(chart)][0]))
