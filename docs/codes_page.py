"""docs/ma-loi.md: every code of the catalogue by stage, for staff and secretary."""

from collections.abc import Iterator
from typing import Any

from docs.field_codes import READING, READING_ANY, places_of_codes
from docs.live_codes import live_words
from docs.words import words_of
from pipeline.findings import CATALOGUE, Entry, Stage
from pipeline.findings.finding import in_general
from pipeline.vocabulary.sheets import Form

Places = dict[str, list[tuple[Form, str]]]
_SAID = ("problem", "expected", "proposal", "illustration", "fix")


def codes_page() -> str:
    """The page as Markdown."""
    words = words_of("codes")
    by_stage = {stage: [e for e in CATALOGUE.values() if e.stage is stage] for stage in Stage}
    used = {stage: entries for stage, entries in by_stage.items() if entries}
    places = places_of_codes()
    blocks = [words_of("made"), words["title"], words["intro"].strip(), _overview(words, used)]
    for stage, entries in used.items():
        blocks += [f"## {stage} · {words['stage'][stage]}", words["stage_intro"][stage]]
        blocks += [block for entry in entries for block in _entry(words, entry, places)]
    return "\n\n".join(blocks) + "\n"


def _overview(words: Any, used: dict[Stage, list[Entry]]) -> str:  # noqa: ANN401 - a TOML table
    lines = [f"| {' | '.join(words['table'])} |", "|---|---|---|"]
    for stage, entries in used.items():
        links = " ".join(f"[{entry.code}](#{entry.code.lower()})" for entry in entries)
        lines.append(f"| {stage} · {words['stage'][stage]} | {words['stage_intro'][stage]} | {links} |")
    return "\n".join(lines)


def _entry(words: Any, entry: Entry, places: Places) -> Iterator[str]:  # noqa: ANN401 - a TOML table
    yield f"### {entry.code}"
    yield f"**{entry.title}**"
    general = in_general(entry)
    said = {name: getattr(general, name) for name in _SAID}
    lines = [f"- {words['severity']}: {words['level'][_level(entry)]}."]
    lines += [f"- {words[name]}: {text}" for name, text in said.items() if text]
    met_in = _met_in(words, entry.code, places)
    if met_in:
        lines.append(f"- {words['met_in']}: {met_in}.")
    live = live_words(entry)
    if live:
        lines.append(f"- {words['live']['told']}: {live}")
    yield "\n".join(lines)


def _level(entry: Entry) -> str:
    """How the page names a weight: an error of a file or of the operator returns no form."""
    match entry.stage:
        case Stage.FILE:
            return "file"
        case Stage.OPERATOR:
            return "operator"
        case Stage.INTERNAL:
            return "internal"
        case _:
            return str(entry.severity)


def _met_in(words: Any, code: str, places: Places) -> str:  # noqa: ANN401 - a TOML table
    if code in READING_ANY:
        return str(words["any_cell"])
    kinds = words_of("forms")["kind"]
    by_kind = [str(kinds[kind]).lower() for kind, codes in READING.items() if code in codes]
    if by_kind:
        return str(words["cell_of_kind"].format(kind=", ".join(by_kind)))
    titles: dict[str, list[str]] = {}
    for form, title in places.get(code, []):
        titles.setdefault(form.number, []).append(title)
    return "; ".join(f"{number} ({', '.join(f'“{title}”' for title in named)})" for number, named in titles.items())
