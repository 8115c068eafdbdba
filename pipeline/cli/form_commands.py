"""The commands that read for somebody, recording nothing: ``qms check``, ``coach``, ``explain``."""

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pipeline.cli.options import PATH, argument, option, qms_command
from pipeline.cli.output import HAS_ERRORS, OK, Answer, picked
from pipeline.faults import OperatorError
from pipeline.findings import CATALOGUE, Code, Explained, Finding, Stage, explain
from pipeline.findings.finding import in_general
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.desk.checking import Checked
    from pipeline.measurability import Reading

WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")


@qms_command("check")
@argument("files", "files", nargs=-1, required=True, type=PATH)
def check_command(workspace: Path, files: tuple[Path, ...]) -> Answer:
    """Judge files without recording them."""
    from pipeline.intake.workers import fork_from, start_early

    fork_from("pipeline.intake.worker")
    start_early()
    from pipeline.desk.checking import check_files
    from pipeline.workspace import open_workspace

    judged = check_files(open_workspace(workspace), files)
    documents = [_check_document(file, each) for file, each in zip(files, judged, strict=True)]
    lines = (line for file, each in zip(files, judged, strict=True) for line in _check_lines(file, each))
    return Answer(documents, lines, OK if all(each.verdict.is_accepted for each in judged) else HAS_ERRORS)


def _check_document(file: Path, judged: "Checked") -> dict[str, object]:
    return {
        "file": file.as_posix(),
        "verdict": str(judged.verdict),
        "form": judged.form.number if judged.form else None,
        **picked(judged, "division period submitted_at counting"),
        "findings": [
            {
                **picked(finding, "code severity sheet cell field label"),
                "found": words.typed,
                **picked(words, "expected proposal illustration problem fix"),
            }
            for finding, words in ((each, explain(each)) for each in judged.findings)
        ],
    }


def _check_lines(file: Path, judged: "Checked") -> Iterator[str]:
    yield say("command_line.check.file", file=file.as_posix(), verdict=say(f"run.verdict.{judged.verdict}"))
    if judged.submitted_at:
        yield say("command_line.check.submitted", told=judged.submitted_at, counting=judged.counting)
    for finding in judged.findings:
        facts = {
            "place": f"{finding.sheet}!{finding.cell}:" if finding.cell else "",
            "mark": say(f"command_line.mark.{finding.severity}"),
        }
        yield say("command_line.check.finding", code=finding.code, **facts, **vars(explain(finding)))


@qms_command("coach")
@option("--year", words="command_line.coach.year_option", type=click.IntRange(2000, 2199))
@argument("sentences", "sentences", nargs=-1)
def coach_command(_workspace: Path, sentences: tuple[str, ...], year: int | None) -> Answer:
    """Explain objective sentences and propose the columns of BM-01."""
    from pipeline.measurability import read_objective
    from pipeline.workspace import now_in_vietnam

    this_year = now_in_vietnam().year

    def readings() -> "Iterator[tuple[Reading, int]]":
        for reading in map(read_objective, _sentences(sentences)):
            yield reading, year or next((each.year for each in reading.deadlines if each.year), this_year)

    numbered = ((number, *each) for number, each in enumerate(readings(), start=1))
    return Answer(
        (_coach_document(reading, of_year) for reading, of_year in readings()),
        ("\n".join(_coach_lines(reading, of_year, number)) for number, reading, of_year in numbered),
    )


def _coach_document(reading: "Reading", year: int) -> dict[str, object]:
    from pipeline.measurability.proposal import alternatives, propose

    parts = {name: getattr(reading, name) for name in ("indicator", "subject", "frequency")}
    return {
        **picked(reading, "text measurable comparator"),
        "targets": [_number(value) for value in reading.values],
        **picked(reading, "unit deadline"),
        "vague_terms": [reading.text[term.span.start : term.span.end].lower() for term in reading.vague],
        **{name: part.words if part else None for name, part in parts.items()},
        "baseline": [_number(target.baseline) for target in reading.targets if target.baseline is not None],
        "findings": [
            {**picked(finding, "code severity"), "found": words.typed, **picked(words, "problem fix")}
            for finding, words in _sentence_findings(reading)
        ],
        "proposal": {
            name: _number(value) if isinstance(value, float) else str(value)
            for name, value in propose(reading, year).items()
        },
        "alternatives": list(alternatives(reading, year)),
    }


def _number(value: float) -> float:
    """A whole number without its decimal point."""
    return int(value) if value.is_integer() else value


def _sentence_findings(reading: "Reading") -> Iterator[tuple[Finding, Explained]]:
    """What is to be said of a sentence, in the words that BM-01 is returned with."""
    from pipeline.measurability.advice import advise

    for advice in advise(reading):
        facts = {"against": advice.words, "readings": advice.readings, "found": advice.words}
        finding = Finding(advice.code, facts=facts)
        yield finding, explain(finding)


def _sentences(words: Iterable[str]) -> Iterator[str]:
    """The sentences of the arguments, of the workbooks among them, or of standard input, one a line."""
    if not words:
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        yield from (text for line in sys.stdin if (text := line.strip("\ufeff \t\r\n")))
    for word in words:
        if word.lower().endswith(WORKBOOKS):
            from pipeline.desk.checking import sentences_of

            yield from sentences_of(Path(word))
        else:
            yield word


def _coach_lines(reading: "Reading", year: int, number: int) -> Iterator[str]:
    """One sentence explained to its writer."""
    from pipeline.measurability.proposal import alternatives, propose
    from pipeline.measurability.reading import Missing

    yield say("coach.sentence", number=number, text=reading.text)
    span = reading.basis_span
    yield say(f"coach.basis.{reading.basis}", words=reading.text[span.start : span.end] if span else "")
    for finding, words in _sentence_findings(reading):
        mark = say(f"command_line.mark.{finding.severity}")
        yield say("coach.line", mark=mark, code=finding.code, problem=words.problem, fix=words.fix)
    if reading.measurable and Missing.DEADLINE in reading.missing:
        yield say("coach.deadline")
    proposed = propose(reading, year)
    if proposed:
        yield say("coach.proposal")
        yield from _columns(proposed)
    ways = alternatives(reading, year)
    if ways:
        yield say("coach.alternatives")
        yield from (say("coach.way", text=way) for way in ways)
    yield ""


def _columns(proposed: Mapping[str, object]) -> Iterator[str]:
    """Each column with the label that staff read above it."""
    from pipeline.forms.objectives import OBJECTIVES
    from pipeline.vietnamese import format_date, format_number

    for name, value in proposed.items():
        text = str(value)
        if isinstance(value, dt.date):
            text = format_date(value)
        elif isinstance(value, float):
            # The form asks whether 0,5 beside % means 50: with its sign the figure says so itself (V318).
            is_share = 0 < abs(value) < 1 and proposed["unit"] == "%"
            text = f"{format_number(value)}{'%' if is_share else ''}"
        yield say("coach.column", label=OBJECTIVES.field(name).label, value=text)


@qms_command("explain")
@argument("code", "code")
def explain_command(_workspace: Path, code: str) -> Answer:
    """Print one entry of the catalogue."""
    entry = CATALOGUE.get(code.strip().upper())
    if entry is None:
        raise OperatorError(Code.E812, name=code, listed=", ".join(CATALOGUE))
    general = in_general(entry)
    words = {name: getattr(general, name) for name in ("problem", "expected", "proposal", "illustration", "fix")}
    # An error of a form returns it; an operator's or our own does not concern a form.
    weight = {Stage.OPERATOR: "operator", Stage.INTERNAL: "internal"}.get(entry.stage, str(entry.severity))
    lines = [
        f"{entry.code} · {entry.title}",
        f"{say('command_line.explain.severity')}: {say(f'command_line.explain.weight.{weight}')}",
        *(f"{say(f'command_line.explain.{name}')}: {text}" for name, text in words.items() if text),
    ]
    return Answer({"code": entry.code, "severity": str(entry.severity), "title": entry.title, **words}, lines)
