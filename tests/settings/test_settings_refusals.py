"""A slip in the settings is told with line, key, meaning, expectation and example, and without a word of English."""

import copy
import datetime as dt
import errno
import re
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from pipeline.faults import OperatorError
from pipeline.settings import Settings
from pipeline.settings.refusals import refusal_words
from pipeline.vocabulary.choices import Category, Comparator, DivisionKind, Measure
from pipeline.wording import topic
from pipeline.workspace import Workspace, load_settings

WORDS = topic("settings")
STARTER = files("pipeline.starter").joinpath("qms.toml").read_text(encoding="utf-8").replace("@YEAR@", "2026")
WRONG: tuple[object, ...] = (
    5,
    -1,
    2.5,
    10**30,
    "9" * 5000,
    "",
    "x y",
    "2026-13-40",
    "07:00Z",
    "2026-01-31T10:00:00",
    "2026-13-40T10:00:00",
    True,
    dt.datetime(2026, 1, 31, 10),
    [],
    {},
    [{}],
    {"la": 1},
    object(),
)
ENGLISH = re.compile(r"[a-z]{4,}")


def _whole() -> dict[str, Any]:
    """Settings in which every key that the catalogue explains is given."""
    content = tomllib.loads(STARTER)
    for key, (_, example) in WORDS["keys"].items():
        table, _, name = key.rpartition(".")
        if table in content and "*" not in key and name != "points":
            into = content[table][0] if isinstance(content[table], list) else content[table]
            into.update(tomllib.loads(example))
    content["signatories"] = [
        tomllib.loads("\n".join(pair[1] for key, pair in WORDS["keys"].items() if key.startswith("signatories.")))
    ]
    content["agency_objectives"] = [
        tomllib.loads("\n".join(pair[1] for key, pair in WORDS["keys"].items() if key.startswith("agency_objectives.")))
    ]
    content["divisions"] = [
        {
            "code": "VP", "name": "Văn phòng", "kind": "phòng", "head": "", "contact": "", "in_scope": True,
            "owes": ["BM-01"], "successor": None, "valid_from": dt.date(2018, 1, 1), "valid_to": None,
        }
    ]  # fmt: skip
    content["staff"] = [
        {
            "staff_code": "CB1", "name": "A", "division": "VP", "position": "B", "category": "công chức",
            "valid_from": dt.date(2018, 1, 1), "valid_to": None,
        }
    ]  # fmt: skip
    return content


def _places(content: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if place:
        yield place
    parts: Any = (
        content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    )
    for name, part in parts:
        yield from _places(part, (*place, name))


def _at(content: Any, place: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - any part of a document
    for part in place:
        content = content[part]
    return content


def _damaged() -> Iterator[dict[str, Any]]:
    """The settings with one value replaced, one left out, one key too many or misspelt: at every place."""
    whole = _whole()
    for place in _places(whole):
        *parents, last = place
        for wrong in WRONG:
            content = copy.deepcopy(whole)
            _at(content, tuple(parents))[last] = wrong
            yield content
        content = copy.deepcopy(whole)
        del _at(content, tuple(parents))[last]
        yield content
        if isinstance(last, str):
            content = copy.deepcopy(whole)
            _at(content, tuple(parents))["la"] = _at(content, place)
            yield content
            del _at(content, tuple(parents))[last]
            yield content


def _errors() -> list[Mapping[str, Any]]:
    found = []
    for content in _damaged():
        try:
            Settings.model_validate(content)
        except ValidationError as error:
            found += error.errors()
    return found


def test_the_settings_that_are_damaged_are_good_before() -> None:
    assert Settings.model_validate(_whole())


def test_every_way_to_go_wrong_is_told_in_vietnamese() -> None:
    kinds, english, nameless = set(), set(), set()
    for error in _errors():
        kinds.add(error["type"])
        words = refusal_words(error)
        told = re.sub(r"“[^”]*”|, ví dụ: .*|: [a-z_, ]+$", "", words)
        english |= set(ENGLISH.findall(str(error["msg"]).lower())) & set(ENGLISH.findall(told.lower()))
        if error["type"] != "extra_forbidden" and error["loc"] and "(" not in words:
            nameless.add(words)
    assert kinds - set(WORDS["expected"]) == set()
    assert english == set()
    assert nameless == set()
    assert set(WORDS["expected"]) - kinds == {
        "other", "approvals_out_of_order", "ends_before_it_begins", "date_parsing",
        # Of signatories: tests/settings/test_settings_signatories.py.
        "not_by_order", "two_sign", "dates_reversed",
    }  # fmt: skip


def test_an_error_that_the_table_lacks_is_told_all_the_same() -> None:
    words = refusal_words({"type": "made_up", "loc": ("agency", 1, "name"), "msg": "Input should be better"})
    assert words.startswith("mục “agency.name” (tên cơ quan), mục thứ 2: ghi chưa đúng, ví dụ: name = ")


def _fields(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        alias = field.validation_alias
        key = prefix + (str(alias.choices[0]) if alias is not None and not isinstance(alias, str) else name)
        if key.startswith("years"):
            yield from ("years", "years.*", "years.*.*", "years.*.*.*")
            continue
        yield key
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from _fields(inner, f"{key}.")


def test_every_key_of_the_settings_has_its_meaning_and_an_example() -> None:
    assert sorted(WORDS["keys"]) == sorted(_fields(Settings))


@pytest.mark.parametrize(
    ("name", "choices"),
    [("measure", Measure), ("comparator", Comparator), ("kind", DivisionKind), ("category", Category)],
)
def test_the_settings_and_the_forms_have_the_same_choices(name: str, choices: type[StrEnum]) -> None:
    assert WORDS["choices"][name] == list(choices)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("every_minutes = 15", "every_minutes = 0", "dòng 65, mục “schedule.every_minutes” (số phút giữa hai lượt"),
        ('"BM-02" = 2026-06-10', '"BM-02" = "10/6"', "dòng 42, mục “years.2026.6T.BM-02” (hạn nộp của một biểu mẫu)"),
        ("[years.2026.6T]", "[years.2026.6B]", "dòng 41, mục “years.2026.6B” (hạn nộp của một kỳ): phải là KH, 6T"),
        ("[years.2026.KH]", "[years.nay.KH]", "dòng 37, mục “years.nay”"),
        ('superior = "Ủy', 'supperior = "Ủy', "dòng 5, mục “agency.superior” (cơ quan cấp trên): chưa ghi mục này"),
        ('from = "07:00"', 'from = "19:00"', "giờ bắt đầu (from) phải trước giờ kết thúc (to)"),
        ("[limits]", "[limits", "dòng 52, chưa đúng cách viết của tệp cấu hình"),
        ("[limits]", "[thresholds]", "dòng 52, chưa đúng cách viết của tệp cấu hình"),
    ],
)
def test_the_line_is_named(before: str, after: str, words: str, tmp_path: Path) -> None:
    assert before in STARTER
    (tmp_path / "qms.toml").write_text(STARTER.replace(before, after, 1), encoding="utf-8")
    (tmp_path / "danh_muc.xlsx").write_bytes(b"")
    with pytest.raises(OperatorError) as refused:
        load_settings(Workspace(tmp_path))
    assert refused.value.line.startswith("E802: Không đọc được qms.toml: ")
    assert words in refused.value.line


def test_a_key_that_is_none_is_told_with_those_that_are() -> None:
    words = refusal_words({"type": "extra_forbidden", "loc": ("thresholds", "days"), "msg": ""})
    keys = "alike_percent, declaration_days, policy_days, reading_days"
    assert words == f"mục “thresholds.days”: không có mục tên này; các mục được ghi: {keys}"
    assert "divisions" not in refusal_words({"type": "extra_forbidden", "loc": ("la",), "msg": ""})


def test_approvals_must_grow() -> None:
    content = _whole()
    content["policy_versions"] *= 2
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate(content)
    assert "phải xếp theo ngày phê duyệt tăng dần" in refusal_words(refused.value.errors()[0])


def test_a_file_that_is_not_in_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "qms.toml").write_bytes(b"# a\n# \xff\n")
    (tmp_path / "danh_muc.xlsx").write_bytes(b"")
    with pytest.raises(OperatorError, match="E802") as refused:
        load_settings(Workspace(tmp_path))
    assert "dòng 2, tệp không lưu bằng bảng mã UTF-8" in refused.value.line


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOENT, "không thấy"), (errno.ENOSPC, "đĩa đã đầy"), (999, "mã 999")]
)
def test_what_the_system_says_in_english_is_said_by_its_number(number: int, words: str) -> None:
    fault = OperatorError("E805", path="outbox", reason=OSError(number, "No such luck"))
    assert words in fault.line
    assert "No such luck" not in fault.line
