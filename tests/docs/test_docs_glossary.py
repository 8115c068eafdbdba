"""One thing, one name: no text says it in words that the glossary has given up, and values of lists stand in “ ”."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import pytest

from docs.glossary import Term, terms
from pipeline.forms import DIRECTORY, FORMS
from pipeline.vocabulary.choices import (
    Coded,
    Comparator,
    DeclarationKind,
    Effect,
    Measure,
    RangeBeaten,
    Status,
    TaskStatus,
)

ROOT = Path(__file__).parents[2]
GUIDES = ("huong-dan-can-bo.md", "huong-dan-thu-ky.md", "doc-bang-tong-hop.md", "words.toml")
SETTINGS = ("qms.toml", "pipeline/starter/qms.toml")
_LISTS: tuple[type[StrEnum], ...] = (
    Coded,
    Comparator,
    DeclarationKind,
    Effect,
    Measure,
    RangeBeaten,
    Status,
    TaskStatus,
)
_AMBIGUOUS = {"có", "không", "mức", "Hủy"}
"""Words of lists that are also plain words; of these no pattern can tell which is meant."""


def _catalogues() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "pipeline" / "wording").glob("*.toml")):
        yield from _texts(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))


def _texts(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Each text below a value with its place, such as “findings M512 fix”."""
    match value:
        case str():
            yield name, value
        case Mapping():
            for key, inner in value.items():
                yield from _texts(f"{name} {key}", inner)
        case list():
            for inner in value:
                yield from _texts(name, inner)


def _forms() -> Iterator[tuple[str, str]]:
    for form in (*FORMS, DIRECTORY):
        yield f"forms {form.number}", f"{form.title}. {form.short_title}"
        for schema in form.all_sheets:
            yield f"forms {form.number} {schema.title}", schema.plan.intro
            for field in schema.fields:
                yield f"forms {form.number} {field.label}", f"{field.label}. {field.hint} {field.example}"


def _pages() -> Iterator[tuple[str, str]]:
    for name in (*(f"docs/{guide}" for guide in GUIDES), *SETTINGS):
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1):
            yield f"{Path(name).stem} {number}", line


TEXTS = [*_catalogues(), *_forms(), *_pages()]


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.term)
def test_no_text_says_it_otherwise(term: Term) -> None:
    pattern = re.compile(term.refused, re.IGNORECASE)
    found = [
        (place, text)
        for place, text in TEXTS
        if re.search(term.places, place) and pattern.search(_without(term.allowed, text))
    ]
    assert found == []


def _without(allowed: tuple[str, ...], text: str) -> str:
    return re.sub("|".join(allowed), "", text, flags=re.IGNORECASE) if allowed else text


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.term)
def test_a_term_refuses_the_names_that_it_replaces_and_not_itself(term: Term) -> None:
    pattern = re.compile(term.refused, re.IGNORECASE)
    plain = [re.sub(r" \(.*\)", "", name) for name in term.instead_of]
    assert any(pattern.search(name) or pattern.search(f"màu {name}") for name in plain)
    assert not pattern.search(term.term)


def test_values_of_lists_stand_in_quotation_marks() -> None:
    values = sorted({str(value) for choices in _LISTS for value in choices} - _AMBIGUOUS, key=len, reverse=True)
    before = r"chọn|Tự đánh giá(?: là)?|So sánh(?: là)?|Loại(?: chỉ số| công bố)?(?: là)?|loại(?: chỉ số)?|ghi(?: là)?"
    pattern = re.compile(rf"(?<!\w)(?:{before}):? (?:{'|'.join(map(re.escape, values))})(?!\w)")
    bare = [
        (place, text)
        for place, text in TEXTS
        if place.startswith(("findings", "live", "forms", "template", "validation", "huong-dan", "feedback"))
        and pattern.search(text)
    ]
    assert bare == []
