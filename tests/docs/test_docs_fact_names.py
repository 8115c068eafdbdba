"""facts.toml names every fact of the catalogue's words, and nothing else."""

import pytest

from pipeline.findings import CATALOGUE, Entry
from pipeline.findings.finding import in_general
from pipeline.wording import topic

NAMES = {name: words for name, words in topic("facts").items() if isinstance(words, str)}
OWN = {code: words for code, words in topic("facts").items() if not isinstance(words, str)}


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)
def test_a_code_can_be_told_without_a_file(entry: Entry) -> None:
    words = in_general(entry)
    told = f"{words.problem}{words.expected}{words.proposal}{words.illustration}{words.fix}"
    assert told.count("‹") >= len(entry.facts)
    assert "{" not in told
    assert words.typed == ""


def test_a_name_for_all_codes_is_needed_by_one_that_has_no_name_of_its_own() -> None:
    needed = {fact for code, entry in CATALOGUE.items() for fact in entry.facts if fact not in OWN.get(code, {})}
    assert set(NAMES) == needed


def test_a_name_of_one_code_belongs_to_a_fact_of_that_code() -> None:
    assert {code: set(words) - CATALOGUE[code].facts for code, words in OWN.items()} == {code: set() for code in OWN}


def test_a_name_of_one_code_differs_from_the_name_for_all() -> None:
    same = [(code, fact) for code, words in OWN.items() for fact, name in words.items() if NAMES.get(fact) == name]
    assert same == []


def test_a_code_speaks_of_its_facts_by_their_vietnamese_names() -> None:
    assert in_general(CATALOGUE["R605"]).problem == "Tử số ‹nội dung đã ghi› lớn hơn mẫu số ‹mẫu số›."
