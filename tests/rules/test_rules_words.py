"""What staff read about each example: whole sentences in Vietnamese, with every fact in its place."""

import re

from rules_table import judged

from pipeline.findings import Finding, explain
from pipeline.forms import DIRECTORY, FORMS

_OUR_WORDS = {
    word
    for form in (*FORMS, DIRECTORY)
    for schema in form.all_sheets
    for word in (form.form_id, schema.name, *(field.name for field in schema.fields))
}
_OF_THE_MACHINE = re.compile(r"\b(?:nan|NaN|NaT|None|null|True|False)\b|<NA>|[A-Za-z]_[A-Za-z]|[{}]|  |\(\)|“”")


def sentences(finding: Finding) -> str:
    """Everything that is said about a finding but what was found in the cell."""
    words = explain(finding)
    said = f"{words.problem}\n{words.expected}\n{words.proposal}{words.illustration}\n{words.fix}"
    return said.replace(words.typed, "…") if len(words.typed) > 1 else said


def said() -> list[tuple[str, Finding]]:
    """Every finding of every example, with the example's name."""
    return [(example.name, finding) for example, (_, findings) in judged().items() for finding in findings]


def test_every_finding_says_what_is_wrong_and_what_to_do() -> None:
    silent = [name for name, finding in said() if not (explain(finding).problem and explain(finding).fix)]
    assert silent == []


def test_the_words_of_a_finding_lack_no_fact() -> None:
    torn = [(name, sentences(finding)) for name, finding in said() if _OF_THE_MACHINE.search(sentences(finding))]
    assert torn == []


def test_the_words_of_a_finding_are_not_the_codes_own_names() -> None:
    ours = [
        (name, word)
        for name, finding in said()
        for word in re.findall(r"\w+", sentences(finding))
        if word in _OUR_WORDS
    ]
    assert ours == []


def test_a_finding_at_a_cell_says_its_label() -> None:
    # Too many rows are told at the first row too many, not at one of its columns.
    unlabelled = [name for name, finding in said() if finding.cell and not finding.label and finding.code != "T208"]
    assert unlabelled == []
