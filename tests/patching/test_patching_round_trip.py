"""What carries no mark keeps its compressed bytes; taken off, the sender's parts are as they were."""

import re

import pytest
from patching_samples import (
    CELLS,
    FRONT,
    MARK,
    REGISTER,
    REGISTER_NAME,
    SAMPLES,
    canonical,
    marked,
    of_openpyxl,
    parts_of,
    raw_parts,
    rich,
    unmarked,
    with_signature,
)

from pipeline.patching import Package

ANSWERED = re.compile(
    r"\[Content_Types\].xml|docProps/app.xml|(.*/)?(workbook.xml|workbook.xml.rels|styles.xml|sheet[12].xml(.rels)?"
    r"|comments?\d.xml|(vml|comments)Drawing\d.vml|pivotTable1.xml)"
)
"""The parts of a sender that an answer may change."""


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> tuple[bytes, bytes, bytes]:
    content = SAMPLES[request.param]()
    answer = marked(content)
    return content, answer, unmarked(answer)


def test_what_carries_no_mark_keeps_its_compressed_bytes(sample: tuple[bytes, bytes, bytes]) -> None:
    before, after = raw_parts(sample[0]), raw_parts(sample[1])
    changed = {name for name in before if before[name] != after.get(name)}
    assert before.keys() <= after.keys()
    assert [name for name in changed if not ANSWERED.fullmatch(name)] == []
    assert list(before) == list(after)[: len(before)], "the order of the parts is the sender's"


def test_taken_off_every_part_is_as_it_was(sample: tuple[bytes, bytes, bytes]) -> None:
    before, after = parts_of(sample[0]), parts_of(sample[2])
    assert {name: canonical(body) for name, body in before.items()} == {
        name: canonical(body) for name, body in after.items()
    }


def test_the_same_changes_give_the_same_bytes(sample: tuple[bytes, bytes, bytes]) -> None:
    assert marked(sample[0]) == sample[1]


def test_marked_again_it_is_the_same_answer(sample: tuple[bytes, bytes, bytes]) -> None:
    again = parts_of(marked(sample[2]))
    assert {name: canonical(body) for name, body in parts_of(sample[1]).items()} == {
        name: canonical(body) for name, body in again.items()
    }


def test_the_marks_are_there(sample: tuple[bytes, bytes, bytes]) -> None:
    package = Package(sample[1])
    assert [package.worksheets[0].title, package.worksheets[-1].title] == [FRONT, REGISTER]
    worksheet = package.worksheets[1]
    ours = [formula for (formula, *_) in worksheet.formats()[: len(CELLS)]]
    assert ours == [f"INDEX({REGISTER_NAME},{place})" for place in range(1, len(CELLS) + 1)]
    comments = {comment.cell: comment for comment in worksheet.comments()}
    assert [cell for cell in CELLS if MARK not in comments[cell].text and not comments[cell].is_threaded] == []


def test_without_a_change_the_bytes_are_those_that_came() -> None:
    for content in (rich(), of_openpyxl(), with_signature()):
        package = Package(content)
        assert [worksheet.comments() for worksheet in package.worksheets]
        assert package.saved() == content


def test_taking_off_what_is_not_there_changes_nothing() -> None:
    package = Package(rich())
    for worksheet in package.worksheets:
        assert worksheet.remove_formats(lambda formula: "nowhere" in formula) == 0
        assert worksheet.cut_comments(MARK) == []
        assert not worksheet.remove_comment("J9")
    assert not package.remove_name("nowhere")
    package.calculate_as_before()
    assert package.saved() == rich()


def test_three_rounds_leave_no_more_than_the_first() -> None:
    content = rich()
    for _ in range(3):
        answer = marked(content)
        content = unmarked(answer)
    before = parts_of(rich())
    assert {name: canonical(body) for name, body in parts_of(content).items()} == {
        name: canonical(body) for name, body in before.items()
    }
