"""The lexicon is data that a linguist can extend: what stands in it is found in a sentence, and means what it says."""

from collections.abc import Iterator

import pytest

from pipeline.measurability import Sign, read_objective
from pipeline.measurability.chart import Chart
from pipeline.measurability.phrases import FILES, NAMED_LEFT, lexicon
from pipeline.measurability.tokens import clean
from pipeline.vietnamese import KNOWN_UNITS


def _phrases(name: str, word_class: str) -> Iterator[tuple[str, str]]:
    for meaning, phrases in lexicon(name)[word_class].items():
        yield from ((meaning, phrase) for phrase in phrases)


def _classes() -> Iterator[tuple[str, str]]:
    for name in FILES:
        yield from ((name, word_class) for word_class in lexicon(name) if word_class != "shield")


@pytest.mark.parametrize(("name", "word_class"), list(_classes()))
def test_every_phrase_is_found_where_it_stands(name: str, word_class: str) -> None:
    lost = []
    for meaning, phrase in _phrases(name, word_class):
        chart = Chart(clean(phrase))
        mark = chart.at(word_class, 0)
        if mark is None or mark.end != chart.size or mark.value != (meaning or phrase):
            lost.append(phrase)
    assert lost == []


@pytest.mark.parametrize(("name", "word_class"), list(_classes()))
def test_no_phrase_has_two_meanings_in_one_class(name: str, word_class: str) -> None:
    meanings: dict[str, set[str]] = {}
    for meaning, phrase in _phrases(name, word_class):
        meanings.setdefault(" ".join(Chart(clean(phrase)).keys), set()).add(meaning)
    assert [phrase for phrase, several in meanings.items() if len(several) > 1] == []


@pytest.mark.parametrize(("sign", "phrase"), list(_phrases("comparators", "before")))
def test_a_comparator_before_a_figure_gives_its_sign(sign: str, phrase: str) -> None:
    assert read_objective(f"Tỷ lệ hồ sơ đúng hạn {phrase} 95%").comparator == Sign(sign)


@pytest.mark.parametrize(("sign", "phrase"), list(_phrases("comparators", "after")))
def test_a_comparator_behind_a_figure_gives_its_sign(sign: str, phrase: str) -> None:
    assert read_objective(f"Tỷ lệ hồ sơ đúng hạn đạt 95% {phrase}").comparator == Sign(sign)


@pytest.mark.parametrize("unit", KNOWN_UNITS)
def test_every_unit_of_the_forms_is_read_behind_a_figure(unit: str) -> None:
    assert read_objective(f"Kết quả năm nay đạt ít nhất 12 {unit}").unit == unit


@pytest.mark.parametrize("phrase", [phrase for _, phrase in _phrases("numbers", "names_before")])
def test_a_number_behind_the_name_of_a_document_is_no_target(phrase: str) -> None:
    assert read_objective(f"Quán triệt {phrase} 12 đến cán bộ").values == ()


@pytest.mark.parametrize("phrase", [phrase for _, phrase in _phrases("zero", "none")])
def test_what_must_not_be_is_a_zero(phrase: str) -> None:
    reading = read_objective(f"{phrase} hồ sơ thất lạc")
    assert (reading.comparator, reading.values) == (Sign.EXACTLY, (0.0,))


@pytest.mark.parametrize("term", list(lexicon("vague")["vague"]))
def test_every_vague_term_is_quoted_and_never_fails_an_objective_by_itself(term: str) -> None:
    reading = read_objective(f"Phòng {term}, 95% hồ sơ trả đúng hạn")
    assert term in reading.vague_terms
    assert reading.measurable


def test_the_classes_with_a_phrase_on_the_left_are_those_of_vague_terms() -> None:
    assert set(lexicon("vague")) - {"shield"} == NAMED_LEFT
