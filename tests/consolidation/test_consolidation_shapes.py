"""Every frame has the columns and types that its class of columns names, and no others."""

from collections.abc import Iterator
from typing import get_type_hints

import pandera.pandas as pa
import pytest
from committee_content import Story, demo_content, demo_settings, frames_of
from small_agency import PLAN, SIX_MONTHS, TODAY, WHOLE_YEAR, consolidated, objective, plan, rate, report

from pipeline.consolidation import Committee, LedgerContent
from pipeline.consolidation.frame import ROW, SOURCE, TEXT, Frame
from pipeline.findings import Finding


def _shapes(holder: type) -> Iterator[tuple[str, type[Frame]]]:
    for name, hint in get_type_hints(holder, include_extras=True).items():
        for shape in getattr(hint, "__metadata__", ()):
            yield name, shape


def _schema(shape: type[Frame]) -> pa.DataFrameSchema:
    """Blank cells are allowed, other columns are not. A row or an id is a float where one is missing."""
    columns = {name: pa.Column(_type(dtype), nullable=True) for name, dtype in shape.dtypes.items()}
    further = {rf"^{shape.pattern}$": pa.Column(nullable=True, required=False, regex=True)} if shape.pattern else {}
    return pa.DataFrameSchema({**columns, **further}, strict=True)


def _type(dtype: str) -> str | None:
    return {ROW: None, SOURCE: TEXT}.get(dtype, dtype)


def _of_the_demo() -> tuple[LedgerContent, Committee]:
    content = demo_content()
    findings = [(1, Finding("R611", facts={"count": "1", "codes": "MT01", "others": "VP"}))]
    return content, frames_of(content, demo_settings(), SIX_MONTHS, TODAY, findings)


def _of_two_years() -> tuple[LedgerContent, Committee]:
    story = Story()
    plan(story, "VP", objective(), objective("MT02"), period="2018-KH")
    report(story, "VP", rate("MT01", 9, 10), period="2018-CN")
    plan(story, "VP", objective(target=90.0, continues="MT01"))
    report(story, "VP", rate("MT01", 5, 10))
    return story.content(), consolidated(story, WHOLE_YEAR)


@pytest.mark.parametrize("made_of", [_of_the_demo, _of_two_years], ids=["demo", "two years"])
def test_every_frame_keeps_its_shape(made_of: object) -> None:
    content, committee = made_of()
    for holder in (content, committee):
        for name, shape in _shapes(type(holder)):
            _schema(shape).validate(getattr(holder, name), lazy=True)


def test_the_frames_of_a_plan_without_anything_have_their_columns() -> None:
    committee = consolidated(Story(), PLAN)
    for name, shape in _shapes(Committee):
        assert set(shape.dtypes) - set(getattr(committee, name).columns) == set(), name
