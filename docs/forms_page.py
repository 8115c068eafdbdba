"""docs/bieu-mau.md: every form, sheet and field, for those who fill them and those who read their rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from docs.field_codes import READING, READING_ANY, codes_of, is_asked_in_a_case
from docs.words import words_of
from pipeline.forms import DIRECTORY, FORMS
from pipeline.sheets.cover import PERIOD_WORDS
from pipeline.templates.drop_downs import DropDowns
from pipeline.templates.entries import allowed_words
from pipeline.vietnamese import KNOWN_UNITS
from pipeline.vocabulary.fields import Field, Listed
from pipeline.vocabulary.sheets import Form, Layout, SheetSchema
from pipeline.vocabulary.synonyms import synonyms_of

_NO_LISTS = DropDowns(lists={}, names={})
"""Choices that stand in the settings are named, not listed: they differ from agency to agency."""


def forms_page() -> str:
    """The page as Markdown."""
    words = words_of("forms")
    every = (*FORMS, DIRECTORY)
    blocks = [words_of("made"), words["title"], words["intro"].strip(), _reading(words), _overview(words, every)]
    for form in every:
        blocks += _form(words, form)
    units = ", ".join(f"`{unit}`" for unit in KNOWN_UNITS)
    blocks += [words["units_title"], words["units_intro"], units]
    blocks += [words["other_words_title"], words["other_words_intro"], _other_words(words, every)]
    return "\n\n".join(blocks) + "\n"


def _reading(words: Any) -> str:  # noqa: ANN401 - a TOML table
    lines = [words["reading"].format(kind=words["kind"]["any"], codes=_links(READING_ANY))]
    for kind, codes in READING.items():
        lines.append(words["reading"].format(kind=words["kind"][kind], codes=_links(codes)))
    return "\n".join(lines)


def _other_words(words: Any, forms: Iterable[Form]) -> str:  # noqa: ANN401 - a TOML table
    """The other words for the choices of each list, by the columns that have it."""
    columns: dict[tuple[str, str], list[str]] = {}
    spellings: dict[tuple[str, str], tuple[str, ...]] = {}
    for field in (field for form in forms for schema in form.all_sheets for field in schema.fields):
        for name in field.synonyms:
            of_list = synonyms_of(name)
            for value in dict.fromkeys(of_list.values()):
                columns.setdefault((name, value), []).append(field.label)
                spellings[name, value] = tuple(f"`{word}`" for word, meant in of_list.items() if meant == value)
    rows = [(", ".join(dict.fromkeys(of)), key[1], ", ".join(spellings[key])) for key, of in columns.items()]
    return _table(words["other_words"], rows)


def _overview(words: Any, forms: Iterable[Form]) -> str:  # noqa: ANN401 - a TOML table
    rows = [(form.number, form.title, words["who"][form.form_id], _periods(words, form)) for form in forms]
    return _table(words["table_of_forms"], rows)


def _periods(words: Any, form: Form) -> str:  # noqa: ANN401 - a TOML table
    named = (f"{PERIOD_WORDS[kind]} ({kind})" for kind in form.periods)
    return ", ".join(named) or str(words["no_period"])


def _form(words: Any, form: Form) -> Iterator[str]:  # noqa: ANN401 - a TOML table
    yield words["heading"].format(number=form.number, title=form.title)
    about = words["about"] if form.periods else words["about_kept"]
    yield about.format(version=form.version, periods=_periods(words, form))
    for schema in form.all_sheets:
        plan = schema.plan
        yield words["sheet"].format(number=form.number, title=schema.title)
        yield plan.intro if plan.layout is Layout.COVER else words["rows"].format(intro=plan.intro, rows=plan.read_rows)
        yield _table(words["columns"], [_row(words, form, schema, field) for field in schema.fields])


def _row(words: Any, form: Form, schema: SheetSchema, field: Field) -> tuple[str, ...]:  # noqa: ANN401 - a TOML table
    return (
        f"**{field.label}**<br>`{field.name}`",
        _required(words, field, in_a_case=is_asked_in_a_case(form, schema, field)),
        field.hint,
        field.example,
        _allowed(words, field),
        _links(codes_of(form, schema, field)),
    )


def _required(words: Any, field: Field, *, in_a_case: bool) -> str:  # noqa: ANN401 - a TOML table
    asked = ""
    if field.required:
        asked = words["required"]
    elif in_a_case:
        asked = words["conditional"]
    return ", ".join(word for word in (asked, words["printed"] if field.printed else "") if word)


def _allowed(words: Any, field: Field) -> str:  # noqa: ANN401 - a TOML table
    if isinstance(field.options, Listed):
        return str(words["lists"][field.options.name])
    return allowed_words(field, _NO_LISTS)


def _links(codes: Iterable[str]) -> str:
    return ", ".join(f"[{code}](ma-loi.md#{code.lower()})" for code in codes)


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(headings)]
    lines.append(["---"] * len(lines[0]))
    lines += [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
