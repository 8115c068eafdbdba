"""One worksheet of a package, as those who mark it see it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.patching import calculation_chain, fills, formats
from pipeline.patching.cells import Value, fit_rows, put_values
from pipeline.patching.comments import Comment, Comments, Note
from pipeline.patching.formats import Format
from pipeline.patching.geometry import Size
from pipeline.patching.reading import forget_results, texts_of
from pipeline.patching.styles import Styles
from pipeline.patching.workbook import State, Tab, Workbook


class Worksheet:
    """A worksheet; ``title``, ``part`` and ``state`` are as the workbook lists it."""

    def __init__(self, workbook: Workbook, tab: Tab) -> None:
        self._workbook, self._tab = workbook, tab
        self.title: str = tab.title
        self.part: str = tab.part
        self.state: State = tab.state

    def formats(self) -> list[tuple[str, ...]]:
        """The formulas of each conditional format, the first in rank first; none for formats without a formula.

        Raises:
            PatchError: the part is no worksheet, or a rank is no number.
        """
        return formats.formulas_of(self._workbook.parts, self.part)

    def add_formats(self, above: Sequence[Format]) -> None:
        """Put conditional formats above all that are there, the first in rank first.

        Raises:
            PatchError: an area, formula or colour is none, or the sender's ranks or styles are broken.
        """
        formats.add_formats(self._workbook.parts, self.part, Styles(self._workbook), above)

    def remove_formats(self, is_ours: Callable[[str], bool]) -> int:
        """Remove the conditional formats with a formula that ``is_ours``; gives how many there were.

        Raises:
            PatchError: the part is no worksheet, or a rank is no number.
        """
        return formats.remove_formats(self._workbook.parts, self.part, is_ours)

    def comments(self) -> list[Comment]:
        """Every comment: its cell, author, words, and whether it stands for a discussion in threads.

        Raises:
            PatchError: the comments are broken.
        """
        return self._comments.all()

    def write_comments(self, notes: Sequence[Note]) -> None:
        """Write at cells: below the comment that is there, whose words and looks stay, or as a new one.

        Raises:
            PatchError: a cell has a discussion in threads, or the comments or their drawing are broken.
        """
        self._comments.write(notes)

    def cut_comments(self, mark: str) -> list[str]:
        """Take the text from ``mark`` on off every comment that has it; gives their cells.

        Raises:
            PatchError: the comments or their drawing are broken.
        """
        return self._comments.cut(mark)

    def remove_comment(self, cell: str) -> bool:
        """Remove the comment of a cell; says whether there was one.

        Raises:
            PatchError: it is a discussion in threads, or the comments or their drawing are broken.
        """
        return self._comments.remove(cell)

    def resize_comment(self, cell: str, size: Size) -> None:
        """Give the comment of a cell another size in pixels.

        Raises:
            PatchError: there is none, it is a discussion in threads, or the drawing is broken.
        """
        self._comments.resize(cell, size)

    def texts(self) -> dict[str, str]:
        """What each filled cell holds, by address, as text: a number as it is stored, the result of a formula.

        Raises:
            PatchError: the part is no worksheet, or a shared text is not there.
        """
        return texts_of(self._workbook, self._workbook.parts.sheet(self.part))

    def forget_results(self) -> None:
        """Leave the formulas without results, which values put elsewhere have made old: who opens it computes them.

        Raises:
            PatchError: the part is no worksheet.
        """
        forget_results(self._workbook.parts.changed_sheet(self.part))

    def fit(self, heights: Mapping[int, float]) -> None:
        """Give rows the heights in points that fit what they hold; they stay free to be fitted again.

        Raises:
            PatchError: the part is no worksheet, or its rows are broken.
        """
        fit_rows(self._workbook.parts.changed_sheet(self.part), heights)

    def put(self, values: Mapping[str, Value]) -> None:
        """Put values into cells by address, in the looks of the cells, or of the row or column of one not there yet.

        Rows whose height was fitted to what they held are fitted anew by who opens the workbook.

        Raises:
            PatchError: a value that no cell holds, a cell within an area that one formula fills, or broken rows.
        """
        sheet = self._workbook.parts.changed_sheet(self.part)
        had_formula = put_values(sheet, values)
        if had_formula:
            calculation_chain.leave_out(self._workbook, self._tab.number, had_formula)

    def fills(self, cells: Iterable[str]) -> dict[str, str]:
        """The colour, eight digits, of each of the cells that is filled with a plain one.

        Raises:
            PatchError: the part is no worksheet, or its rows or looks are broken.
        """
        return fills.fills_of(self._workbook.parts.sheet(self.part), Styles(self._workbook), cells)

    def fill(self, colours: Mapping[str, str | None]) -> None:
        """Fill cells by address with a plain colour of eight digits, or with none; what else they look like stays.

        Raises:
            PatchError: the part is no worksheet, or its rows or looks are broken.
        """
        fills.fill_cells(self._workbook.parts.changed_sheet(self.part), Styles(self._workbook), colours)

    @property
    def _comments(self) -> Comments:
        return Comments(self._workbook, self.part)
