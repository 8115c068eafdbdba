"""A clerk who copies the column *Ví dụ ghi đúng* and nothing else: no form is accepted with what nobody gave (D8).

Every finding of every example is mended so, round by round, until the form is accepted or nothing new is to be copied.
What is accepted then must be derived from what the clerk wrote or the ledger, the directory and the lists hold; what an
illustration left open is refused at its cell.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cache

from rules_bases import BASES, Value
from rules_examples import Example
from rules_sheets import Case, form_of, judge_cases, known, places
from rules_table import judged

from pipeline.findings import CATALOGUE, Finding, Suggests, Verdict, explain, is_error
from pipeline.forms.cover import PERIOD_WORDS
from pipeline.parsing.values import visible_text
from pipeline.sheets.directory import Staff
from pipeline.spreadsheet import cell_position
from pipeline.vietnamese import fold, read_number
from pipeline.vocabulary.sheets import Layout

ROUNDS = 4
REFUSED = "V321"
BLANK = "(để trống)"
_NEAR = 0.6


@dataclass(frozen=True)
class Copied:
    """One form in the hands of the copier: what was typed so far, and by which finding."""

    example: Example
    typed: Mapping[str, Value] = field(default_factory=dict)
    by: Mapping[str, Finding] = field(default_factory=dict)
    verdict: Verdict = Verdict.RETURNED
    findings: tuple[Finding, ...] = ()

    @property
    def case(self) -> Case:
        """The form with all that was copied."""
        return self.example.case(self.typed)

    @property
    def more(self) -> Mapping[str, Finding]:
        """The cells into which something can be copied that does not stand there yet, each with its finding."""
        found: dict[str, Finding] = {}
        for finding in self.findings:
            key, text = key_of(self.example.base, finding), copy_of(finding)
            if key and text and key not in found and key not in self.typed:
                found[key] = finding
        return found

    def after(self, verdict: Verdict, findings: tuple[Finding, ...]) -> "Copied":
        """As it was judged."""
        return replace(self, verdict=verdict, findings=findings)

    def copied(self) -> "Copied":
        """With everything copied that the findings offer."""
        more = self.more
        texts = {key: None if copy_of(finding) == BLANK else copy_of(finding) for key, finding in more.items()}
        return replace(self, typed={**self.typed, **texts}, by={**self.by, **more})


def copy_of(finding: Finding) -> str:
    """What the copier copies; the first of several ways, which stand a line each."""
    words = explain(finding)
    return (words.proposal or words.illustration).split("\n")[0]


def key_of(base: str, finding: Finding) -> str:
    """The cell of a finding as an edit; "" for a whole sheet or file."""
    if not finding.field or not finding.cell:
        return ""
    row, column = cell_position(finding.cell)
    for (sheet, name), (title, (first, of_column)) in places(base).items():
        if title == finding.sheet and name == finding.field and of_column == column and row >= first:
            is_cover = form_of(BASES[base]).sheet(sheet).plan.layout is Layout.COVER
            return f"{sheet}.{name}" if is_cover else f"{sheet}.{name}.{row - first + 1}"
    return ""


@cache
def mended() -> Sequence[Copied]:
    """Every example that had a finding, as the copier leaves it; those of a round are judged together."""
    forms = [Copied(example).after(*outcome) for example, outcome in judged().items() if outcome[1]]
    for _ in range(ROUNDS):
        going = [form.copied() for form in forms if form.more]
        outcomes = judge_cases([form.case for form in going])
        done = iter([form.after(*outcome) for form, outcome in zip(going, outcomes, strict=True)])
        forms = [next(done) if form.more else form for form in forms]
    return forms


def accepted() -> list[Copied]:
    """The forms that were accepted in the end after something was copied."""
    return [form for form in mended() if form.by and form.verdict.is_accepted]


# ── Where a value may come from ───────────────────────────────────────────────────────────────────────────────────


FORCED: Mapping[str, str] = {
    "M504": "a yes/no objective has one comparator",
    "M505": "a rate is counted in %",
    "C412": "as the sentence or the measure has it",
    "R604": "an identity that the form prints down the column",
    "V313": "an identity that the form prints down the column",
}
"""Codes whose proposal is the one value that the form itself leaves."""
COMPUTED = {"self_assessment", "status", "kind", "policy_version"}
"""Choices that follow from the figures, the day or a filled cell beside them, in the program's own words."""
PRINTED = {"objectives.code", "tasks.task_code"}


def origin_of(form: Copied, key: str) -> str:
    """Where a copied value comes from; "" where neither clerk nor ledger gave it."""
    value, finding = form.typed[key], form.by[key]
    sheet, name = key.split(".")[:2]
    if value is None:
        return "blank"
    text, was = str(value), explain(finding).typed
    ways = {
        "sender": text in " ¦ ".join(texts_of(form)),
        "typed": bool(was) and is_typed_otherwise(was, text),
        "legacy": finding.code == "V317",
        "issued": sheet == "cover" and text in issued_words(form),
        "person": name == "staff_code" and names_of(text) & set(texts_of(form)) != set(),
        "ledger": fold(text) in held() and (not was or is_near(was, text)),
        "figures": is_computed(form, key, text),
        "form": finding.code in FORCED or f"{sheet}.{name}" in PRINTED,
        "follows": name in COMPUTED,
        "sentence": name == "statement" and is_of_columns(form, text),
    }
    return next((way for way, holds in ways.items() if holds), "")


def texts_of(form: Copied) -> list[str]:
    """Every text that the sender's own form has, as it came."""
    return [visible_text(cell) for sheet in form.example.case().workbook.sheets for cell in sheet.cells.values()]


def issued_words(form: Copied) -> set[str]:
    """What the hidden sheet says of the period, as the cover has it."""
    return {words for code, words in PERIOD_WORDS.items() if str(code) in texts_of(form)}


def names_of(code: str) -> set[str]:
    """Whoever has a staff code."""
    staff = known().staff
    return set(staff.loc[staff[Staff.staff_code] == code, Staff.name])


def is_typed_otherwise(was: str, text: str) -> bool:
    """The same figures at another place of the point or in another order, or the same day of another year."""
    digits = ["".join(sorted(re.sub(r"\D", "", one).strip("0"))) for one in (was, text)]
    year_alone = re.sub(r"\d{4}$", "", was) == re.sub(r"\d{4}$", "", text) != ""
    return (bool(digits[0]) and digits[0] == digits[1]) or year_alone


def is_near(was: str, text: str) -> bool:
    """Most of the letters of one are those of the other."""
    return SequenceMatcher(None, fold(was), fold(text)).ratio() > _NEAR


@cache
def held() -> frozenset[str]:
    """What the directory and accepted forms hold, folded."""
    knowledge = known()
    frames = (knowledge.staff, knowledge.objectives, knowledge.tasks, knowledge.policies, knowledge.duties)
    cells = [str(cell) for frame in frames for column in frame for cell in frame[column].dropna().unique()]
    return frozenset(map(fold, cells))


def is_computed(form: Copied, key: str, text: str) -> bool:
    """A share of the row's own parts, a part of its own share, or the count of the register."""
    number = read_number(text).value
    if number is None:
        return fold(text) == fold("không phát sinh")
    figures = [reading for one in texts_of(form) if (reading := read_number(one).value) is not None]
    shares = {round(100 * a / b, 2) for a in figures for b in figures if b}
    sums = {a + b - c for a in figures for b in (0.0, *figures) for c in (0.0, *figures)} if "count" in key else set()
    return round(number, 2) in shares or number in sums


def is_of_columns(form: Copied, text: str) -> bool:
    """A sentence whose figures and words all stand in the form."""
    own = fold(" ".join(texts_of(form)))
    return all(word in own for word in fold(text).split())


def test_no_accepted_form_holds_a_value_that_nobody_gave() -> None:
    invented = [
        (form.example.name, key, form.typed[key]) for form in accepted() for key in form.by if not origin_of(form, key)
    ]
    assert invented == []


def test_what_an_illustration_leaves_open_is_refused_at_its_cell() -> None:
    illustrated = [(form, key) for form in mended() for key, by in form.by.items() if explain(by).illustration]
    refused = {
        (id(form), key_of(form.example.base, finding))
        for form in mended()
        for finding in form.findings
        if finding.code == REFUSED
    }
    kept = [(form.example.name, key) for form, key in illustrated if (id(form), key) not in refused]
    assert kept == []
    assert len(illustrated) > 300


def test_no_form_with_an_illustration_is_accepted() -> None:
    taken = [form.example.name for form in accepted() if any(explain(by).illustration for by in form.by.values())]
    assert taken == []


def test_a_form_that_is_returned_still_has_an_error_that_asks_the_clerk() -> None:
    left = [form for form in mended() if not form.verdict.is_accepted]
    assert [form.example.name for form in left if not any(map(is_error, form.findings))] == []


def test_the_figures_of_the_copier() -> None:
    every = [finding for _, findings in judged().values() for finding in findings]
    kinds = Counter(explain(finding).suggests for finding in every)
    assert kinds[Suggests.PROPOSAL] > 150
    assert kinds[Suggests.ILLUSTRATION] > 350
    assert len(accepted()) > 100


def test_every_code_of_staffs_forms_has_chosen_what_it_suggests() -> None:
    unlike = [
        code
        for code, entry in CATALOGUE.items()
        if (entry.suggests is Suggests.PROPOSAL) != bool(entry.proposal)
        or (entry.suggests is Suggests.NOTHING and entry.illustration)
    ]
    assert unlike == []


def test_no_text_of_the_catalogue_is_a_value_that_a_field_gives_as_its_example() -> None:
    examples = {one.example for base in BASES for sheet in form_of(BASES[base]).all_sheets for one in sheet.fields}
    of_the_form = {"%", "đúng bằng", BLANK}
    fixed = {text for entry in CATALOGUE.values() for text in (entry.proposal, entry.illustration) if "{" not in text}
    assert {text for text in fixed - of_the_form - {""} if text in examples or "‹" not in text} == set()
