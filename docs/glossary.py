"""The page of terms, ``thuat-ngu.md``: one thing, one name, from ``glossary.toml``. A test holds every text to it."""

import tomllib
from dataclasses import dataclass

from docs.words import HERE, words_of


@dataclass(frozen=True)
class Term:
    """One name and what it means.

    ``instead_of``: the names that are no longer used, ``refused`` their pattern. A match within one of the patterns
    ``allowed`` means something else; ``places``, a pattern on the names of texts, says where it is refused.
    """

    term: str
    means: str
    instead_of: tuple[str, ...]
    refused: str
    allowed: tuple[str, ...] = ()
    places: str = ""


def terms() -> list[Term]:
    """The terms in their order."""
    every = tomllib.loads((HERE / "glossary.toml").read_text(encoding="utf-8"))["term"]
    return [Term(**{name: _frozen(value) for name, value in one.items()}) for one in every]


def glossary_page() -> str:
    """The page, as Markdown: a row a term."""
    page = tomllib.loads((HERE / "glossary.toml").read_text(encoding="utf-8"))["page"]
    head = f"| {' | '.join(page['columns'])} |\n|---|---|---|"
    rows = (f"| **{one.term}** | {one.means} | {'; '.join(one.instead_of)} |" for one in terms())
    return "\n".join([words_of("made"), f"{page['title']}\n{page['intro']}\n", head, *rows, ""])


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
