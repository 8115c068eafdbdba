"""The sheet *Việc cần sửa*: the verdict, how many are still to be mended, one row a finding with its live status."""

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.excel.cells import Area, Book, Property, Sheet
from pipeline.excel.fitting import height_of, lines_of
from pipeline.feedback.answer import FeedbackSheet
from pipeline.feedback.marks import COLOURS
from pipeline.feedback.places import writable
from pipeline.feedback.sheet_looks import BOX, CENTRE, FOLLOWING, HEAD, LEFT, lay_out, rgb
from pipeline.feedback.tasks import Task, Watch, repeated
from pipeline.findings import Severity, Suggests, explain, is_error
from pipeline.spreadsheet import column_name
from pipeline.wording import say

_WIDTHS: Final = {
    "number": 4.5,
    "severity": 9.0,
    "status": 11.0,
    "repair": 20.0,
    "sheet": 10.0,
    "cell": 6.5,
    "problem": 29.0,
    "expected": 22.0,
    "suggests": 10.0,
    "example": 19.0,
    "fix": 28.0,
}
"""In all some 168 digits: A4 landscape shrinks them to four fifths, 11 points to 9."""
_EXPLAINED: Final = {
    **_WIDTHS,
    "status": 13.0,
    "repair": 18.0,
    "problem": 27.0,
    "expected": 19.0,
    "fix": 25.0,
    "explanation": 22.0,
}
"""With the column of explanations, which stands only where there is a warning."""
_COLUMNS: Final = tuple(_WIDTHS)
_ASKING: Final[Mapping[str, Property]] = {"bg_color": "#FFF9DB", "locked": False}
_CENTRED: Final = frozenset({"number", "severity", "status", "cell", "suggests"})
_OF_REPAIR: Final = ("repair", "expected", "fix")
"""What is the same for every finding of a repair: it shows at the first of them that the filter lets through."""
_BOLD: Final = frozenset({"severity", "status"})
_LINK: Final[Mapping[str, Property]] = {"underline": 1, "font_color": "#0563C1"}
_SUGGESTED: Final = frozenset({"suggests", "example"})
_SUGGESTED_LOOK: Final[Mapping[Suggests, Mapping[str, Property]]] = {
    Suggests.PROPOSAL: {"font_color": "#006100", "bold": True},
    Suggests.ILLUSTRATION: {"font_color": "#7F6000", "italic": True},
    Suggests.NOTHING: {},
}
_PAPER: Final = "#FFFFFF"
_DONE: Final = {"mended": "#C6EFCE", "changed": "#DDEBF7"}


def write_findings(
    book: Book, title: str, answer: FeedbackSheet, tasks: Sequence[Task], remarks: Sequence[str]
) -> None:
    """Write the sheet of findings. ``remarks`` are what else is to be said of the copy, one sentence each."""
    sheet = book.sheet(title)
    has_examples = any(explain(task.finding).suggests is not Suggests.NOTHING for task in tasks)
    remarks = [*([say("feedback.suggests.explained")] if has_examples else []), *remarks]
    header = answer.header(remarks, has_count=any(map(_counts, tasks)))
    first_row, last_row = header.table_row + 1, header.table_row + max(1, len(tasks))
    widths = _EXPLAINED if any(map(is_to_explain, tasks)) else _WIDTHS
    lay_out(book, sheet, header, widths, last_row)
    for column, key in enumerate(widths, 1):
        sheet.text(header.table_row, column, say(f"feedback.columns.{key}"), book.look(**HEAD, valign="vcenter"))
    sheet.fit(header.table_row, 24)
    statuses = _area("status", first_row, last_row)
    if header.has_count:
        formula, value = _count(tasks, statuses)
        sheet.formula(header.count_row, 1, formula, value=value, look=header.count_look(book))
    for task, is_repeated in zip(tasks, repeated(tasks), strict=True):
        row = header.table_row + task.number
        sheet.fit(row, _row((book, sheet, row), task, widths, is_repeated=is_repeated))
    _say_once(book, sheet, first_row, last_row)
    for key, colour in _DONE.items():
        formula = f'{column_name(_number("status"))}{first_row}="{say(f"feedback.status.{key}")}"'
        sheet.colour(statuses, formula, book.look(bg_color=colour))


def _number(key: str) -> int:
    return _COLUMNS.index(key) + 1


def _area(key: str, first_row: int, last_row: int) -> Area:
    return Area(first_row, _number(key), last_row, _number(key))


def _say_once(book: Book, sheet: Sheet, first_row: int, last_row: int) -> None:
    """Let the words that a repair has in common show once a repair.

    They stand in every row, so that each can be filtered and copied; a row that follows one of the same repair shows
    none. SUBTOTAL(103) counts visible cells only: where the filter hides the row above, the words show again.
    """
    repair, (row, above) = column_name(_number(_OF_REPAIR[0])), (first_row, first_row - 1)
    same = f"${repair}{row}=${repair}{above},{repair}{row}={repair}{above},SUBTOTAL(103,${repair}{above})=1"
    first, *others = (_area(key, first_row, last_row) for key in _OF_REPAIR)
    sheet.colour(first, f"AND({same})", book.look(font_color=_PAPER), *others)


def _row(at: tuple[Book, Sheet, int], task: Task, widths: Mapping[str, float], *, is_repeated: bool) -> float:
    """Write a finding; gives the height that its row needs."""
    (book, sheet, row), words = at, _words(task)
    for column, key in enumerate(widths, 1):
        look = book.look(**_look(key, task, is_repeated=is_repeated))
        if key == "status" and (_is_live(task) or is_to_explain(task)):
            sheet.formula(row, column, f"={_status_formula(task, row)}", value=words[key], look=look)
        elif key == "cell" and task.place is not None:
            sheet.link(row, column, f"internal:{task.place.reference}", text=writable(words[key]), look=look)
        else:
            sheet.text(row, column, writable(words[key]), look)
    visible = [key for key in widths if not (is_repeated and key in _OF_REPAIR)]
    return height_of(max(lines_of(words[key], widths[key], bold=key in _BOLD) for key in visible))


def _status_formula(task: Task, row: int) -> str:
    """How the finding stands: as it began, mended or changed; a warning explained as soon as something is written."""
    begun = f'"{say(f"feedback.status.{_began(task)}")}"'
    if is_to_explain(task):
        place = f"{column_name(len(_EXPLAINED))}{row}"
        begun = f'IF(TRIM({place})="",{begun},"{say("feedback.status.explained")}")'
    if not _is_live(task):
        return begun
    done = say(f"feedback.status.{'mended' if task.watch is Watch.RULE else 'changed'}")
    return f'IF({task.is_open},{begun},"{done}")'


def is_to_explain(task: Task) -> bool:
    """Whether the sender may explain a finding instead of mending it."""
    return task.finding.severity is Severity.WARNING and task.place is not None


def _look(key: str, task: Task, *, is_repeated: bool) -> Mapping[str, Property]:
    """The look of a finding's cell in a column."""
    border = FOLLOWING if is_repeated and key in _OF_REPAIR else BOX
    look = {**(CENTRE if key in _CENTRED else LEFT), **border, "bold": key in _BOLD, "num_format": "@"}
    if key in _SUGGESTED:
        look |= _SUGGESTED_LOOK[explain(task.finding).suggests]
    if key == "severity":
        look["bg_color"] = rgb(COLOURS[task.finding.severity])
    if key == "status" and (_is_live(task) or is_to_explain(task)):
        look["num_format"] = "General"
    if key == "explanation" and is_to_explain(task):
        look |= _ASKING
    return {**look, **_LINK} if key == "cell" and task.place is not None else look


def _words(task: Task) -> dict[str, str]:
    finding, words = task.finding, task.repair.explained(task.finding)
    return {
        "number": str(task.number),
        "severity": say(f"feedback.severity.{finding.severity}"),
        "status": say(f"feedback.status.{_status(task)}"),
        "repair": task.repair.title,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "problem": words.whole_problem,
        "expected": words.expected,
        "suggests": say(f"feedback.suggests.{words.suggests}"),
        "example": words.proposal or words.illustration,
        "fix": words.fix,
        "explanation": finding.explanation,
    }


def _status(task: Task) -> str:
    """The status as the answer goes out."""
    return "explained" if task.finding.explanation else _began(task)


def _began(task: Task) -> str:
    """The status with which a finding begins of which nothing is said yet."""
    match task.finding.severity:
        case Severity.NOTE:
            return "to_know"
        case Severity.WARNING:
            return "to_review"
        case Severity.ERROR:
            return "asked_later" if task.watch is Watch.NOTHING else "open"


def _is_live(task: Task) -> bool:
    """Whether a finding's status changes when it is mended."""
    return task.finding.severity is not Severity.NOTE and task.watch is not Watch.NOTHING


def _count(tasks: Sequence[Task], statuses: Area) -> tuple[str, str]:
    """The formula that says how many errors are still to be mended, and the words with which it begins.

    ``statuses`` are the cells that say it of each finding.
    """
    total = sum(map(_counts, tasks))
    later = sum(is_error(task.finding) for task in tasks) - total
    remark = " " + say("feedback.count.later", count=later) if later else ""
    left = f'COUNTIF({statuses},"{say("feedback.status.open")}")'
    before, after = (f"{part}" for part in say("feedback.count.left", total=total).split("#"))
    done = say("feedback.count.done", total=total)
    formula = f'=IF({left}=0,"{done}","{before}"&{left}&"{after}")&"{remark}"'
    return formula, f"{before}{total}{after}{remark}"


def _counts(task: Task) -> bool:
    return is_error(task.finding) and task.watch is not Watch.NOTHING
