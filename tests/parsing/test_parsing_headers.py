"""A header is known by its label however it is written, or one slip away from it; never when two labels come near."""

import pytest

from pipeline.forms import FORMS
from pipeline.parsing.headers import label_keys, labelled, nearly_labelled

LABELS = label_keys(
    [
        ("Nguồn số liệu", "source"),
        ("Tử số", "numerator"),
        ("Mẫu số", "denominator"),
        ("Giá trị gốc (năm trước)", "baseline"),
    ]
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nguồn số liệu", "source"),
        ("NGUON SO LIEU (*)", "source"),
        ("Nguồn\nsố  liệu:", "source"),
        ("12. Nguồn số liệu", "source"),
        ("Nguồn số liệu (ghi rõ)", "source"),
        ("Giá trị gốc", "baseline"),
        ("Giá trị gốc (năm trước)", "baseline"),
        ("Nguồn", None),
        ("Nguồn số liệu và ghi chú", None),
        ("", None),
        ("x" * 500, None),
    ],
)
def test_a_header_is_known_by_its_label(text: str, name: str | None) -> None:
    assert labelled(text, LABELS) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nguồn số liêuj", "source"),
        ("Nguồn số lịu", "source"),
        ("Ngồun số liệu", "source"),
        ("Nguồn dữ liệu", None),
        ("Mâu ố", None),
        ("Tẫu số", None),
        ("Giá trị góc năm trướcc", "baseline"),
        ("Điện thoại", None),
    ],
)
def test_a_slip_in_a_header_is_forgiven_only_when_it_is_unmistakable(text: str, name: str | None) -> None:
    assert nearly_labelled(text, LABELS) == name


def test_no_label_of_a_form_is_taken_for_another_of_its_sheet() -> None:
    mistaken = [
        (sheet.name, field.label)
        for form in FORMS
        for sheet in form.all_sheets
        for field in sheet.fields
        if nearly_labelled(
            field.label, label_keys([(other.label, other.name) for other in sheet.fields if other is not field])
        )
    ]
    assert mistaken == []
