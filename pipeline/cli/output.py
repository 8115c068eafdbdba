"""How things are printed: JSON alone on stdout, words for people, progress on stderr and only to a terminal."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from pipeline.naming import replace_unsafe, visible_lines
from pipeline.wording import say


def print_json(document: object) -> None:
    """One JSON document, and nothing else; what a terminal would obey is in JSON's own escapes."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    click.echo(replace_unsafe(text, lambda letter: json.dumps(letter)[1:-1]))


def print_line(text: str) -> None:
    """A line for people."""
    click.echo(visible_lines(text))


def print_fault(text: str) -> None:
    """A line about something that stopped the work."""
    click.echo(visible_lines(text), err=True)


def print_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table for people."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
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
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, object] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(say(f"run.stage.{stage}"), total=total or None)
            bar.update(tasks[stage], completed=done, total=total or None)  # type: ignore[arg-type]

        yield show
