"""The lists of a form's drop-downs, each once on a hidden sheet and under a name of its own.

Names, because Excel saves a list that refers directly to another sheet as an extension that openpyxl drops.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.excel.cells import Area, Book
from pipeline.excel.fitting import lines_of
from pipeline.vocabulary.fields import Field, Listed, Options
from pipeline.vocabulary.lists import Lists, options_of
from pipeline.vocabulary.sheets import Form
from pipeline.wording import say

_MOST_LINES = 2
"""A list whose words take more lines of its cell offers its codes alone; the words stand in the guide."""

Items = tuple[str, ...]


@dataclass(frozen=True)
class DropDowns:
    """The named lists of one form."""

    lists: Lists
    names: Mapping[Items, str]

    def name_of(self, items: Items) -> str:
        """The defined name of a list; empty when the form has none such."""
        return self.names.get(items, "")

    def words(self, field: Field, stored: str) -> str:
        """What stands in a cell for a stored value: exactly the item that the drop-down offers."""
        options = options_of(field, self.lists)
        return stored if is_by_code(field, options) else options.get(stored, stored)


def drop_downs(form: Form, lists: Lists) -> DropDowns:
    """The lists that a form's fields use, each under one name."""
    names: dict[Items, str] = {}
    for schema in form.all_sheets:
        for field in schema.fields:
            own = f"ds_{schema.name}_{field.name}"
            name = f"ds_{field.options.name}" if isinstance(field.options, Listed) else own
            names.setdefault(items_of(field, lists), name)
            names.setdefault(field.coded, f"{own}_coded")
    return DropDowns(lists, {items: name for items, name in names.items() if items})


def is_by_code(field: Field, options: Options) -> bool:
    """Whether a list offers its codes as its words are too long for the cell: a row would be as high as they are."""
    longest = max((words for code, words in options.items() if words != code), key=len, default="")
    return lines_of(longest, field.width) > _MOST_LINES


def items_of(field: Field, lists: Lists) -> Items:
    """What the drop-down of a field offers, in order."""
    options = options_of(field, lists)
    return tuple(options if is_by_code(field, options) else options.values())


def write_lists(book: Book, choices: DropDowns, texts: Mapping[Items, str]) -> None:
    """Write the hidden sheet of lists, a column each, and name them; ``texts`` are those of live formulas."""
    sheet = book.sheet(say("template.sheets.lists"))
    columns = [(name, items, True) for items, name in choices.names.items()]
    columns += ((name, items, False) for items, name in texts.items())
    for column, (name, items, is_offered) in enumerate(columns, 1):
        sheet.text(1, column, name)
        for row, item in enumerate(items, 2):
            # A year typed by hand is a number: the list must hold numbers for Excel to know it again.
            if is_offered and item.isascii() and item.isdecimal():
                sheet.number(row, column, float(item))
            else:
                sheet.text(row, column, item)
        book.name(name, sheet, Area(2, column, len(items) + 1, column))
    sheet.worksheet.very_hidden()
