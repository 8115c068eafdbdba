"""A small agency and its letters, for tests that need no disk."""

import datetime as dt
import io
import zipfile

from pipeline.letters.content import Debt, Letter
from pipeline.settings import Division, Period, Settings

NOW = dt.datetime(2019, 6, 5, 8, 30)
SIX_MONTHS, PLAN = Period.parse("2019-6T"), Period.parse("2019-KH")
CARE = Division(code="BTXH", name="Phòng Bảo trợ xã hội", kind="phòng")
CLOSED = Division(code="TE", name="Phòng Trẻ em", kind="phòng", successor="BTXH")

SETTINGS = Settings.model_validate(
    {
        "agency": [
            {
                "name": "Sở Lao động - Thương binh và Xã hội tỉnh Sóc Trăng",
                "superior": "Ủy ban nhân dân tỉnh Sóc Trăng",
                "place": "Sóc Trăng",
            }
        ],
        "standards": [{"designation": "TCVN ISO 9001:2015"}],
        "legal_bases": [
            {"text": "Công văn số 262", "valid_from": dt.date(2019, 3, 25)},
            {"text": "Quyết định số 19", "valid_from": dt.date(2014, 4, 20)},
        ],
        "contact": {"secretary": "Lê Thị Cẩm Tú", "telephone": "0299 3800 110"},
        "years": {2019: {"KH": {"BM-01": dt.date(2019, 1, 31)}, "6T": {"BM-02": dt.date(2019, 6, 10)}}},
        "policy_versions": [
            {"version": "1", "approved_on": dt.date(2018, 1, 2), "points": [{"code": "CS1", "text": "Đúng hạn"}]}
        ],
        "divisions": [CARE.model_dump(), CLOSED.model_dump()],
    }
)


def debt(state: str, **changes: object) -> Debt:
    """A debt of BM-02 due on 10 June 2019."""
    told = {"form": "BM-02", "owner": CARE, "period": SIX_MONTHS, "due_on": dt.date(2019, 6, 10)}
    return Debt(**{**told, "state": state, **changes})  # type: ignore[arg-type]


def letter(*debts: Debt, as_of: dt.datetime = NOW) -> Letter:
    """A letter to the division that looks after its own debts."""
    return Letter(CARE, SIX_MONTHS, as_of, debts)


def parts_of(content: bytes) -> dict[str, str]:
    """The XML parts of a .docx."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
