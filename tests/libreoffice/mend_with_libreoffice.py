"""Mends marked copies with LibreOffice by what their sheet *Việc cần sửa* says. A script for a Python that has ``uno``.

It knows nothing of the forms: it finds the table by its heads, types the example of each error into the cell that the
row names, and saves. It reads one job from standard input like ``fill_with_libreoffice`` and writes to standard output,
a file each, what the sheet said before and after: the count above the table and the status of every row::

    {"soffice": "...", "profile": "<empty folder>", "seconds": 120, "heads": {"severity": "Mức độ", "status": "...",
     "sheet": "Trang", "cell": "Ô", "example": "..."}, "error": "✖ Lỗi", "blank": "(để trống)", "count": 3,
     "files": [{"path": "<path>.xlsx", "save": "<path>.xlsx"}]}
"""

import json
import sys
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]  # comes with LibreOffice, for its own Python only
from fill_with_libreoffice import DisposedError, Office, RefusedError, _property, running_office

_KIND = "Calc MS Excel 2007 XML"
_FAR = 40


class Sheet:
    """The sheet of findings of one open document."""

    def __init__(self, document: Any, job: dict[str, Any]) -> None:  # noqa: ANN401 - uno's objects have no types
        """Find the table by its heads."""
        self.sheet, self._job = document.Sheets.getByIndex(0), job
        self.top, self._columns = next(filter(None, map(self._heads, range(_FAR))))

    def _heads(self, row: int) -> tuple[int, dict[str, int]] | None:
        said = {self._said(column, row): column for column in range(_FAR)}
        heads = self._job["heads"]
        return (row, {key: said[head] for key, head in heads.items()}) if set(heads.values()) <= set(said) else None

    def _said(self, column: int, row: int) -> str:
        return str(self.sheet.getCellByPosition(column, row).String)

    def rows(self) -> list[dict[str, str]]:
        """The rows of the table, by key of the heads."""
        found: list[dict[str, str]] = []
        row = self.top + 1
        while self._said(0, row):
            found.append({key: self._said(column, row) for key, column in self._columns.items()})
            row += 1
        return found

    def told(self) -> dict[str, Any]:
        """The line of the count, and the status of every row."""
        return {
            "count": self._said(0, self._job["count"] - 1),
            "statuses": [(row["severity"], row["status"]) for row in self.rows()],
        }


def mend(office: Office, file: dict[str, Any], job: dict[str, Any]) -> dict[str, Any]:
    """Type what the sheet proposes, and where it illustrates what the clerk knows; gives both states."""
    address = uno.systemPathToFileUrl(file["path"])
    document = office.desktop.loadComponentFromURL(address, "_blank", 0, (_property("Hidden", value=True),))
    if document is None:
        raise RefusedError("not_opened", file["path"])
    try:
        document.calculateAll()  # it trusts the values stored in the file, which are ours
        sheet = Sheet(document, job)
        before = sheet.told()
        for row in sheet.rows():
            if row["severity"] == job["error"] and row["example"]:
                is_asked = row["suggests"] == job["illustration"]
                known = file["known"].get(f"{row['sheet']}!{row['cell']}", job["blank"])
                _follow(office, document, {**row, "example": known} if is_asked else row, job["blank"])
        after = sheet.told()
        document.storeToURL(uno.systemPathToFileUrl(file["save"]), (_property("FilterName", _KIND),))
    finally:
        document.close(True)  # noqa: FBT003 - uno knows no names of arguments
    return {"before": before, "after": after}


def _follow(office: Office, document: Any, row: dict[str, str], blank: str) -> None:  # noqa: ANN401 - as above
    if row["example"] == blank:
        document.Sheets.getByName(row["sheet"]).getCellRangeByName(row["cell"]).setString("")
        return
    office._type(document, row["sheet"], [(row["cell"], row["example"])])


def main() -> int:
    """Do the job on standard input; 1 when LibreOffice refused, with the reason on standard error."""
    job = json.load(sys.stdin)
    try:
        with running_office(job["soffice"], Path(job["profile"]), job["seconds"]) as office:
            json.dump([mend(office, file, job) for file in job["files"]], sys.stdout)
    except (RefusedError, DisposedError) as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
