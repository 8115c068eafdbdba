"""A workbook of more divisions than one can take in at a glance."""

import io
import re

import pytest
from committee_content import frames_of
from openpyxl import Workbook, load_workbook
from several_years import BUILT_ON, LAST, content_of, settings_of

from pipeline.committee import build_workbook
from pipeline.consolidation import Committee
from pipeline.consolidation.attention import Attention, attention, groups
from pipeline.settings import Settings
from pipeline.vocabulary.choices import DivisionKind

HEADING = "Mười Phòng còn nhiều việc nhất"


def _agency(divisions: int) -> Settings:
    """Every third division a working group; one agency in all, with its own working group of the standard."""
    settings = settings_of(divisions - 1)
    kinds = [
        each.model_copy(update={"kind": str(DivisionKind.WORKING_GROUP)}) if place % 3 == 2 else each
        for place, each in enumerate(settings.divisions)
    ]
    return settings.model_copy(update={"divisions": tuple(kinds)})


def _committee(divisions: int) -> Committee:
    return frames_of(content_of(divisions - 1, 2), _agency(divisions), LAST, BUILT_ON)


@pytest.fixture(scope="module")
def forty() -> Committee:
    return _committee(40)


@pytest.fixture(scope="module")
def book(forty: Committee) -> Workbook:
    return load_workbook(io.BytesIO(build_workbook(forty, {})))


def _texts(book: Workbook, sheet: str, column: int = 1) -> list[str]:
    cells = next(book[sheet].iter_cols(column, column, values_only=True))
    return [str(value) for value in cells if value is not None]


def _charts(workbook: Workbook) -> int:
    return len(workbook["1 Tổng quan"]._charts)


@pytest.mark.parametrize(("divisions", "charts"), [(30, 3), (31, 2)])
def test_beyond_thirty_divisions_the_ten_that_need_most_stand_in_place_of_bars(divisions: int, charts: int) -> None:
    workbook = load_workbook(io.BytesIO(build_workbook(_committee(divisions), {})))
    assert (HEADING in _texts(workbook, "1 Tổng quan"), _charts(workbook)) == (charts == 2, charts)


def test_the_ten_are_those_for_which_most_waits_and_equals_stand_as_in_the_directory(
    forty: Committee, book: Workbook
) -> None:
    ranked = attention(forty)
    keys = (Attention.total, Attention.outstanding, Attention.not_met, Attention.actions_overdue)
    places = {code: place for place, code in enumerate(forty.names)}
    rows = [(*(-row[key] for key in keys), places[row["division"]]) for row in ranked.to_dict("records")]
    assert rows == sorted(rows)
    texts = _texts(book, "1 Tổng quan")
    begin = texts.index(HEADING) + 2
    assert [text.split(" ")[0] for text in texts[begin : begin + 10]] == list(ranked["division"].head(10))
    waiting = int((ranked[Attention.total] > 0).sum())
    assert texts[begin + 10] == f"Còn {waiting - 10} Phòng khác có việc: xem trang 9 Xu hướng"


def test_sheet_9_lists_every_division_and_the_sums_of_each_kind(forty: Committee, book: Workbook) -> None:
    table = book["9 Xu hướng"].tables["viec_cho_theo_phong"]
    listed = [row[0].value for row in book["9 Xu hướng"][table.ref]][1:]
    assert listed == list(attention(forty)["division"])
    kinds = book["9 Xu hướng"].tables["viec_cho_theo_loai"]
    assert [row[1].value for row in book["9 Xu hướng"][kinds.ref]][1:] == ["Phòng", "Tổ công tác"]


def test_sheets_with_a_row_a_division_stand_by_kind(forty: Committee, book: Workbook) -> None:
    grouped = groups(forty.names, forty)
    assert [kind for kind, _ in grouped] == [DivisionKind.DIVISION, DivisionKind.WORKING_GROUP]
    heads = [text for text in _texts(book, "2 Tình hình nộp", 2) if re.fullmatch(r"\w[\w ]*: \d+", text)]
    assert heads == [
        f"{name}: {len(codes)}" for name, (_, codes) in zip(("Phòng", "Tổ công tác"), grouped, strict=True)
    ]
    table = book["7 Phổ biến CSCL"].tables["ty_le_pho_bien"]
    covered = [row[0].value for row in book["7 Phổ biến CSCL"][table.ref]][1:]
    assert covered == [code for _, codes in grouped for code in codes if code != "TCT"]
