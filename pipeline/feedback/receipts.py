"""A division's book of receipts (Sổ tiếp nhận): sheet 1 every file that came, sheet 2 what counts now."""

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import pandas as pd

from pipeline.consolidation.receipts import ReceiptBook
from pipeline.excel import looks
from pipeline.excel.cells import Area, Book
from pipeline.excel.pages import Page, set_page
from pipeline.excel.tables import Canvas, Column, Kind, Placed
from pipeline.forms import BY_NUMBER
from pipeline.seals import Seal
from pipeline.settings import Period, Settings
from pipeline.wording import say

Line = Mapping[Hashable, Any]

_HEADER_ROW: Final = 5
_FILES: Final = (
    ("number", 5, Kind.WHOLE, ""),
    ("path", 32, Kind.TEXT, ""),
    ("form", 8, Kind.CODE, ""),
    ("period", 10, Kind.CODE, ""),
    ("version", 6, Kind.WHOLE, ""),
    ("arrived_at", 16, Kind.MOMENT, ""),
    ("interval", 18, Kind.TEXT, ""),
    ("verdict", 15, Kind.SIGN, "verdict"),
    ("judged_as_of", 16, Kind.MOMENT, ""),
    ("effect", 18, Kind.SIGN, "effect"),
    ("remark", 32, Kind.TEXT, ""),
    ("sha256", 26, Kind.SMALL, ""),
)
_COUNTING: Final = (
    ("form", 36, Kind.TEXT, ""),
    ("period", 20, Kind.TEXT, ""),
    ("due_on", 13, Kind.DAY, ""),
    ("effect", 24, Kind.SIGN, "effect"),
    ("now", 60, Kind.TEXT, ""),
)
_NOTES: Final = (
    ("problem", 36, Kind.TEXT, ""),
    ("form", 20, Kind.TEXT, ""),
    ("code", 13, Kind.CODE, ""),
    ("path", 24, Kind.TEXT, ""),
    ("fix", 60, Kind.TEXT, ""),
)


class _Foot(NamedTuple):
    """What every page bears beside its table."""

    title: str
    agency: str
    seal: str


def receipt_workbook(receipts: ReceiptBook, settings: Settings, seal: Seal) -> bytes:
    """The workbook's bytes: the same for the same book, settings and seal, that of the run of its last file.

    Raises:
        WorkbookFaultError: XlsxWriter refused a part; our own mistake.
    """
    division = settings.division(receipts.holder)
    holder = f"{division.code} - {division.name}" if division else say("receipts.unknown_holder")
    title = say("receipts.title", holder=holder)
    # The day of the last entry, so that the bytes do not depend on today's date.
    last_day: dt.date = receipts.files[["arrived_at", "judged_as_of"]].max().max().date()
    agency = settings.agency_on(last_day).name
    book = Book(title, agency, last_day)
    _write_files(Canvas(book, book.sheet(say("receipts.sheet.files")), {}), receipts, _Foot(title, agency, seal.words))
    _write_counting(
        Canvas(book, book.sheet(say("receipts.sheet.counting")), {}), receipts, _Foot(title, agency, seal.words)
    )
    return book.to_bytes()


def _columns(described: tuple[tuple[str, int, Kind, str], ...]) -> tuple[Column, ...]:
    return tuple(
        Column(name, say(f"receipts.label.{name}"), width, kind, group) for name, width, kind, group in described
    )


def _write_files(canvas: Canvas, receipts: ReceiptBook, foot: _Foot) -> None:
    columns = _columns(_FILES)
    files = receipts.files
    lines = files.to_dict("records")
    worded = files.assign(
        number=range(1, len(files) + 1),
        interval=pd.Series(map(_interval, lines), index=files.index, dtype="str"),
        remark=pd.Series([" ".join(_remarks(line)) for line in lines], index=files.index, dtype="str"),
    )
    _begin(canvas, columns, foot.title, ("files", "sha256"))
    placed = canvas.table(_HEADER_ROW, "so_tiep_nhan", columns, worded, "")
    canvas.sheet.worksheet.freeze_panes(_HEADER_ROW, 2)
    _finish(canvas, placed, columns, foot)


def _write_counting(canvas: Canvas, receipts: ReceiptBook, foot: _Foot) -> None:
    columns = _columns(_COUNTING)
    _begin(canvas, columns, foot.title, ("counting",))
    canvas.line(_HEADER_ROW - 1, say("receipts.heading.counting"), looks.HEADING)
    due = receipts.obligations
    awaited = due["is_exempt"].map({True: "exempt", False: "nothing"})
    effect = due["last_effect"].fillna(awaited).mask(due["counting"].notna(), "counts")
    now = pd.Series(map(_now, due.to_dict("records")), index=due.index, dtype="str")
    worded = _in_words(due.assign(effect=effect, now=now))
    placed = canvas.table(_HEADER_ROW, "hien_duoc_tinh", columns, worded, say("receipts.empty.counting"))
    row = placed.last_row + 3
    canvas.line(row - 1, say("receipts.heading.notes"), looks.HEADING)
    notes = _in_words(receipts.notes)
    notes = notes.assign(form=receipts.notes["form"] + ", " + notes["period"])
    last = canvas.table(row, "luu_y", _columns(_NOTES), notes, say("receipts.empty.notes"))
    canvas.sheet.worksheet.freeze_panes(_HEADER_ROW, 0)
    _finish(canvas, last, columns, foot, header_row=None)


def _in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Forms by their names, periods as they are read."""
    titles = {number: f"{number} {form.short_title}" for number, form in BY_NUMBER.items()}
    periods = {str(period): period.in_words for period in map(Period.parse, rows["period"].unique())}
    return rows.assign(form=rows["form"].map(titles), period=rows["period"].map(periods).astype("str"))


def _begin(canvas: Canvas, columns: tuple[Column, ...], title: str, intros: tuple[str, ...]) -> None:
    canvas.widths(column.width for column in columns)
    canvas.sheet.height(1, 24)
    canvas.line(1, title, looks.TITLE)
    for row, intro in enumerate(intros, 2):
        canvas.line(row, say(f"receipts.intro.{intro}"), looks.QUESTION)


def _finish(
    canvas: Canvas,
    last: Placed,
    columns: tuple[Column, ...],
    foot: _Foot,
    *,
    header_row: int | None = _HEADER_ROW,
) -> None:
    page = Page(
        landscape=True,
        header_left=foot.agency,
        footer_left=foot.title,
        seal=foot.seal,
        header_row=header_row,
        printed=Area(1, 1, last.last_row, len(columns)),
    )
    set_page(canvas.sheet, page)
    canvas.sheet.worksheet.hide_gridlines(2)


def _interval(line: Line) -> str:
    until = _moment(line["not_after"])
    if pd.isna(line["not_before"]):
        return say("receipts.until", until=until)
    return say("receipts.from_to", since=_moment(line["not_before"]), until=until)


def _moment(at: dt.datetime) -> str:
    return f"{at:%H:%M %d/%m/%Y}"


def _remarks(line: Line) -> Iterator[str]:
    """What else a sender should know about one file, most important first."""
    if line["effect"] == "not_judged":
        yield say("receipts.remark.not_judged")
    if line["effect"] in {"replaced", "returned_then_replaced"}:
        yield say("receipts.remark.counting", version=f"{line['counting']:.0f}")
    if isinstance(line["first_path"], str):
        key = "put_back" if line["first_path"] == line["path"] else "same"
        yield say(f"receipts.remark.{key}", path=line["first_path"], at=_moment(line["first_at"]))
    if line["in_time_by_stamp"]:
        yield say("receipts.remark.in_time", due_on=f"{line['due_on']:%d/%m/%Y}")
    if isinstance(line["named"], str):
        yield say("receipts.remark.named", division=line["named"])
    if isinstance(line["folder"], str):
        yield say("receipts.remark.folder", folder=line["folder"])
    if line["is_together"]:
        yield say("receipts.remark.together")


def _now(line: Line) -> str:
    """What counts for one obligation, and what was decided about it, in sentences."""
    verdict = line["last_verdict"]
    facts = {
        "path": line["counting_path"],
        "verdict": say(f"run.verdict.{verdict}").lower() if isinstance(verdict, str) else "",
        **{name: f"{line[name]:.0f}" for name in ("counting", "last")},
    }
    if not pd.isna(line["counting"]):
        key = "counts" if line["counting"] == line["last"] else "counts_newer"
    elif pd.isna(line["last"]):
        key = "nothing"
    else:
        key = "withdrawn" if line["last_effect"] == "withdrawn" else "none"
    decision = line["decision"] if isinstance(line["decision"], str) else ""
    return f"{say(f'receipts.now.{key}', **facts)} {decision}".strip()
