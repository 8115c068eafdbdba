"""Two workbooks compared cell by cell: what differs, by sheet and cell."""

from workbook_rules.reader import read_workbook


def differing_cells(one: bytes, other: bytes) -> dict[str, tuple[object, object]]:
    """Each cell whose value is not the same in both: (of the first, of the second)."""
    values = [_values(workbook) for workbook in (one, other)]
    places = sorted(set(values[0]) | set(values[1]))
    both = {place: (values[0].get(place), values[1].get(place)) for place in places}
    return {place: pair for place, pair in both.items() if pair[0] != pair[1]}


def _values(workbook: bytes) -> dict[str, object]:
    return {sheet.at(place): cell.value for sheet in read_workbook(workbook).sheets for place, cell in sheet.filled}
