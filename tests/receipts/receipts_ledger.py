"""Submissions and sightings in the ledger's shape, told in few words."""

from typing import Any

import pandas as pd

from pipeline.consolidation.receipts import ReceiptBook, receipt_books, same_night_notes
from pipeline.findings import Finding
from pipeline.ledger.contents import read_submissions
from pipeline.ledger.tables import blank_ledger

_DUTIES = pd.DataFrame(
    [
        ("BM-01", "VP", "2019-KH", "2019-01-31"),
        ("BM-02", "VP", "2019-6T", "2019-06-10"),
        ("BM-01", "KHTC", "2019-KH", "2019-01-31"),
        ("BM-01", "VP", "2020-KH", "2020-01-31"),
    ],
    columns=["form", "division", "period", "due_on"],
).astype({"due_on": "datetime64[us]"})
OWED = _DUTIES.assign(is_exempt=False, decision=pd.Series(None, index=_DUTIES.index, dtype="str"))
_TIMES = ("not_before", "not_after", "arrived_at", "judged_as_of")
_USUAL: dict[str, Any] = {
    "form": "BM-02",
    "division": "VP",
    "period": "2019-6T",
    "folder": "VP",
    "verdict": "accepted",
    "not_before": "2019-06-05T00:05",
    "not_after": "2019-06-06T00:05",
    "arrived_at": "2019-06-05T16:00",
    "judged_as_of": "2019-06-06T00:05",
    "is_empty": False,
    "withdrawn": False,
    "based_on": "",
}


def submissions(*told: dict[str, Any]) -> pd.DataFrame:
    """One row a mapping; what is not said is a BM-02 of VP, accepted in time. Versions count up by obligation."""
    if not told:
        return read_submissions(blank_ledger())
    rows = [
        {"path": f"VP/tep {place}.xlsx", "sha256": f"{place:064x}", **_USUAL, **one}
        for place, one in enumerate(told, 1)
    ]
    frame = pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="submission_id"))
    versions = frame.groupby(["form", "division", "period"]).cumcount().add(1).astype("float64")
    frame = frame.assign(version=versions.where(frame[["form", "division", "period"]].notna().all(axis=1)))
    texts = dict.fromkeys(("path", "sha256", "form", "division", "period", "folder", "verdict", "based_on"), "str")
    return frame.astype({**texts, **dict.fromkeys(_TIMES, "datetime64[us]")})


def sightings(*told: dict[str, Any]) -> pd.DataFrame:
    """One row a mapping: known bytes under another name."""
    columns = ["sha256", "path", "folder", "not_before", "not_after", "arrived_at"]
    usual = {"folder": "VP", **dict.fromkeys(columns[3:], "2019-06-07T08:00")}
    frame = pd.DataFrame([{**usual, **one} for one in told], columns=columns)
    return frame.astype({**dict.fromkeys(columns[:3], "str"), **dict.fromkeys(columns[3:], "datetime64[us]")})


def books(
    received: pd.DataFrame,
    seen: pd.DataFrame | None = None,
    standing: tuple[tuple[int, Finding], ...] = (),
    owed: pd.DataFrame = OWED,
) -> dict[str, ReceiptBook]:
    """The books by holder."""
    notes = (*standing, *same_night_notes(received))
    made = receipt_books(received, sightings() if seen is None else seen, owed, notes)
    return {holder: made.book_of(holder) for holder in made.holders}


def lines(book: ReceiptBook, *columns: str) -> list[tuple[Any, ...]]:
    """The files of a book as plain values, missing ones as None."""
    return plain(book.files[list(columns)])


def plain(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    return [tuple(None if pd.isna(value) else value for value in row) for row in frame.itertuples(index=False)]
