"""Formulas as XlsxWriter writes them for us: without its search for new functions, and shared ones, which it lacks."""

from collections.abc import Sequence
from typing import Self
from xml.sax.saxutils import escape

from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet


class SharedFormula(str):
    """A formula as it stands in the first cell of an area down which it is filled; its text is stored there alone.

    Excel shifts its relative references itself (ECMA-376 part 1, 18.3.1.40).
    """

    __slots__ = ("area", "number")
    area: str
    number: int

    @classmethod
    def over(cls, area: str, text: str, number: int) -> Self:
        """The formula of an area such as ``A6:A65``; ``number`` is its own within the sheet."""
        formula = cls(text)
        formula.area, formula.number = area, number
        return formula

    def element(self, cell: str) -> str:
        """What stands in a cell of the area, as XML."""
        if cell != self.area.partition(":")[0]:
            return f'<f t="shared" si="{self.number}"/>'
        return f'<f t="shared" ref="{self.area}" si="{self.number}">{escape(self.removeprefix("="))}</f>'


class FormulaWorksheet(Worksheet):  # type: ignore[misc]
    """XlsxWriter searches each formula again and again for functions of Excel 365, which we never use: seconds a book.

    It knows no shared formulas either.
    """

    def _write_formula(
        self, row: int, col: int, formula: str, cell_format: Format | None = None, value: object = 0
    ) -> int:
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(self._prepare_formula(formula), cell_format, value)
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002 - as inherited
        return formula if isinstance(formula, SharedFormula) else formula.removeprefix("=")

    def _xml_formula_element(self, formula: str, result: object, attributes: Sequence[tuple[str, object]] = ()) -> None:
        if not isinstance(formula, SharedFormula):
            super()._xml_formula_element(formula, result, attributes)
            return
        cell = dict(attributes)
        written = "".join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f"<c{written}>{formula.element(str(cell['r']))}<v>{escape(str(result))}</v></c>")
