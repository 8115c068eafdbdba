"""The lists of a form's drop-downs, each once on a hidden sheet and under a name of its own.

Names, because Excel saves a list that refers directly to another sheet as an extension that openpyxl drops.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.excel.cells import Area, Book, Sheet
from pipeline.vocabulary.fields import Field, Listed, Options
from pipeline.vocabulary.lists import Lists, options_of
from pipeline.vocabulary.sheets import Form
from pipeline.wording import say

LONGEST_ITEM = 80
"""A list with longer words offers its codes alone; the words stand in the guide."""

Items = tuple[str, ...]


@dataclass(frozen=True)
class DropDowns:
    """The named lists of one form."""

    lists: Lists
    names: Mapping[Items, str]

    def name_of(self, field: Field) -> str:
        """The defined name of a field's choices; empty when there are none."""
        return self.names.get(items_of(options_of(field, self.lists)), "")

    def name_of_coded(self, field: Field) -> str:
        """The defined name of the words that may stand in place of a number or a date."""
        return self.names.get(field.coded, "")

    def shown(self, field: Field, stored: str) -> str:
        """What a cell shows for a stored value: exactly the item that the drop-down offers."""
        options = options_of(field, self.lists)
        return item_of(options, stored) if stored in options else stored


def drop_downs(form: Form, lists: Lists) -> DropDowns:
    """The lists that a form's fields use, each under one name."""
    names: dict[Items, str] = {}
    for name, items in _lists(form, lists):
        if items:
            names.setdefault(items, name)
    return DropDowns(lists, names)


def is_by_code(options: Options) -> bool:
    """Whether a list offers its codes because its words are too long for a cell."""
    return any(len(words) > LONGEST_ITEM for words in options.values())


def item_of(options: Options, stored: str) -> str:
    """The item that stands for a stored value."""
    return stored if is_by_code(options) else options[stored]


def items_of(options: Options) -> Items:
    """What the drop-down offers, in order."""
    return tuple(item_of(options, stored) for stored in options)


def write_lists(book: Book, choices: DropDowns, texts: Mapping[Items, str]) -> None:
    """Write the hidden sheet of lists, a column each, and name them."""
    sheet = book.sheet(say("template.sheets.lists"))
    for column, (items, name) in enumerate(choices.names.items(), 1):
        sheet.text(1, column, name)
        for row, item in enumerate(items, 2):
            # A year typed by hand is a number: the list must hold numbers for Excel to know it again.
            if item.isascii() and item.isdecimal():
                sheet.number(row, column, float(item))
            else:
                sheet.text(row, column, item)
        book.name(name, sheet, Area(2, column, len(items) + 1, column))
    _write_texts(sheet, book, len(choices.names), texts)
    sheet.worksheet.very_hidden()


def _write_texts(sheet: Sheet, book: Book, taken: int, texts: Mapping[Items, str]) -> None:
    """Beside them the lists that live formulas hold cells against, as texts throughout."""
    for column, (items, name) in enumerate(texts.items(), taken + 1):
        sheet.text(1, column, name)
        for row, item in enumerate(items, 2):
            sheet.text(row, column, item)
        book.name(name, sheet, Area(2, column, len(items) + 1, column))


def _lists(form: Form, lists: Lists) -> Iterator[tuple[str, Items]]:
    for schema in form.all_sheets:
        for field in schema.fields:
            own = f"ds_{schema.name}_{field.name}"
            name = f"ds_{field.options.name}" if isinstance(field.options, Listed) else own
            yield name, items_of(options_of(field, lists))
            yield f"{own}_coded", field.coded
