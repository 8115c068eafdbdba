"""Why settings are refused, in Vietnamese: the line, the key by its meaning, what is expected, an example. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pipeline.wording import say, topic

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY: Final = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=""")
_PART: Final = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_AT: Final = re.compile(r"at line (\d+)")
_OF_A_KEY: Final = "[key]"
"""What pydantic adds to the place of a refused key of a mapping."""


def refusal_words(error: Mapping[str, Any], text: str = "") -> str:
    """One error of pydantic in words; ``text`` is the file, where it was written by hand.

    A type that the table lacks, of a newer pydantic, is told without what is expected.
    """
    place = [str(part) for part in error["loc"] if part != _OF_A_KEY]
    numbers = [part + 1 for part in error["loc"] if isinstance(part, int)]
    names = [str(part) for part in error["loc"] if not isinstance(part, int) and part != _OF_A_KEY]
    keys: Mapping[str, Sequence[str]] = topic("settings")["keys"]
    key = _catalogue_key(names)
    meaning, example = keys.get(key, ("", ""))
    line = _line_of(place, text)
    facts = {**error.get("ctx", {}), "names": ", ".join(_siblings(key, keys))}
    kind = error["type"] if error["type"] in topic("settings")["expected"] else "other"
    return say(
        "settings.refused",
        line=say("settings.line", line=line) if line else "",
        key=".".join(names) or say("settings.whole"),
        meaning=say("settings.meaning", meaning=meaning) if meaning else "",
        number=say("settings.number", number=numbers[-1]) if numbers and not line else "",
        expected=say(f"settings.expected.{kind}", **facts),
        example=say("settings.example", example=example) if example else "",
    )


def syntax_words(error: ValueError, written: bytes) -> str:
    """Why a file cannot be read as TOML: what the reader says is English, but for the number of the line."""
    if isinstance(error, UnicodeDecodeError):
        return say("settings.encoding", line=written[: error.start].count(b"\n") + 1)
    match = _AT.search(str(error))
    line = say("settings.line", line=match[1]) if match else say("settings.end_of_file")
    return say("settings.syntax", line=line)


def _catalogue_key(names: Sequence[str]) -> str:
    """The key as the catalogue has it: below ``years``, each name is the agency's own."""
    return ".".join(["years", *("*" for _ in names[1:])] if names[:1] == ["years"] else names)


def _siblings(key: str, keys: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The names that may stand where a refused one stands; what has no example is not written by hand."""
    table = key.rpartition(".")[0]
    return (
        name.rpartition(".")[2] for name, (_, example) in keys.items() if name.rpartition(".")[0] == table and example
    )


def _line_of(place: Sequence[str], text: str) -> int | None:
    """The first line that names the place, or else the table that it lacks in; None when none does."""
    depths = {
        number: depth
        for number, path in _named_lines(text)
        if (depth := min(len(path), len(place))) and path[:depth] == tuple(place[:depth])
    }
    return max(depths, key=lambda number: depths[number], default=None)


def _named_lines(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each line that opens a table or begins a value, with its whole path; tables of a list are counted from 0."""
    table: tuple[str, ...] = ()
    counts: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _parts(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, str(counts[table]))
            yield number, table
        elif key := _KEY.match(line):
            yield number, (*table, *_parts(key[1]))


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(name))
