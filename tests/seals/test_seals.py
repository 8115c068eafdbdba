"""The seal of the ledger on a paper: its words, read back from whatever saved the paper again, and its picture."""

import datetime as dt
import io
import zipfile

import pytest

from pipeline.seals import Seal, seals_in
from pipeline.seals.papers import seals_on
from pipeline.seals.qr import picture

HEAD = "3f2a9c01b7de" + "0" * 52
SEAL = Seal(HEAD, dt.datetime(2019, 6, 10, 0, 5))
READ_BACK = [Seal(HEAD[:12], dt.datetime(2019, 6, 10, 0, 5))]


def paper(**parts: str) -> bytes:
    """A package with these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, content in parts.items():
            package.writestr(f"{name}.xml", content)
    return packed.getvalue()


def test_its_words_are_twelve_characters_and_the_time_of_the_run() -> None:
    assert SEAL.words == "Dấu sổ cái 3f2a9c01b7de · 00:05 10/06/2019"


@pytest.mark.parametrize(
    "text",
    [
        SEAL.words,
        f"trước {SEAL.words} sau",
        SEAL.words.replace(" ", "\u00a0"),
        f'&R&8&"Times New Roman,Regular"&K595959{SEAL.words}',
    ],
)
def test_it_is_read_back_as_it_was_printed(text: str) -> None:
    assert list(seals_in(text)) == READ_BACK


@pytest.mark.parametrize(
    "text", ["", "Dấu sổ cái", SEAL.words.replace("10/06", "31/02"), SEAL.words.replace("3f", "3g")]
)
def test_what_is_none_is_not_read(text: str) -> None:
    assert list(seals_in(text)) == []


def test_a_text_that_was_cut_into_runs_is_one_again() -> None:
    cut = "<w:p><w:r><w:t>Dấu sổ cái 3f2a9c</w:t></w:r><w:r><w:t>01b7de · 00:05 10/06/2019</w:t></w:r></w:p>"
    assert seals_on(paper(footer1=cut)) == READ_BACK


def test_a_paper_that_bears_it_twice_is_one_witness() -> None:
    assert seals_on(paper(footer1=f"<t>{SEAL.words}</t>", footer2=f"<t>{SEAL.words}</t>")) == READ_BACK


def test_its_picture_holds_the_whole_head_and_is_the_same_each_time() -> None:
    assert SEAL.full == f"QMS {HEAD} 2019-06-10T00:05"
    assert picture(SEAL) == picture(SEAL) != picture(Seal(HEAD[::-1], SEAL.at))
