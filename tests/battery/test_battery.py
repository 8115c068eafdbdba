"""Item 3 of issue 16: hurried words are read, or asked with exactly one error (``variants.toml``)."""

from battery_bench import Result, figures, results, variants

_SHARE = 0.95


def _share(of: list[Result]) -> float:
    return sum(one.is_right for one in of) / len(of)


def test_the_battery_has_at_least_four_hundred_variants_over_the_four_forms() -> None:
    assert len(variants()) >= 400
    assert {one.base for one in variants()} >= {"BM-01", "BM-02", "BM-03", "BM-04"}


def test_unmistakable_words_are_read_with_a_note_that_names_what_was_understood() -> None:
    assert _share([one for one in results() if one.variant.reads is not None]) >= _SHARE, figures()


def test_doubtful_words_are_asked_with_exactly_one_error() -> None:
    assert _share([one for one in results() if one.variant.reads is None]) >= _SHARE, figures()
