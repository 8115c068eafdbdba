"""How a sentence was typed never changes how it is read, and whatever is typed is read without a fault."""

import unicodedata
from collections.abc import Callable
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from measurability_labels import SENTENCES

from pipeline.measurability import Reading, Span, read_objective
from pipeline.vietnamese import sound_key

SOMETHING = st.sampled_from(SENTENCES)
MODERN_TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ"}
MODERN_TONES |= {"ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"}


def essence(reading: Reading) -> tuple[object, ...]:
    """Everything that is read but where it stands; words are compared as they sound."""
    targets = [
        (one.values, one.unit, one.sign, one.bare, one.change, one.approximate, one.readings, one.baseline)
        for one in reading.targets
    ]
    words = [phrase and sound_key(phrase.words) for phrase in (reading.indicator, reading.subject, reading.frequency)]
    deadlines = [(one.stretch, one.year, one.number, one.day, one.strict) for one in reading.deadlines]
    judged = (reading.measurable, reading.basis, reading.sign, reading.unit, reading.activity)
    return (*judged, targets, deadlines, words, reading.vague_terms, reading.conflicts, reading.missing)


@cache
def as_it_stands(sentence: str) -> Reading:
    """What is read in a sentence as it is labelled; not made again for each other way of typing it."""
    return read_objective(sentence)


def read_otherwise(change: Callable[[str], str], compare: Callable[[Reading], object] = essence) -> list[str]:
    """The sentences that are read otherwise when they are typed otherwise."""
    return [one for one in SENTENCES if compare(read_objective(change(one))) != compare(as_it_stands(one))]


def test_decomposed_letters_read_the_same() -> None:
    assert read_otherwise(lambda sentence: unicodedata.normalize("NFD", sentence), lambda reading: reading) == []


def with_modern_tones(sentence: str) -> str:
    for old, new in MODERN_TONES.items():
        sentence = sentence.replace(old, new)
    return sentence


def test_the_place_of_the_tone_reads_the_same() -> None:
    assert read_otherwise(with_modern_tones) == []


@given(SOMETHING, st.data())
@settings(max_examples=300)
def test_another_blank_reads_the_same(sentence: str, data: st.DataObject) -> None:
    blanks = [place for place, letter in enumerate(sentence) if letter == " "]
    place = data.draw(st.sampled_from([0, len(sentence), *blanks]))
    blank = data.draw(st.sampled_from([" ", "\u00a0", "  ", "\t", "\u200b "]))
    assert read_objective(sentence[:place] + blank + sentence[place:]) == as_it_stands(sentence)


def test_the_case_of_the_first_letter_reads_the_same() -> None:
    assert read_otherwise(lambda sentence: sentence[0].swapcase() + sentence[1:]) == []


def test_a_final_stop_reads_the_same() -> None:
    assert read_otherwise(lambda sentence: sentence.rstrip(".") + ("" if sentence.endswith(".") else ".")) == []


def _spans(reading: Reading) -> list[Span]:
    of_targets = [span for one in reading.targets for span in (one.span, one.sign_span, one.baseline_span) if span]
    of_phrases = [phrase.span for phrase in (reading.indicator, reading.subject, reading.frequency) if phrase]
    found = [*of_targets, *of_phrases, *(one.span for one in reading.deadlines), *(one.span for one in reading.vague)]
    return [*found, reading.basis_span] if reading.basis_span else found


PIECES = st.sampled_from(
    [
        *("từ", "đến", "10", "07", "%", "/", "9/10", "30/6/2019", "quý", "II", "năm", "2019", "trở lên", "không có"),
        *("(", ")", "ngày", "trước", ",", "tỷ đồng", "một", "trăm", "còn", "mỗi", "đạt", "-", "1,200", "0,5", "giảm"),
        *("hồ sơ", "5S"),
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join)))
@settings(max_examples=600)
def test_whatever_is_typed_is_read_and_every_span_lies_in_the_text(text: str) -> None:
    reading = read_objective(text)
    assert all(0 <= span.start < span.end <= len(reading.text) or not reading.text for span in _spans(reading))
    assert reading.measurable == bool(reading.sign)
