"""The final state depends on the bytes and their order alone: not on names, folders, or the nights that took them."""

import datetime as dt
import os
import random
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import pytest
from custody_small_agency import Drop, State, forms_of_the_year, year_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.intake import inbox

Came = tuple[tuple[bytes, dt.datetime], ...]
"""What came, and when it was written."""
BEGIN, END = dt.datetime(2019, 1, 20), dt.datetime(2019, 6, 20)
MINUTES = int((END - BEGIN) / dt.timedelta(minutes=1))
LAST_NIGHT = END + dt.timedelta(minutes=5)
UNHURRIED = settings(
    deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
FEW, MANY = settings(UNHURRIED, max_examples=3), settings(UNHURRIED, max_examples=60)


@pytest.fixture(scope="module", autouse=True)
def stamps_of_writing() -> Iterator[None]:
    """A file is stamped when it was written: the change time, which is now, cannot be set."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "_stamp", lambda look, zone: _local(look.written_ns, zone))
        yield


def _local(nanoseconds: int, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.fromtimestamp(nanoseconds // 1_000_000_000, zone).replace(tzinfo=None)


@st.composite
def arrivals(draw: st.DrawFn, most: int) -> Came:
    """At most so many versions, in the order of judging; each form's own versions in any order."""
    mixed = [content for versions in forms_of_the_year().values() for content in draw(st.permutations(versions))]
    chosen = draw(st.sets(st.integers(0, len(mixed) - 1), min_size=2, max_size=most))
    contents = [mixed[place] for place in sorted(chosen)]
    minutes = draw(st.lists(st.integers(0, MINUTES), unique=True, min_size=len(contents), max_size=len(contents)))
    return tuple(
        (content, BEGIN + dt.timedelta(minutes=minute))
        for content, minute in zip(contents, sorted(minutes), strict=True)
    )


def _plain(came: Came) -> list[Drop]:
    return [Drop(f"{number}.xlsx", content, at) for number, (content, at) in enumerate(came)]


NIGHTS = st.lists(st.integers(0, MINUTES), unique=True, max_size=4).map(
    lambda minutes: [BEGIN + dt.timedelta(minutes=minute, seconds=30) for minute in sorted(minutes)]
)


@lru_cache(maxsize=1)
def _in_one_night(came: Came) -> State:
    """What came, under plain names and taken in one night: what the properties of one example are held against."""
    return year_of(_plain(came), [LAST_NIGHT])[0]


def _one_night_or_five(came: Came, nights: Sequence[dt.datetime]) -> None:
    assert year_of(_plain(came), [*nights, LAST_NIGHT])[0] == _in_one_night(came)


LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters='/\\<>:"|?*')
SYLLABLES = st.sampled_from(
    ("Báo cáo", "mục tiêu", "sửa lần 2", "BM-01", "(1)", "Copy of", "Hòa", "hoà", "~$x"[2:], " ")
)
STEMS = st.lists(st.one_of(SYLLABLES, st.text(LETTERS, min_size=1, max_size=6)), min_size=1, max_size=4).map("".join)
ENDINGS = st.sampled_from((".xlsx", ".XLSX", ".xls", ".xlsx.tmp", ".pdf", "", ".xlsm"))
FORMS = st.sampled_from(("NFC", "NFD"))
FOLDERS = st.sampled_from(("", "VP/", "VP/Năm 2019/", "Gửi Thư ký ISO/"))


@st.composite
def names(draw: st.DrawFn) -> str:
    """A name that a file of a form may bear, in a folder that is not another division's."""
    stem = unicodedata.normalize(draw(FORMS), draw(STEMS)).strip(" .~")[:40]
    return f"{draw(FOLDERS)}{stem or 'x'}{draw(ENDINGS)}"


def _any_names(came: Came, drawn: st.DataObject) -> None:
    # Compared as a system without case or composition would: such names would be one file there.
    one = st.lists(names(), min_size=len(came), max_size=len(came), unique_by=_as_one_file)
    named = [Drop(name, content, at) for name, (content, at) in zip(drawn.draw(one), came, strict=True)]
    moved = [
        Drop(_owned(name, content), content, at) for name, content, at in ((d.name, d.content, d.at) for d in named)
    ]
    assert year_of(moved, [LAST_NIGHT])[0] == _in_one_night(came)


def _as_one_file(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _owned(name: str, content: bytes) -> str:
    """BM-04 is the working group's: a copy of it in the office's folder would be returned."""
    is_register = content in forms_of_the_year()["BM-04"]
    return name.replace("VP/", "TCT/", 1) if is_register and name.startswith("VP/") else name


def _any_order(came: Came, chance: random.Random, *, is_judged: bool) -> None:
    """The whole ledger is the same, event by event, in whatever order the system lists the folder."""
    drops = [
        Drop(f"{'VP/' if number % 2 else ''}{number}.xlsx", content, at) for number, (content, at) in enumerate(came)
    ]
    drops = [Drop(_owned(drop.name, drop.content), drop.content, drop.at) for drop in drops]
    # The same minute for all: nothing but the names is left to order them by.
    drops = [Drop(drop.name, drop.content, BEGIN) for drop in drops]
    in_order = year_of(drops, [LAST_NIGHT], is_judged=is_judged)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "walk", _shuffled(chance))
        assert year_of(drops, [LAST_NIGHT], is_judged=is_judged) == in_order


def _shuffled(chance: random.Random):  # noqa: ANN202 - a stand-in for os.walk
    walk = os.walk

    def shuffled(top, **named):  # noqa: ANN001, ANN003, ANN202
        for folder, folders, files in walk(top, **named):
            chance.shuffle(folders)
            yield folder, folders, chance.sample(files, len(files))

    return shuffled


@FEW
@given(arrivals(4), NIGHTS, st.data())
def test_one_night_or_five_whatever_names_and_folders_come_to_the_same(
    came: Came, nights: list[dt.datetime], drawn: st.DataObject
) -> None:
    # Both of the same three histories, so that what they are held against is made once each; the long form draws sixty
    # for each by itself.
    _one_night_or_five(came, nights)
    _any_names(came, drawn)


@FEW
@given(arrivals(4), st.randoms())
def test_the_order_of_a_folder_does_not_matter(came: Came, chance: random.Random) -> None:
    _any_order(came, chance, is_judged=False)


@pytest.mark.long
@MANY
@given(arrivals(9), NIGHTS)
def test_long_one_night_or_five(came: Came, nights: list[dt.datetime]) -> None:
    _one_night_or_five(came, nights)


@pytest.mark.long
@MANY
@given(arrivals(9), st.data())
def test_long_names_and_folders(came: Came, drawn: st.DataObject) -> None:
    _any_names(came, drawn)


@pytest.mark.long
@MANY
@given(arrivals(9), st.randoms())
def test_long_order_of_a_folder(came: Came, chance: random.Random) -> None:
    _any_order(came, chance, is_judged=True)
