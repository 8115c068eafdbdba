"""How things are printed: JSON alone on stdout, words for people, progress on stderr and only to a terminal."""

import dataclasses
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click

from pipeline.naming import replace_unsafe, visible_lines
from pipeline.wording import say

OK, HAS_ERRORS, WRONG_USAGE, OPERATOR, OUR_FAULT = 0, 1, 2, 3, 70


@dataclass(frozen=True)
class Table:
    """A table for people."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Answer:
    """What a command answers: its JSON document, the same in words, and the exit code.

    An iterator as ``document`` is printed as JSON lines. ``text`` is only made when words are printed.
    """

    document: object
    text: Iterable[str | Table] = ()
    code: int = OK


def picked(record: object, names: str) -> dict[str, Any]:
    """The fields of a record by name, in this order, in JSON's own types."""
    return {name: plain(getattr(record, name)) for name in names.split()}


def plain(value: Any) -> Any:  # noqa: ANN401 - any value of a record
    """Days and times in ISO form, records by their fields, what has a text of its own (a period, an enum) by that."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if dataclasses.is_dataclass(value) and type(value).__str__ is object.__str__:
        return {name: plain(part) for name, part in vars(value).items()}
    return value if value is None or isinstance(value, int | float | Mapping) else str(value)


def print_answer(answer: Answer, *, as_json: bool) -> int:
    """Print an answer in one of its two forms; gives the exit code."""
    if not as_json:
        for part in answer.text:
            if isinstance(part, Table):
                _print_table(part)
            else:
                click.echo(visible_lines(part))
    elif isinstance(answer.document, Iterator):
        for document in answer.document:
            click.echo(visible_lines(json.dumps(document, ensure_ascii=False)))
    else:
        print_json(answer.document)
    return answer.code


def print_json(document: object) -> None:
    """One JSON document, and nothing else; what a terminal would obey is in JSON's own escapes."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    click.echo(replace_unsafe(text, lambda letter: json.dumps(letter)[1:-1]))


def print_fault(text: str) -> None:
    """A line about something that stopped the work."""
    click.echo(visible_lines(text), err=True)


def _print_table(content: Table) -> None:
    from rich.console import Console
    from rich.table import Table as RichTable

    table = RichTable(title=content.title, title_justify="left")
    for heading in content.headings:
        table.add_column(heading, overflow="fold")
    for row in content.rows:
        table.add_row(*map(visible_lines, row))
    # Piped output has no width of its own; 80 columns would fold names of divisions.
    width = None if sys.stdout.isatty() else 140
    Console(file=sys.stdout, width=width).print(table)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr for long work; silent where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(say(f"run.stage.{stage}"), total=total or None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield advance
