"""``qms coach``."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.output import print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.findings import Explained, Finding
    from pipeline.measurability import Reading

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


@click.command(
    "coach",
    cls=VietnameseCommand,
    help=say("command_line.coach.help"),
    short_help=say("command_line.coach.short"),
)
@workspace_option
@json_option
@click.option("--year", type=click.IntRange(2000, 2199), metavar="NĂM", help=say("command_line.coach.year_option"))
@click.argument("sentences", nargs=-1, metavar="[CÂU_HOẶC_TỆP]…")
def command(workspace: object, sentences: tuple[str, ...], year: int | None, *, as_json: bool) -> int:
    """Explain objective sentences and propose the columns of BM-01."""
    del workspace  # accepted on every command; a sentence reads the same everywhere
    from pipeline.measurability import read_objective
    from pipeline.workspace import now_in_vietnam

    this_year = now_in_vietnam().year
    for number, sentence in enumerate(_given(sentences), start=1):
        reading = read_objective(sentence)
        of_year = year or next((deadline.year for deadline in reading.deadlines if deadline.year), this_year)
        if as_json:
            document = {"text": sentence, **as_document(reading, of_year)}
            print_line(json.dumps(document, ensure_ascii=False))
        else:
            print_line("\n".join(as_lines(reading, of_year, number)))
    return 0


def _given(sentences: Iterable[str]) -> Iterator[str]:
    """The sentences of the arguments, of the workbooks among them, or of standard input, one a line."""
    words = list(sentences)
    if not words:
        yield from _standard_input()
    for word in words:
        if word.lower().endswith(WORKBOOKS):
            from pipeline.desk.coaching import sentences_of

            yield from sentences_of(Path(word))
        else:
            yield word


def _standard_input() -> Iterator[str]:
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return (text for line in sys.stdin if (text := line.strip("\ufeff \t\r\n")))


def as_document(reading: "Reading", year: int) -> dict[str, object]:
    """One sentence as JSON (issue 5's shape)."""
    from pipeline.measurability.proposal import alternatives, propose

    return {
        "measurable": reading.measurable,
        "comparator": reading.comparator,
        "targets": [_plain(value) for value in reading.values],
        "unit": reading.unit,
        "deadline": reading.deadline,
        "vague_terms": [reading.text[term.span.start : term.span.end].lower() for term in reading.vague],
        "indicator": reading.indicator.words if reading.indicator else None,
        "subject": reading.subject.words if reading.subject else None,
        "frequency": reading.frequency.words if reading.frequency else None,
        "baseline": [_plain(target.baseline) for target in reading.targets if target.baseline is not None],
        "findings": [
            {
                "code": one.code,
                "severity": str(one.severity),
                "found": words.found,
                "problem": words.problem,
                "fix": words.fix,
            }
            for one, words in _explained(reading)
        ],
        "proposal": {name: _jsonable(value) for name, value in propose(reading, year).items()},
        "alternatives": list(alternatives(reading, year)),
    }


def as_lines(reading: "Reading", year: int, number: int) -> Iterator[str]:
    """One sentence explained to its writer."""
    from pipeline.measurability.proposal import alternatives, propose
    from pipeline.measurability.reading import Missing

    yield say("coach.sentence", number=number, text=reading.text)
    yield say(f"coach.basis.{reading.basis}", words=_words_of_basis(reading))
    for one, words in _explained(reading):
        mark = say(f"command_line.mark.{one.severity}")
        yield say("coach.line", mark=mark, code=one.code, problem=words.problem, fix=words.fix)
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


def _explained(reading: "Reading") -> "Iterator[tuple[Finding, Explained]]":
    """What is to be said of the sentence, in the words that BM-01 is returned with."""
    from pipeline.findings import Finding, explain
    from pipeline.measurability.advice import advise

    for one in advise(reading):
        facts = {"against": one.words, "readings": one.readings, "found": one.words}
        finding = Finding(one.code, facts=facts)
        yield finding, explain(finding)


def _words_of_basis(reading: "Reading") -> str:
    span = reading.basis_span
    return reading.text[span.start : span.end] if span else ""


def _columns(proposed: Mapping[str, object]) -> Iterator[str]:
    """Each column with the label that staff read above it."""
    from pipeline.forms.objectives import OBJECTIVES

    for name, value in proposed.items():
        # The form asks whether 0,5 beside % means 50: with its sign the figure says so itself (V318).
        sign = "%" if isinstance(value, float) and 0 < abs(value) < 1 and proposed["unit"] == "%" else ""
        yield say("coach.column", label=OBJECTIVES.field(name).label, value=f"{_shown(value)}{sign}")


def _plain(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _jsonable(value: object) -> object:
    if isinstance(value, float):
        return _plain(value)
    return value if isinstance(value, str) else str(value)


def _shown(value: object) -> str:
    import datetime as dt

    from pipeline.vietnamese import format_date, format_number

    if isinstance(value, dt.date):
        return format_date(value)
    return format_number(value) if isinstance(value, float) else str(value)
