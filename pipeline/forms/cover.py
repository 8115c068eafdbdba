"""The cover *Thông tin chung* that every form shares, and what every cover must agree with."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.findings.codes import Code
from pipeline.rules.filled import HasRows
from pipeline.rules.plans import HasDueDate, OwesForm, SameAsIdentity
from pipeline.rules.sheets import sheet
from pipeline.settings import PeriodKind
from pipeline.sheets.cover import PERIOD_WORDS, Cover
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.limits import OneOf
from pipeline.vocabulary.rules import Rule
from pipeline.vocabulary.sheets import Layout, SheetPlan, SheetSchema

TITLE = "Thông tin chung"


def cover(
    form: str,
    periods: Sequence[PeriodKind],
    main_sheet: SheetSchema,
    columns: type[Cover] = Cover,
    rules: Sequence[Rule] = (),
) -> SheetSchema:
    """The cover of a form for some periods; ``main_sheet`` must not be empty."""
    return sheet(
        "cover",
        TITLE,
        [_offering(field, periods) if field.name == Cover.period else field for field in columns.fields()],
        [
            SameAsIdentity(Code.T204, Cover.division, identity="identity_division"),
            SameAsIdentity(Code.T204, Cover.year, identity="identity_year"),
            SameAsIdentity(Code.T204, Cover.period, identity="identity_period"),
            OwesForm(Code.T212, Cover.division, form=form),
            HasDueDate(Code.T213, Cover.period, form=form),
            HasRows(Code.C404, Cover.division, sheet=main_sheet.name),
            *rules,
        ],
        SheetPlan(Layout.COVER, rows=1, intro="Đề nghị điền đủ các ô có dấu (*)."),
    )


def _offering(field: Field, periods: Sequence[PeriodKind]) -> Field:
    """The period's field with the periods of one form."""
    options = {str(kind): PERIOD_WORDS[kind] for kind in periods}
    return replace(field, options=options, example=PERIOD_WORDS[periods[0]], limits=(OneOf(tuple(options)),))
