"""What staff read about each example: whole sentences in Vietnamese, with every fact in its place."""

import re

from rules_examples import Example, address
from rules_sheets import addressed, judge_cases
from rules_table import judged

from pipeline.findings import Finding, explain, is_error
from pipeline.forms import DIRECTORY, FORMS, fields_of

_OUR_WORDS = {
    word
    for form in (*FORMS, DIRECTORY)
    for schema in form.all_sheets
    for word in (form.form_id, str(schema.name), *(field.name for field in fields_of(schema)))
}
_OF_THE_MACHINE = re.compile(r"\b(?:nan|NaN|NaT|None|null|True|False)\b|<NA>|[A-Za-z]_[A-Za-z]|[{}]|  |\(\)|“”")


def sentences(finding: Finding) -> str:
    """Everything that is said about a finding but what was found in the cell."""
    words = explain(finding)
    said = f"{words.problem}\n{words.expected}\n{words.example}\n{words.fix}"
    return said.replace(words.found, "…") if len(words.found) > 1 else said


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


LEAVE_BLANK = "(để trống)"

_NO_PLACE_FOR_IT = {
    # A staff code that the form already has may stand there only once.
    "policy.staff_code": "R604",
    "divisions.code": "R604",
    # The secretary's directory: the day is after the one on which the division ended.
    "divisions.valid_from": "R601",
    # The example without a code is without tasks too: nothing is left that would tell which code it was.
    "objectives.code": "C405",
    # The sentence itself asks for more than 100 %.
    "objectives.target": "M512",
    # The row compares with ít nhất: a Cận trên must not stand there, however well it is written.
    "objectives.target_upper": "C403",
}
"""Where the suggested value is read rightly and another rule still asks for another one, by its code."""


def typed(example: str) -> str | None:
    """What somebody types who follows the example; one of them says to leave the cell blank."""
    return None if example == LEAVE_BLANK else example


def told(example: Example) -> set[tuple[str, str]]:
    """What was found before the suggested value was typed, as (code, cell)."""
    return {(code, cell) for code, cell in addressed(judged()[example][1])}


def test_the_value_that_a_finding_suggests_takes_it_away_and_brings_no_other_error() -> None:
    suggested = [
        (example, code, key, explain(finding).example)
        for example, (_, findings) in judged().items()
        for (code, key), finding in zip(example.expected, findings, strict=True)
        if explain(finding).example
    ]
    after = judge_cases([example.case({key: typed(value)}) for example, _, key, value in suggested])
    left = [
        (example.name, code, finding.code)
        for (example, code, key, _), (_, findings) in zip(suggested, after, strict=True)
        for finding in findings
        if (finding.code, addressed([finding])[0][1]) == (code, address(example.base, key))
        or (is_error(finding) and (finding.code, addressed([finding])[0][1]) not in told(example))
        if _NO_PLACE_FOR_IT.get(key.rsplit(".", 1)[0]) != finding.code
    ]
    assert left == []


def test_most_codes_that_point_at_a_cell_suggest_a_value() -> None:
    with_example = {finding.code for _, finding in said() if explain(finding).example}
    assert len(with_example) > 30
