"""Reading files for somebody, recording nothing: the verdict that they would get, the objective sentences in them."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.faults import OperatorError
from pipeline.findings import Verdict
from pipeline.findings.codes import Code
from pipeline.forms.objectives import OBJECTIVES
from pipeline.intake.custody import UnreadableError, hash_of
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.intake.reader import ReaderPool
from pipeline.intake.workers import Workers
from pipeline.judging import Submission, ground_of, judged_alone
from pipeline.night.judged_before import Before, judged_before
from pipeline.parsing.layout import locate_sheet
from pipeline.vietnamese import normalise
from pipeline.wording import say
from pipeline.workspace import Workspace, ledger_so_far, load_settings, now_in_vietnam

_STATEMENT = "statement"
_SHORTEST = 15
_FEWEST_WORDS = 4
"""What looks like a sentence: as long as a statement of BM-01 must be, and of some words."""


@dataclass(frozen=True)
class Checked(Submission):
    """The verdict that a file would get, or that it got: then ``submitted_at``, and in words which version counts."""

    submitted_at: str = ""
    counting: str = ""


def check_files(workspace: Workspace, files: Sequence[Path]) -> list[Checked]:
    """The verdict that each file would get if it arrived now, in the order given; of bytes already judged that one.

    Raises:
        OperatorError: a file does not exist, or the settings cannot be read.
    """
    for file in files:
        _refuse_missing(file)
    settings, now = load_settings(workspace).settings, now_in_vietnam()
    with ledger_so_far(workspace) as ledger:
        ground = ground_of(ledger, settings)
        contents = [_hash_of(file) for file in files]
        past = judged_before(ledger, frozenset(contents))
    candidates = [Submission(key, file, now) for key, file in enumerate(files)]
    judged = judged_alone(candidates, settings, ground, Workers(settings.limits.workers))
    return [_checked(one, past.get(sha256)) for one, sha256 in zip(judged, contents, strict=True)]


def _hash_of(file: Path) -> str:
    """The SHA-256 of a file; blank for one that cannot be read, which its verdict says."""
    with suppress(UnreadableError):
        return hash_of(file)
    return ""


def _checked(one: Submission, before: Before | None) -> Checked:
    if before is None:
        return Checked(**vars(one))
    earlier = {"verdict": Verdict(before.of.verdict), "findings": tuple(before.findings)}
    return Checked(**{**vars(one), **earlier}, submitted_at=before.told_at, counting=before.counting)


def sentences_of(file: Path) -> list[str]:
    """The objective sentences of a workbook, from top to bottom.

    A BM-01 gives its statements. Of another workbook the column with the most cells that look like sentences is taken.

    Raises:
        OperatorError: E809, there is no such file; E822, it cannot be read as a workbook.
    """
    _refuse_missing(file)
    with ReaderPool(Workers(1)) as pool:
        outcome = pool.read_all([file])[file]
    if not isinstance(outcome, RawWorkbook):
        raise OperatorError(Code.E822, path=file, reason=say(f"files.problem.{outcome.problem}"))
    form = locate_sheet(outcome, OBJECTIVES)
    if form:
        column = form.column(_STATEMENT)
        cells = sorted((row, cell) for (row, at), cell in form.raw.cells.items() if at == column)
        texts = [cell.value for row, cell in cells if row >= form.first_row and isinstance(cell.value, str)]
        return [text for text in map(normalise, texts) if text]
    return _likely_sentences(outcome)


def _refuse_missing(file: Path) -> None:
    if not file.is_file():
        raise OperatorError(Code.E809, path=file)


def _likely_sentences(workbook: RawWorkbook) -> list[str]:
    by_column: dict[tuple[str, int], list[str]] = defaultdict(list)
    for sheet in workbook.sheets:
        for (_, column), cell in sorted(sheet.cells.items()):
            text = normalise(cell.value) if isinstance(cell.value, str) else ""
            if len(text) >= _SHORTEST and len(text.split()) >= _FEWEST_WORDS:
                by_column[sheet.title, column].append(text)
    return max(by_column.values(), key=len, default=[])
